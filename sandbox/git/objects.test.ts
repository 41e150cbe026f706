import { execFile, execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { ada, commitFiles, ENGINES, filesOf, inRepository } from "./fixture.ts";
import { gitEnvironment } from "./run-git.ts";
import type { RepositoryOnDisk } from "./types.ts";

const git = (repository: RepositoryOnDisk, ...command: readonly string[]): string =>
  execFileSync("git", [`--git-dir=${repository.directory}`, ...command], { env: gitEnvironment(), stdio: "pipe" }).toString();

const isSound = (repository: RepositoryOnDisk): string => git(repository, "fsck", "--strict", "--no-dangling");

describe.each(ENGINES)("%s", (_, inRepository) => {
  it("keeps every byte of a file, also of one that is no UTF-8, empty or larger than a pipe's buffer", async () => {
    await inRepository(async (repository) => {
      const contents = [Buffer.of(0xff, 0xfe, 0x00, 0x80, 0x0a), Buffer.alloc(0), Buffer.alloc(3_000_000, "line\n"), Buffer.from("nötig\n")];
      const shas = await Promise.all(contents.map(repository.writeBlob));
      const read = await Promise.all(shas.map(repository.blob));
      expect(read.map((content, index) => content?.equals(contents[index]!))).toEqual([true, true, true, true]);
    });
  });

  it("reads a commit back as it was written: several lines, other scripts, a signature", async () => {
    await inRepository(async (repository) => {
      const parent = await commitFiles(repository, [], { "a.txt": "a" });
      const { tree } = (await repository.commit(parent))!;
      const commit = {
        tree,
        parents: [parent],
        author: { name: "Zoë 山田", email: "zoe@example.com", at: 1_700_000_000_000 },
        committer: ada,
        message: "feat: größer 🎉\n\nBREAKING CHANGE: everything\n\n  indented\n\nRefs: #1\n",
        signature: "-----BEGIN SSH SIGNATURE-----\nabc\n\ndef\n-----END SSH SIGNATURE-----",
      };
      const sha = await repository.writeCommit(commit);
      expect(await repository.commit(sha)).toEqual({ sha, ...commit });
    });
  });

  it("says null for what isn't there or is something else", async () => {
    await inRepository(async (repository) => {
      const commit = await commitFiles(repository, [], { "a.txt": "a" });
      const missing = "1".repeat(40);
      expect(await repository.commit(missing)).toBeNull();
      expect(await repository.commit("main\ncontents HEAD")).toBeNull();
      expect(await repository.blob(commit)).toBeNull();
      expect(await repository.tag(commit)).toBeNull();
      expect(await repository.tree(missing)).toBeNull();
      expect(await repository.typeOf(missing)).toBeNull();
      expect(await repository.typeOf(commit)).toBe("commit");
      const later = commitFiles(repository, [], { "b.txt": "b" });
      expect(await repository.typeOf(await later)).toBe("commit");
    });
  });

  it("lists a folder or everything below it, with modes and sizes", async () => {
    await inRepository(async (repository) => {
      const commit = await commitFiles(repository, [], { "src/deep/ä b.ts": "12345", "src-x": "", README: "hi" });
      const entries = (await repository.tree(commit, true))!;
      expect(entries.map(({ path, mode, type, size }) => [path, mode, type, size])).toEqual([
        ["README", "100644", "blob", 2],
        ["src-x", "100644", "blob", 0],
        ["src", "040000", "tree", null],
        ["src/deep", "040000", "tree", null],
        ["src/deep/ä b.ts", "100644", "blob", 5],
      ]);
      expect((await repository.tree(commit))!.map(({ path }) => path)).toEqual(["README", "src-x", "src"]);
      expect(await repository.entry(commit, "src/deep/ä b.ts")).toEqual(entries[4]);
      expect(await repository.entry(commit, "src/deep")).toEqual(entries[3]);
      expect(await repository.entry(commit, "")).toMatchObject({ type: "tree", path: "", sha: (await repository.commit(commit))!.tree });
      expect(await repository.entry(commit, "README/x")).toBeNull();
      expect(await repository.entry(commit, "src/none")).toBeNull();
    });
  });

  it("edits deep paths, and a folder goes with its last file", async () => {
    await inRepository(async (repository) => {
      const first = await commitFiles(repository, [], { "a/b/c/only.txt": "1", "a/keep.txt": "2", top: "3" });
      const second = await commitFiles(repository, [first], { "a/b/c/only.txt": null, "a/new/x.txt": "4", "gone/anyway": null, "top/not-a-folder": null });
      expect(await filesOf(repository, second)).toEqual({ "a/keep.txt": "2", "a/new/x.txt": "4", top: "3" });
      expect(await repository.entry(second, "a/b")).toBeNull();

      const third = await commitFiles(repository, [second], { a: "now a file", "top/inside": "now a folder" });
      expect(await filesOf(repository, third)).toEqual({ a: "now a file", "top/inside": "now a folder" });
      const empty = await commitFiles(repository, [third], { a: null, top: null });
      expect(await repository.tree(empty)).toEqual([]);
    });
  });

  it("refuses a path git could not check out", async () => {
    await inRepository(async (repository) => {
      const sha = await repository.writeBlob(Buffer.from("x"));
      for (const path of ["", "/a", "a//b", "a/", "../a", "a/./b", ".git/config", "x/.GIT/y"]) {
        await expect(repository.writeTree(null, [{ path, mode: "100644", sha }])).rejects.toThrow("malformed");
      }
    });
  });

  it("answers what was asked before it was closed, and nothing after", async () => {
    await inRepository(async (repository) => {
      const sha = await commitFiles(repository, [], { a: "a" });
      const open = repository.blob((await repository.entry(sha, "a"))!.sha);
      await repository.close();
      expect(String(await open)).toBe("a");
      await expect(repository.typeOf(sha)).rejects.toThrow("closed");
    });
  });
});

it("writes what git reads and finds sound: large files, folders, signatures, other scripts", async () => {
  await inRepository(async (repository) => {
    const large = await repository.writeBlob(Buffer.alloc(3_000_000, "line\n"));
    expect(git(repository, "cat-file", "-s", large).trim()).toBe("3000000");
    const parent = await commitFiles(repository, [], { "src/deep/ä b.ts": "12345", "src-x": "", README: "hi" });
    const { tree } = (await repository.commit(parent))!;
    const author = { name: "Zoë 山田", email: "zoe@example.com", at: 1_700_000_000_000 };
    const message = "feat: größer 🎉\n\nRefs: #1\n";
    const signature = "-----BEGIN SSH SIGNATURE-----\nabc\n\ndef\n-----END SSH SIGNATURE-----";
    const sha = await repository.writeCommit({ tree, parents: [parent], author, committer: ada, message, signature });
    expect(git(repository, "log", "-1", "--format=%an|%at|%B", sha)).toBe(`Zoë 山田|1700000000|${message}\n`);
    await repository.updateRefs([{ name: "refs/heads/main", after: sha }]);
    expect(isSound(repository)).toBe("");
  });
});

it("reads what git itself writes, other time zones and signatures in tags included", async () => {
  await inRepository(async (repository) => {
    const commit = await commitFiles(repository, [], { "a.txt": "a" });
    const { tree } = (await repository.commit(commit))!;
    const written = execFileSync("git", [`--git-dir=${repository.directory}`, "commit-tree", tree, "-p", commit, "-m", "by git"], {
      env: gitEnvironment({ GIT_AUTHOR_DATE: "1700000000 +0530", GIT_AUTHOR_NAME: "Ünï" }),
    });
    const read = await repository.commit(written.toString().trim());
    expect(read).toMatchObject({ parents: [commit], author: { name: "Ünï", at: 1_700_000_000_000 }, message: "by git\n", signature: null });

    const tag = { tag: "v1.0.0", target: commit, targetType: "commit", tagger: ada, message: "one\n\ntwo\n" };
    const sha = await repository.writeTag(tag);
    await repository.updateRefs([{ name: "refs/tags/v1.0.0", after: sha }]);
    expect(await repository.tag(sha)).toEqual({ sha, ...tag, text: expect.stringMatching(/^object [0-9a-f]{40}\n/u) });
    expect(git(repository, "describe", commit).trim()).toBe("v1.0.0");
    expect(isSound(repository)).toBe("");
  });
});

it("keeps modes and names it does not touch: executables, links, submodules, names that are no UTF-8", async () => {
  await inRepository(async (repository) => {
    const blob = await repository.writeBlob(Buffer.from("#!/bin/sh\n"));
    const base = await repository.writeTree(null, [
      { path: "bin/run", mode: "100755", sha: blob },
      { path: "bin/link", mode: "120000", sha: blob },
      { path: "vendor", mode: "160000", sha: "2".repeat(40) },
    ]);
    const strange = execFileSync("git", [`--git-dir=${repository.directory}`, "mktree", "-z"], {
      env: gitEnvironment(),
      input: Buffer.concat([Buffer.from(`100644 blob ${blob}\tcaf`), Buffer.of(0xe9, 0), Buffer.from(`040000 tree ${base}\tdir\0`)]),
    });
    const tree = await repository.writeTree(strange.toString().trim(), [{ path: "dir/bin/new", mode: "100644", sha: blob }]);
    expect(git(repository, "ls-tree", "-r", tree).replaceAll(/ \w{40}/g, "")).toBe(
      ['100644 blob\t"caf\\351"', "120000 blob\tdir/bin/link", "100644 blob\tdir/bin/new", "100755 blob\tdir/bin/run", "160000 commit\tdir/vendor", ""].join(
        "\n",
      ),
    );
  });
});

it("lets a program end that closed its repository", async () => {
  await inRepository(async (repository) => {
    const sha = await commitFiles(repository, [], { a: "a" });
    const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));
    const program = `
      import { openGitRepository } from ${JSON.stringify(new URL("repository.ts", import.meta.url).href)};
      const repository = await openGitRepository(${JSON.stringify(repository.directory)}, { branch: "main" });
      console.log((await repository.commit("${sha}")).message);
      await repository.close();`;
    // The time limit only ends a program that never would.
    const { stdout } = await promisify(execFile)(node, ["--input-type=module", "--eval", program], { env: { PATH: process.env["PATH"] }, timeout: 60_000 });
    expect(stdout).toBe("change\n\n");
  });
});
