// One `git log`, read while it comes: commits with their whole message and the paths they touch.
import type { Commit, Sha } from "../../model/snapshot.ts";
import { devNull } from "node:os";
import { streamGit } from "./run.ts";
import { textOf } from "./text.ts";

/**
 * A record is an empty token, five fields and the paths, each ended by NUL. A field holds no NUL and a path is never
 * empty, so nothing that a message, a name or a path says can be taken for the start of the next record.
 */
const FORMAT = "%x00%H%x00%P%x00%ct%x00%an%x00%B";
const FIELDS = 5;

const WORDS = [
  "log",
  "--stdin",
  "-z",
  "--topo-order",
  "--name-only",
  "--no-renames",
  "--no-relative",
  "--ignore-submodules=none",
  "--no-ext-diff",
  "--no-textconv",
  "--no-show-signature",
  "--no-notes",
  "--no-color",
  `-O${devNull}`,
  "--encoding=UTF-8",
  `--format=${FORMAT}`,
];

/** What many commits repeat (paths, authors) is kept once. */
export type Interned = Map<string, string>;

/**
 * Commits of `tips` that `not` does not have, children before parents. With `not`, and dates that run backwards in
 * the history, git can add commits that `not` has: history.ts checks for it.
 * @throws RepositoryProblem
 */
export async function readLog(
  directory: string,
  tips: readonly Sha[],
  not: readonly Sha[],
  interned: Interned,
  onCommit: (commit: Commit) => void,
): Promise<void> {
  const reader = recordReader(interned, onCommit);
  const input = [...tips, ...not.map((sha) => `^${sha}`)].map((line) => `${line}\n`).join("");
  await streamGit(directory, WORDS, input, reader.push);
  reader.end();
}

/**
 * Takes the output in pieces cut anywhere.
 * @throws Error from `end` when the output stops inside a record, or from `push` when it is none of ours
 */
export function recordReader(interned: Interned, onCommit: (commit: Commit) => void): { push: (chunk: Buffer) => void; end: () => void } {
  let pending: Buffer[] = [];
  let fields: string[] | null = null;
  let paths: string[] = [];

  const finish = (): void => {
    if (fields !== null) onCommit(commitOf(fields, paths, interned));
    paths = [];
  };
  const take = (token: Buffer): void => {
    if (fields !== null && fields.length < FIELDS) fields.push(textOf(token));
    else if (token.length === 0) {
      finish();
      fields = [];
    } else if (fields === null) throw new Error("Bug: git log wrote what was not asked for.");
    else paths.push(intern(interned, textOf(paths.length === 0 ? afterLineEnd(token) : token)));
  };
  return {
    push(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
        const rest = chunk.subarray(from, end);
        take(pending.length === 0 ? rest : Buffer.concat([...pending, rest]));
        pending = [];
        from = end + 1;
      }
      if (from < chunk.length) pending.push(chunk.subarray(from));
    },
    end() {
      if (pending.length > 0 || (fields !== null && fields.length < FIELDS)) throw new Error("Bug: git log stopped inside a record.");
      finish();
      fields = null;
    },
  };
}

/** Git parts a message from its paths by one line end. A path may begin with another. */
function afterLineEnd(token: Buffer): Buffer {
  if (token[0] !== 0x0a) throw new Error("Bug: git log parts messages and paths in a way that is not known here.");
  return token.subarray(1);
}

function commitOf(fields: readonly string[], paths: readonly string[], interned: Interned): Commit {
  const [sha = "", parents = "", seconds = "", authorName = "", message = ""] = fields;
  const parentShas = parents === "" ? [] : parents.split(" ");
  return {
    sha,
    parents: parentShas,
    committedAt: Number(seconds) * 1000,
    authorName: intern(interned, authorName),
    authorLogin: null,
    message,
    paths: parentShas.length > 1 ? [] : paths,
    pullRequest: null,
  };
}

function intern(interned: Interned, text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  interned.set(text, text);
  return text;
}
