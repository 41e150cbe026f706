import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "./fixture.ts";

const asking =
  ({ standIn }: Scene) =>
  (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Response> =>
    standIn.handle(new Request(`${standIn.world.url}/api/v3${path}`, { method, headers: { authorization: `Bearer ${standIn.tokenFor("lee")}`, ...headers } }));

it("answers 304, without a body and for free, to who has the content already", () =>
  inScene(async (scene) => {
    const ask = asking(scene);
    const first = await ask(`${REPO}/issues`);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/u);
    const used = first.headers.get("x-ratelimit-used");
    const again = await ask(`${REPO}/issues`, { "if-none-match": `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get("x-ratelimit-used"), again.headers.get("etag")]).toEqual([304, "", used, etag]);
    await scene.lee("POST", `${REPO}/issues`, { title: "New" });
    const changed = await ask(`${REPO}/issues`, { "if-none-match": etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
  }));

it("answers HEAD wherever it answers GET, over the wire without the body", () =>
  inScene(async (scene) => {
    const url = await scene.standIn.listen(0);
    for (const path of [REPO, `${REPO}/git/ref/heads/main`, `${REPO}/releases`]) {
      const [head, get] = await Promise.all(["HEAD", "GET"].map((method) => fetch(`${url}/api/v3${path}`, { method })));
      expect([head!.status, head!.headers.get("etag"), await head!.text()]).toEqual([200, get!.headers.get("etag"), ""]);
    }
    expect((await fetch(`${url}/api/v3${REPO}/releases/tags/v9`, { method: "HEAD" })).status).toBe(404);
    expect(scene.standIn.world.unknownRoutes).toEqual([]);
  }));

it("says which version and which media type it answered in", () =>
  inScene(async (scene) => {
    const headersFor = async (headers: Readonly<Record<string, string>>) => {
      const answer = await asking(scene)(REPO, headers);
      return ["x-github-media-type", "x-github-api-version-selected"].map((name) => answer.headers.get(name));
    };
    expect(await headersFor({})).toEqual(["github.v3; format=json", "2022-11-28"]);
    expect(await headersFor({ accept: "application/vnd.github.raw+json" })).toEqual(["github.v3; param=raw; format=json", "2022-11-28"]);
    expect((await asking(scene)(REPO)).headers.get("x-github-request-id")).toMatch(/^[0-9A-F-]{36}$/iu);
    const unknown = await asking(scene)(REPO, { "x-github-api-version": "1999-01-01" });
    expect([unknown.status, ((await unknown.json()) as { message: string }).message]).toEqual([400, expect.stringContaining("1999-01-01")]);
  }));
