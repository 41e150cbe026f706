import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type ScratchRepository, observed, repositoryAt, scratchPath, scratchRepository } from "../../../test/fixtures/repository.ts";

async function headOf(
  repository: ScratchRepository | string,
  ref: string | null = null,
): Promise<{ sha: string; branch: string | null; onDefaultBranch: boolean }> {
  return (await observed(typeof repository === "string" ? repository : repository.directory, { ref })).head;
}

/** main: one, two; release-1.0 leaves main at one. */
function withMaintenanceLine(): { repository: ScratchRepository; one: string; two: string; fix: string } {
  const repository = scratchRepository();
  const one = repository.commit("feat: one", { a: "1" });
  repository.branch("release-1.0");
  const two = repository.commit("feat: two", { a: "2" });
  repository.checkout("release-1.0");
  const fix = repository.commit("fix: one", { a: "1.1" });
  repository.checkout("main");
  return { repository, one, two, fix };
}

function clone(repository: ScratchRepository, ...words: string[]): ScratchRepository {
  const directory = scratchPath();
  repository.git(["clone", "--quiet", ...words, `file://${repository.directory}`, directory]);
  return repositoryAt(directory);
}

describe("what is looked at", () => {
  test("is what is checked out, unless a ref is named", async () => {
    const { repository, one, two, fix } = withMaintenanceLine();
    repository.tag("v1.0.0", one);
    repository.annotatedTag("v1.1.0", two);
    expect(await headOf(repository)).toEqual({ sha: two, branch: "main", onDefaultBranch: true });
    expect(await headOf(repository, "HEAD")).toEqual({ sha: two, branch: "main", onDefaultBranch: true });
    expect(await headOf(repository, "release-1.0")).toEqual({ sha: fix, branch: "release-1.0", onDefaultBranch: false });
    expect(await headOf(repository, "refs/heads/release-1.0")).toMatchObject({ sha: fix, branch: "release-1.0" });
    expect(await headOf(repository, "v1.0.0")).toEqual({ sha: one, branch: null, onDefaultBranch: true });
    expect(await headOf(repository, "v1.1.0")).toEqual({ sha: two, branch: null, onDefaultBranch: true });
    expect(await headOf(repository, one)).toEqual({ sha: one, branch: null, onDefaultBranch: true });
    expect(await headOf(repository, fix.slice(0, 10))).toEqual({ sha: fix, branch: null, onDefaultBranch: false });
    expect(await headOf(repository, "main~1")).toMatchObject({ sha: one });
  });

  test("is a commit when the head is detached", async () => {
    const { repository, one, fix } = withMaintenanceLine();
    repository.checkout(one);
    expect(await headOf(repository)).toEqual({ sha: one, branch: null, onDefaultBranch: true });
    repository.checkout(fix);
    expect(await headOf(repository)).toEqual({ sha: fix, branch: null, onDefaultBranch: false });
  });

  test("is the same from a folder inside, from a linked worktree and from a bare clone", async () => {
    const { repository, two, fix } = withMaintenanceLine();
    mkdirSync(join(repository.directory, "deep/folder"), { recursive: true });
    expect(await headOf(join(repository.directory, "deep/folder"))).toMatchObject({ sha: two, branch: "main" });
    const worktree = scratchPath();
    repository.git(["worktree", "add", "--quiet", worktree, "release-1.0"]);
    expect(await headOf(worktree)).toEqual({ sha: fix, branch: "release-1.0", onDefaultBranch: false });
    expect(await headOf(clone(repository, "--bare"))).toEqual({ sha: two, branch: "main", onDefaultBranch: true });
  });

  test("can be a branch of the remote, under the name it has there", async () => {
    const { repository, fix } = withMaintenanceLine();
    const copy = clone(repository);
    expect(await headOf(copy, "origin/release-1.0")).toEqual({ sha: fix, branch: "release-1.0", onDefaultBranch: false });
    expect(await headOf(copy, "origin/HEAD")).toMatchObject({ branch: "main", onDefaultBranch: true });
  });

  test("is never an option, however a ref is spelt", async () => {
    const { repository, one } = withMaintenanceLine();
    repository.git(["update-ref", "refs/heads/--all", one]);
    repository.git(["update-ref", "refs/tags/-d", one]);
    expect(await headOf(repository, "--all")).toMatchObject({ sha: one, branch: "--all" });
    expect(await headOf(repository, "-d")).toMatchObject({ sha: one, branch: null });
    expect((await observed(repository.directory)).tags).toEqual([{ name: "-d", sha: one }]);
    await expect(headOf(repository, "--output=/tmp/x")).rejects.toThrow('no branch, tag or commit "--output=/tmp/x"');
  });

  test.each(["main..release-1.0", "^main", "", " ", "main\nmain", "*", "main:a", "-"])("%j is refused", async (ref) => {
    const { repository } = withMaintenanceLine();
    await expect(headOf(repository, ref)).rejects.toThrow("there is no branch, tag or commit");
  });

  test("a misspelt ref gets the names that are near", async () => {
    const { repository } = withMaintenanceLine();
    await expect(headOf(repository, "release-1,0")).rejects.toMatchObject({ hint: "did you mean release-1.0?" });
    await expect(headOf(repository, "mian")).rejects.toMatchObject({ hint: "did you mean main?" });
    await expect(headOf(repository, "zzzz")).rejects.toMatchObject({ hint: expect.stringContaining("git branch --all") });
  });

  test("a name that is a branch and a tag of different commits is not guessed", async () => {
    const { repository, one, two } = withMaintenanceLine();
    repository.tag("main", one);
    await expect(headOf(repository, "main")).rejects.toMatchObject({ hint: "write the whole name" });
    expect(await headOf(repository, "refs/heads/main")).toMatchObject({ sha: two });
    expect(await headOf(repository)).toMatchObject({ sha: two, branch: "main" });
  });

  test("a tag of a file leads to no commit", async () => {
    const { repository } = withMaintenanceLine();
    repository.tag("file", "HEAD:a");
    await expect(headOf(repository, "file")).rejects.toThrow('"file" leads to no commit');
  });
});

