import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Commit, NOTHING_WANTED, type Range, type Tag } from "../../model/snapshot.ts";
import { openRepository } from "./index.ts";
import { type ScratchRepository, observed, scratchPath, scratchRepository } from "../../../test/fixtures/repository.ts";

function tagsOf(repository: ScratchRepository, ...names: string[]): Tag[] {
  return names.map((name) => ({ name, sha: repository.git(["rev-parse", `${name}^{commit}`]) }));
}

async function rangeOf(repository: ScratchRepository, ...newestFirst: string[]): Promise<Range> {
  const { ranges } = await observed(repository.directory, { ranges: [{ key: "line", newestFirst: tagsOf(repository, ...newestFirst) }] });
  return ranges.get("line")!;
}

function subjects(commits: readonly Commit[]): string[] {
  return commits.map(({ message }) => message.split("\n")[0]!);
}

/** v1.0.0 on main, then v2.0.0 … v2.0.<count - 1> on a branch that main does not have. */
function withTagsElsewhere(count: number): { repository: ScratchRepository; elsewhere: string[] } {
  const repository = scratchRepository();
  repository.commit("feat: one");
  repository.tag("v1.0.0");
  repository.git(["checkout", "--quiet", "-b", "next"]);
  const elsewhere = Array.from({ length: count }, (_, index) => `v2.0.${count - 1 - index}`);
  for (const name of elsewhere.toReversed()) {
    repository.commit(`feat: ${name}`);
    repository.tag(name);
  }
  repository.checkout("main");
  repository.commit("fix: two");
  return { repository, elsewhere };
}

function shallowClone(depth: number): { directory: string; repository: ScratchRepository } {
  const repository = scratchRepository();
  for (const name of ["older", "old", "one"]) repository.commit(`feat: ${name}`);
  repository.tag("v1.0.0");
  repository.commit("feat: two");
  repository.tag("v1.1.0");
  repository.git(["checkout", "--quiet", "-b", "release-1.0", "v1.0.0"]);
  repository.commit("fix: elsewhere");
  repository.tag("v1.0.1");
  repository.checkout("main");
  repository.commit("fix: three");
  repository.commit("fix: four");
  const directory = scratchPath();
  repository.git(["clone", "--quiet", "--no-single-branch", `--depth=${depth}`, `file://${repository.directory}`, directory]);
  return { directory, repository };
}

