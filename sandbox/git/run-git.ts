// One git command to its end. Promises that nothing of the machine's or the caller's git set-up leaks in.
import { spawn } from "node:child_process";

export type GitAnswer = { readonly code: number; readonly stdout: Buffer; readonly stderr: string };

/**
 * The environment of every git process here: no system or user configuration, a fixed identity, English messages.
 * Folders are ours whoever owns them, such as a mounted volume, so git's question about dubious ownership is answered.
 */
export function gitEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
    GIT_TERMINAL_PROMPT: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_AUTHOR_NAME: "sandbox",
    GIT_AUTHOR_EMAIL: "sandbox@localhost",
    GIT_COMMITTER_NAME: "sandbox",
    GIT_COMMITTER_EMAIL: "sandbox@localhost",
    ...more,
  };
}

/**
 * Runs `git` with these arguments and this input, whatever its exit code.
 * @throws Error when git can't be started or was killed.
 */
export function askGit(command: readonly string[], input: string | Uint8Array = "", environment: Readonly<Record<string, string>> = {}): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", command, { env: gitEnvironment(environment), stdio: "pipe" });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    // Git may answer without reading all its input; its exit code tells what matters.
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === null) reject(new Error(`git ${command[0] ?? ""} was ended by ${signal ?? "a signal"}`));
      else resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.end(input);
  });
}

/**
 * Runs a git command in the bare repository at `directory`.
 * @throws Error with git's own words when the exit code is none of `accept`.
 */
export async function runGit(
  directory: string,
  command: readonly string[],
  options: { readonly input?: string; readonly accept?: readonly number[] } = {},
): Promise<GitAnswer> {
  const answer = await askGit([`--git-dir=${directory}`, ...command], options.input);
  const accept = options.accept ?? [0];
  if (!accept.includes(answer.code)) throw new Error(gitComplaint(answer, command));
  return answer;
}

/** Git's complaint as one message without its prefix. */
export function gitComplaint(answer: GitAnswer, command: readonly string[]): string {
  const complaint = answer.stderr.trim().replace(/^(?:fatal|error): /, "");
  return complaint === "" ? `git ${command[0] ?? ""} ended with ${answer.code}` : complaint;
}