describe("the default branch", () => {
  test("is what origin says, not a local branch called main", async () => {
    const upstream = scratchRepository();
    upstream.commit("feat: one", { a: "1" });
    upstream.git(["branch", "--move", "trunk"]);
    const copy = clone(upstream);
    copy.git(["checkout", "--quiet", "-b", "main"]);
    copy.commit("feat: elsewhere");
    expect(await headOf(copy, "trunk")).toMatchObject({ onDefaultBranch: true });
    expect(await headOf(copy, "origin/trunk")).toMatchObject({ branch: "trunk", onDefaultBranch: true });
    expect(await headOf(copy)).toMatchObject({ branch: "main", onDefaultBranch: false });
  });

  test("is the head of a bare repository", async () => {
    const { repository } = withMaintenanceLine();
    const bare = clone(repository, "--bare");
    bare.git(["symbolic-ref", "HEAD", "refs/heads/release-1.0"]);
    expect(await headOf(bare)).toMatchObject({ branch: "release-1.0", onDefaultBranch: true });
    expect(await headOf(bare, "main")).toMatchObject({ branch: "main", onDefaultBranch: false });
  });

  test("is master where there is one, else what is checked out", async () => {
    const { repository } = withMaintenanceLine();
    repository.git(["branch", "--move", "main", "master"]);
    expect(await headOf(repository, "release-1.0")).toMatchObject({ onDefaultBranch: false });
    repository.git(["branch", "--move", "master", "develop"]);
    expect(await headOf(repository)).toMatchObject({ branch: "develop", onDefaultBranch: true });
    expect(await headOf(repository, "release-1.0")).toMatchObject({ onDefaultBranch: false });
  });

  test("holds its local commits before they are pushed", async () => {
    const { repository } = withMaintenanceLine();
    const copy = clone(repository);
    const ahead = copy.commit("feat: not pushed");
    expect(await headOf(copy)).toEqual({ sha: ahead, branch: "main", onDefaultBranch: true });
    expect(await headOf(copy, ahead)).toMatchObject({ onDefaultBranch: true });
  });
});

describe("a repository that cannot be looked at", () => {
  test("a folder without a repository, and no folder", async () => {
    const folder = scratchPath();
    await expect(headOf(folder)).rejects.toThrow(`${folder}: there is no such folder`);
    mkdirSync(folder);
    await expect(headOf(folder)).rejects.toMatchObject({
      message: expect.stringContaining(`${folder}: not a git repository`),
      hint: expect.stringContaining("--repo"),
    });
  });

  test.each([[[]], [["--bare"]]])("one without commits (%j)", async (words) => {
    await expect(headOf(scratchRepository(...words))).rejects.toThrow("the repository has no commits yet");
  });

  test("one whose head names a branch that is not there, but which has others", async () => {
    const { repository, two } = withMaintenanceLine();
    repository.git(["symbolic-ref", "HEAD", "refs/heads/gone"]);
    await expect(headOf(repository)).rejects.toMatchObject({
      message: expect.stringContaining("what is checked out has no commits yet"),
      hint: expect.stringContaining("--ref main"),
    });
    expect(await headOf(repository, "main")).toEqual({ sha: two, branch: "main", onDefaultBranch: true });
  });

  test("one whose branch names a commit that is missing is damaged, not empty", async () => {
    const { repository, two } = withMaintenanceLine();
    writeFileSync(join(repository.directory, ".git/refs/heads/main"), `${"1".repeat(40)}\n`);
    await expect(headOf(repository)).rejects.toThrow(/damaged or missing/);
    writeFileSync(join(repository.directory, ".git/refs/heads/main"), `${two}\n`);
    rmSync(join(repository.directory, ".git/objects", two.slice(0, 2), two.slice(2)));
    await expect(headOf(repository)).rejects.toThrow(/damaged or missing/);
  });
});
