import { describe, expect, it } from "@jest/globals";
import { commitFiles, ENGINES } from "./fixture.ts";

describe.each(ENGINES)("%s", (_, inRepository) => {
  it("lists commits newest first, within bounds, by path and by page", async () => {
    await inRepository(async (repository) => {
      const one = await commitFiles(repository, [], { "a.txt": "1", "dir/b.txt": "1" });
      const two = await commitFiles(repository, [one], { "a.txt": "2" });
      const three = await commitFiles(repository, [two], { "dir/b.txt": "2", "[x]*.txt": "1" });
      const four = await commitFiles(repository, [three], { "a.txt": "3", "x1.txt": "1" });
      const log = repository.log;
      expect(await log({ include: [four] })).toEqual([four, three, two, one]);
      expect(await log({ include: [four], exclude: [two] })).toEqual([four, three]);
      expect(await log({ include: [four], paths: ["a.txt"] })).toEqual([four, two, one]);
      expect(await log({ include: [four], paths: ["dir"] })).toEqual([three, one]);
      expect(await log({ include: [four], paths: ["[x]*.txt"] })).toEqual([three]);
      expect(await log({ include: [four], paths: ["none"] })).toEqual([]);
      expect(await log({ include: [four], skip: 1, limit: 2 })).toEqual([three, two]);
      expect(await log({ include: [] })).toEqual([]);
      const { at } = (await repository.commit(three))!.committer;
      expect(await log({ include: [four], since: at })).toEqual([four, three]);
      expect(await log({ include: [four], since: at + 1 })).toEqual([four]);
      expect(await log({ include: [four], until: at + 999 })).toEqual([three, two, one]);
      expect(await repository.count(four, one)).toBe(3);
      expect(await repository.count(one, four)).toBe(0);
    });
  });

  it("shows no parent before its children, also where branches meet", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { a: "1" });
      const left = await commitFiles(repository, [base], { b: "1" });
      const right = await commitFiles(repository, [base], { c: "1" });
      const right2 = await commitFiles(repository, [right], { c: "2" });
      const merged = await commitFiles(repository, [left, right2], { c: "2" });
      const log = await repository.log({ include: [merged, left] });
      expect(log).toHaveLength(5);
      expect(log.slice(0, 2)).toEqual([merged, right2]);
      expect(log.at(-1)).toBe(base);
      expect(await repository.mergeBase(left, right2)).toBe(base);
      expect(await repository.isAncestor(base, merged)).toBe(true);
      expect(await repository.isAncestor(left, right2)).toBe(false);
      expect(await repository.mergeBase(left, await commitFiles(repository, [], { other: "1" }))).toBeNull();
    });
  });

  it("follows only the side of a merge that has the files as they are", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { a: "1", b: "1" });
      const left = await commitFiles(repository, [base], { a: "2" });
      const reverted = await commitFiles(repository, [left], { a: "1" });
      const right = await commitFiles(repository, [base], { b: "2" });
      const taken = await commitFiles(repository, [reverted, right], { b: "2" });
      const mixed = await commitFiles(repository, [taken, left], { a: "3" });
      expect(await repository.log({ include: [taken], paths: ["b"] })).toEqual([right, base]);
      expect(await repository.log({ include: [taken], paths: ["a"] })).toEqual([reverted, left, base]);
      expect(await repository.log({ include: [taken], paths: ["a"], exclude: [reverted] })).toEqual([]);
      expect(await repository.log({ include: [mixed], paths: ["a"] })).toEqual([mixed, reverted, left, base]);
    });
  });

  it("shows a merge that takes the files from a side that is not asked for", async () => {
    await inRepository(async (repository) => {
      const base = await commitFiles(repository, [], { a: "1" });
      const left = await commitFiles(repository, [base], { a: "2" });
      const right = await commitFiles(repository, [base], { a: "3" });
      const merged = await commitFiles(repository, [left, right], { a: "3" });
      const later = await commitFiles(repository, [await commitFiles(repository, [right], { b: "1" })], { b: "2" });
      expect(await repository.log({ include: [merged], exclude: [later], paths: ["a"] })).toEqual([merged, left]);
      expect(await repository.log({ include: [merged], paths: ["a"] })).toEqual([right, base]);
    });
  });

  it("fails on a commit that is not there", async () => {
    await inRepository(async (repository) => {
      const commit = await commitFiles(repository, [], { a: "1" });
      await expect(repository.log({ include: ["5".repeat(40)] })).rejects.toThrow("bad object");
      await expect(repository.isAncestor(commit, "5".repeat(40))).rejects.toThrow("5555");
    });
  });

  it("lists and reads hundreds of commits", async () => {
    await inRepository(async (repository) => {
      let head = await commitFiles(repository, [], { a: "0" });
      for (let index = 1; index < 300; index += 1) head = await commitFiles(repository, [head], { [`dir${index % 7}/a`]: String(index) });
      const log = await repository.log({ include: [head] });
      expect(log).toHaveLength(300);
      expect(new Set(await Promise.all(log.map(async (sha) => (await repository.commit(sha))?.message)))).toEqual(new Set(["change\n"]));
    });
  });
});
