import { expect, it } from "@jest/globals";
import { App, Octokit } from "octokit";
import { inLimits, inScene, REPO, type Scene } from "../../sandbox/fixture.ts";
import { watchContract } from "../contract/watch.ts";

const acme = { owner: "acme", repo: "app" };

/** It compares its own clock with the server's. */
const setClock = ({ standIn }: Scene): void => standIn.advance(Date.now() - standIn.world.now());

/** Octokit with all its plugins, as it comes: only where GitHub is, and how long a retry waits, is said. `told` is what it hears of limits. */
const kitFor = async ({ standIn }: Scene) => {
  const url = await standIn.listen(0);
  const told: string[] = [];
  const heard =
    (limit: string) =>
    (retryAfter: number, { method, url }: object & { method?: string; url?: string }) => {
      told.push(`${limit} limit: ${method} ${url}, ${retryAfter > 0 ? "to be asked again later" : "at once"}`);
      return false;
    };
  const Kit = Octokit.defaults({
    baseUrl: `${url}/api/v3`,
    retry: { retryAfterBaseValue: 1 },
    throttle: { onRateLimit: heard("primary"), onSecondaryRateLimit: heard("secondary") },
  });
  return { Kit, told };
};
const asPerson = async (scene: Scene, login: string) => {
  const { Kit, told } = await kitFor(scene);
  return { kit: new Kit({ auth: scene.standIn.tokenFor(login) }), told };
};

it("signs in as an app and acts for its installation", () =>
  inScene(async (scene) => {
    const { complaints } = watchContract(scene.standIn);
    const { Kit } = await kitFor(scene);
    setClock(scene);
    const app = new App({ appId: scene.app.id, privateKey: scene.privateKey, webhooks: { secret: "secret" }, Octokit: Kit });
    const found: string[] = [];
    await app.eachRepository(({ repository }) => void found.push(repository.full_name));
    expect(found).toEqual(["acme/app"]);
    const kit = await app.getInstallationOctokit(scene.installation.id);
    const { data } = await kit.rest.issues.create({ ...acme, title: "From the app" });
    expect(data.user?.login).toBe("steward[bot]");
    expect(complaints()).toEqual([]);
  }));

it("reads lists to their end, by REST and by GraphQL", () =>
  inScene(async (scene) => {
    const { complaints } = watchContract(scene.standIn);
    for (let index = 1; index <= 5; index += 1) await scene.lee("POST", `${REPO}/issues`, { title: `Issue ${index}` });
    const { kit } = await asPerson(scene, "lee");
    const all = await kit.paginate(kit.rest.issues.listForRepo, { ...acme, per_page: 2 });
    expect(all.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
    const query = `query ($cursor: String) { repository(owner: "acme", name: "app") {
      issues(first: 2, after: $cursor) { nodes { number } pageInfo { hasNextPage endCursor } } } }`;
    const { repository } = await kit.graphql.paginate<{ repository: { issues: { nodes: { number: number }[] } } }>(query);
    expect(repository.issues.nodes.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(complaints()).toEqual([]);
  }));

it("asks once more after a fault of the server", () =>
  inScene(async (scene) => {
    let faults = 1;
    scene.standIn.intercept(() => (faults-- > 0 ? { status: 502, message: "Server Error" } : null));
    const { kit } = await asPerson(scene, "lee");
    expect((await kit.rest.repos.get(acme)).data.full_name).toBe("acme/app");
  }));

it("hears of a limit that is used up and of what comes too fast", () =>
  inLimits(async (scene) => {
    setClock(scene);
    const { kit, told } = await asPerson(scene, "lee");
    for (let index = 0; index < 30; index += 1) await scene.lee("GET", "/search/issues?q=repo:acme/app");
    await expect(kit.request("GET /search/issues", { q: "repo:acme/app" })).rejects.toMatchObject({ status: 403 });
    for (let index = 0; index < 180; index += 1) await scene.lee("PATCH", `${REPO}/issues/99`, { title: "none" });
    for (let index = 0; index < 5; index += 1) await scene.lee("GET", REPO);
    await expect(kit.rest.repos.get(acme)).rejects.toMatchObject({ status: 403 });
    expect(told).toEqual(["primary limit: GET /search/issues, to be asked again later", "secondary limit: GET /repos/{owner}/{repo}, to be asked again later"]);
  }));

it("spares what it has read already, and follows a repository to its new name", () =>
  inScene(async (scene) => {
    const { kit } = await asPerson(scene, "kim");
    const { headers } = await kit.rest.repos.get(acme);
    await expect(kit.rest.repos.get({ ...acme, headers: { "if-none-match": headers.etag ?? "" } })).rejects.toMatchObject({ status: 304 });
    await scene.kim("PATCH", REPO, { name: "tool" });
    expect((await kit.rest.repos.get(acme)).data.full_name).toBe("acme/tool");
  }));
