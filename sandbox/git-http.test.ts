import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "@jest/globals";
import { inSceneOnDisk, REPO, type Scene } from "./fixture.ts";
import { keepRules } from "./scenarios/people.ts";
import { NO_RULES } from "./world/rules/keep.ts";

const run = promisify(execFile);
const ENVIRONMENT = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" };
const git = (folder: string, ...words: string[]) =>
  run("git", ["-c", "user.name=Lee", "-c", "user.email=lee@example.com", "-C", folder, ...words], { env: ENVIRONMENT });

/** A real client's clone of the repository, over the socket. */
const inClone = async (scene: Scene, token: string, use: (folder: string) => Promise<void>): Promise<void> => {
  const url = await scene.standIn.listen(0);
  const folder = await mkdtemp(join(tmpdir(), "clone-"));
  try {
    await git(folder, "clone", "--quiet", `${url.replace("//", `//x-access-token:${token}@`)}/acme/app.git`, "app");
    await use(join(folder, "app"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
const commit = async (folder: string, file: string, message: string): Promise<string> => {
  await writeFile(join(folder, file), `${file}\n`);
  await git(folder, "add", ".");
  await git(folder, "commit", "--quiet", `--message=${message}`);
  return (await git(folder, "rev-parse", "HEAD")).stdout.trim();
};

it("clones, and a push moves the pull request and tells of it", () =>
  inSceneOnDisk(async (scene) => {
    await scene.push("topic", { "a.txt": "a" });
    await scene.open("topic");
    await scene.heard();
    await inClone(scene, scene.standIn.tokenFor("lee"), async (folder) => {
      expect(await readFile(join(folder, "README.md"), "utf8")).toBe("# app\n");
      await git(folder, "checkout", "--quiet", "topic");
      const sha = await commit(folder, "b.txt", "fix: b");
      await git(folder, "tag", "v1");
      await git(folder, "push", "--quiet", "origin", "topic", "v1");
      expect((await scene.lee("GET", `${REPO}/pulls/1`)).body.head.sha).toBe(sha);
      const heard = await scene.heard();
      expect(heard).toEqual(expect.arrayContaining(["push", "create", "check_suite.requested", "pull_request.synchronize"]));
      expect(scene.sent.find(({ delivery }) => delivery.event === "push")!.payload).toMatchObject({ sender: { login: "lee" } });
    });
  }));

it("fetches branches and tags that came, went and moved meanwhile", () =>
  inSceneOnDisk(async (scene) => {
    await scene.push("topic", { "a.txt": "a" });
    await inClone(scene, scene.standIn.tokenFor("lee"), async (folder) => {
      const head = await scene.push("main", { "b.txt": "b" });
      await scene.lee("POST", `${REPO}/git/refs`, { ref: "refs/tags/v1", sha: head });
      await scene.lee("DELETE", `${REPO}/git/refs/heads/topic`);
      await git(folder, "fetch", "--quiet", "--prune", "--tags", "origin");
      const refs = (await git(folder, "for-each-ref", "--format=%(objectname) %(refname)")).stdout;
      expect(refs).toContain(`${head} refs/remotes/origin/main`);
      expect(refs).toContain(`${head} refs/tags/v1`);
      expect(refs).not.toContain("origin/topic");
    });
  }));

it("marks a pull request merged that was merged by hand and pushed", () =>
  inSceneOnDisk(async (scene) => {
    await scene.push("topic", { "a.txt": "a" });
    await scene.open("topic");
    await inClone(scene, scene.standIn.tokenFor("kim"), async (folder) => {
      await git(folder, "merge", "--quiet", "--no-ff", "--message=Merge topic", "origin/topic");
      const merge = (await git(folder, "rev-parse", "HEAD")).stdout.trim();
      await git(folder, "push", "--quiet", "origin", "main");
      expect((await scene.lee("GET", `${REPO}/pulls/1`)).body).toMatchObject({ merged: true, merge_commit_sha: merge, merged_by: { login: "kim" } });
    });
  }));

it("lets a reader clone and not push, an installation as its contents permission says", () =>
  inSceneOnDisk(async (scene) => {
    const { asApp, installation, standIn, headOf } = scene;
    const tokens = async (permissions: object) =>
      (await asApp("POST", `/app/installations/${installation.id}/access_tokens`, { permissions })).body.token as string;
    await inClone(scene, await tokens({ contents: "write" }), async (folder) => {
      const pushAs = (token: string) =>
        git(folder, "push", "--quiet", `${standIn.world.url.replace("//", `//x-access-token:${token}@`)}/acme/app.git`, "HEAD:main");
      const sha = await commit(folder, "b.txt", "feat: b");
      await expect(pushAs(standIn.tokenFor("sam"))).rejects.toThrow("403");
      await expect(pushAs(await tokens({ contents: "read" }))).rejects.toThrow("403");
      await expect(pushAs("wrong")).rejects.toThrow(/Authentication failed|401/u);
      expect(headOf("main")).not.toBe(sha);
      await pushAs(await tokens({ contents: "write" }));
      expect(headOf("main")).toBe(sha);
    });
  }));

it.each([
  [
    "ruleset",
    /GH013: Repository rule violations found for refs\/heads\/main\.[^]*remote: - Cannot force-push to this branch[^]*push declined due to repository rule violations/u,
  ],
  [
    "protection",
    /GH006: Protected branch update failed for refs\/heads\/main\.[^]*remote: - Cannot force-push to this branch[^]*protected branch hook declined/u,
  ],
] as const)("refuses a forced push by a %s as git shows it, and takes a plain one", (by, said) =>
  inSceneOnDisk(async (scene) => {
    const { standIn, repository, headOf, heard } = scene;
    const rules = { ...NO_RULES, refuses: ["non_fast_forward"] } as const;
    await keepRules(standIn, repository, "kim", { name: "main", by, include: ["refs/heads/main"], rules });
    await inClone(scene, standIn.tokenFor("lee"), async (folder) => {
      const before = headOf("main");
      await git(folder, "commit", "--quiet", "--amend", "--message=chore: other");
      await heard();
      await expect(git(folder, "push", "--force", "origin", "main", "HEAD:other")).rejects.toThrow(said);
      expect([headOf("main"), headOf("other"), await heard()]).toEqual([before, null, []]);
      await git(folder, "reset", "--quiet", "--hard", "origin/main");
      const sha = await commit(folder, "b.txt", "feat: b");
      await git(folder, "push", "--quiet", "origin", "main");
      expect(headOf("main")).toBe(sha);
    });
  }),
);

const list = (address: string) => run("git", ["ls-remote", address, "refs/heads/main"], { env: ENVIRONMENT });

it("shows a public repository to anybody, a private one to no stranger", () =>
  inSceneOnDisk(async ({ standIn, repository }) => {
    const url = `${await standIn.listen(0)}/acme/app.git`;
    expect((await list(url)).stdout).toContain("refs/heads/main");
    repository.isPrivate = true;
    await expect(list(url)).rejects.toThrow("could not read Username");
    const as = (login: string) => url.replace("//", `//x-access-token:${standIn.tokenFor(login)}@`);
    await expect(list(as("sam"))).rejects.toThrow("not found");
    expect((await list(as("kim"))).stdout).toContain("refs/heads/main");
  }));
