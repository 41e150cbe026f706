// Repositories made on the fly with `git fast-import`: a straight history of typed commits over 200 files, tags at
// even distances, the last one before what is unreleased. The same input always gives the same commits.
import { spawnSync } from "node:child_process";

export type Shape = {
  /** Commits up to the last tag. */
  readonly history: number;
  readonly tags: number;
  /** Commits after it. */
  readonly unreleased: number;
};

const START = 1_600_000_000;
const TYPES = ["feat", "fix", "fix", "docs", "chore", "refactor"];

/** Makes a bare repository of that shape at `directory`, which must not exist. */
export function makeRepository(directory: string, shape: Shape): void {
  git(["init", "--quiet", "--bare", "--initial-branch=main", directory], "");
  git(["-C", directory, "fast-import", "--quiet"], streamOf(shape));
}

function git(words: readonly string[], input: string): void {
  const run = spawnSync("git", words, { input });
  if (run.error !== undefined || run.status !== 0) throw new Error(`git ${words.join(" ")} failed: ${run.error?.message ?? run.stderr.toString()}`);
}

function streamOf({ history, tags, unreleased }: Shape): string {
  const parts: string[] = [];
  const every = history / tags;
  let tagged = 0;
  for (let number = 1; number <= history + unreleased; number += 1) {
    parts.push(commitText(number));
    if (tagged < tags && number <= history && number >= Math.round((tagged + 1) * every)) {
      tagged += 1;
      parts.push(`reset refs/tags/v1.${tagged}.0\nfrom :${number}\n\n`);
    }
  }
  return parts.join("");
}

function commitText(number: number): string {
  const type = TYPES[number % TYPES.length] ?? "fix";
  const message = `${type}(part${number % 40}): change number ${number} (#${number})\n\nWhat it does and why, in a few words.\n\nReviewed-by: Lee <lee@example.com>\n`;
  const content = `content ${number}\n`;
  return [
    "commit refs/heads/main\n",
    `mark :${number}\n`,
    `committer Kim Doe <kim@example.com> ${START + number * 3600} +0000\n`,
    `data ${Buffer.byteLength(message)}\n${message}\n`,
    number === 1 ? "" : `from :${number - 1}\n`,
    `M 100644 inline parts/part${number % 40}/file${number % 200}.txt\ndata ${content.length}\n${content}\n\n`,
  ].join("");
}
