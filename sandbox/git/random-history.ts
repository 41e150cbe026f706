// For engines.test.ts: random steps of a history, how a repository lives through them, and all that can be asked of it then.
import fc from "fast-check";
import { ada } from "./fixture.ts";
import { type GitRepository, type MergeResult, type Sha, StaleRef } from "./types.ts";

const MINUTE = 60_000;
const PATHS = ["a.txt", "b.txt", "dir/a.txt", "dir/c.txt", "dir/deep/a.txt", "other/b.txt", "dir-x", "top", "new/a.txt", "new.txt"];
/** One of them is a folder for the others. */
const TARGETS = [...PATHS, "dir"];
const BRANCHES = ["refs/heads/main", "refs/heads/one", "refs/heads/two", "refs/heads/two/deep"];

type Edit = { readonly path: string; readonly does: "write" | "change" | "remove" | "move" | "run"; readonly to: string; readonly line: number };
type Step =
  | { readonly is: "commit"; readonly branch: string; readonly edits: readonly Edit[]; readonly minutes: number }
  | { readonly is: "merge"; readonly branch: string; readonly other: string }
  | { readonly is: "pick"; readonly branch: string; readonly other: string }
  | { readonly is: "move"; readonly branch: string; readonly other: string; readonly isStale: boolean }
  | { readonly is: "tag"; readonly name: string; readonly branch: string; readonly isAnnotated: boolean }
  | { readonly is: "delete"; readonly name: string };

const edit = fc.record<Edit>({
  path: fc.constantFrom(...PATHS),
  does: fc.constantFrom("write", "change", "change", "change", "remove", "move", "run"),
  to: fc.constantFrom(...TARGETS),
  line: fc.nat(19),
});
const branch = fc.constantFrom(...BRANCHES.slice(0, 3), ...BRANCHES);
const tagName = fc.constantFrom("refs/tags/v1", "refs/tags/v2", "refs/tags/v1/x", "refs/tags/bad..name");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ is: fc.constant("commit" as const), branch, edits: fc.array(edit, { maxLength: 4 }), minutes: fc.integer({ min: -1, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("merge" as const), branch, other: branch }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("pick" as const), branch, other: branch }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("move" as const), branch, other: branch, isStale: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("tag" as const), name: tagName, branch, isAnnotated: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("delete" as const), name: fc.oneof(branch, tagName) }) },
);

const begin: readonly Step[] = [
  {
    is: "commit",
    branch: "refs/heads/main",
    edits: ["a.txt", "dir/a.txt", "dir/deep/a.txt", "top"].map((path) => ({ path, does: "write", to: path, line: 0 })),
    minutes: 0,
  },
  ...BRANCHES.slice(1, 3).map((to): Step => ({ is: "move", branch: to, other: "refs/heads/main", isStale: false })),
];
/** Three branches that part and meet. */
export const history = fc.array(step, { minLength: 5, maxLength: 25 }).map((steps) => [...begin, ...steps]);

/** Twenty lines that no other text has, so that there is one shortest way from a text to what was made of it. */
const fresh = (seed: string): string => Array.from({ length: 20 }, (_, index) => `${seed} line ${String(index)}\n`).join("");

