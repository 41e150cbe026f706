import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Content, observed, repositoryAt, scratchPath, scratchRepository } from "../../../test/fixtures/repository.ts";

const ODD_PATHS = ["ünï/cödé.txt", "two\nlines", 'quo"te', "tab\there", "back\\slash", "-option", "--", "sp ace", ":(top)magic", "*", "\nfirst"];

describe("the tree and its files", () => {
  test("holds every path as it is, and each can be read", async () => {
    const repository = scratchRepository();
    repository.git(["config", "core.precomposeUnicode", "false"]);
    repository.commit("feat: odd", Object.fromEntries(ODD_PATHS.map((path): [string, Content] => [`in/${path}`, path])));
    const files = ODD_PATHS.map((path) => `in/${path}`);
    const snapshot = await observed(repository.directory, { files });
    expect(snapshot.paths).toEqual(new Set(files));
    expect(snapshot.files).toEqual(new Map(files.map((path) => [path, { is: "text", text: path.slice(3) }])));
  });

  test("says of everything that is no text what it is", async () => {
    const repository = scratchRepository();
    const one = repository.commit("feat: one");
    const large = "x".repeat(1_048_577);
    repository.commit("feat: kinds", {
      link: { link: "text" },
      module: { submodule: one },
      nul: "a\0b",
      latin1: Buffer.from([0x63, 0x61, 0x66, 0xe9]),
      large,
      "just-fits": large.slice(1),
      text: "line\r\nno end",
      bom: "\uFEFFkey: 1\n",
      empty: "",
      pointer: "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    });
    const { files, paths } = await observed(repository.directory, {
      files: ["link", "module", "nul", "latin1", "large", "just-fits", "text", "bom", "empty", "pointer", "none", "./text", ""],
    });
    const { "just-fits": fits, ...rest } = Object.fromEntries(files);
    expect(rest).toEqual({
      link: { is: "symlink" },
      module: { is: "submodule" },
      nul: { is: "binary" },
      latin1: { is: "binary" },
      large: { is: "too-large", bytes: 1_048_577 },
      text: { is: "text", text: "line\r\nno end" },
      bom: { is: "text", text: "\uFEFFkey: 1\n" },
      empty: { is: "text", text: "" },
      pointer: { is: "text", text: expect.stringContaining("git-lfs") },
      none: { is: "missing" },
      "./text": { is: "missing" },
      "": { is: "missing" },
    });
    expect(fits).toMatchObject({ is: "text" });
    expect(paths.has("module")).toBe(true);
  });

  test("is that of the head: not of the working copy, not of the folder one stands in", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one", { "a/b": "committed", c: "c" });
    repository.git(["rm", "--quiet", "c"]);
    const { paths, files } = await observed(join(repository.directory, "a"), { files: ["a/b", "c", "b"] });
    expect([...paths]).toEqual(["a/b", "c"]);
    expect([...files.values()].map(({ is }) => is)).toEqual(["text", "text", "missing"]);
  });

  test("is empty for a commit without files", async () => {
    const repository = scratchRepository();
    repository.commit("chore: nothing yet");
    expect((await observed(repository.directory)).paths.size).toBe(0);
  });

  test("cannot be read without its objects: nothing is taken for missing", async () => {
    const repository = scratchRepository();
    repository.commit("feat: one", { a: "1" });
    const blob = repository.git(["rev-parse", "HEAD:a"]);
    rmSync(join(repository.directory, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    await expect(observed(repository.directory, { files: ["a"] })).rejects.toMatchObject({
      message: expect.stringContaining(blob),
      hint: expect.stringContaining("git fsck"),
    });
  });

  test("of a partial clone can be read when it is there, and is not fetched when it is not", async () => {
    const upstream = scratchRepository();
    upstream.git(["config", "uploadpack.allowFilter", "true"]);
    const one = upstream.commit("feat: one", { a: "1" });
    upstream.commit("feat: two", { a: "2" });
    const directory = scratchPath();
    upstream.git(["clone", "--quiet", "--filter=blob:none", `file://${upstream.directory}`, directory]);
    const copy = repositoryAt(directory);
    expect((await observed(directory, { files: ["a"] })).files.get("a")).toEqual({ is: "text", text: "2" });
    await expect(observed(directory, { files: ["a"], ref: one })).rejects.toMatchObject({
      message: expect.stringContaining("partial clone"),
      hint: "git fetch --refetch --no-filter origin",
    });
    copy.git(["fetch", "--quiet", "--refetch", "--no-filter", "origin"]);
    expect((await observed(directory, { files: ["a"], ref: one })).files.get("a")).toEqual({ is: "text", text: "1" });
  });
});