describe("what is unreleased", () => {
  test("is what the head has and the tag has not, newest first; everything without a tag", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one");
    repository.annotatedTag("v1.0.0");
    repository.commit("fix: two");
    repository.commit("feat: three");
    const since = await rangeOf(repository, "v1.0.0");
    expect(since.since).toEqual({ name: "v1.0.0", sha: repository.git(["rev-parse", "v1.0.0^{commit}"]) });
    expect(subjects(since.commits)).toEqual(["feat: three", "fix: two"]);
    expect(await rangeOf(repository)).toMatchObject({ since: null, commits: { length: 3 } });
    repository.tag("v1.1.0");
    expect(await rangeOf(repository, "v1.1.0", "v1.0.0")).toMatchObject({ since: { name: "v1.1.0" }, commits: [] });
  });

  test("tells of each commit all that git stores", async () => {
    const repository = scratchRepository();
    const one = repository.commit("feat: one", {}, { at: 1_767_225_600, author: "Kim Ødegård <nobody>" });
    const two = repository.commit("fix: two\n\nBody.\n\nReviewed-by: Lee\n", { "b/c": "1", a: "1" }, { at: 1_767_312_000 });
    expect((await rangeOf(repository)).commits).toEqual([
      {
        sha: two,
        parents: [one],
        committedAt: Date.UTC(2026, 0, 2),
        authorName: "Kim Doe",
        authorLogin: null,
        message: "fix: two\n\nBody.\n\nReviewed-by: Lee\n",
        paths: ["a", "b/c"],
        pullRequest: null,
      },
      expect.objectContaining({ sha: one, parents: [], authorName: expect.stringContaining("Kim Ødegård"), paths: [] }),
    ]);
  });

  test("keeps messages as they are", async () => {
    const repository = scratchRepository();
    const messages = ["fix: a\r\n\r\nwith CRLF\r\n", "", "  indented\n\n\n", "sha\n\nabc\0".replace("\0", "\u0001"), "feat: ünïcödé 🐛\n", "# no comment\n"];
    for (const message of messages) repository.commit(message);
    repository.commit(Buffer.from("fix: caf\xe9\n", "latin1"), {}, { encoding: "ISO-8859-1" });
    repository.commit(Buffer.from("fix: th\xe9\n", "latin1"));
    const { commits } = await rangeOf(repository);
    expect(commits.map(({ message }) => message)).toEqual(["fix: thé\n", "fix: café\n", ...messages.toReversed()]);
  });

  test("lists every path that a commit touches, both names of a rename, removed ones and odd ones", async () => {
    const repository = scratchRepository();
    const paths = ["\nfirst", "-option", 'quo"te', "two\nlines", "ünï"];
    repository.commit("feat: one", Object.fromEntries([...paths, "old", "gone"].map((path) => [path, `content of ${path}\n`.repeat(20)])));
    repository.tag("v1.0.0");
    repository.rename("old", "folder/new", "refactor: move");
    repository.commit("fix: remove", { gone: null });
    const { submodule, link } = { submodule: { submodule: repository.head() }, link: { link: "old" } };
    repository.commit("feat: kinds", { submodule, link });
    repository.commit("fix: odd", Object.fromEntries(paths.map((path) => [path, "changed"])));
    const { commits } = await rangeOf(repository, "v1.0.0");
    expect(commits.map((commit) => [...commit.paths].sort())).toEqual([[...paths].sort(), ["link", "submodule"], ["gone"], ["folder/new", "old"]]);
  });

  test("lists commits of merged branches, and merges without paths, octopus merges too", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one", { a: "1" });
    repository.tag("v1.0.0");
    for (const name of ["x", "y", "z"]) {
      repository.git(["checkout", "--quiet", "-b", name, "v1.0.0"]);
      repository.commit(`feat: ${name}`, { [name]: name });
    }
    repository.checkout("main");
    repository.commit("fix: main", { b: "b" });
    repository.merge("x");
    repository.merge("y", "z");
    const { commits } = await rangeOf(repository, "v1.0.0");
    expect(commits.slice(0, 1)).toMatchObject([{ message: "merge y z\n", paths: [], parents: { length: 3 } }]);
    expect(Object.fromEntries(commits.map(({ message, paths }) => [message.trim(), paths]))).toEqual({
      "merge y z": [],
      "merge x": [],
      "feat: x": ["x"],
      "feat: y": ["y"],
      "feat: z": ["z"],
      "fix: main": ["b"],
    });
    const order = new Map(commits.map(({ sha }, index) => [sha, index]));
    for (const [index, { parents }] of commits.entries()) for (const parent of parents) expect(order.get(parent) ?? Infinity).toBeGreaterThan(index);
  });

  test("does not count again what a branch brought before the tag", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one");
    repository.branch("old");
    repository.commit("feat: two");
    repository.checkout("old");
    repository.commit("feat: before the tag");
    repository.checkout("main");
    repository.merge("old");
    repository.tag("v1.0.0");
    repository.checkout("old");
    repository.commit("feat: after the tag");
    repository.checkout("main");
    repository.merge("old");
    expect(subjects((await rangeOf(repository, "v1.0.0")).commits)).toEqual(["merge old", "feat: after the tag"]);
  });

  test("goes by ancestry when the clocks were wrong, where git alone goes by dates", async () => {
    const repository = scratchRepository();
    const day = 86_400;
    const start = 1_767_225_600;
    for (let index = 0; index < 10; index += 1) repository.commit(`feat: early ${index}`, {}, { at: start + index * day });
    repository.branch("side");
    // Ten commits by a machine whose clock stood years back, then the release.
    for (let index = 0; index < 10; index += 1) repository.commit(`fix: skewed ${index}`, {}, { at: start - 1000 * day + index });
    repository.tag("v1.0.0");
    repository.checkout("side");
    repository.commit("feat: side", {}, { at: start + 20 * day });
    repository.checkout("main");
    repository.merge("side");
    const counted = Number(repository.git(["rev-list", "--count", "v1.0.0..HEAD"]));
    expect(counted).toBeGreaterThan(2);
    expect(subjects((await rangeOf(repository, "v1.0.0")).commits)).toEqual(["merge side", "feat: side"]);
  });

  test("stands in the order of `git rev-list --topo-order` for every line, however the history was read", async () => {
    const repository = scratchRepository();
    repository.commit("feat: begin");
    repository.tag("first-1.0.0");
    for (const name of ["left", "right"]) {
      repository.git(["checkout", "--quiet", "-b", name, "main"]);
      for (const step of [1, 2, 3]) repository.commit(`feat: ${name} ${step}`);
      repository.tag(`${name}-1.0.0`, "HEAD~1");
    }
    repository.checkout("main");
    repository.commit("fix: meanwhile");
    repository.tag("main-1.0.0");
    repository.merge("left");
    repository.commit("fix: between");
    repository.merge("right");
    const lines = ["left-1.0.0", "main-1.0.0", "right-1.0.0", "first-1.0.0"];
    const observer = await openRepository(repository.directory, { ref: null, onProgress: () => undefined });
    try {
      const first = await observer.first();
      // One line after the other, so that what is read for one is there when the next is asked for.
      for (const name of lines) {
        const { ranges } = await observer.answer(first, { ...NOTHING_WANTED, ranges: [{ key: name, newestFirst: tagsOf(repository, name) }] });
        const shas = ranges.get(name)!.commits.map(({ sha }) => sha);
        expect(shas).toEqual(repository.git(["rev-list", "--topo-order", "HEAD", `^${name}`]).split("\n"));
      }
    } finally {
      observer.close();
    }
  });

  test("is the same with SHA-256", async () => {
    const repository = scratchRepository("--object-format=sha256");
    repository.commit("feat: one", { a: "1" });
    repository.tag("v1.0.0");
    repository.commit("fix: two", { a: "2" });
    expect(await rangeOf(repository, "v1.0.0")).toMatchObject({ commits: [{ message: "fix: two", paths: ["a"] }] });
  });
});

