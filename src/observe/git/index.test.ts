import { describe, expect, test } from "@jest/globals";
import { NOTHING_WANTED, type Snapshot, type Tag } from "../../model/snapshot.ts";
import { scratchRepository } from "../../../test/fixtures/repository.ts";
import { type GitObserver, type Moment, RepositoryProblem, openRepository } from "./index.ts";

async function withObserver<T>(directory: string, use: (observer: GitObserver) => Promise<T>): Promise<T> {
  const observer = await openRepository(directory, { ref: null, onProgress: () => undefined });
  try {
    return await use(observer);
  } finally {
    observer.close();
  }
}

/** The plain text of a snapshot whose one line asks for all its tags, newest first. */
async function seen(moment: Moment): Promise<{ tags: string[]; since: string | null; subjects: string[]; text: unknown; snapshot: Snapshot }> {
  const first = await moment.first();
  const newestFirst = [...first.tags].sort((one, other) => (one.name < other.name ? 1 : -1));
  const snapshot = await moment.answer(first, { ...NOTHING_WANTED, files: ["a"], ranges: [{ key: "line", newestFirst }] });
  const range = snapshot.ranges.get("line")!;
  const subjects = range.commits.map(({ message }) => message.trim());
  return { tags: first.tags.map(({ name }) => name), since: range.since?.name ?? null, subjects, text: snapshot.files.get("a"), snapshot };
}

function released(): { directory: string; shas: string[]; hotfix: string } {
  const repository = scratchRepository();
  const shas = [1, 2, 3].map((number) => {
    const sha = repository.commit(`feat: ${number}`, { a: `${number}` }, { at: 1_767_225_600 + number * 86_400 });
    repository.tag(`v1.${number}.0`);
    return sha;
  });
  repository.git(["checkout", "--quiet", "-b", "release-1.1", "v1.1.0"]);
  const hotfix = repository.commit("fix: old line", { a: "1.1" });
  repository.tag("v1.1.1");
  repository.checkout("main");
  return { directory: repository.directory, shas, hotfix };
}

describe("a snapshot of a local repository", () => {
  test("starts without files and ranges, and keeps what was answered before", async () => {
    const { directory } = released();
    await withObserver(directory, async (observer) => {
      const first = await observer.first();
      expect([first.files.size, first.ranges.size, first.paths.has("a")]).toEqual([0, 0, true]);
      expect(Math.abs(Date.now() - first.takenAt)).toBeLessThan(600_000);
      const second = await observer.answer(first, { ...NOTHING_WANTED, files: ["a"], ranges: [] });
      const third = await observer.answer(second, { ...NOTHING_WANTED, files: ["b"], ranges: [{ key: "x", newestFirst: [] }] });
      const fourth = await observer.answer(third, {
        ...NOTHING_WANTED,
        files: [],
        ranges: [{ key: "y", newestFirst: third.tags.filter(({ name }) => name === "v1.1.0") }],
      });
      expect([...fourth.files.keys()]).toEqual(["a", "b"]);
      expect([...fourth.ranges].map(([key, { commits }]) => [key, commits.length])).toEqual([
        ["x", 3],
        ["y", 2],
      ]);
    });
  });

  test("reads further back, in steps, as older tags are asked for", async () => {
    const { directory } = released();
    await withObserver(directory, async (observer) => {
      let snapshot = await observer.first();
      for (const name of ["v1.3.0", "v1.2.0", "v1.1.0", "none"]) {
        snapshot = await observer.answer(snapshot, {
          ...NOTHING_WANTED,
          files: [],
          ranges: [{ key: name, newestFirst: snapshot.tags.filter((tag) => tag.name === name) }],
        });
      }
      expect([...snapshot.ranges.values()].map(({ commits }) => commits.map(({ message }) => message))).toEqual(
        [[], ["feat: 3\n"], ["feat: 3\n", "feat: 2\n"], ["feat: 3\n", "feat: 2\n", "feat: 1\n"]].map((messages) =>
          messages.map((message) => expect.stringContaining(message.trim())),
        ),
      );
    });
  });
});

