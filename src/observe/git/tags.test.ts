import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { scratchRepository } from "../../../test/fixtures/repository.ts";
import type { Tag } from "../../model/snapshot.ts";
import { ALL_TAGS, readReferences, tagsOf } from "./tags.ts";

async function readTags(directory: string): Promise<Tag[]> {
  return tagsOf(directory, await readReferences(directory, [ALL_TAGS]));
}

describe("tags", () => {
  test("lead to their commits: plain, annotated, and tags of tags", async () => {
    const repository = scratchRepository();
    const one = repository.commit("feat: one");
    repository.tag("plain");
    repository.annotatedTag("annotated");
    repository.annotatedTag("of-annotated", "annotated");
    repository.annotatedTag("deep", "of-annotated");
    const two = repository.commit("feat: two");
    repository.tag("charts/ünïcode-1.0.0");
    expect(await readTags(repository.directory)).toEqual([
      { name: "annotated", sha: one },
      { name: "charts/ünïcode-1.0.0", sha: two },
      { name: "deep", sha: one },
      { name: "of-annotated", sha: one },
      { name: "plain", sha: one },
    ]);
  });

  test("of a tree or a file are left out, however deep", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one", { a: "1" });
    repository.tag("tree", "HEAD^{tree}");
    repository.tag("file", "HEAD:a");
    repository.annotatedTag("annotated-tree", "tree");
    repository.annotatedTag("annotated-file", "file");
    repository.annotatedTag("nested-tree", "annotated-tree");
    expect(await readTags(repository.directory)).toEqual([]);
  });

  test("are the same when they are packed, and with SHA-256", async () => {
    const repository = scratchRepository("--object-format=sha256");
    const one = repository.commit("feat: one");
    repository.annotatedTag("v1.0.0");
    repository.tag("v1.1.0");
    repository.git(["pack-refs", "--all"]);
    expect(one).toHaveLength(64);
    expect(await readTags(repository.directory)).toEqual([
      { name: "v1.0.0", sha: one },
      { name: "v1.1.0", sha: one },
    ]);
  });

  test("are none in a repository without tags, and many where there are many", async () => {
    const repository = scratchRepository();
    const one = repository.commit("feat: one");
    expect(await readTags(repository.directory)).toEqual([]);
    repository.git(["update-ref", "--stdin"], Array.from({ length: 12_000 }, (_, index) => `create refs/tags/v1.0.${index} ${one}\n`).join(""));
    expect(await readTags(repository.directory)).toHaveLength(12_000);
  });

  test.each([
    ["no object name", "garbage\n"],
    ["a commit that is missing", `${"1".repeat(40)}\n`],
    ["nothing", ""],
  ])("one that holds %s fails the read and is not skipped", async (_, content) => {
    const repository = scratchRepository();
    repository.commit("feat: one");
    repository.tag("v1.0.0");
    writeFileSync(join(repository.directory, ".git/refs/tags/v1.1.0"), content);
    await expect(readTags(repository.directory)).rejects.toThrow(/damaged or missing.*v1\.1\.0/);
  });
});