/** Does the steps on one repository. Returns what each came to; nothing in it comes from anywhere but the steps. */
export async function live(git: GitRepository, steps: readonly Step[]): Promise<readonly unknown[]> {
  const came: unknown[] = [];
  let at = ada.at;
  let written = 0;
  const head = (name: string): Sha | null => git.refs().get(name) ?? null;
  const point = async (name: string, before: Sha | null | undefined, after: Sha | null): Promise<void> => {
    const update = git.updateRefs([before === undefined ? { name, after } : { name, before, after }]);
    came.push(await update.catch((error: unknown) => (error instanceof StaleRef ? `stale ${error.ref}` : String(error).replace(/^Error: /u, ""))));
  };
  const commit = async (tree: Sha, parents: readonly Sha[]): Promise<Sha> => {
    written += 1;
    return await git.writeCommit({ tree, parents, author: { ...ada, at }, committer: { ...ada, at }, message: `change ${String(written)}\n`, signature: null });
  };
  const treeOf = async (sha: Sha | null): Promise<Sha | null> => (sha === null ? null : ((await git.commit(sha))?.tree ?? null));

  async function edited(tree: Sha | null, { path, does, to, line }: Edit): Promise<Sha> {
    const entry = tree === null ? null : await git.entry(tree, path);
    const isFile = entry?.type === "blob";
    const text = isFile ? String(await git.blob(entry.sha)) : fresh(`${path} ${String((written += 1))}`);
    const blob = (content: string): Promise<Sha> => git.writeBlob(Buffer.from(content));
    const mode = isFile ? entry.mode : "100644";
    const lines = text.split("\n");
    if (does === "remove") return await git.writeTree(tree, [{ path, mode, sha: null }]);
    if (does === "run") return await git.writeTree(tree, [{ path, mode: "100755", sha: await blob(text) }]);
    if (does === "change")
      return await git.writeTree(tree, [
        { path, mode, sha: await blob(lines.toSpliced(line, 1, `line ${String(line)} of ${String((written += 1))}`).join("\n")) },
      ]);
    if (does === "move" && to !== path)
      return await git.writeTree(tree, [
        { path, mode, sha: null },
        { path: to, mode, sha: await blob(text) },
      ]);
    return await git.writeTree(tree, [{ path, mode, sha: await blob(text) }]);
  }

  async function doStep(each: Step): Promise<void> {
    if (each.is === "tag") {
      const target = head(each.branch);
      if (target === null) return;
      const tag = { tag: each.name.slice("refs/tags/".length), target, targetType: "commit", tagger: { ...ada, at }, message: "a tag\n" };
      return await point(each.name, undefined, each.isAnnotated ? await git.writeTag(tag) : target);
    }
    if (each.is === "delete") return await point(each.name, undefined, null);
    const stands = head(each.branch);
    if (each.is === "commit") {
      at += each.minutes * MINUTE;
      let tree = await treeOf(stands);
      for (const one of each.edits) tree = await edited(tree, one);
      const after = await commit(tree ?? (await git.writeTree(null, [])), stands === null ? [] : [stands]);
      return await point(each.branch, stands, after);
    }
    const other = head(each.other);
    if (other === null) return;
    if (each.is === "move") return await point(each.branch, each.isStale ? other : undefined, other);
    if (stands === null) return;
    const result = await (each.is === "merge" ? git.merge(stands, other) : git.cherryPick(stands, other)).catch((error: unknown) => String(error));
    came.push(comparable(result));
    if (typeof result === "string" || result.is === "conflict") return;
    at += MINUTE;
    await point(each.branch, stands, await commit(result.tree, each.is === "merge" ? [stands, other] : [stands]));
  }

  for (const each of steps) {
    await doStep(each);
    came.push([...git.refs()]);
  }
  return came;
}

/** A file that makes way for a folder is named after the commit it comes from, and on disk a pick makes commits of its own. */
function comparable(result: MergeResult | string): MergeResult | string {
  return typeof result === "string" || result.is === "clean"
    ? result
    : { is: "conflict", paths: [...new Set(result.paths.map((path) => path.replace(/~[0-9a-f]{40}$/u, "")))] };
}

/** Every answer about the heads and tags of a repository, and the pairs of them. */
export async function answers(git: GitRepository): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const tips = [...new Set(git.refs().values())];
  const commits = await git.log({ include: tips });
  found.push(commits);
  for (const tip of tips) found.push(await git.resolve(tip), await git.tree(tip, true), await git.tag(tip));
  for (const paths of [["a.txt"], ["dir"], ["dir/a.txt", "top"], [""]]) found.push([paths, await git.log({ include: tips, paths })]);
  const middle = (await git.commit(commits[Math.floor(commits.length / 2)] ?? ""))?.committer.at ?? 0;
  found.push(
    await git.log({ include: tips, since: middle }),
    await git.log({ include: tips, until: middle }),
    await git.log({ include: tips, skip: 2, limit: 3 }),
  );
  for (const one of tips)
    for (const other of tips) {
      const [from, to] = [(await git.resolve(one)) ?? "", (await git.resolve(other)) ?? ""];
      found.push({ from, to, base: await git.mergeBase(from, to), is: await git.isAncestor(from, to), count: await git.count(from, to) });
      found.push(await git.log({ include: [to], exclude: [from] }), await git.log({ include: [to], exclude: [from], paths: ["dir", "a.txt"] }));
      found.push(await git.diff(from, to));
    }
  return found;
}
