import { expect, it } from "@jest/globals";
import { inScene, REPO } from "./fixture.ts";

it("is suspended and taken up again: no tokens, no requests, no webhooks meanwhile", () =>
  inScene(async ({ standIn, installation, bot, asApp, lee, heard }) => {
    const client = await bot();
    standIn.suspend(installation);
    expect((await client("GET", REPO)).status).toBe(403);
    const refused = await asApp("POST", `/app/installations/${installation.id}/access_tokens`);
    expect([refused.status, refused.body.message]).toEqual([403, "This installation has been suspended"]);
    await lee("POST", `${REPO}/issues`, { title: "unheard" });
    standIn.unsuspend(installation);
    expect((await client("GET", REPO)).status).toBe(200);
    expect(await heard()).toEqual(["installation.suspend", "installation.unsuspend"]);
  }));

it("is removed: its tokens are worth nothing, and nobody finds it", () =>
  inScene(async ({ standIn, installation, bot, asApp, lee, heard }) => {
    const client = await bot();
    standIn.uninstall(installation);
    expect((await client("GET", REPO)).status).toBe(401);
    expect((await asApp("GET", `/app/installations/${installation.id}`)).status).toBe(404);
    await lee("POST", `${REPO}/issues`, { title: "unheard" });
    expect(await heard()).toEqual(["installation.deleted"]);
  }));

it("gets repositories and loses them, and keeps one that is renamed", () =>
  inScene(async ({ standIn, installation, bot, kim, heard, sent }) => {
    await standIn.addRepository("acme", "other", { isPrivate: true });
    const client = await bot();
    await heard();
    standIn.selectRepositories(installation, ["app"]);
    expect(await heard()).toEqual(["installation_repositories.removed"]);
    expect(sent.at(-1)!.payload).toMatchObject({
      repository_selection: "selected",
      repositories_removed: [{ full_name: "acme/other" }],
      repositories_added: [],
    });
    expect((await client("GET", "/repos/acme/other")).status).toBe(404);
    await kim("PATCH", REPO, { name: "tool" });
    expect((await client("GET", "/installation/repositories")).body.repositories).toMatchObject([{ name: "tool" }]);
    standIn.selectRepositories(installation, null);
    expect(await heard()).toEqual(["repository.renamed", "installation_repositories.added"]);
    expect((await client("GET", "/repos/acme/other")).status).toBe(200);
  }));

it("has other permissions from the moment when they are accepted", () =>
  inScene(async ({ standIn, installation, bot, heard, sent }) => {
    const client = await bot();
    standIn.acceptPermissions(installation, { metadata: "read", contents: "read" });
    expect((await client("GET", `${REPO}/issues`)).status).toBe(403);
    standIn.acceptPermissions(installation, { metadata: "read", contents: "read", issues: "read" });
    expect((await client("GET", `${REPO}/issues`)).status).toBe(200);
    expect(await heard()).toEqual(["installation.new_permissions_accepted", "installation.new_permissions_accepted"]);
    expect(sent.at(-1)!.payload.installation.permissions).toEqual({ metadata: "read", contents: "read", issues: "read" });
  }));
