// The sandbox, by somebody who has never seen it: start the command, follow its steps with git and a browser, stop it.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "puppeteer-core";
import { type OpenBrowser, openBrowser } from "../fixtures/browser.ts";
import { inSandbox, type Sandbox, until } from "../fixtures/started-sandbox.ts";

const READY = "Ctrl-C ends it";
const SENTENCE = "The light can be **green** now.";
const LIMIT_MS = 90_000;
const PERSON = {
  GIT_AUTHOR_NAME: "Lee",
  GIT_AUTHOR_EMAIL: "lee@example.test",
  GIT_COMMITTER_NAME: "Lee",
  GIT_COMMITTER_EMAIL: "lee@example.test",
  GIT_CONFIG_GLOBAL: "/dev/null",
};

let opened: OpenBrowser;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  opened = await openBrowser();
  ({ browser } = opened);
  folder = await mkdtemp(join(tmpdir(), "sandbox-story-"));
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

async function git(directory: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("git", words, { cwd: directory, env: { ...process.env, ...PERSON } });
  return stdout.trim();
}

async function push(clone: string, message: string, path: string): Promise<void> {
  await writeFile(join(clone, path), `// ${message}\n`);
  await git(clone, "add", ".");
  await git(clone, "commit", "--quiet", "-m", message);
  await git(clone, "push", "--quiet", "origin", "main");
}

const text = (page: Page, selector: string): Promise<string> => page.$eval(selector, (element) => element.textContent);
const see = (page: Page, condition: string): Promise<unknown> => page.waitForFunction(condition);
const description = (words: string): string => `document.querySelector("#post-body > .pad").textContent.includes(${JSON.stringify(words)})`;

/** Addresses that the terminal shows. */
function addressesIn(sandbox: Sandbox): { readonly home: string; readonly clone: string } {
  const [home = ""] = /http:\/\/127\.0\.0\.1:\d+\/harbour\/lantern(?=\n)/.exec(sandbox.shown()) ?? [];
  const [clone = ""] = /http:\/\/\S+@\S+\.git/.exec(sandbox.shown()) ?? [];
  return { home, clone };
}

async function openPage(address: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  await page.goto(address);
  return page;
}

/** Writes over the line that stands under Highlights, as one does in the description's editor. */
async function writeHighlights(page: Page, sentence: string): Promise<void> {
  await page.click("#editor-body > summary");
  await page.evaluate(`{
    const field = document.getElementById("form-edit-body-body");
    const start = field.value.indexOf("### Highlights\\n") + "### Highlights\\n".length;
    field.focus();
    field.setSelectionRange(start, field.value.indexOf("\\n", start));
  }`);
  await page.keyboard.type(sentence);
  await Promise.all([page.waitForNavigation(), page.click("#form-edit-body > .button")]);
}

async function actAs(page: Page, login: string): Promise<void> {
  await page.select("#acting-as", login);
  await Promise.all([page.waitForNavigation(), page.click("#person button")]);
}

/** Everything that the release waits for: the blocker closed, the box ticked, the approval of somebody in the team. */
async function letThrough(page: Page, home: string): Promise<void> {
  const blocker = await openPage(`${home}/issues/4`);
  await Promise.all([blocker.waitForNavigation(), blocker.click('#form-comment button[name="state"]')]);
  await see(page, `/blockers/.test(document.querySelector("#checks .row").textContent) === false`);
  await page.click("#timeline button.box");
  await see(page, `document.querySelector('#timeline .box[aria-checked="true"]') !== null`);
  await actAs(page, "mia");
  expect(await text(page, "#asked")).toContain("Your review is asked for.");
  await page.click("#verdict-APPROVED");
  await Promise.all([page.waitForNavigation(), page.click("#form-review .button")]);
  await actAs(page, "ann");
}

