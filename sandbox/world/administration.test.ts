import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { inScene, inSceneOnDisk, REPO } from "../fixture.ts";

const run = promisify(execFile);

describe("a repository that was renamed", () => {
  it("is found under its new name and by its number, and its old name leads there", () =>
    inScene(async ({ kim, lee, heard, sent, repository, standIn }) => {
      expect((await kim("PATCH", REPO, { name: "tool" })).body.full_name).toBe("acme/tool");
      expect((await lee("GET", "/repos/acme/tool")).status).toBe(200);
      const old = await lee("GET", `${REPO}/branches/main?x=1`);
      expect([old.status, old.body.message]).toEqual([301, "Moved Permanently"]);
      const location = `${standIn.world.url}/api/v3/repositories/${repository.id}/branches/main?x=1`;
      expect(old.headers.get("location")).toBe(location);
      expect((await lee("GET", location.split("/api/v3")[1]!)).body.name).toBe("main");
      expect(await heard()).toEqual(["repository.renamed"]);
      expect(sent.at(-1)!.payload).toMatchObject({ changes: { repository: { name: { from: "app" } } }, repository: { full_name: "acme/tool" } });
    }));

  it("answers writes to its old name as GitHub describes them: 307, and 301 for issues, which a client may follow with a GET", () =>
    inScene(async ({ kim, lee }) => {
      await kim("PATCH", REPO, { name: "tool" });
      expect((await lee("POST", `${REPO}/pulls`, { title: "x", head: "x", base: "main" })).status).toBe(307);
      expect((await lee("PATCH", `${REPO}/issues/1`, { title: "x" })).status).toBe(301);
    }));

  it("is followed by GraphQL unless it was told not to, and by git", () =>
    inSceneOnDisk(async ({ kim, standIn }) => {
      await kim("PATCH", REPO, { name: "tool" });
      const graphql = async (more: string) => {
        const headers = { authorization: `Bearer ${standIn.tokenFor("lee")}` };
        const body = JSON.stringify({ query: `{ repository(owner: "acme", name: "app"${more}) { nameWithOwner } }` });
        return ((await (await standIn.handle(new Request("http://any.test/api/graphql", { method: "POST", headers, body }))).json()) as { data: unknown }).data;
      };
      expect(await graphql("")).toEqual({ repository: { nameWithOwner: "acme/tool" } });
      expect(await graphql(", followRenames: false")).toEqual({ repository: null });
      const url = await standIn.listen(0);
      const { stdout } = await run("git", ["ls-remote", `${url}/acme/app.git`, "refs/heads/main"]);
      expect(stdout).toMatch(/refs\/heads\/main$/mu);
    }));

  it("loses its old name to a repository that takes it", () =>
    inScene(async ({ kim, lee, standIn }) => {
      await kim("PATCH", REPO, { name: "tool" });
      const other = await standIn.addRepository("acme", "app", { collaborators: { kim: "admin" } });
      expect((await lee("GET", REPO)).body.id).toBe(other.id);
      expect((await lee("GET", `${REPO}/branches`)).body).toEqual([]);
      expect((await kim("PATCH", REPO, { name: "tool" })).status).toBe(422);
    }));
});

it("is transferred: the installation of the old owner loses it, that of the new one gets it", () =>
  inScene(async ({ kim, standIn, app, bot, heard, sent, installation }) => {
    standIn.addUser("initech", { type: "Organization" });
    const elsewhere = standIn.install(app, "initech");
    const client = await bot();
    await heard();
    expect((await kim("POST", `${REPO}/transfer`, { new_owner: "initech" })).status).toBe(202);
    expect((await client("GET", REPO)).status).toBe(301);
    expect((await client("POST", "/repos/initech/app/issues", { title: "x" })).status).toBe(403);
    expect(await heard()).toEqual(["installation_repositories.removed", "installation_repositories.added", "repository.transferred"]);
    expect(sent.slice(-3).map(({ delivery }) => delivery.installation!.id)).toEqual([installation.id, elsewhere.id, elsewhere.id]);
    expect(sent.at(-1)!.payload.changes.owner.from.organization.login).toBe("acme");
  }));

it("is archived: it can be read and taken out of its archive, and nothing else", () =>
  inScene(async ({ kim, lee, heard }) => {
    expect((await kim("PATCH", REPO, { archived: true })).body.archived).toBe(true);
    expect((await lee("GET", REPO)).body.archived).toBe(true);
    const refused = await lee("POST", `${REPO}/issues`, { title: "x" });
    expect([refused.status, refused.body.message]).toEqual([403, "Repository was archived so is read-only."]);
    expect((await kim("PATCH", REPO, { name: "tool" })).status).toBe(403);
    expect((await kim("PATCH", REPO, { archived: false })).body.archived).toBe(false);
    expect((await lee("POST", `${REPO}/issues`, { title: "x" })).status).toBe(201);
    expect(await heard()).toEqual(["repository.archived", "repository.unarchived", "issues.opened"]);
  }));

it("is deleted, by administrators only, and gone under all its names", () =>
  inScene(async ({ kim, lee, heard, repository }) => {
    await kim("PATCH", REPO, { name: "tool" });
    expect((await lee("DELETE", "/repos/acme/tool")).status).toBe(403);
    expect((await kim("DELETE", "/repos/acme/tool")).status).toBe(204);
    for (const path of [REPO, "/repos/acme/tool", `/repositories/${repository.id}`]) expect((await kim("GET", path)).status).toBe(404);
    expect(await heard()).toEqual(["repository.renamed", "repository.deleted"]);
  }));

it("renames its default branch: pull requests into it and drafts of releases follow, those from it are closed", () =>
  inScene(async ({ kim, lee, push, open, heard, sent }) => {
    await push("topic", { "a.txt": "a" });
    await open("topic");
    await push("next", { "n.txt": "n" });
    await lee("POST", `${REPO}/pulls`, { title: "back", head: "main", base: "next" });
    await lee("POST", `${REPO}/releases`, { tag_name: "v1", target_commitish: "main", draft: true });
    await push("main", { "b.txt": "b" });
    await heard();
    expect((await lee("POST", `${REPO}/branches/main/rename`, { new_name: "trunk" })).status).toBe(403);
    expect((await kim("POST", `${REPO}/branches/main/rename`, { new_name: "trunk" })).body.name).toBe("trunk");
    expect((await lee("GET", REPO)).body.default_branch).toBe("trunk");
    expect((await lee("GET", `${REPO}/pulls/1`)).body).toMatchObject({ state: "open", base: { ref: "trunk" } });
    expect((await lee("GET", `${REPO}/releases`)).body[0].target_commitish).toBe("trunk");
    expect((await lee("GET", `${REPO}/branches/main`)).status).toBe(301);
    const told = await heard();
    expect(told).toEqual(expect.arrayContaining(["pull_request.edited", "repository.edited", "create", "delete"]));
    expect(sent.find(({ delivery }) => delivery.event === "repository")!.payload.changes).toEqual({ default_branch: { from: "main" } });
    expect((await kim("POST", `${REPO}/branches/none/rename`, { new_name: "x" })).status).toBe(404);
    expect((await kim("POST", `${REPO}/branches/topic/rename`, { new_name: "next" })).status).toBe(422);
    await kim("POST", `${REPO}/branches/topic/rename`, { new_name: "renamed" });
    expect((await lee("GET", `${REPO}/pulls/1`)).body.state).toBe("closed");
  }));
