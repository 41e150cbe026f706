import { createServer } from "node:http";
import { expect, it } from "@jest/globals";
import { clientOf, inScene, REPO } from "./fixture.ts";

it("breaks a connection before anything is done, or after all of it", () =>
  inScene(async ({ lee, standIn, repository }) => {
    standIn.intercept(({ method }) => (method === "POST" ? "drop-before" : null));
    await expect(lee("POST", `${REPO}/issues`, { title: "One" })).rejects.toThrow(new TypeError("fetch failed"));
    expect(repository.issues.size).toBe(0);
    standIn.intercept(({ path, body }) => (path.endsWith("/issues") && body !== null ? "drop-after" : null));
    await expect(lee("POST", `${REPO}/issues`, { title: "Two" })).rejects.toThrow("fetch failed");
    expect(repository.issues.get(1)!.title).toBe("Two");
    standIn.intercept(() => ({ status: 502, message: "Bad gateway" }));
    expect(await lee("POST", `${REPO}/issues`, { title: "Three" })).toMatchObject({ status: 502, body: { message: "Bad gateway" } });
    standIn.intercept(null);
    expect((await lee("GET", `${REPO}/issues`)).body).toHaveLength(1);
  }));

it("does what was asked and answers something else, or half of it", () =>
  inScene(async ({ lee, standIn, repository }) => {
    standIn.intercept(() => ({ is: "answer", when: "after", status: 502, message: "Bad gateway", headers: { "retry-after": "7" } }));
    expect(await lee("POST", `${REPO}/issues`, { title: "One" })).toMatchObject({ status: 502, body: { message: "Bad gateway" } });
    expect(repository.issues.get(1)!.title).toBe("One");
    standIn.intercept(() => ({ is: "cut" }));
    await expect(lee("POST", `${REPO}/issues`, { title: "Two" })).rejects.toThrow("JSON");
    expect(repository.issues.get(2)!.title).toBe("Two");
  }));

it("answers a read as it stood a minute ago, to whoever asked then, and never a write", () =>
  inScene(async ({ lee, standIn, kim }) => {
    standIn.keepAnswers();
    const titles = async (client: typeof lee) => ((await client("GET", `${REPO}/issues`)).body as { readonly title: string }[]).map(({ title }) => title);
    expect(await titles(lee)).toEqual([]);
    await lee("POST", `${REPO}/issues`, { title: "One" });
    standIn.intercept(() => ({ is: "stale", withinMs: 60_000 }));
    expect(await titles(lee)).toEqual([]);
    expect(await titles(kim)).toEqual(["One"]);
    expect((await lee("POST", `${REPO}/issues`, { title: "Two" })).status).toBe(201);
    standIn.advance(120_000);
    expect(await titles(lee)).toEqual(["Two", "One"]);
  }));

it("shows the exchange and the webhook to who watches", () =>
  inScene(async ({ lee, standIn }) => {
    const seen: unknown[] = [];
    standIn.observe({
      exchange: ({ method, path, body }, { status }) => seen.push([method, path, body, status]),
      webhook: (event, action) => seen.push([event, action]),
    });
    await lee("POST", `${REPO}/issues`, { title: "One" });
    await lee("GET", `${REPO}/issues?page=1`);
    expect(seen).toEqual([
      ["issues", "opened"],
      ["POST", `/api/v3${REPO}/issues`, { title: "One" }, 201],
      ["GET", `/api/v3${REPO}/issues?page=1`, null, 200],
    ]);
  }));

it("keeps a log of who asked what", () =>
  inScene(async ({ lee, nobody, standIn }) => {
    await lee("POST", `${REPO}/issues`, { title: "One" });
    await nobody("GET", `${REPO}/none`);
    const token = standIn.tokenFor("kim");
    const query = "query Who { viewer { login } }";
    await standIn.handle(
      new Request("http://any.test/api/graphql", { method: "POST", headers: { authorization: `bearer ${token}` }, body: JSON.stringify({ query }) }),
    );
    expect(standIn.world.requests.map(({ actor, method, url, graphql, status, isWrite }) => [actor, method, url, graphql, status, isWrite])).toEqual([
      ["lee", "POST", `/api/v3${REPO}/issues`, null, 201, true],
      ["", "GET", `/api/v3${REPO}/none`, null, 404, false],
      ["kim", "POST", "/api/graphql", "Who", 200, false],
    ]);
  }));

it("answers GraphQL for who is known", () =>
  inScene(async ({ standIn, nobody }) => {
    const ask = (headers: Record<string, string>) =>
      standIn.handle(new Request("http://any.test/api/graphql", { method: "POST", headers, body: JSON.stringify({ query: "{ viewer { login } }" }) }));
    expect(await (await ask({ authorization: `bearer ${standIn.tokenFor("kim")}` })).json()).toEqual({ data: { viewer: { login: "kim" } } });
    expect((await ask({})).status).toBe(401);
    expect((await nobody("GET", "/rate_limit")).body.rate).toMatchObject({ limit: 60 });
  }));

it("says how much of the hour is used, and what time it is", () =>
  inScene(async ({ standIn }) => {
    const client = clientOf(standIn, () => `Bearer ${standIn.tokenFor("sam")}`);
    await client("GET", REPO);
    const { headers } = await client("GET", REPO);
    expect([headers.get("x-ratelimit-used"), headers.get("x-ratelimit-remaining")]).toEqual(["2", "4998"]);
    expect(headers.get("date")).toBe(new Date(standIn.world.now()).toUTCString());
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    standIn.advance(3_600_000);
    expect((await client("GET", REPO)).headers.get("x-ratelimit-used")).toBe("1");
  }));

it("hands all else to the pages", () =>
  inScene(async ({ standIn }) => {
    const get = (path: string) => standIn.handle(new Request(`http://any.test${path}`));
    expect((await get("/acme/app")).status).toBe(404);
    standIn.serve((_request, url) => Promise.resolve(url.pathname === "/acme/app" ? new Response("page") : null));
    expect(await (await get("/acme/app")).text()).toBe("page");
    expect((await get("/other")).status).toBe(404);
  }));

it("moves a manual clock with each write, and never by itself", () =>
  inScene(async ({ lee, standIn }) => {
    const start = standIn.world.now();
    await lee("GET", REPO);
    expect(standIn.world.now()).toBe(start);
    const { body } = await lee("POST", `${REPO}/issues`, { title: "One" });
    expect(body.created_at).toBe(`${new Date(start + 1000).toISOString().slice(0, 19)}Z`);
    standIn.advance(60_000);
    expect(standIn.world.now()).toBe(start + 61_000);
  }));

it("serves the same on a socket, and breaks the connection there", () =>
  inScene(async ({ standIn, repository }) => {
    const url = await standIn.listen(0);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const headers = { authorization: `Bearer ${standIn.tokenFor("lee")}`, "content-type": "application/json" };
    const answer = await fetch(`${url}/api/v3${REPO}/issues`, { method: "POST", headers, body: JSON.stringify({ title: "One" }) });
    expect(((await answer.json()) as { url: string }).url).toBe(`${url}/api/v3${REPO}/issues/1`);
    standIn.intercept(() => "drop-after");
    await expect(fetch(`${url}/api/v3${REPO}/issues`, { method: "POST", headers, body: JSON.stringify({ title: "Two" }) })).rejects.toThrow("fetch failed");
    expect(repository.issues.size).toBe(2);
  }));

it("says when its port is taken", () =>
  inScene(async ({ standIn }) => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        const address = other.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    await expect(standIn.listen(port)).rejects.toThrow("EADDRINUSE");
    await new Promise((resolve) => {
      other.close(resolve);
    });
  }));