describe("the sandbox", () => {
  test("takes somebody from a push to a release, and leaves nothing behind", async () => {
    await inSandbox(["--port", "0"], async (sandbox) => {
      await sandbox.shows(READY);
      const { home, clone } = addressesIn(sandbox);
      const page = await openPage(home);
      expect(await text(page, "#release-pulls")).toContain("Release lantern 1.4.1");
      expect(await text(page, "#guide")).not.toContain("✓ done");
      await Promise.all([page.waitForNavigation(), page.click("#release-pulls h2 a")]);
      expect(await text(page, "h1 + p")).toContain("Open");

      await git(folder, "clone", "--quiet", clone);
      const work = join(folder, "lantern");
      await push(work, "feat: shine green", "colour.js");
      await see(page, `document.querySelector("h1").textContent.includes("Release lantern 1.5.0")`);
      expect(await text(page, "#post-body > .pad")).toMatch(/why minor.*feat: shine green.*minor: new feature/s);
      expect(await text(page, "#post-body > .pad")).toContain("lantern 1.4.0 → 1.5.0 (minor) · 1 of 2 pull requests listed · 3 files change");
      const files = await openPage(`${page.url()}/files`);
      expect(await text(files, "main")).toMatch(/-\s*"version": "1\.4\.0",.*\+\s*"version": "1\.5\.0",/s);

      await writeHighlights(page, SENTENCE);
      await push(work, "fix: do not flicker when it rains", "rain.js");
      await see(page, description("do not flicker when it rains"));
      expect(await text(page, "#post-body > .pad")).toContain("The light can be green now.");
      expect(await text(page, "#merge-refusal")).toContain("Required status check");
      await letThrough(page, home);
      await see(page, `document.getElementById("checks").textContent.includes("ready to merge")`);

      await Promise.all([page.waitForNavigation(), page.click("#form-merge .button.main")]);
      await see(page, `document.getElementById("timeline").textContent.includes("released lantern 1.5.0")`);
      await Promise.all([page.waitForNavigation(), page.click('#timeline a[href$="/releases/tag/v1.5.0"]')]);
      expect(await text(page, "article")).toMatch(/v1\.5\.0\s+Latest.*Highlights\s+The light can be green now\..*Features.*shine green/s);
      await Promise.all([page.waitForNavigation(), page.click('article a[href$="/compare/v1.4.0...v1.5.0"]')]);
      expect(await text(page, "main")).toContain("feat: shine green");

      await git(work, "pull", "--quiet");
      expect(await git(work, "log", "-1", "--format=%s %D")).toMatch(/^Release lantern 1\.5\.0 \(#\d+\) .*tag: v1\.5\.0/);
      expect(await readFile(join(work, "package.json"), "utf8")).toContain('"version": "1.5.0"');
      await page.goto(home);
      expect((await text(page, "#guide")).match(/✓ done/g)).toHaveLength(6);

      const { code, out, complaints } = await sandbox.interrupt();
      expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
      expect(out).toContain("Nothing is left behind.");
      expect(await sandbox.leftovers()).toEqual([]);
      expect(sandbox.isAlive()).toBe(false);
    });
  });

  test("shows plain text of at most 80 columns where it is not a terminal, but for the address with the token", async () => {
    await inSandbox(["--port", "0"], async (sandbox) => {
      await sandbox.shows(READY);
      expect(sandbox.shown()).not.toContain("\u001B");
      expect(
        sandbox
          .shown()
          .split("\n")
          .filter((line) => line.length > 80),
      ).toEqual([expect.stringMatching(/^ +git clone http:\/\/lee:\S+\.git$/)]);
    });
  });

  test("ended while it starts, it leaves nothing behind either", async () => {
    await inSandbox(["--port", "0"], async (sandbox) => {
      await until(async () => (await sandbox.leftovers()).length > 0);
      expect(await sandbox.interrupt()).toMatchObject({ code: 0, complaints: "" });
      expect(await sandbox.leftovers()).toEqual([]);
      expect(sandbox.isAlive()).toBe(false);
    });
  });

  test("takes a free port when its own is taken", async () => {
    const other = createServer();
    // Whoever has it already does as well.
    await new Promise<void>((resolve) => {
      other.once("error", () => resolve()).listen(4680, "127.0.0.1", resolve);
    });
    try {
      await inSandbox([], async (sandbox) => {
        await sandbox.shows(READY);
        const { home } = addressesIn(sandbox);
        expect(new URL(home).port).not.toBe("4680");
        expect((await fetch(home)).status).toBe(200);
      });
    } finally {
      other.close();
    }
  });

  test("says in a sentence what is wrong and what to do", async () => {
    const empty = join(folder, "empty");
    await mkdir(empty);
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, "127.0.0.1", resolve);
    });
    const { port } = taken.address() as { port: number };
    const rows: readonly (readonly [readonly string[], number, string])[] = [
      [["--colour"], 2, "sandbox: Unknown option '--colour'\n\nnpm run sandbox -- [options]"],
      [["--port", "many"], 2, 'sandbox: expected a port such as 4680, found "many"\n\nnpm run sandbox'],
      [["--from", empty], 1, `sandbox: ${empty} is no git repository\n  hint: name a folder that`],
      [["--from", join(empty, "nowhere")], 1, `is no git repository\n  hint: name a folder that`],
      [["--port", String(port)], 1, `sandbox: port ${String(port)} is taken\n  hint: leave`],
    ];
    try {
      for (const [words, expected, complaint] of rows) {
        await inSandbox(words, async (sandbox) => {
          const { code, complaints } = await sandbox.ended;
          expect([words, code, complaints]).toEqual([words, expected, expect.stringContaining(complaint)]);
          expect(complaints).not.toMatch(/^ +at /m);
          expect(await sandbox.leftovers()).toEqual([]);
        });
      }
    } finally {
      taken.close();
    }
  });
});
