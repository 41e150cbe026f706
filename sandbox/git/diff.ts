// What differs between two commits or trees, file by file, as GitHub lists it.
import { EMPTY_TREE } from "./object-store.ts";
import { remembered } from "./remember.ts";
import { runGit } from "./run-git.ts";
import type { FileChange, GitRepository } from "./types.ts";

type Listed = Pick<FileChange, "path" | "previousPath" | "status" | "sha">;
type Counted = Pick<FileChange, "additions" | "deletions">;

const ARGUMENTS = [
  "diff-tree",
  "-r",
  "-M",
  "-z",
  "--raw",
  "--numstat",
  "--patch",
  "--no-abbrev",
  "--no-commit-id",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
];
const STATUS: Readonly<Record<string, FileChange["status"]>> = { A: "added", D: "removed", M: "modified", R: "renamed", T: "changed" };
const SECTION = "\ndiff --git ";

export function openDiff(directory: string): Pick<GitRepository, "diff"> {
  return {
    diff: remembered(async (from, to) => {
      const { stdout } = await runGit(directory, [...ARGUMENTS, from ?? EMPTY_TREE, to]);
      return readDiff(stdout.toString());
    }, 200),
  };
}

/** Three parts, each in the same order of files: what happened, how many lines, the patches. */
function readDiff(output: string): readonly FileChange[] {
  const fields = output.split("\0");
  let at = 0;
  const next = (): string => fields[at++] ?? "";

  const listed: Listed[] = [];
  while (fields[at]?.startsWith(":") === true) listed.push(readListed(next(), next));
  const counted = listed.map((): Counted => {
    const [additions, deletions, path] = next().split("\t");
    if (path === "") at += 2;
    return { additions: lines(additions), deletions: lines(deletions) };
  });
  if (fields[at] === "") at += 1;
  const sections = `\n${fields.slice(at).join("\0")}`.split(SECTION).slice(1);

  return listed.map((file, index) => {
    // Git tells a file that became a link as a removal and an addition.
    const own = sections.splice(0, file.status === "changed" ? 2 : 1);
    const hunks = own.map(hunksOf).filter((hunk) => hunk !== "");
    return {
      ...file,
      additions: counted[index]?.additions ?? 0,
      deletions: counted[index]?.deletions ?? 0,
      patch: hunks.length === 0 ? null : hunks.join("\n"),
    };
  });
}

/** `:old-mode new-mode old-sha new-sha status`, then one path or, for a rename, the old and the new. */
function readListed(line: string, next: () => string): Listed {
  const [, , oldSha = "", newSha = "", letter = ""] = line.split(" ");
  const status = STATUS[letter.charAt(0)] ?? "modified";
  const firstPath = next();
  if (status === "renamed") return { status, previousPath: firstPath, path: next(), sha: newSha };
  return { status, previousPath: null, path: firstPath, sha: status === "removed" ? oldSha : newSha };
}

/** Binary files are counted as `-`. */
const lines = (count: string | undefined): number => (count === undefined || count === "-" ? 0 : Number(count));

/** From the first hunk on, without the last line end; nothing for binary, empty and only renamed files. */
function hunksOf(section: string): string {
  const start = section.indexOf("\n@@ ");
  return start < 0 ? "" : section.slice(start + 1).replace(/\n$/, "");
}
