// GitHub and git tell the same about the same repository: random small histories, read both ways.
import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { onDisk } from "../../../sandbox/git/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import { NOTHING_WANTED, type Commit, type Snapshot, type Tag, type Wanted } from "../../model/snapshot.ts";
import { openRepository } from "../git/index.ts";
import { type Memory, openMemory } from "./memory.ts";
import { openingsOf, parentOf } from "./openings.ts";

type World = Awaited<ReturnType<typeof observedRepository>>;
const opened: World[] = [];
afterAll(() => Promise.all(opened.map(({ standIn }) => standIn.close())));

const PATHS = ["README.md", "charts/a/Chart.yaml", "charts/a/values/deep/x.yaml", "charts/b/Chart.yaml", "src/one/x", "src/two", "src/two/y"];
const KINDS = [
  "edit",
  "remove",
  "rename",
  "mode",
  "link",
  "submodule",
  "empty",
  "merge",
  "octopus",
  "pull",
  "tag",
  "annotated",
  "nested",
  "side tag",
  "tree tag",
  "move tag",
  "tagged merge",
] as const;
type Step = { readonly kind: (typeof KINDS)[number]; readonly which: number; readonly other: number };
const step = fc.record({ kind: fc.constantFrom(...KINDS), which: fc.nat(PATHS.length - 1), other: fc.nat(PATHS.length - 1) });

const FOLDERS: readonly Wanted["folders"][] = [
  [],
  [{ path: ".", isDeep: false }],
  [{ path: "charts", isDeep: false }],
  [
    { path: "charts/a", isDeep: true },
    { path: "src", isDeep: false },
  ],
  [{ path: ".", isDeep: true }],
];

/** A file and a folder of one name: git would refuse the tree, so what is in the way goes. */
function room(wanted: string): Record<string, null> {
  if (wanted === "src/two") return { "src/two/y": null };
  return wanted === "src/two/y" ? { "src/two": null } : {};
}

async function take(world: World, { kind, which, other }: Step, index: number): Promise<void> {
  const { git, push, commit, move, main, head, repository, standIn, kim } = world;
  const path = PATHS[which]!;
  const side = async (from: string): Promise<string> => commit(`fix: aside ${index}`, { ...room(PATHS[other]!), [PATHS[other]!]: `aside ${index}` }, [from]);
  const merged = async (...sides: string[]): Promise<void> => move(main, await commit(`Merge ${index}`, { [`merged/${index}`]: "" }, [head(), ...sides]));
  switch (kind) {
    case "edit":
      return void (await push(`feat: edit ${index}\n\nBody.`, { ...room(path), [path]: `${index}`, ...room(PATHS[other]!), [PATHS[other]!]: `${index}` }));
    case "remove":
      return void (await push(`fix: remove ${index}`, { [path]: null }));
    case "rename":
      return void (await push(`refactor: rename ${index}`, { [path]: null, [`moved/${path}`]: `${index}` }));
    case "mode":
      return void (await push(`fix: mode ${index}`, { ...room(path), [path]: { mode: index % 2 === 0 ? "100755" : "100644", text: "same" } }));
    case "link":
      return void (await push(`fix: link ${index}`, { ...room(path), [path]: { mode: "120000", text: "README.md" } }));
    case "submodule":
      return void (await push(`fix: submodule ${index}`, { [`modules/${which}`]: { submodule: head() } }));
    case "empty":
      return void (await push(`chore: nothing ${index}`, {}));
    case "merge":
      return merged(await side(await side(head())));
    case "octopus":
      return merged(await side(head()), await side(head()), await side(head()));
    case "pull": {
      const branch = `feature-${index}`;
      await move(`refs/heads/${branch}`, await side(await side(head())));
      const pull = await standIn.operations.openPullRequest(kim, repository, {
        title: `feat: pull ${index}`,
        body: null,
        head: branch,
        base: "main",
        isDraft: false,
      });
      const method = (["merge", "squash", "rebase"] as const)[which % 3]!;
      return void (await standIn.operations.mergePullRequest(kim, repository, pull, { method, sha: null, title: null, message: null }));
    }
    case "tag":
      return move(`refs/tags/v1.${index}`, head());
    case "annotated":
      return move(`refs/tags/v1.${index}`, await annotate(world, head(), "commit", index));
    case "nested": {
      let target = await annotate(world, head(), "commit", index);
      for (let depth = 0; depth < which; depth += 1) target = await annotate(world, target, "tag", index * 100 + depth);
      return move(`refs/tags/v1.${index}`, target);
    }
    case "side tag":
      await move(`refs/tags/v1.${index}`, await side(head()));
      return void (await push(`fix: go on ${index}`, { [`on/${index}`]: "" }));
    case "tree tag":
      return move(`refs/tags/tree-${index}`, await annotate(world, (await git.commit(head()))!.tree, "tree", index));
    case "tagged merge": {
      const tagged = await side(await side(head()));
      await move(`refs/tags/v1.${index}`, tagged);
      await push(`fix: meanwhile ${index}`, { [`on/${index}`]: "" });
      return merged(tagged);
    }
    case "move tag": {
      const moved = [...git.refs().keys()].find((name) => name.startsWith("refs/tags/v"));
      if (moved !== undefined) await move(moved, head());
    }
  }
}