describe("since when", () => {
  test.each([0, 1, 3, 8])("the first tag that the head can reach, past %d newer ones elsewhere", async (count) => {
    const { repository, elsewhere } = withTagsElsewhere(count);
    expect(await rangeOf(repository, ...elsewhere, "v1.0.0")).toMatchObject({ since: { name: "v1.0.0" }, commits: { length: 1 } });
    expect(await rangeOf(repository, ...elsewhere)).toMatchObject({ since: null, commits: { length: 2 } });
  });

  test.each([1, 2])("a tag on a descendant of the head, %d commits ahead, is none of its releases", async (ahead) => {
    const repository = scratchRepository();
    repository.commit("feat: one");
    repository.tag("v1.0.0");
    const head = repository.commit("fix: two");
    for (let index = 0; index < ahead; index += 1) repository.commit(`feat: ahead ${index}`);
    repository.tag("v2.0.0");
    const since = async (...newestFirst: string[]): Promise<Range> => {
      const { ranges } = await observed(repository.directory, { ref: head, ranges: [{ key: "line", newestFirst: tagsOf(repository, ...newestFirst) }] });
      return ranges.get("line")!;
    };
    expect(await since("v2.0.0", "v1.0.0")).toMatchObject({ since: { name: "v1.0.0" }, commits: [{ message: "fix: two" }] });
    expect(await since("v2.0.0")).toMatchObject({ since: null, commits: [{ message: "fix: two" }, { message: "feat: one" }] });
  });

  test("what came over a branch is unreleased, although a newer tag elsewhere has it", async () => {
    const repository = scratchRepository();
    repository.commit("feat: begin");
    repository.git(["checkout", "--quiet", "-b", "next"]);
    repository.commit("feat: shared");
    repository.git(["checkout", "--quiet", "-b", "elsewhere"]);
    repository.commit("feat: elsewhere");
    repository.tag("v2.0.0");
    repository.checkout("main");
    repository.commit("fix: main");
    repository.tag("v1.0.0");
    repository.merge("next");
    const { since, commits } = await rangeOf(repository, "v2.0.0", "v1.0.0");
    expect(since).toMatchObject({ name: "v1.0.0" });
    expect(subjects(commits)).toEqual(["merge next", "feat: shared"]);
  });

  test("each of many components has its own, and they share what they have in common", async () => {
    const repository = scratchRepository();
    const names = Array.from({ length: 12 }, (_, index) => `chart${index}-1.0.0`);
    for (const name of names) {
      repository.commit(`feat: ${name}`);
      repository.tag(name);
    }
    repository.tag("other-1.0.0", names[3]);
    repository.git(["checkout", "--quiet", "-b", "elsewhere", names[5]!]);
    repository.commit("feat: elsewhere");
    repository.tag("chart5-2.0.0");
    repository.checkout("main");
    const lists = [...names.map((name) => [name]), ["other-1.0.0"], ["chart5-2.0.0", "chart5-1.0.0"], ["chart5-2.0.0"], []];
    const { ranges } = await observed(repository.directory, {
      ranges: lists.map((list, index) => ({ key: String(index), newestFirst: tagsOf(repository, ...list) })),
    });
    const counts = [...ranges.values()].map(({ since, commits }) => [since?.name ?? null, commits.length]);
    expect(counts).toEqual([...names.map((name, index) => [name, 11 - index]), ["other-1.0.0", 8], ["chart5-1.0.0", 6], [null, 12], [null, 12]]);
    expect(ranges.get("3")!.commits[0]).toBe(ranges.get("0")!.commits[0]);
  });

  test("components released on lines that were merged have exact ranges, too", async () => {
    const repository = scratchRepository();
    repository.commit("feat: base");
    repository.git(["checkout", "--quiet", "-b", "left"]);
    repository.commit("feat: left");
    repository.tag("left-1.0.0");
    repository.git(["checkout", "--quiet", "-b", "right", "main"]);
    repository.commit("feat: right");
    repository.tag("right-1.0.0");
    repository.checkout("main");
    repository.merge("left");
    repository.merge("right");
    const { ranges } = await observed(repository.directory, {
      ranges: ["left", "right"].map((key) => ({ key, newestFirst: tagsOf(repository, `${key}-1.0.0`) })),
    });
    expect(subjects(ranges.get("left")!.commits).sort()).toEqual(["feat: right", "merge left", "merge right"]);
    expect(subjects(ranges.get("right")!.commits).sort()).toEqual(["feat: left", "merge left", "merge right"]);
  });

  test("lines without any common commit are read to their roots", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one");
    repository.tag("one-1.0.0");
    repository.git(["checkout", "--quiet", "--orphan", "other"]);
    repository.commit("feat: other");
    repository.tag("other-1.0.0");
    repository.git(["merge", "--quiet", "--allow-unrelated-histories", "--message=merge", "main"]);
    const { ranges } = await observed(repository.directory, {
      ranges: ["one", "other"].map((key) => ({ key, newestFirst: tagsOf(repository, `${key}-1.0.0`) })),
    });
    expect(subjects(ranges.get("one")!.commits)).toEqual(["merge", "feat: other"]);
    expect(subjects(ranges.get("other")!.commits)).toEqual(["merge", "feat: one"]);
  });

  test("a tag that is gone by now fails the read", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one");
    const gone = [{ name: "v1.0.0", sha: "1".repeat(40) }];
    await expect(observed(repository.directory, { ranges: [{ key: "line", newestFirst: gone }] })).rejects.toThrow(/damaged or missing/);
  });
});

