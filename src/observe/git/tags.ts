// References in one process however many there are, and the commits that tags lead to.
import type { Tag } from "../../model/snapshot.ts";
import { problemOf } from "./problem.ts";
import { askGit, explained, gitOutput } from "./run.ts";
import { textOf } from "./text.ts";

const PREFIX = "refs/tags/";

/** Pattern for `readReferences`. */
export const ALL_TAGS = "refs/tags";

/** A reference as `for-each-ref` tells it: `type` and `sha` of what it names, and of what that tag object names, one step on. */
export type Reference = {
  readonly name: string;
  readonly type: string;
  readonly sha: string;
  readonly peeledType: string;
  readonly peeledSha: string;
  readonly symref: string;
};

/** Names of references hold no space and no line end, so both can part the fields; `name` is the full `refs/…`. */
const FORMAT = "%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(symref) %(refname)";

/**
 * References that match one of the patterns (`refs/tags`, `refs/heads/main`).
 * @throws RepositoryProblem, also for a broken reference, which git itself only warns about
 */
export async function readReferences(directory: string, patterns: readonly string[]): Promise<Reference[]> {
  const words = ["for-each-ref", `--format=${FORMAT}`, ...patterns];
  const answer = await askGit(directory, words);
  if (answer.code !== 0) throw await explained(directory, words, answer);
  if (answer.words.includes("ignoring broken ref")) throw problemOf({ directory, command: "for-each-ref", code: 0, words: answer.words });
  return textOf(answer.output).split("\n").slice(0, -1).map(referenceOf);
}

function referenceOf(line: string): Reference {
  const [type = "", sha = "", peeledType = "", peeledSha = "", symref = "", name = ""] = line.split(" ");
  return { name, type, sha, peeledType, peeledSha, symref };
}

/** Every tag among the references that leads to a commit, in git's order of names. Tags of trees and files are left out. */
export async function tagsOf(directory: string, all: readonly Reference[]): Promise<Tag[]> {
  const references = all.filter(({ name }) => name.startsWith(PREFIX));
  const nested = references.filter(({ peeledType }) => peeledType === "tag").map(({ sha }) => sha);
  const deep = await peelDeeply(directory, nested);
  const tags: Tag[] = [];
  for (const { name, type, sha, peeledType, peeledSha } of references) {
    const commit = type === "commit" ? sha : peeledType === "commit" ? peeledSha : deep.get(sha);
    if (commit !== undefined) tags.push({ name: name.slice(PREFIX.length), sha: commit });
  }
  return tags;
}

/** Tags of tags: gits before 2.45 peel one step only. */
async function peelDeeply(directory: string, shas: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (shas.length === 0) return new Map();
  const input = shas.map((sha) => `${sha}^{}\n`).join("");
  const output = await gitOutput(directory, ["cat-file", "--batch-check=%(objecttype) %(objectname)"], input);
  const answers = output.toString("latin1").split("\n");
  const commits = new Map<string, string>();
  for (const [index, sha] of shas.entries()) {
    const [type, peeled] = answers[index]?.split(" ") ?? [];
    if (type === "commit" && peeled !== undefined) commits.set(sha, peeled);
    else if (type !== "tree" && type !== "blob")
      throw problemOf({ directory, command: "cat-file --batch-check", code: 0, words: `missing object: ${answers[index] ?? sha}` });
  }
  return commits;
}
