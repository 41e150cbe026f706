import { describe, expect, it } from "@jest/globals";
import { inScene, REPO } from "../fixture.ts";

describe("a release", () => {
  it("makes its tag when it is published, and tells of it", () =>
    inScene(async ({ lee, headOf, repository, heard }) => {
      const { status, body } = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", target_commitish: "main", name: "1.0.0", body: "News" });
      expect(status).toBe(201);
      expect(body).toMatchObject({ tag_name: "v1.0.0", draft: false, prerelease: false, author: { login: "lee" }, published_at: expect.any(String) });
      expect(repository.git.refs().get("refs/tags/v1.0.0")).toBe(headOf("main"));
      expect(await heard()).toEqual(["create", "push", "release.created", "release.published", "release.released"]);
    }));

  it("keeps the tag that is there", () =>
    inScene(async ({ lee, push, headOf, repository }) => {
      const first = headOf("main");
      await lee("POST", `${REPO}/git/refs`, { ref: "refs/tags/v1.0.0", sha: first });
      await push("main", { "a.txt": "a" });
      await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", target_commitish: "main" });
      expect(repository.git.refs().get("refs/tags/v1.0.0")).toBe(first);
    }));

  it("is no more than a draft until it is published", () =>
    inScene(async ({ lee, sam, heard, repository }) => {
      const draft = { tag_name: "v1.0.0", draft: true, body: "Soon" };
      const first = await lee("POST", `${REPO}/releases`, draft);
      expect((await lee("POST", `${REPO}/releases`, draft)).status).toBe(201);
      expect(repository.git.refs().has("refs/tags/v1.0.0")).toBe(false);
      expect((await lee("GET", `${REPO}/releases/tags/v1.0.0`)).status).toBe(404);
      expect((await lee("GET", `${REPO}/releases`)).body).toHaveLength(2);
      expect((await sam("GET", `${REPO}/releases`)).body).toEqual([]);
      await heard();
      await lee("PATCH", `${REPO}/releases/${first.body.id}`, { draft: false });
      expect(await heard()).toEqual(["create", "push", "release.published", "release.released"]);
      expect((await sam("GET", `${REPO}/releases/tags/v1.0.0`)).body.id).toBe(first.body.id);
    }));

  it("is the only published one of its tag", () =>
    inScene(async ({ lee }) => {
      await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0" });
      const second = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0" });
      expect(second.body).toMatchObject({ message: "Validation Failed", errors: [{ resource: "Release", code: "already_exists", field: "tag_name" }] });
      const draft = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", draft: true });
      expect((await lee("PATCH", `${REPO}/releases/${draft.body.id}`, { draft: false })).status).toBe(422);
    }));

  it("needs a target that exists and a body of at most 125,000 characters", () =>
    inScene(async ({ lee, repository }) => {
      expect((await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", target_commitish: "none" })).body.errors[0]).toMatchObject({
        field: "target_commitish",
        code: "invalid",
      });
      expect((await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", body: "x".repeat(125_001) })).status).toBe(422);
      expect(repository.git.refs().has("refs/tags/v1.0.0")).toBe(false);
      expect((await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", body: "x".repeat(125_000) })).status).toBe(201);
    }));

  it("is told as edited, promoted and deleted; its tag stays", () =>
    inScene(async ({ lee, heard, sent, repository }) => {
      const { body } = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", body: "One", prerelease: true });
      expect(await heard()).toContain("release.prereleased");
      await lee("PATCH", `${REPO}/releases/${body.id}`, { body: "Two", prerelease: false });
      expect(await heard()).toEqual(["release.edited", "release.released"]);
      expect(sent.find(({ delivery }) => delivery.action === "edited")!.payload.changes).toEqual({ body: { from: "One" } });
      expect((await lee("DELETE", `${REPO}/releases/${body.id}`)).status).toBe(204);
      expect(await heard()).toEqual(["release.deleted"]);
      expect(repository.git.refs().has("refs/tags/v1.0.0")).toBe(true);
    }));
});

it.each([
  ["the newest by default", [{ tag_name: "v2.0.0" }, { tag_name: "v1.9.1" }], "v1.9.1"],
  ["not one that does not want to be", [{ tag_name: "v2.0.0" }, { tag_name: "v1.9.1", make_latest: "false" }], "v2.0.0"],
  ["the greatest version where the server is to choose", [{ tag_name: "v2.0.0" }, { tag_name: "v1.9.1", make_latest: "legacy" }], "v2.0.0"],
  ["no prerelease and no draft", [{ tag_name: "v1.0.0" }, { tag_name: "v2.0.0-rc.1", prerelease: true }, { tag_name: "v3.0.0", draft: true }], "v1.0.0"],
  ["the only one there is, whatever it wants", [{ tag_name: "v1.0.0", make_latest: "false" }], "v1.0.0"],
])("shows as the latest release %s", (_case, releases, latest) =>
  inScene(async ({ lee, repository }) => {
    for (const release of releases) await lee("POST", `${REPO}/releases`, release);
    expect((await lee("GET", `${REPO}/releases/latest`)).body.tag_name).toBe(latest);
    expect([...repository.releases.values()].filter(({ isLatest }) => isLatest)).toHaveLength(1);
  }),
);

it("finds another latest release when the latest is deleted, and none in the end", () =>
  inScene(async ({ lee }) => {
    const first = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0" });
    const second = await lee("POST", `${REPO}/releases`, { tag_name: "v2.0.0" });
    await lee("DELETE", `${REPO}/releases/${second.body.id}`);
    expect((await lee("GET", `${REPO}/releases/latest`)).body.tag_name).toBe("v1.0.0");
    await lee("DELETE", `${REPO}/releases/${first.body.id}`);
    expect((await lee("GET", `${REPO}/releases/latest`)).status).toBe(404);
  }));

describe("a published release", () => {
  it("takes files, each by a name of its own, and tells nobody", () =>
    inScene(async ({ lee, standIn, repository, heard }) => {
      const { body } = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", target_commitish: "main" });
      const release = repository.releases.get(body.id)!;
      await heard();
      const upload = (name: string) => standIn.operations.uploadReleaseAsset(standIn.actorFor("lee"), repository, release, { name, content: "abc" });
      await upload("app.tgz");
      await expect(upload("app.tgz")).rejects.toThrow("Validation Failed");
      await upload("app.tgz.sig");
      await expect(standIn.operations.uploadReleaseAsset(standIn.actorFor("sam"), repository, release, { name: "x", content: "" })).rejects.toThrow(
        "Must have write access",
      );
      const { body: assets } = await lee("GET", `${REPO}/releases/${body.id}/assets`);
      expect(assets.map(({ name, size, digest }: { name: string; size: number; digest: string }) => [name, size, digest.slice(0, 15)])).toEqual([
        ["app.tgz", 3, "sha256:ba7816bf"],
        ["app.tgz.sig", 3, "sha256:ba7816bf"],
      ]);
      expect((await lee("GET", `${REPO}/releases/tags/v1.0.0`)).body).toMatchObject({ assets, target_commitish: "main" });
      expect(await heard()).toEqual([]);
    }));

  it("is edited by the app, and deleted by a person who leaves its tag: both are told", () =>
    inScene(async ({ lee, bot, heard, sent, repository }) => {
      const { body } = await lee("POST", `${REPO}/releases`, { tag_name: "v1.0.0", body: "News" });
      await heard();
      const edited = await (await bot())("PATCH", `${REPO}/releases/${body.id}`, { body: "News\n\nand digests" });
      expect(edited.body).toMatchObject({ body: "News\n\nand digests", draft: false, author: { login: "lee" } });
      expect(await heard()).toEqual(["release.edited"]);
      expect(sent.at(-1)!.payload).toMatchObject({ changes: { body: { from: "News" } }, sender: { login: "steward[bot]" } });
      await lee("DELETE", `${REPO}/releases/${body.id}`);
      expect(await heard()).toEqual(["release.deleted"]);
      expect(repository.git.refs().has("refs/tags/v1.0.0")).toBe(true);
    }));
});
