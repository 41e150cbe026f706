import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { copyRepository } from "./create-repository.ts";
import { filesOf, inRepository } from "./fixture.ts";
import { openGitRepository } from "./repository.ts";
import { gitEnvironment } from "./run-git.ts";

it("copies branches and tags of a work tree, and reports the branch HEAD is on", async () => {
  await inRepository(async (_, folder) => {
    const from = join(folder, "work");
    await mkdir(from);
    const git = (...command: readonly string[]): string =>
      execFileSync("git", ["-C", from, ...command], { env: gitEnvironment() })
        .toString()
        .trim();
    git("init", "--quiet", "--initial-branch=trunk/x");
    await writeFile(join(from, "a.txt"), "a\n");
    git("add", ".");
    git("commit", "--quiet", "-m", "first");
    git("tag", "-a", "v1", "-m", "v1");
    git("branch", "main");
    git("update-ref", "refs/remotes/origin/other", "HEAD");
    git("update-ref", "refs/notes/commits", "HEAD");

    const to = join(folder, "copy.git");
    expect(await copyRepository(from, to)).toBe("trunk/x");
    const copy = await openGitRepository(to, { branch: "trunk/x" });
    const head = git("rev-parse", "HEAD");
    expect([...copy.refs()]).toEqual([
      ["refs/heads/main", head],
      ["refs/heads/trunk/x", head],
      ["refs/tags/v1", git("rev-parse", "v1")],
    ]);
    expect(await filesOf(copy, head)).toEqual({ "a.txt": "a\n" });
    expect(await readFile(join(to, "config"), "utf8")).not.toContain("remote");
    await copy.close();

    git("checkout", "--quiet", "--detach");
    expect(await copyRepository(from, join(folder, "detached.git"))).toBe("main");
  });
});

it("says when there is nothing to copy", async () => {
  await inRepository(async (_, folder) => {
    await expect(copyRepository(join(folder, "nothing"), join(folder, "copy.git"))).rejects.toThrow("nothing");
  });
});
