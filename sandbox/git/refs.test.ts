import { execFileSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";
import { ada, commitFiles, ENGINES, inRepository } from "./fixture.ts";
import { openGitRepository } from "./repository.ts";
import { gitEnvironment } from "./run-git.ts";
import { type GitRepository, isOnDisk, StaleRef } from "./types.ts";

const MAIN = "refs/heads/main";

/** What git itself says, where there is a git to ask. */
const refsOf = (repository: GitRepository): ReadonlyMap<string, string> => {
  if (!isOnDisk(repository)) return repository.refs();
  const output = execFileSync("git", [`--git-dir=${repository.directory}`, "for-each-ref", "--format=%(refname) %(objectname)"], { env: gitEnvironment() });
  const lines = output.toString().split("\n").slice(0, -1);
  return new Map(lines.map((line) => line.split(" ") as [string, string]));
};

describe.each(ENGINES)("%s", (_, inRepository) => {
  it("creates, moves and deletes refs, and says what changed", async () => {
    await inRepository(async (repository) => {
      const one = await commitFiles(repository, [], { a: "1" });
      const two = await commitFiles(repository, [one], { a: "2" });
      await repository.updateRefs([
        { name: MAIN, before: null, after: one },
        { name: "refs/heads/feature/x", after: one },
      ]);
      const changes = await repository.updateRefs([
        { name: MAIN, before: one, after: two },
        { name: "refs/tags/none", after: null },
        { name: "refs/heads/feature/x", after: null },
        { name: "refs/pull/1/head", before: null, after: two },
        { name: "refs/heads/early", after: one },
      ]);
      expect(changes).toEqual([
        { name: MAIN, before: one, after: two },
        { name: "refs/heads/feature/x", before: one, after: null },
        { name: "refs/pull/1/head", before: null, after: two },
        { name: "refs/heads/early", before: null, after: one },
      ]);
      expect([...repository.refs()]).toEqual([
        ["refs/heads/early", one],
        [MAIN, two],
        ["refs/pull/1/head", two],
      ]);
      expect(refsOf(repository)).toEqual(repository.refs());
    });
  });

  it("changes nothing at all when one ref stands elsewhere", async () => {
    await inRepository(async (repository) => {
      const one = await commitFiles(repository, [], { a: "1" });
      const two = await commitFiles(repository, [one], { a: "2" });
      await repository.updateRefs([{ name: MAIN, after: one }]);
      const before = repository.refs();
      const update = repository.updateRefs([
        { name: "refs/heads/new", after: two },
        { name: MAIN, before: two, after: two },
      ]);
      await expect(update).rejects.toThrow(new StaleRef(MAIN));
      await expect(repository.updateRefs([{ name: MAIN, before: null, after: two }])).rejects.toBeInstanceOf(StaleRef);
      expect(repository.refs()).toEqual(before);
      expect(refsOf(repository)).toEqual(before);
    });
  });

  it("lets one of two writers win that start from the same place", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { a: "0" });
      await repository.updateRefs([{ name: MAIN, after: base }]);
      const heads = await Promise.all([commitFiles(repository, [base], { a: "1" }), commitFiles(repository, [base], { a: "2" })]);
      const results = await Promise.allSettled(heads.map((after) => repository.updateRefs([{ name: MAIN, before: base, after }])));
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
      expect(repository.refs().get(MAIN)).toBe(heads[0]);
    });
  });

  it("refuses names and objects git refuses, and says why", async () => {
    await inRepository(async (repository) => {
      const commit = await commitFiles(repository, [], { a: "1" });
      const { tree } = (await repository.commit(commit))!;
      await repository.updateRefs([{ name: "refs/heads/a", after: commit }]);
      await expect(repository.updateRefs([{ name: "refs/heads/a/b", after: commit }])).rejects.toThrow("'refs/heads/a' exists");
      await expect(repository.updateRefs([{ name: "refs/heads/x", after: "3".repeat(40) }])).rejects.toThrow("nonexistent object");
      await expect(repository.updateRefs([{ name: "refs/heads/x", after: tree }])).rejects.toThrow("non-commit object");
      for (const name of ["HEAD", "refs/heads/a b", "refs/heads/x..y", "refs/heads/\nx", "refs/heads/x.lock"]) {
        await expect(repository.updateRefs([{ name, after: commit }])).rejects.toThrow("ref");
      }
      expect([...repository.refs().keys()]).toEqual(["refs/heads/a"]);
      await repository.updateRefs([{ name: "refs/heads/a", after: null }]);
      await repository.updateRefs([{ name: "refs/heads/a/b", after: commit }]);
      expect(refsOf(repository)).toEqual(new Map([["refs/heads/a/b", commit]]));
    });
  });

  it("resolves SHAs, whole or abbreviated, and names, a branch before a tag, through annotated tags", async () => {
    await inRepository(async (repository) => {
      const one = await commitFiles(repository, [], { a: "1" });
      const two = await commitFiles(repository, [one], { a: "2" });
      const tag = await repository.writeTag({ tag: "v1", target: one, targetType: "commit", tagger: ada, message: "v1\n" });
      await repository.updateRefs([
        { name: MAIN, after: two },
        { name: "refs/tags/v1", after: tag },
        { name: "refs/tags/both", after: one },
        { name: "refs/heads/both", after: two },
        { name: "refs/pull/7/head", after: one },
      ]);
      const names = ["main", "heads/main", MAIN, "HEAD", two, two.slice(0, 8), "v1", "tags/v1", tag, "both", "tags/both", "pull/7/head"];
      expect(await Promise.all(names.map(repository.resolve))).toEqual([two, two, two, two, two, two, one, one, one, two, one, one]);
      expect(await Promise.all(["none", "4".repeat(40), "main~1", "", "a b\nc", (await repository.commit(one))!.tree].map(repository.resolve))).toEqual(
        Array.from({ length: 6 }, () => null),
      );
    });
  });
});

it("notices a ref that was moved in the folder itself", async () => {
  await inRepository(async (repository) => {
    const one = await commitFiles(repository, [], { a: "1" });
    const two = await commitFiles(repository, [one], { a: "2" });
    await repository.updateRefs([{ name: MAIN, after: one }]);
    execFileSync("git", [`--git-dir=${repository.directory}`, "update-ref", MAIN, two], { env: gitEnvironment() });
    const third = await commitFiles(repository, [one], { a: "3" });
    await expect(repository.updateRefs([{ name: MAIN, before: one, after: third }])).rejects.toBeInstanceOf(StaleRef);
    expect(repository.refs().get(MAIN)).toBe(two);
  });
});

it("opens a repository again with its refs, and HEAD on the branch asked for", async () => {
  await inRepository(async (repository) => {
    const commit = await commitFiles(repository, [], { a: "1" });
    await repository.updateRefs([{ name: "refs/heads/trunk", after: commit }]);
    await repository.close();
    const again = await openGitRepository(repository.directory, { branch: "trunk" });
    expect([...again.refs()]).toEqual([["refs/heads/trunk", commit]]);
    expect(await again.resolve("HEAD")).toBe(commit);
    await again.close();
  });
});
