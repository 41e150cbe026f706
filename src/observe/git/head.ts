// Which commit is looked at, and where the main line is. Works in a working copy, a linked worktree, a folder inside
// either and a bare repository.
import type { Sha } from "../../model/snapshot.ts";
import { RepositoryProblem } from "./problem.ts";
import { type Ending, askGit, explained, gitOutput } from "./run.ts";
import type { Reference } from "./tags.ts";
import { textOf } from "./text.ts";

export type Place = {
  readonly sha: Sha;
  /** Short branch name, without its remote; null when the ref is not a branch. */
  readonly branch: string | null;
  /** The default branch: its short name (null when nothing tells), and the commits it stands at here and on `origin`. */
  readonly main: { readonly branch: string | null; readonly tips: readonly Sha[] };
};

type CheckedOut = { readonly sha: Sha; readonly branch: string | null };
export type Facts = { readonly isBare: boolean; readonly isShallow: boolean; readonly checkedOut: CheckedOut | null };

const ORIGIN_HEAD = "refs/remotes/origin/HEAD";
const USUAL_NAMES = ["main", "master"];

/** References that `placeOf` needs to know, as patterns. A name in a pattern can match more than itself. */
export function patternsFor(ref: string | null): string[] {
  const usual = USUAL_NAMES.flatMap((name) => [`refs/heads/${name}`, `refs/remotes/origin/${name}`]);
  return [ORIGIN_HEAD, ...usual, ...(ref === null ? [] : namesOf(ref))];
}

/**
 * @param facts of `readFacts`
 * @param references that match `patternsFor(ref)`, and any others
 * @param ref a branch, tag, remote branch (`origin/x`), full reference or anything that `git rev-parse` takes; null for what is checked out
 * @throws RepositoryProblem
 */
export async function placeOf(directory: string, ref: string | null, facts: Facts, references: readonly Reference[]): Promise<Place> {
  const isCheckedOut = ref === null || ref === "HEAD" || ref === "@";
  const head = isCheckedOut ? (facts.checkedOut ?? (await explainNoHead(directory))) : await find(directory, ref, references);
  return { ...head, main: mainLine(facts, references) };
}

/** @throws RepositoryProblem */
export async function readFacts(directory: string): Promise<Facts> {
  const words = ["rev-parse", "--is-bare-repository", "--is-shallow-repository", "HEAD^{commit}", "--symbolic-full-name", "HEAD"];
  const answer = await askGit(directory, words);
  const [isBare, isShallow, sha = "", name = ""] = textOf(answer.output).split("\n");
  if (answer.code !== 0 && !saysUnknown(answer)) throw await explained(directory, words, answer);
  const checkedOut = answer.code === 0 ? { sha, branch: withoutPrefix(name, "refs/heads/") } : null;
  return { isBare: isBare === "true", isShallow: isShallow === "true", checkedOut };
}

function saysUnknown({ words }: Ending): boolean {
  return words.includes("unknown revision") || words.includes("Needed a single revision");
}

/** Branches first, then remote branches, then tags. */
function namesOf(ref: string): string[] {
  return [`refs/heads/${ref}`, `refs/remotes/${ref}`, `refs/tags/${ref}`, ...(ref.startsWith("refs/") ? [ref] : [])];
}

async function find(directory: string, ref: string, references: readonly Reference[]): Promise<CheckedOut> {
  const matches = namesOf(ref).flatMap((name) => references.find((reference) => reference.name === name) ?? []);
  const shas = await Promise.all(matches.map(({ name }) => commitOf(directory, name)));
  const commits = new Set(shas.filter((sha) => sha !== null));
  if (commits.size > 1) {
    const all = matches.map(({ name }) => `\`${name}\``).join(" and ");
    throw new RepositoryProblem(`"${ref}" is ${all}, which are different commits`, "write the whole name");
  }
  const [match] = matches;
  const [sha] = commits;
  if (match !== undefined && sha !== undefined) return { sha, branch: branchOf(match.symref === "" ? match.name : match.symref) };
  const resolved = match === undefined && !ref.includes("\n") ? await commitOf(directory, ref) : null;
  if (resolved === null) throw await unknownRef(directory, ref, match !== undefined);
  return { sha: resolved, branch: null };
}

