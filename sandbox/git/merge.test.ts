import { describe, expect, it } from "@jest/globals";
import { commitFiles, filesOf, ENGINES } from "./fixture.ts";
import type { GitRepository, MergeResult, Sha } from "./types.ts";

const LINES = "one\ntwo\nthree\nfour\nfive\nsix\n";

async function mergedFiles(repository: GitRepository, result: MergeResult): Promise<Record<string, string>> {
  expect(result.is).toBe("clean");
  return result.is === "clean" ? filesOf(repository, result.tree) : {};
}

describe.each(ENGINES)("%s", (_, inRepository) => {
  it("merges changes of both sides, also inside one file and across a rename", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { "a.txt": LINES, "old.txt": LINES.toUpperCase() });
      const ours = await commitFiles(repository, [base], { "a.txt": LINES.replace("one", "ONE"), "old.txt": null, "new.txt": LINES.toUpperCase() });
      const theirs = await commitFiles(repository, [base], { "a.txt": LINES.replace("six", "SIX"), "old.txt": LINES.toUpperCase().replace("SIX", "6") });
      expect(await mergedFiles(repository, await repository.merge(ours, theirs))).toEqual({
        "a.txt": LINES.replace("one", "ONE").replace("six", "SIX"),
        "new.txt": LINES.toUpperCase().replace("SIX", "6"),
      });
      const { tree } = (await repository.commit(theirs))!;
      expect(await repository.merge(base, theirs)).toEqual({ is: "clean", tree });
    });
  });

  it("names every path in conflict", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { "a.txt": "1\n", "dir/ä.txt": "1\n", "fine.txt": "1\n" });
      const ours = await commitFiles(repository, [base], { "a.txt": "2\n", "dir/ä.txt": null });
      const theirs = await commitFiles(repository, [base], { "a.txt": "3\n", "dir/ä.txt": "3\n", "fine.txt": "3\n" });
      expect(await repository.merge(ours, theirs)).toEqual({ is: "conflict", paths: ["a.txt", "dir/ä.txt"] });
    });
  });

  it("says where a renamed file can't be followed, and where a file stands in the way of a folder", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { "old.txt": LINES, "kept.txt": "kept\n" });
      const moved = (to: string, text = LINES): Promise<Sha> => commitFiles(repository, [base], { "old.txt": null, [to]: text });
      const ours = await moved("ours.txt");
      const edited = LINES.replace("one", "1");
      const merged = async (theirs: Sha): Promise<MergeResult> => repository.merge(ours, theirs);
      expect(await mergedFiles(repository, await merged(await moved("ours.txt", edited)))).toEqual({ "ours.txt": edited, "kept.txt": "kept\n" });
      expect(await merged(await moved("theirs.txt", edited))).toEqual({ is: "conflict", paths: ["old.txt", "ours.txt", "theirs.txt"] });
      expect(await merged(await commitFiles(repository, [base], { "old.txt": null }))).toEqual({ is: "conflict", paths: ["ours.txt"] });
      expect(await merged(await commitFiles(repository, [base], { "old.txt": edited, "ours.txt": "new\n" }))).toEqual({ is: "conflict", paths: ["ours.txt"] });
      expect(await merged(await commitFiles(repository, [base], { "ours.txt/inside": "new\n" }))).toEqual({ is: "conflict", paths: [`ours.txt~${ours}`] });
    });
  });

  it("merges lines that crossed: both merge bases count", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { "a.txt": LINES });
      const one = await commitFiles(repository, [base], { "a.txt": LINES.replace("one", "1") });
      const six = await commitFiles(repository, [base], { "a.txt": LINES.replace("six", "6") });
      const both = LINES.replace("one", "1").replace("six", "6");
      const left = await commitFiles(repository, [one, six], { "a.txt": both });
      const right = await commitFiles(repository, [six, one], { "a.txt": both });
      const lefter = await commitFiles(repository, [left], { "a.txt": both.replace("1", "uno") });
      const righter = await commitFiles(repository, [right], { "a.txt": both.replace("6", "sei") });
      expect(await mergedFiles(repository, await repository.merge(lefter, righter))).toEqual({ "a.txt": both.replace("1", "uno").replace("6", "sei") });
    });
  });

  it("does not merge histories that have nothing in common", async () => {
    await inRepository(async (repository) => {
      const one = await commitFiles(repository, [], { "a.txt": "1\n" });
      const other = await commitFiles(repository, [], { "b.txt": "1\n" });
      await expect(repository.merge(one, other)).rejects.toThrow("unrelated histories");
    });
  });

  it("rebases two commits, one after the other", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { "a.txt": LINES });
      const first = await commitFiles(repository, [base], { "a.txt": LINES.replace("one", "1"), "b.txt": "b\n" });
      const second = await commitFiles(repository, [first], { "a.txt": LINES.replace("one", "uno") });
      let head: Sha = await commitFiles(repository, [base], { "a.txt": LINES.replace("six", "6"), "c.txt": "c\n" });
      for (const picked of [first, second]) {
        const result = await repository.cherryPick(head, picked);
        expect(result.is).toBe("clean");
        if (result.is !== "clean") return;
        const commit = (await repository.commit(picked))!;
        head = await repository.writeCommit({ ...commit, tree: result.tree, parents: [head] });
      }
      expect(await filesOf(repository, head)).toEqual({ "a.txt": LINES.replace("one", "uno").replace("six", "6"), "b.txt": "b\n", "c.txt": "c\n" });
    });
  });

  it("picks only what one commit changed: without its ancestors, onto its parent, from a first commit", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { "a.txt": "1\n" });
      const skipped = await commitFiles(repository, [base], { "skipped.txt": "s\n" });
      const picked = await commitFiles(repository, [skipped], { "b.txt": "b\n" });
      const other = await commitFiles(repository, [base], { "c.txt": "c\n" });
      expect(await mergedFiles(repository, await repository.cherryPick(other, picked))).toEqual({ "a.txt": "1\n", "b.txt": "b\n", "c.txt": "c\n" });
      expect(await repository.cherryPick(skipped, picked)).toEqual({ is: "clean", tree: (await repository.commit(picked))!.tree });
      const root = await commitFiles(repository, [], { "root.txt": "r\n" });
      expect(await mergedFiles(repository, await repository.cherryPick(other, root))).toEqual({ "a.txt": "1\n", "c.txt": "c\n", "root.txt": "r\n" });
      const clash = await commitFiles(repository, [base], { "b.txt": "else\n" });
      expect(await repository.cherryPick(clash, picked)).toEqual({ is: "conflict", paths: ["b.txt"] });
    });
  });
});