function annotate({ git, standIn }: World, target: string, targetType: string, index: number): Promise<string> {
  return git.writeTag({
    tag: `t${index}`,
    target,
    targetType,
    tagger: { name: "Kim", email: "kim@example.test", at: standIn.world.now() },
    message: `${index}\n`,
  });
}

async function readBothWays(world: World, memory: Memory, choice: number): Promise<void> {
  const local = await openRepository(onDisk(world.git).directory, { ref: null, onProgress: () => undefined });
  const remote = world.look(memory);
  try {
    const [here, there] = await Promise.all([local.first(), remote.first()]);
    expect(seen(there)).toEqual(seen(here));
    const folders = FOLDERS[choice % FOLDERS.length]!;
    const wanted: Wanted = { ...NOTHING_WANTED, folders, files: [...PATHS, "modules/1", "nowhere"], ranges: linesOf(here.tags, choice) };
    const [known, told] = await Promise.all([local.answer(here, wanted), remote.answer(there, wanted)]);
    expect(new Map([...told.files].filter(([path]) => known.files.has(path)))).toEqual(known.files);
    expect(rangesOf(told, (commit) => commit.paths)).toEqual(rangesOf(known, (commit) => coarse(commit.paths, folders)));
    for (const snapshot of [known, told]) expectGitsOrder(world, snapshot);
  } finally {
    local.close();
  }
}

function linesOf(tags: readonly Tag[], choice: number): Wanted["ranges"] {
  const newestFirst = tags.filter(({ name }) => name.startsWith("v")).toSorted((one, other) => Number(other.name.slice(3)) - Number(one.name.slice(3)));
  const lines = [newestFirst, newestFirst.slice(1), newestFirst.toReversed(), newestFirst.slice(-1), []];
  // One line alone is read another way than several.
  return lines.slice(0, choice % 2 === 0 ? 1 : lines.length).map((list, index) => ({ key: `line ${index}`, newestFirst: list }));
}

function seen({ head, tags, paths }: Snapshot): unknown {
  return { head, tags: tags.map(({ name, sha }) => `${name} ${sha}`).toSorted(), paths: [...paths].toSorted() };
}

/**
 * What both know, by commit. Git keeps the line end of a message, GitHub does not; who is who on GitHub git cannot know.
 * The order is compared with git's own.
 */
function rangesOf({ ranges }: Snapshot, pathsOf: (commit: Commit) => readonly string[]): unknown {
  return [...ranges].map(([key, { since, commits }]) => {
    const known = commits.map((commit) => {
      const { sha, parents, committedAt, authorName, message } = commit;
      return [sha, { parents, committedAt, authorName, message: message.trimEnd(), paths: pathsOf(commit).toSorted() }] as const;
    });
    return { key, since, commits: new Map(known) };
  });
}

function expectGitsOrder({ git }: World, { head, ranges }: Snapshot): void {
  for (const { since, commits } of ranges.values()) {
    const words = ["-C", onDisk(git).directory, "rev-list", "--topo-order", head.sha, ...(since === null ? [] : [`^${since.sha}`])];
    expect(commits.map(({ sha }) => `${sha}\n`).join("")).toBe(execFileSync("git", words, { encoding: "utf8" }));
  }
}

function coarse(paths: readonly string[], folders: Wanted["folders"]): string[] {
  if (folders.length === 0) return [];
  const openings = openingsOf(folders);
  return [
    ...new Set(
      paths.map((path) => {
        const above: string[] = [];
        for (let folder = parentOf(path); folder !== "."; folder = parentOf(folder)) above.unshift(folder);
        const closed = above.find((folder) => !openings.isOpen(folder));
        return closed === undefined ? path : `${closed}/`;
      }),
    ),
  ];
}

describe("GitHub and git", () => {
  // oxlint-disable-next-line jest/expect-expect -- readBothWays expects
  it("tell the same about the same repository, at a cold look and at the next ones", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), fc.array(step, { maxLength: 4 }), fc.nat(19), async (before, after, choice) => {
        const world = await observedRepository({ git: "disk" });
        opened.push(world);
        await world.push("feat: begin", { "README.md": "begin" });
        for (const [index, one] of before.entries()) await take(world, one, index);
        const memory = openMemory();
        await readBothWays(world, memory, choice);
        for (const [index, one] of after.entries()) await take(world, one, before.length + index);
        await readBothWays(world, memory, choice);
        await readBothWays(world, memory, choice + 1);
        await world.standIn.close();
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 12), endOnFailure: true },
    );
  });
});
