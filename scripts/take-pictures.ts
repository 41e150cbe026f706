// Takes the pictures of the documentation anew: the sample's release pull request, once a feature was pushed and a
// sentence written under Highlights. Run it when the page or the texts change: `node scripts/take-pictures.ts`.
import { mkdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "puppeteer-core";
import { pageHandler } from "../sandbox/page/index.ts";
import { addLantern } from "../sandbox/scenarios/lantern.ts";
import { commitTo } from "../sandbox/scenarios/people.ts";
import { startWithApp, type WithApp } from "../sandbox/with-app.ts";
import type { Issue } from "../sandbox/world/types.ts";
import { createLog } from "../src/web/log.ts";
import { openBrowser } from "../test/fixtures/browser.ts";

const FOLDER = resolve(import.meta.dirname, "../docs/images");
const PICTURES = [
  { name: "sandbox.png", scheme: "light" },
  { name: "sandbox-dark.png", scheme: "dark" },
] as const;
const WIDTH = 1200;
/** From the top of the page to the end of the checks, so that it says how the release stands. */
const LAST = "#checks";
const MARGIN = 16;
/** What a README may weigh. */
const HEAVIEST_BYTES = 350_000;

// As the sandbox has it, so that addresses in the picture look like the reader's.
const sandbox = await startWithApp({ populate: addLantern, port: 4680, log: createLog("error"), writeSpacingMs: 0 });
const opened = await openBrowser();
try {
  mkdirSync(FOLDER, { recursive: true });
  const address = await tellTheStory(sandbox);
  for (const { name, scheme } of PICTURES) {
    const page = await opened.browser.newPage();
    await page.setViewport({ width: WIDTH, height: 800 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(address);
    await take(page, `${FOLDER}/${name}`);
  }
} finally {
  await opened.close();
  await sandbox.close();
}

/** Returns the address of the release pull request. */
async function tellTheStory({ standIn, repository, address }: WithApp): Promise<string> {
  const opened = await until(() => [...repository.issues.values()].find(({ pull, author }) => pull !== null && author.type === "Bot"));
  const body = (opened.body ?? "").replace(/(?<=^### Highlights\n).*/m, "Ships that come home late now find a **green** light.");
  await standIn.operations.editIssue(standIn.actorFor("ann"), repository, opened, { body });
  const files = { "colour.js": 'export const colour = "green";\n' };
  await commitTo(standIn, repository, "main", { message: "feat: shine green", files, login: "lee" });
  await until(() => (isReady(sandbox, opened) ? true : undefined));
  standIn.serve(pageHandler(standIn));
  return `${address}/${repository.owner.login}/${repository.name}/pull/${String(opened.number)}`;
}

function isReady({ repository }: WithApp, { title, pull }: Issue): boolean {
  return (
    title.includes("1.5.0") &&
    [...repository.checkRuns.values()].some(
      (run) => run.headSha === pull?.headSha && run.suite.app.slug === "release-steward" && run.output.title?.startsWith("waits for") === true,
    )
  );
}

async function until<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

async function take(page: Page, path: `${string}.png`): Promise<void> {
  const height = Number(await page.evaluate(`document.querySelector("${LAST}").getBoundingClientRect().bottom`)) + MARGIN;
  await page.screenshot({ path, clip: { x: 0, y: 0, width: WIDTH, height } });
  const { size } = statSync(path);
  if (size > HEAVIEST_BYTES) throw new Error(`${path} has ${String(size)} bytes; at most ${String(HEAVIEST_BYTES)} are wanted`);
  console.log(`${path}  ${String(size)} bytes`);
}
