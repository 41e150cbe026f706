import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { clientOf, inScene, jwtOf, REPO } from "../fixture.ts";

const said = async (answer: Promise<{ readonly status: number; readonly body: { readonly message?: string } }>): Promise<string> => {
  const { status, body } = await answer;
  return `${status} ${body.message ?? ""}`;
};

describe("an installation", () => {
  it("may do what its permissions say, and nothing else", () =>
    inScene(async ({ bot, headOf }) => {
      const client = await bot({ contents: "read" });
      const refused = "403 Resource not accessible by integration";
      expect((await client("GET", REPO)).status).toBe(200);
      expect((await client("GET", `${REPO}/commits`)).status).toBe(200);
      expect(await said(client("GET", `${REPO}/pulls`))).toBe(refused);
      expect(await said(client("GET", `${REPO}/issues`))).toBe(refused);
      expect(await said(client("GET", `${REPO}/commits/main/check-runs`))).toBe(refused);
      expect(await said(client("POST", `${REPO}/git/refs`, { ref: "refs/heads/x", sha: headOf("main") }))).toBe(refused);
      expect(await said(client("POST", `${REPO}/releases`, { tag_name: "v1" }))).toBe(refused);
      expect(await said(client("POST", `${REPO}/issues`, { title: "x" }))).toBe(refused);
    }));

  it("may not get more in a token than it was granted", () =>
    inScene(async ({ asApp, installation }) => {
      const wanted = (permissions: object) => asApp("POST", `/app/installations/${installation.id}/access_tokens`, { permissions });
      expect((await wanted({ administration: "write" })).status).toBe(422);
      expect((await wanted({ contents: "read" })).body.permissions).toMatchObject({ contents: "read" });
    }));

  it("has no say in the repositories of others", () =>
    inScene(async ({ bot, standIn }) => {
      standIn.addUser("stranger");
      await standIn.addRepository("stranger", "open");
      await standIn.addRepository("stranger", "closed", { isPrivate: true });
      const client = await bot();
      expect((await client("GET", "/repos/stranger/open")).status).toBe(200);
      expect((await client("POST", "/repos/stranger/open/issues", { title: "x" })).status).toBe(403);
      expect((await client("GET", "/repos/stranger/closed")).status).toBe(404);
      expect((await client("GET", "/installation/repositories")).body).toMatchObject({ total_count: 1, repositories: [{ full_name: "acme/app" }] });
    }));

  it("loses its token after an hour", () =>
    inScene(async ({ bot, standIn }) => {
      const client = await bot();
      standIn.advance(3_599_000);
      expect((await client("GET", REPO)).status).toBe(200);
      standIn.advance(1000);
      expect(await said(client("GET", REPO))).toBe("401 Bad credentials");
    }));

  it("gets nothing while it is suspended", () =>
    inScene(async ({ bot, asApp, installation }) => {
      const client = await bot();
      installation.suspendedAt = 1;
      expect(await said(client("GET", REPO))).toBe("403 This installation has been suspended");
      expect((await asApp("POST", `/app/installations/${installation.id}/access_tokens`)).status).toBe(403);
    }));
});

describe("an app's JWT", () => {
  it.each([
    ["its id", (app: { id: number }) => ({ iss: app.id }), 200],
    ["its client id", (app: { clientId: string }) => ({ iss: app.clientId }), 200],
    ["another id", () => ({ iss: "999" }), 404],
    ["an hour to live", (app: { id: number }, now: number) => ({ iss: app.id, exp: now + 3600 }), 401],
    ["an end in the past", (app: { id: number }, now: number) => ({ iss: app.id, exp: now - 61 }), 401],
    ["a clock that is a little late", (app: { id: number }, now: number) => ({ iss: app.id, exp: now - 59 }), 200],
    ["a start in the future", (app: { id: number }, now: number) => ({ iss: app.id, iat: now + 120 }), 401],
  ])("with %s", (_case, claims, status) =>
    inScene(async ({ standIn, app, privateKey }) => {
      const now = standIn.world.now() / 1000;
      const token = jwtOf(privateKey, { iat: now, exp: now + 60, ...claims(app, now) });
      expect((await clientOf(standIn, () => `Bearer ${token}`)("GET", "/app")).status).toBe(status);
    }),
  );

  it("is refused with another key or another algorithm, and is none for people's routes", () =>
    inScene(async ({ standIn, app, privateKey, asApp, lee }) => {
      const now = standIn.world.now() / 1000;
      const claims = { iss: app.id, iat: now, exp: now + 60 };
      const foreign = generateKeyPairSync("rsa", {
        modulusLength: 2048,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
      });
      const ask = (token: string) => clientOf(standIn, () => `Bearer ${token}`)("GET", "/app");
      expect((await ask(jwtOf(foreign.privateKey, claims))).status).toBe(401);
      expect((await ask(jwtOf(privateKey, claims, "none"))).status).toBe(401);
      expect((await ask("eyJ.x.y")).status).toBe(401);
      expect((await asApp("GET", "/app")).body).toMatchObject({ id: app.id, slug: "steward" });
      expect((await asApp("POST", `${REPO}/issues`, { title: "x" })).status).toBe(403);
      expect((await lee("GET", "/app")).status).toBe(401);
    }));
});