describe("an earlier moment", () => {
  test("shows the repository as it was: head, files, tags, unreleased commits and date", async () => {
    const { directory, shas } = released();
    await withObserver(directory, async (observer) => {
      const then = await seen(observer.asOf({ sha: shas[1]!, hiddenTags: new Set(["v1.2.0", "v1.3.0", "v1.1.1"]) }));
      expect(then).toMatchObject({ tags: ["v1.1.0"], since: "v1.1.0", subjects: ["feat: 2"], text: { is: "text", text: "2" } });
      expect(then.snapshot).toMatchObject({ takenAt: Date.UTC(2026, 0, 3), head: { sha: shas[1], branch: "main", onDefaultBranch: true } });
    });
  });

  test("can be on another line, and moments do not disturb each other or the present", async () => {
    const { directory, shas, hotfix } = released();
    await withObserver(directory, async (observer) => {
      const [old, oldest, present] = await Promise.all([
        seen(observer.asOf({ sha: hotfix, hiddenTags: new Set(["v1.1.1"]) })),
        seen(observer.asOf({ sha: shas[0]!, hiddenTags: new Set(["v1.1.0", "v1.1.1", "v1.2.0", "v1.3.0"]) })),
        seen(observer),
      ]);
      expect(old).toMatchObject({
        since: "v1.1.0",
        subjects: ["fix: old line"],
        text: { text: "1.1" },
        snapshot: { head: { branch: null, onDefaultBranch: false } },
      });
      expect(oldest).toMatchObject({ since: null, subjects: ["feat: 1"], text: { text: "1" } });
      expect(present).toMatchObject({ since: "v1.3.0", subjects: [], tags: ["v1.1.0", "v1.1.1", "v1.2.0", "v1.3.0"] });
    });
  });

  test("is right after a newer tag was looked for in vain", async () => {
    const { directory, shas, hotfix } = released();
    await withObserver(directory, async (observer) => {
      const first = await observer.first();
      const tag = (name: string): Tag => first.tags.find((one) => one.name === name)!;
      const present = await observer.answer(first, {
        ...NOTHING_WANTED,
        files: [],
        ranges: [{ key: "line", newestFirst: [tag("v1.1.1"), tag("v1.2.0"), tag("v1.1.0")] }],
      });
      expect(present.ranges.get("line")).toMatchObject({ since: { name: "v1.2.0" }, commits: [{ sha: shas[2] }] });
      const whole = await observer.answer(first, { ...NOTHING_WANTED, files: [], ranges: [{ key: "line", newestFirst: [] }] });
      expect(whole.ranges.get("line")!.commits.map(({ sha }) => sha)).toEqual(shas.toReversed());
      expect(await seen(observer.asOf({ sha: hotfix, hiddenTags: new Set(["v1.1.1", "v1.1.0"]) }))).toMatchObject({
        since: null,
        subjects: ["fix: old line", "feat: 1"],
      });
    });
  });

  test("can be a commit that no branch or tag leads to any more", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one", { a: "1" });
    repository.tag("v1.0.0");
    const lost = repository.commit("fix: lost", { a: "lost" });
    repository.git(["reset", "--quiet", "--hard", "v1.0.0"]);
    await withObserver(repository.directory, async (observer) => {
      expect(await seen(observer.asOf({ sha: lost, hiddenTags: new Set() }))).toMatchObject({
        since: "v1.0.0",
        subjects: ["fix: lost"],
        text: { text: "lost" },
      });
    });
  });

  test("of a commit that is not there is refused", async () => {
    const { directory } = released();
    await withObserver(directory, async (observer) => {
      await expect(observer.asOf({ sha: "1".repeat(40), hiddenTags: new Set() }).first()).rejects.toThrow(RepositoryProblem);
    });
  });
});