async function commitOf(directory: string, ref: string): Promise<Sha | null> {
  const words = ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`];
  const answer = await askGit(directory, words);
  const sha = textOf(answer.output).trim();
  // `^main` is a revision, too: everything that is not main.
  if (answer.code === 0) return /^[0-9a-f]+$/.test(sha) ? sha : null;
  if (/Needed a single revision|expected commit type|unknown revision|ambiguous/.test(answer.words)) return null;
  throw await explained(directory, words, answer);
}

function branchOf(name: string): string | null {
  const remote = /^refs\/remotes\/[^/]+\/(.+)$/.exec(name);
  return remote?.[1] ?? withoutPrefix(name, "refs/heads/");
}

function withoutPrefix(name: string, prefix: string): string | null {
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}

/** What `origin` calls its default; else what a bare repository does; else the usual names; else what is checked out. */
function mainLine({ isBare, checkedOut }: Facts, references: readonly Reference[]): Place["main"] {
  const shaAt = (wanted: string): Sha | undefined => references.find(({ name }) => name === wanted)?.sha;
  const origin = references.find(({ name }) => name === ORIGIN_HEAD);
  const bare = isBare ? checkedOut?.branch : undefined;
  const usual = USUAL_NAMES.find((name) => (shaAt(`refs/heads/${name}`) ?? shaAt(`refs/remotes/origin/${name}`)) !== undefined);
  const branch = (origin === undefined ? null : branchOf(origin.symref)) ?? bare ?? usual ?? checkedOut?.branch ?? null;
  const tips = [shaAt(`refs/heads/${branch}`), shaAt(`refs/remotes/origin/${branch}`)];
  if (origin !== undefined && branchOf(origin.symref) === branch) tips.push(origin.sha);
  if (checkedOut !== null && checkedOut.branch === branch) tips.push(checkedOut.sha);
  return { branch, tips: [...new Set(tips.filter((sha) => sha !== undefined))] };
}

/** @throws always: no commit yet, or a branch that names a commit which is not there */
async function explainNoHead(directory: string): Promise<never> {
  const stored = await askGit(directory, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (stored.code === 0) {
    throw new RepositoryProblem(
      `${directory}: HEAD names ${textOf(stored.output).trim()}, which is missing or no commit`,
      "git fsck --full names what is damaged; a fresh clone is the usual repair",
    );
  }
  const branches = await branchNames(directory, ["refs/heads", "refs/remotes"]);
  if (branches.length === 0)
    throw new RepositoryProblem(`${directory}: the repository has no commits yet`, "commit something first: a release is made of commits");
  throw new RepositoryProblem(
    `${directory}: what is checked out has no commits yet`,
    `name a branch: --ref ${branches.slice(0, NEAREST_MAX).join(", --ref ")}`,
  );
}

const NEAREST_MAX = 3;

async function unknownRef(directory: string, ref: string, isNoCommit: boolean): Promise<RepositoryProblem> {
  if (isNoCommit) return new RepositoryProblem(`"${ref}" leads to no commit`, "name a branch, a tag of a commit, or a commit");
  const names = await branchNames(directory, ["refs/heads", "refs/remotes", "refs/tags"]);
  const close = names
    .map((name) => ({ name, shared: sharedEnds(name.toLowerCase(), ref.toLowerCase()) }))
    .filter(({ shared }) => shared * 2 >= ref.length)
    .sort((one, other) => other.shared - one.shared || one.name.length - other.name.length);
  const hint =
    close.length === 0
      ? "git branch --all and git tag list what there is"
      : `did you mean ${close
          .slice(0, NEAREST_MAX)
          .map(({ name }) => name)
          .join(", ")}?`;
  return new RepositoryProblem(`${directory}: there is no branch, tag or commit "${ref}"`, hint);
}

async function branchNames(directory: string, patterns: readonly string[]): Promise<string[]> {
  const output = await gitOutput(directory, ["for-each-ref", "--format=%(refname:lstrip=2)", ...patterns]);
  return textOf(output).split("\n").slice(0, -1);
}

/** Letters that two names share at their starts and ends: enough to find one that was misspelt or cut short. */
function sharedEnds(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let start = 0;
  while (start < length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return start + end;
}