describe("a person", () => {
  it("needs a role for branches and none for words", () =>
    inScene(async ({ sam, headOf }) => {
      expect((await sam("POST", `${REPO}/git/refs`, { ref: "refs/heads/x", sha: headOf("main") })).status).toBe(403);
      const issue = await sam("POST", `${REPO}/issues`, { title: "Help", labels: ["bug"] });
      expect(issue.body).toMatchObject({ number: 1, user: { login: "sam" }, labels: [], author_association: "NONE" });
      expect((await sam("POST", `${REPO}/issues/1/comments`, { body: "Anyone?" })).status).toBe(201);
      expect((await sam("POST", `${REPO}/issues/1/labels`, { labels: ["bug"] })).status).toBe(403);
    }));

  it("changes what others wrote only with triage", () =>
    inScene(async ({ lee, sam, kim }) => {
      const { body } = await lee("POST", `${REPO}/issues`, { title: "Mine" });
      expect((await sam("PATCH", `${REPO}/issues/${body.number}`, { state: "closed" })).status).toBe(403);
      expect((await kim("PATCH", `${REPO}/issues/${body.number}`, { state: "closed" })).body).toMatchObject({ state: "closed", closed_by: { login: "kim" } });
    }));

  it("is told its role", () =>
    inScene(async ({ kim, repository }) => {
      repository.collaborators.set("sam", "triage");
      const roles = await Promise.all(["kim", "lee", "sam"].map(async (login) => (await kim("GET", `${REPO}/collaborators/${login}/permission`)).body));
      expect(roles.map(({ permission, role_name }) => [permission, role_name])).toEqual([
        ["admin", "admin"],
        ["write", "write"],
        ["read", "triage"],
      ]);
      expect((await kim("GET", "/user")).body).toMatchObject({ login: "kim", type: "User" });
    }));
});

it("hides a private repository from strangers and closes an archived one to all", () =>
  inScene(async ({ repository, sam, nobody, lee }) => {
    repository.isPrivate = true;
    expect([(await sam("GET", REPO)).status, (await nobody("GET", REPO)).status, (await lee("GET", REPO)).status]).toEqual([404, 404, 200]);
    repository.isArchived = true;
    expect(await said(lee("POST", `${REPO}/issues`, { title: "x" }))).toBe("403 Repository was archived so is read-only.");
  }));

it("lets nobody read what is public and write nothing", () =>
  inScene(async ({ nobody, standIn }) => {
    expect((await nobody("GET", `${REPO}/commits`)).status).toBe(200);
    expect(await said(nobody("POST", `${REPO}/issues`, { title: "x" }))).toBe("401 Requires authentication");
    expect(await said(clientOf(standIn, () => "Bearer nonsense")("GET", REPO))).toBe("401 Bad credentials");
  }));

it("says 404 to what it does not know, and remembers it", () =>
  inScene(async ({ lee, standIn }) => {
    const { status, body } = await lee("GET", `${REPO}/pages`);
    expect(status).toBe(404);
    expect(body).toEqual({ message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" });
    await lee("GET", "/repos/acme/none");
    expect(standIn.world.unknownRoutes).toEqual([`GET ${REPO}/pages`]);
  }));

it("reaches every repository route by number too", () =>
  inScene(async ({ lee, repository }) => {
    expect((await lee("GET", `/repositories/${repository.id}`)).body.full_name).toBe("acme/app");
    expect((await lee("GET", `/repositories/${repository.id}/git/ref/heads%2Fmain`)).body.ref).toBe("refs/heads/main");
  }));
