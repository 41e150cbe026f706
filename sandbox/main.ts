// `npm run sandbox`: a stand-in for GitHub with a sample repository, the app working on it, and a page to watch both.
import { createLog } from "../src/web/log.ts";
import { stopOnSignals } from "../src/web/stop.ts";
import { askGit } from "./git/run-git.ts";
import { guideFor } from "./guide.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { pageHandler } from "./page/index.ts";
import { addFromDirectory } from "./scenarios/from-directory.ts";
import { addLantern } from "./scenarios/lantern.ts";
import { installCi } from "./scenarios/people.ts";
import type { StandIn } from "./stand-in.ts";
import { progress, welcome } from "./welcome.ts";
import { startWithApp, type WithApp } from "./with-app.ts";
import type { Issue, Repository } from "./world/types.ts";

const PORT = 4680;
/** How long the first release pull request may take before the person is told where to look. */
const FIRST_LOOK_MS = 15_000;

const asked = readOptions(process.argv.slice(2));
if (typeof asked === "string") {
  process.stderr.write(`sandbox: ${asked}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (asked.wantsHelp) process.stdout.write(USAGE);
else await run(asked).catch(report);

async function run(options: Options): Promise<void> {
  const { INIT_CWD: standing = process.cwd() } = process.env;
  process.chdir(standing);
  if (options.from !== null) await refuseWhatIsNoRepository(options.from);
  progress("starting …");
  let isEnding = false;
  // What the app says while its GitHub goes away under it is no news.
  const log = createLog("warn", { write: (line) => void (isEnding || process.stderr.write(line)) });
  // Begins once the signals are listened to: whoever ends it at its first moment leaves nothing behind either.
  const starting = Promise.resolve().then(() => start(options, log));
  stopOnSignals(async () => {
    isEnding = true;
    progress("ending …");
    await starting.then(({ close }) => close()).catch(report);
    progress(null);
    console.log("Ended. Nothing is left behind.");
  }, log);
  const { standIn, repository, address } = await starting;
  const clone = new URL(`${address}/${repository.owner.login}/${repository.name}.git`);
  clone.username = "lee";
  clone.password = standIn.tokenFor("lee");
  const guide = guideFor(repository, address, clone.href, options.from === null);
  standIn.serve(pageHandler(standIn, { guide }));
  progress("waiting for the first release pull request …");
  const opened = await firstPullRequests(repository);
  progress(null);
  console.log(welcome(`${address}/${repository.owner.login}/${repository.name}`, opened, guide));
}

function start({ from, playbook, port, runsSucceed }: Options, log: ReturnType<typeof createLog>): Promise<WithApp> {
  const begin = (at: number): Promise<WithApp> =>
    startWithApp({
      populate: async (standIn) => {
        const repository = await (from === null ? addLantern(standIn) : addOwn(standIn, from, playbook));
        repository.actions.runsSucceed = runsSucceed;
        return repository;
      },
      port: at,
      log,
      writeSpacingMs: 1_000,
      limits: "enforced",
    });
  if (port === null) return begin(PORT).catch(onPortTaken(() => begin(0)));
  return begin(port).catch(
    onPortTaken(() => {
      throw withHint(`port ${String(port)} is taken`, "leave `--port` out for any free one");
    }),
  );
}

/** With something to report checks by: its own continuous integration does not run here. */
async function addOwn(standIn: StandIn, directory: string, playbook: string | null): Promise<Repository> {
  const repository = await addFromDirectory(standIn, directory, playbook);
  installCi(standIn, repository.owner.login);
  return repository;
}

/** Whatever else is wrong would be wrong on another port too. */
function onPortTaken<T>(otherwise: () => T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code !== "EADDRINUSE") throw error;
    return otherwise();
  };
}

async function refuseWhatIsNoRepository(directory: string): Promise<void> {
  const { code } = await askGit(["-C", directory, "rev-parse", "--git-dir"]);
  if (code !== 0)
    throw withHint(`${directory} is no git repository`, "name a folder that `git clone` or `git init` made, or leave `--from` out for the sample");
}

/** Empty when none was opened in time. */
async function firstPullRequests({ issues }: Repository): Promise<readonly Issue[]> {
  const until = Date.now() + FIRST_LOOK_MS;
  while (Date.now() < until) {
    const found = [...issues.values()].filter(({ pull, author, state }) => pull !== null && author.type === "Bot" && state === "open");
    if (found.length > 0) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  return [];
}

function withHint(message: string, hint: string): Error {
  return Object.assign(new Error(message), { hint });
}

/** What is wrong and what to do: a stack is for the developers and comes with `DEBUG=release-steward`. */
function report(error: unknown): void {
  progress(null);
  const { DEBUG: debug } = process.env;
  const text = error instanceof Error ? (debug === "release-steward" ? (error.stack ?? error.message) : error.message) : String(error);
  const hint = error instanceof Error && "hint" in error && typeof error.hint === "string" ? `\n  hint: ${error.hint}` : "";
  process.stderr.write(`sandbox: ${text}${hint}\n`);
  process.exitCode = 1;
}
