// In a real browser: what the script promises to somebody who reads and writes while things change.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Page } from "puppeteer-core";
import { type OpenBrowser, openBrowser } from "../../test/fixtures/browser.ts";
import { commitFiles } from "../git/fixture.ts";
import { inScene, type Scene } from "./fixture.ts";
import { pageHandler } from "./index.ts";

let opened: OpenBrowser;
beforeAll(async () => {
  opened = await openBrowser();
});
afterAll(async () => opened.close());

async function inPage(use: (page: Page, scene: Scene, address: string) => Promise<void>): Promise<void> {
  await inScene(async (scene) => {
    scene.standIn.serve(pageHandler(scene.standIn));
    const address = await scene.standIn.listen(0);
    const page = await opened.browser.newPage();
    try {
      await use(page, scene, address);
    } finally {
      await page.close();
    }
  });
}

/** Runs an expression in the page. */
const see = (page: Page, expression: string): Promise<unknown> => page.evaluate(expression);

describe("the live script", () => {
  it("shows what others write, and leaves what is being written, what is open and where one reads", async () => {
    await inPage(async (page, { issue, standIn, repository, as }, address) => {
      const bug = await issue("bug", "text\n\n".repeat(60));
      await page.goto(`${address}/kim/cavern/issues/1`);
      await page.type("#form-comment-body", "half a sentence");
      await page.type("#new-label", "unsaved");
      await see(page, "document.getElementById('reactions-body').open = true");
      const onScreen = "Math.round(document.activeElement.getBoundingClientRect().top)";
      const before = await see(page, onScreen);
      await standIn.operations.comment(as("lee"), repository, bug, "news from lee");
      await page.waitForFunction("document.getElementById('timeline').textContent.includes('news from lee')");
      const after =
        "[document.getElementById('form-comment-body').value, document.getElementById('new-label').value, document.activeElement.id, document.getElementById('reactions-body').open]";
      expect(await see(page, after)).toEqual(["half a sentence", "unsaved", "new-label", true]);
      expect(await see(page, onScreen)).toBe(before);
    });
  });

  it("keeps a text whose form is gone, for whoever is still writing it", async () => {
    await inPage(async (page, { pull, standIn, repository, as }, address) => {
      const release = await pull("Release", "text");
      await page.goto(`${address}/kim/cavern/pull/1`);
      await see(page, "document.getElementById('review-box').open = true");
      await page.type("#form-review-body", "a long review");
      await standIn.operations.mergePullRequest(as("lee"), repository, release, { method: "squash", sha: null, title: null, message: null });
      await page.waitForFunction("document.querySelector('h1 + p').textContent.includes('Merged')");
      expect(await see(page, "document.getElementById('form-review-body').value")).toBe("a long review");
    });
  });

  it("does not let somebody save over a text that changed while they were writing", async () => {
    await inPage(async (page, { issue, standIn, repository, bot }, address) => {
      const notes = await issue("notes", "old text");
      await page.goto(`${address}/kim/cavern/issues/1`);
      await see(page, "document.getElementById('editor-body').open = true");
      await page.type("#form-edit-body-body", "mine, ");
      await standIn.operations.editIssue(bot, repository, notes, { body: "new text" });
      await page.waitForFunction("document.querySelector('#post-body .markdown').textContent.includes('new text')");
      await Promise.all([page.waitForNavigation(), page.click("#form-edit-body .button")]);
      expect(notes.body).toBe("new text");
      expect(await see(page, "document.getElementById('form-edit-body-body').value")).toContain("mine, ");
      expect(await see(page, "document.getElementById('notice').textContent")).toContain("Somebody changed this text while you were writing.");
    });
  });

  it("ticks a box without leaving the page, and says so when that is refused", async () => {
    await inPage(async (page, { issue, repository }, address) => {
      const list = await issue("list", "- [ ] one\n- [ ] two\n");
      await page.goto(`${address}/kim/cavern/issues/1`);
      await page.type("#form-comment-body", "unsent");
      await page.click(".box");
      await page.waitForSelector(".box[aria-checked=true]");
      expect([list.body, await see(page, "document.getElementById('form-comment-body').value")]).toEqual(["- [x] one\n- [ ] two\n", "unsent"]);
      repository.isArchived = true;
      await page.click(".box");
      await page.waitForSelector("#notice");
      expect(await see(page, "document.getElementById('notice').textContent")).toContain("Repository was archived so is read-only.");
    });
  });
});

describe("without the script", () => {
  it("switches person, ticks a box and shows a refusal with what was typed", async () => {
    await inPage(async (page, { issue }, address) => {
      const list = await issue("list", "- [ ] one\n");
      await page.setJavaScriptEnabled(false);
      await page.goto(`${address}/kim/cavern/issues/1`);
      await Promise.all([page.waitForNavigation(), page.click(".box")]);
      expect(list.edits.map(({ editor, body }) => [editor.login, body])).toEqual([
        ["kim", "- [ ] one\n"],
        ["kim", "- [x] one\n"],
      ]);
      await page.select("#acting-as", "sam");
      await Promise.all([page.waitForNavigation(), page.click("#person button")]);
      await page.type("#new-label", "blocker");
      await Promise.all([page.waitForNavigation(), page.click("#form-add-label button")]);
      expect(await see(page, "[document.getElementById('notice').textContent, document.getElementById('new-label').value, location.pathname]")).toEqual([
        "✗ Refused (403). Must have triage access to repository.",
        "blocker",
        "/kim/cavern/issues/1",
      ]);
    });
  });

  it.each([390, 1280])("fits a window of %i pixels on every page", async (width) => {
    await inPage(async (page, { pull, issue, standIn, repository, as }, address) => {
      await pull(`Release ${"verylongword".repeat(10)}`, `| a | b |\n|---|---|\n| ${"word ".repeat(40)} | \`${"x".repeat(200)}\` |`);
      const bug = await issue("bug", "x".repeat(300));
      await standIn.operations.addLabels(as("kim"), repository, bug, ["y".repeat(50)]);
      await standIn.operations.createMilestone(as("kim"), repository, { title: "z".repeat(200), description: "word ".repeat(60), dueOn: 0 });
      const texts = { ".github/workflows/images.yml": `name: ${"w".repeat(200)}\non: push\njobs: { ${"j".repeat(100)}: {} }\n` };
      const sha = await commitFiles(repository.git, [repository.git.refs().get("refs/heads/main")!], texts, "m".repeat(200));
      await standIn.operations.updateRefs(as("kim"), repository, [{ name: "refs/heads/main", after: sha, force: false }]);
      await page.setViewport({ width, height: 800 });
      for (const path of [
        "",
        "/pulls",
        "/pull/1",
        "/pull/1/files",
        "/issues",
        "/issues/2",
        "/labels",
        "/milestones",
        "/tags",
        "/releases",
        "/actions",
        "/commits/main",
        "/compare/main...release/cavern",
        "/tree/main",
        "/deliveries",
        "/requests",
      ]) {
        await page.goto(`${address}/kim/cavern${path}`);
        expect([path, await see(page, "document.documentElement.scrollWidth - window.innerWidth")]).toEqual([path, 0]);
      }
    });
  });
});