/** Commits 0, 1, … with some of the earlier ones as parents; each has the tag of its number. The last is on main. */
function withGraph(graph: readonly (readonly number[])[]): ScratchRepository {
  const repository = scratchRepository();
  const commits = graph.map((parents, index) => {
    const from = parents.map((parent, place) => `${place === 0 ? "from" : "merge"} :${parent + 1}\n`).join("");
    return `reset refs/heads/main\ncommit refs/heads/main\nmark :${index + 1}\ncommitter Kim <> ${1_767_225_600 + index} +0000\ndata 1\nx\n${from}reset refs/tags/t${index}\nfrom :${index + 1}\n\n`;
  });
  repository.git(["fast-import", "--quiet", "--force"], commits.join(""));
  return repository;
}

const parentsOf = (index: number): fc.Arbitrary<number[]> => fc.uniqueArray(fc.nat(index - 1), { minLength: 1, maxLength: 3 });

describe("whatever the history looks like, and whatever was asked before", () => {
  const graphs = fc.integer({ min: 4, max: 12 }).chain((length) => fc.tuple(fc.constant([]), ...Array.from({ length }, (_, index) => parentsOf(index + 1))));

  test("a range is what git says, in git's order", async () => {
    const questions = fc.array(fc.array(fc.array(fc.nat(12), { maxLength: 4 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(graphs, questions, async (graph, rounds) => {
        const repository = withGraph(graph);
        const observer = await openRepository(repository.directory, { ref: "main", onProgress: () => undefined });
        try {
          const first = await observer.first();
          const all = new Map(first.tags.map((tag) => [tag.name, tag]));
          const reachable = new Set(repository.git(["tag", "--merged", "main"]).split("\n"));
          for (const lists of rounds) {
            const lines = lists.map((list, index) => ({ key: String(index), newestFirst: list.flatMap((number) => all.get(`t${number}`) ?? []) }));
            const { ranges } = await observer.answer(first, { ...NOTHING_WANTED, ranges: lines });
            for (const { key, newestFirst } of lines) {
              const since = newestFirst.find(({ name }) => reachable.has(name)) ?? null;
              const listed = repository.git(["rev-list", "--topo-order", "main", ...(since === null ? [] : [`^${since.sha}`])]);
              const { commits } = ranges.get(key)!;
              expect({ since: ranges.get(key)!.since, shas: commits.map(({ sha }) => sha).join("\n") }).toEqual({ since, shas: listed });
            }
          }
        } finally {
          observer.close();
        }
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 15), endOnFailure: true },
    );
  });
});

describe("a shallow clone", () => {
  const remedy = { hint: "git fetch --unshallow --tags" };

  test("is enough when it holds all that is unreleased", async () => {
    const { directory, repository } = shallowClone(3);
    const { ranges } = await observed(directory, { ranges: [{ key: "line", newestFirst: tagsOf(repository, "v1.1.0", "v1.0.0") }] });
    expect(subjects(ranges.get("line")!.commits)).toEqual(["fix: four", "fix: three"]);
  });

  test("is refused when what is unreleased goes beyond it", async () => {
    const { directory, repository } = shallowClone(2);
    await expect(observed(directory, { ranges: [{ key: "line", newestFirst: [] }] })).rejects.toMatchObject(remedy);
    await expect(observed(directory, { ranges: [{ key: "line", newestFirst: tagsOf(repository, "v1.0.1") }] })).rejects.toMatchObject(remedy);
  });

  test("is refused when a newer tag could lie beyond it", async () => {
    const { directory, repository } = shallowClone(3);
    await expect(observed(directory, { ranges: [{ key: "line", newestFirst: tagsOf(repository, "v1.0.1", "v1.1.0") }] })).rejects.toMatchObject(remedy);
  });

  test("is refused when it cannot tell whether a commit is on the default branch", async () => {
    const { directory } = shallowClone(2);
    await expect(observed(directory, { ref: "origin/release-1.0" })).rejects.toMatchObject(remedy);
    expect((await observed(directory)).head.onDefaultBranch).toBe(true);
  });
});
