import { expect, it } from "@jest/globals";
import { commitFiles } from "../git/fixture.ts";
import { inScene, REPO, type Scene } from "../fixture.ts";

const blobTreeCommit = async ({ repository, headOf }: Scene, client: Scene["kim"], extra: object = {}) => {
  const tree = await client("POST", `${REPO}/git/trees`, {
    base_tree: headOf("main"),
    tree: [{ path: "docs/a.md", mode: "100644", type: "blob", content: "a" }],
  });
  const commit = await client("POST", `${REPO}/git/commits`, { message: "docs: a", tree: tree.body.sha, parents: [headOf("main")], ...extra });
  return { commit, paths: (await repository.git.tree(tree.body.sha, true))!.map(({ path }) => path) };
};

it("signs what an app commits without an author of its own", () =>
  inScene(async (scene) => {
    const bot = await scene.bot();
    const { commit, paths } = await blobTreeCommit(scene, bot);
    expect(paths).toEqual(["README.md", "docs", "docs/a.md"]);
    expect(commit.status).toBe(201);
    expect(commit.body).toMatchObject({
      author: { name: "steward[bot]", email: `${scene.app.bot.id}+steward[bot]@users.noreply.stand-in.test` },
      committer: { name: "GitHub", email: "noreply@github.com" },
      verification: { verified: true, reason: "valid" },
    });
    await bot("POST", `${REPO}/git/refs`, { ref: "refs/heads/docs", sha: commit.body.sha });
    const shown = await bot("GET", `${REPO}/commits/docs`);
    expect(shown.body).toMatchObject({
      author: { login: "steward[bot]", type: "Bot" },
      committer: { login: "web-flow" },
      files: [{ filename: "docs/a.md", status: "added" }],
    });
  }));

it("signs neither a named author's commit nor a person's", () =>
  inScene(async (scene) => {
    const named = await blobTreeCommit(scene, await scene.bot(), { author: { name: "Eve", email: "eve@example.com", date: "2020-01-01T00:00:00Z" } });
    expect(named.commit.body).toMatchObject({ author: { name: "Eve", date: "2020-01-01T00:00:00Z" }, verification: { verified: false, reason: "unsigned" } });
    const person = await blobTreeCommit(scene, scene.lee);
    expect(person.commit.body).toMatchObject({ author: { name: "Lee" }, verification: { verified: false } });
  }));

it("moves a branch backwards only by force, and says so", () =>
  inScene(async ({ lee, push, headOf, heard, sent }) => {
    const first = headOf("main");
    await push("main", { "a.txt": "a" });
    await heard();
    expect((await lee("PATCH", `${REPO}/git/refs/heads/main`, { sha: first })).body.message).toBe("Update is not a fast forward");
    expect((await lee("PATCH", `${REPO}/git/refs/heads/main`, { sha: first, force: true })).status).toBe(200);
    await heard();
    expect(sent.find(({ delivery }) => delivery.event === "push" && delivery.body.includes('"forced":true'))!.payload).toMatchObject({
      after: first,
      commits: [],
    });
  }));

it("knows a reference that exists, one that does not, and an object that does not", () =>
  inScene(async ({ lee, headOf }) => {
    const sha = headOf("main");
    const message = async (answer: ReturnType<typeof lee>) => `${(await answer).status} ${(await answer).body.message}`;
    expect(await message(lee("POST", `${REPO}/git/refs`, { ref: "refs/heads/main", sha }))).toBe("422 Reference already exists");
    expect(await message(lee("POST", `${REPO}/git/refs`, { ref: "refs/heads/new", sha: "1".repeat(40) }))).toBe("422 Object does not exist");
    expect(await message(lee("PATCH", `${REPO}/git/refs/heads/none`, { sha }))).toBe("422 Reference does not exist");
    expect(await message(lee("DELETE", `${REPO}/git/refs/heads/none`))).toBe("422 Reference does not exist");
    expect(await message(lee("GET", `${REPO}/git/ref/heads/none`))).toBe("404 Not Found");
  }));

it("tells of a new branch with what is new in it", () =>
  inScene(async ({ push, heard, sent }) => {
    const sha = await push("topic", { "a.txt": "a" }, "feat: a");
    expect(await heard()).toEqual(["create", "push", "check_suite.requested"]);
    expect(sent[0]!.payload).toMatchObject({ ref: "topic", ref_type: "branch", master_branch: "main", sender: { login: "lee" } });
    expect(sent[1]!.payload).toMatchObject({
      ref: "refs/heads/topic",
      created: true,
      before: "0".repeat(40),
      after: sha,
      commits: [{ id: sha, message: "feat: a", added: ["a.txt"] }],
      head_commit: { id: sha },
      pusher: { name: "lee" },
      organization: { login: "acme" },
    });
  }));

it("is silent about more than three tags at once", () =>
  inScene(async ({ standIn, repository, headOf, heard }) => {
    const tags = (names: readonly string[]) =>
      standIn.operations.updateRefs(
        standIn.actorFor("kim"),
        repository,
        names.map((name) => ({ name: `refs/tags/${name}`, before: null, after: headOf("main"), force: false })),
      );
    await tags(["a", "b", "c"]);
    expect(await heard()).toEqual(["create", "push", "create", "push", "create", "push"]);
    await tags(["d", "e", "f", "g"]);
    expect(await heard()).toEqual([]);
    expect(repository.git.refs().has("refs/tags/g")).toBe(true);
  }));

it("moves all references or none", () =>
  inScene(async ({ standIn, repository, headOf }) => {
    const [kim, sha] = [standIn.actorFor("kim"), headOf("main")!];
    const both = standIn.operations.updateRefs(kim, repository, [
      { name: "refs/tags/v1.0.0", before: null, after: sha, force: false },
      { name: "refs/tags/v1", before: "2".repeat(40), after: sha, force: true },
    ]);
    await expect(both).rejects.toThrow("refs/tags/v1");
    expect(repository.git.refs().has("refs/tags/v1.0.0")).toBe(false);
  }));

it("lets an app change workflow files only with that permission", () =>
  inScene(async ({ bot, repository, headOf, installation }) => {
    const sha = await commitFiles(repository.git, [headOf("main")!], { ".github/workflows/ci.yml": "on: push\n" }, "ci: more");
    const refused = await (await bot())("PATCH", `${REPO}/git/refs/heads/main`, { sha });
    expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining("without `workflows` permission")]);
    installation.permissions = { ...installation.permissions, workflows: "write" };
    expect((await (await bot())("PATCH", `${REPO}/git/refs/heads/main`, { sha })).status).toBe(200);
  }));
