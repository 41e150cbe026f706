// `npm run sandbox`: a stand-in for GitHub with a sample repository, the app working on it, and a page to watch both.
import { parseArgs, styleText } from "node:util";
import { createLog } from "../src/web/log.ts";
import { stopOnSignals } from "../src/web/stop.ts";
import { guideFor } from "./guide.ts";
import { pageHandler } from "./page/index.ts";
import { addFromDirectory } from "./scenarios/from-directory.ts";
import { addLantern } from "./scenarios/lantern.ts";
import { startWithApp } from "./with-app.ts";
import type { Repository } from "./world/types.ts";

const USAGE = `npm run sandbox -- [options]

A stand-in for GitHub on this machine, with a repository, the app at work on it, and a page to watch and to click.
Nothing leaves the machine, and Ctrl-C leaves nothing behind.

  --from DIR       this local git repository instead of the sample
  --playbook FILE  put this file into it as .github/release-steward.yml
  --port PORT      where the page is (default: 4680, or any free port when that is taken)
`;
const PORT = 4680;
/** How long the first release pull request may take before the person is told where to look. */
const FIRST_LOOK_MS = 15_000;

const { values } = parseArgs({
  options: { from: { type: "string" }, playbook: { type: "string" }, port: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
});
if (values.help) process.stdout.write(USAGE);
else await run();

async function run(): Promise<void> {
  const log = createLog("warn");
  const { INIT_CWD: standing = process.cwd() } = process.env;
  process.chdir(standing);
  const populate = (standIn: Parameters<typeof addLantern>[0]): Promise<Repository> =>
    values.from === undefined ? addLantern(standIn) : addFromDirectory(standIn, values.from, values.playbook ?? null);
  const begin = (port: number): ReturnType<typeof startWithApp> => startWithApp({ populate, port, log, writeSpacingMs: 1_000 });
  const chosen = values.port === undefined ? null : Number(values.port);
  const running = await (chosen === null ? begin(PORT).catch(otherPort(() => begin(0))) : begin(chosen));
  stopOnSignals(running.close, log);
  const { standIn, repository, address } = running;
  const clone = new URL(`${address}/${repository.owner.login}/${repository.name}.git`);
  clone.username = "lee";
  clone.password = standIn.tokenFor("lee");
  const guide = guideFor(repository, address, clone.href);
  standIn.serve(pageHandler(standIn, { guide }));
  print(
    `\n${styleText("bold", "Release Steward, in a sandbox")}\n\n  ${styleText(["cyan", "underline"], `${address}/${repository.owner.login}/${repository.name}`)}\n`,
  );
  print(`  A stand-in for GitHub with ${repository.owner.login}/${repository.name}, and the app at work on it.\n`);
  print(await firstPullRequest(repository, `${address}/${repository.owner.login}/${repository.name}`));
  for (const [index, { title, lines }] of guide.entries()) {
    print(`\n${styleText("bold", `${String(index + 1)}. ${title}`)}`);
    for (const line of lines) print(line.startsWith("$ ") ? `   ${styleText("green", line.slice(2))}` : `   ${line}`);
  }
  print(styleText("dim", "\nCtrl-C ends it and leaves nothing behind.\n"));
}

/** Only a port that is taken; whatever else is wrong would be wrong on another port too. */
function otherPort<T>(again: () => Promise<T>): (error: NodeJS.ErrnoException) => Promise<T> {
  return (error) => {
    if (error.code !== "EADDRINUSE") throw error;
    return again();
  };
}

async function firstPullRequest({ issues }: Repository, home: string): Promise<string> {
  const until = Date.now() + FIRST_LOOK_MS;
  while (Date.now() < until) {
    const found = [...issues.values()].filter(({ pull, author, state }) => pull !== null && author.type === "Bot" && state === "open");
    if (found.length > 0)
      return found
        .map(({ number, title }) => `  ${styleText("green", "open")}  #${String(number)} ${title}  ${styleText("dim", `${home}/pull/${String(number)}`)}`)
        .join("\n");
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  return `  No release pull request was opened: ${home}/commits says why, in the app's check on the newest commit.`;
}

function print(text: string): void {
  console.log(text);
}
