import { describe, expect, it } from "@jest/globals";
import { commitFiles, ENGINES } from "./fixture.ts";

describe.each(ENGINES)("%s", (_, inRepository) => {
  it("lists what was added, removed, modified and renamed, with counts and patches", async () => {
    await inRepository(async (repository) => {
      const lines = Array.from({ length: 12 }, (_, index) => `line ${index}\n`).join("");
      const from = await commitFiles(repository, [], { "gone.txt": "a\nb\n", "mod.txt": "x\ny\n", "old/name.txt": lines, "same.txt": "same\n" });
      const to = await commitFiles(repository, [from], {
        "gone.txt": null,
        "mod.txt": "x\nz\rdiff --git a/fake b/fake\n@@ -1 +1 @@\n",
        "old/name.txt": null,
        "new/nämé.txt": `${lines}last`,
        "add.txt": "1\n",
        "empty.txt": "",
        "image.png": Buffer.of(0, 1, 2),
      });
      const changes = await repository.diff(from, to);
      const plain = { sha: expect.any(String), previousPath: null, additions: 0, deletions: 0, patch: null };
      expect(changes).toEqual([
        { ...plain, path: "add.txt", status: "added", additions: 1, patch: "@@ -0,0 +1 @@\n+1" },
        { ...plain, path: "empty.txt", status: "added" },
        { ...plain, path: "gone.txt", status: "removed", deletions: 2, patch: "@@ -1,2 +0,0 @@\n-a\n-b" },
        { ...plain, path: "image.png", status: "added" },
        {
          ...plain,
          path: "mod.txt",
          status: "modified",
          additions: 2,
          deletions: 1,
          patch: "@@ -1,2 +1,3 @@\n x\n-y\n+z\rdiff --git a/fake b/fake\n+@@ -1 +1 @@",
        },
        {
          ...plain,
          path: "new/nämé.txt",
          previousPath: "old/name.txt",
          status: "renamed",
          additions: 1,
          patch: "@@ -10,3 +10,4 @@ line 8\n line 9\n line 10\n line 11\n+last\n\\ No newline at end of file",
        },
      ]);
    });
  });

  it("gives the blob a file has now, or had when it was removed", async () => {
    await inRepository(async (repository) => {
      const from = await commitFiles(repository, [], { a: "1\n", b: "1\n" });
      const to = await commitFiles(repository, [from], { a: null, b: "2\n" });
      expect((await repository.diff(from, to)).map(({ sha }) => sha)).toEqual([
        (await repository.entry(from, "a"))?.sha,
        (await repository.entry(to, "b"))?.sha,
      ]);
    });
  });

  it("compares with nothing, and finds nothing between equals", async () => {
    await inRepository(async (repository) => {
      const commit = await commitFiles(repository, [], { "dir/a": "1\n" });
      expect(await repository.diff(null, commit)).toMatchObject([{ path: "dir/a", status: "added", additions: 1 }]);
      expect(await repository.diff(commit, commit)).toEqual([]);
    });
  });

  it("keeps files apart when one became a link, executable or only moved", async () => {
    await inRepository(async (repository) => {
      const from = await commitFiles(repository, [], { "a-link": "text\n", "b-run": "#!\n", "c-old": "moved\n", "e-last": "1\n" });
      const target = await repository.writeBlob(Buffer.from("b-run"));
      const tree = await repository.writeTree(from, [
        { path: "a-link", mode: "120000", sha: target },
        { path: "b-run", mode: "100755", sha: (await repository.entry(from, "b-run"))!.sha },
        { path: "c-old", mode: "100644", sha: null },
        { path: "d-new", mode: "100644", sha: (await repository.entry(from, "c-old"))!.sha },
        { path: "e-last", mode: "100644", sha: await repository.writeBlob(Buffer.from("2\n")) },
      ]);
      const changes = await repository.diff(from, tree);
      expect(changes.map(({ path, status, patch }) => [path, status, patch])).toEqual([
        ["a-link", "changed", "@@ -1 +0,0 @@\n-text\n@@ -0,0 +1 @@\n+b-run\n\\ No newline at end of file"],
        ["b-run", "modified", null],
        ["d-new", "renamed", null],
        ["e-last", "modified", "@@ -1 +1 @@\n-1\n+2"],
      ]);
    });
  });
});
