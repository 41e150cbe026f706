// Runs git so that its answer depends on the repository alone: argument lists and no shell, a fixed environment,
// no network, no hook, no pager, no lock, no replacement objects. Settings of the user can still say which
// repositories are safe; they cannot change what is read.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { devNull } from "node:os";
import { gitIsMissing, gitIsTooOld, problemOf } from "./problem.ts";

/** Git's complaints are read up to this length, in UTF-16 code units; the rest is dropped. */
const WORDS_MAX = 64_000;
/** The oldest git that knows every option used here. */
const OLDEST = { major: 2, minor: 30 };

/** Variables of git that pass through: where it is installed and which configuration to trust. All others would redirect it. */
const KEPT = /^(?!GIT_)|^GIT_(EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+|PARAMETERS))$/;

const FIXED = {
  LC_ALL: "C",
  LANGUAGE: "",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  // No file: an empty one would make git advise on grafts with every answer.
  GIT_GRAFT_FILE: `${devNull}/none`,
  // Gits before 2.39.4 do not know the first; the second makes a lazy fetch fail there, too.
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
};

/** `log.*`, `diff.*` and `format.*` are answered by options where they exist; these have none, or fail before options are read. */
const SETTINGS = ["core.fsmonitor=false", `core.hooksPath=${devNull}`, "log.showRoot=true", "log.date=default", "format.pretty=medium"];

function fixedEnvironment(): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name))), ...FIXED };
}

/** A running git, for conversations. The caller listens, and ends it. */
export function startGit(directory: string, words: readonly string[]): ChildProcessWithoutNullStreams {
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const child = spawn("git", ["--no-pager", "-C", directory, ...settings, ...words], { env: fixedEnvironment(), stdio: "pipe", windowsHide: true });
  // A git that ends before it has read everything says why by its exit code.
  child.stdin.on("error", () => undefined);
  return child;
}

export type Ending = { readonly code: number | null; readonly words: string };

/**
 * Waits for the end. Listening starts at the call, so call it right after the start.
 * @throws RepositoryProblem when git is not installed
 */
export function ending(child: ChildProcessWithoutNullStreams): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let words = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(0, WORDS_MAX);
    });
    child.on("error", (error: NodeJS.ErrnoException) => reject(error.code === "ENOENT" ? gitIsMissing() : error));
    child.on("close", (code) => resolve({ code, words }));
  });
}

/** One finished command, whatever its exit code. For answers of a bounded size. */
export async function askGit(directory: string, words: readonly string[], input = ""): Promise<Ending & { readonly output: Buffer }> {
  const chunks: Buffer[] = [];
  const end = await stream(directory, words, input, (chunk) => chunks.push(chunk));
  return { ...end, output: Buffer.concat(chunks) };
}

/**
 * The output of a command that has to succeed.
 * @throws RepositoryProblem otherwise
 */
export async function gitOutput(directory: string, words: readonly string[], input = ""): Promise<Buffer> {
  const answer = await askGit(directory, words, input);
  if (answer.code !== 0) throw await explained(directory, words, answer);
  return answer.output;
}

/**
 * The same for output of any size: `onChunk` gets it piece by piece, in order.
 * @throws RepositoryProblem when the command does not succeed: what `onChunk` got is then incomplete
 */
export async function streamGit(directory: string, words: readonly string[], input: string, onChunk: (chunk: Buffer) => void): Promise<void> {
  const end = await stream(directory, words, input, onChunk);
  if (end.code !== 0) throw await explained(directory, words, end);
}

async function stream(directory: string, words: readonly string[], input: string, onChunk: (chunk: Buffer) => void): Promise<Ending> {
  const child = startGit(directory, words);
  const end = ending(child);
  const { promise: broken, reject } = Promise.withResolvers<never>();
  child.stdout.on("data", (chunk: Buffer) => {
    try {
      onChunk(chunk);
    } catch (error) {
      child.kill();
      reject(error);
    }
  });
  child.stdin.end(input);
  return Promise.race([end, broken]);
}

/** The problem behind an ending. An option that git does not know means that git is too old. */
export async function explained(directory: string, words: readonly string[], { code, words: said }: Ending): Promise<Error> {
  if (code === 129 || /unknown option|unrecognized argument|unknown field name/.test(said)) {
    const { output } = await askGit(".", ["version"]);
    const [version = "unknown", major, minor] = /(\d+)\.(\d+)\S*/.exec(output.toString()) ?? [];
    if (Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor)) return gitIsTooOld(version);
  }
  return problemOf({ directory, command: words.slice(0, 4).join(" "), code, words: said });
}
