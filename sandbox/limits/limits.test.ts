import { describe, expect, it } from "@jest/globals";
import { type Client, inLimits, inScene, REPO, type Scene } from "../fixture.ts";

const times = async (count: number, ask: () => Promise<unknown>): Promise<void> => {
  for (let index = 0; index < count; index += 1) await ask();
};
const said = async (answer: ReturnType<Client>) => {
  const { status, body, headers } = await answer;
  return { status, message: body?.message, remaining: headers.get("x-ratelimit-remaining"), retryAfter: headers.get("retry-after") };
};
const graphqlOf =
  ({ standIn }: Scene, login: string) =>
  async (query: string) => {
    const headers = { authorization: `Bearer ${standIn.tokenFor(login)}` };
    const response = await standIn.handle(new Request("http://any.test/api/graphql", { method: "POST", headers, body: JSON.stringify({ query }) }));
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };
/** 1 + 100 + 10,000 requests to GitHub's databases. */
const EXPENSIVE = `{ repository(owner: "acme", name: "app") { pullRequests(first: 100) { nodes { comments(first: 100) { nodes { reactions(first: 1) { nodes { id } } } } } } } }`;
const COST = 101;

describe("the limit of an hour", () => {
  it("refuses who has used it up, until it begins anew", () =>
    inLimits(async ({ nobody, lee, standIn }) => {
      await times(60, () => nobody("GET", REPO));
      const refused = await nobody("GET", REPO);
      expect([refused.status, refused.body.message]).toEqual([403, "API rate limit exceeded for 127.0.0.1."]);
      expect(Object.fromEntries(["limit", "remaining", "resource"].map((name) => [name, refused.headers.get(`x-ratelimit-${name}`)]))).toEqual({
        limit: "60",
        remaining: "0",
        resource: "core",
      });
      expect((await nobody("GET", "/rate_limit")).status).toBe(200);
      expect((await lee("GET", REPO)).headers.get("x-ratelimit-remaining")).toBe("4999");
      standIn.advance(Number(refused.headers.get("x-ratelimit-reset")) * 1000 - standIn.world.now());
      expect((await nobody("GET", REPO)).status).toBe(200);
    }));

  it("is one of its own for searches, thirty a minute", () =>
    inLimits(async ({ lee, standIn }) => {
      const search = () => said(lee("GET", "/search/issues?q=repo:acme/app"));
      await times(30, search);
      expect(await search()).toMatchObject({ status: 403, remaining: "0" });
      expect((await lee("GET", REPO)).status).toBe(200);
      standIn.advance(60_000);
      expect((await search()).status).toBe(200);
    }));

  it("counts the points of GraphQL, and says so with status 200", () =>
    inLimits(async (scene) => {
      const ask = graphqlOf(scene, "lee");
      await times(Math.floor(5000 / COST), () => ask(EXPENSIVE));
      expect((await ask("{ rateLimit { remaining } }")).body).toEqual({ data: { rateLimit: { remaining: 5000 - 49 * COST - 1 } } });
      const refused = await ask(EXPENSIVE);
      expect(refused.status).toBe(200);
      expect(refused.body).toEqual({
        errors: [expect.objectContaining({ type: "RATE_LIMITED", message: expect.stringContaining("API rate limit exceeded") })],
      });
      expect(refused.headers.get("x-ratelimit-resource")).toBe("graphql");
    }));

  it("is each installation's own", () =>
    inLimits(async ({ bot, standIn, installation }) => {
      await (
        await bot()
      )("GET", REPO);
      const client = await bot({ contents: "read" });
      expect((await client("GET", REPO)).headers.get("x-ratelimit-used")).toBe("2");
      standIn.uninstall(installation);
    }));
});

describe("the secondary limits", () => {
  it("take 900 points a minute, a write for five", () =>
    inLimits(async ({ lee, standIn }) => {
      await times(180, () => lee("PATCH", `${REPO}/issues/99`, { title: "none" }));
      const refused = await said(lee("GET", REPO));
      expect(refused).toMatchObject({ status: 403, message: expect.stringContaining("secondary rate limit") });
      expect(Number(refused.remaining)).toBeGreaterThan(4000);
      standIn.advance(Number(refused.retryAfter) * 1000);
      expect((await lee("GET", REPO)).status).toBe(200);
    }));

  it("take 80 new things a minute and 500 an hour", () =>
    inLimits(async ({ lee, standIn }) => {
      const create = () => said(lee("POST", `${REPO}/issues`, {}));
      await times(80, create);
      expect(await create()).toMatchObject({ status: 403, retryAfter: "60" });
      expect((await lee("GET", REPO)).status).toBe(200);
      for (let minute = 0; minute < 6; minute += 1) {
        standIn.advance(60_000);
        await times(70, create);
      }
      standIn.advance(60_000);
      expect(await create()).toMatchObject({ status: 403, retryAfter: String(60 * 60 - 7 * 60) });
    }));

  it("take a hundred requests at once", () =>
    inLimits(async ({ lee }) => {
      const answers = await Promise.all(Array.from({ length: 101 }, () => lee("GET", REPO)));
      expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([403]);
      expect((await lee("GET", REPO)).status).toBe(200);
    }));

  it("take 2,000 points a minute of GraphQL beside those of REST", () =>
    inLimits(async (scene) => {
      const ask = graphqlOf(scene, "lee");
      await times(2000, () => ask("{ viewer { login } }"));
      expect(await ask("{ viewer { login } }")).toMatchObject({ status: 403, body: { message: expect.stringContaining("secondary rate limit") } });
      expect((await scene.lee("GET", REPO)).status).toBe(200);
    }));
});

it("refuses nobody where limits are only counted", () =>
  inScene(async ({ nobody }) => {
    await times(61, () => nobody("GET", REPO));
    const { status, headers } = await nobody("GET", REPO);
    expect([status, headers.get("x-ratelimit-remaining")]).toEqual([200, "0"]);
  }));
