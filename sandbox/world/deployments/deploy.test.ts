import { expect, it } from "@jest/globals";
import { inScene, REPO, type Client, type Scene } from "../../fixture.ts";
import { setStatus } from "../../scenarios/people.ts";

const EVENTS = ["deployment", "deployment_status"];
/** Lee deploys, and the app hears of it. */
const deploying = (use: (scene: Scene, deploy: (body: object) => ReturnType<Client>) => Promise<void>): Promise<void> =>
  inScene(async (scene) => {
    scene.installation.permissions = { ...scene.installation.permissions, deployments: "read" };
    Object.assign(scene.app, { events: [...scene.app.events, ...EVENTS] });
    await use(scene, (body) => scene.lee("POST", `${REPO}/deployments`, body));
  });

it("a deployment is told of, and each of its statuses but the inactive one", () =>
  deploying(async ({ lee, heard }, deploy) => {
    const { status, body } = await deploy({ ref: "main", environment: "staging" });
    expect([status, body.environment, body.production_environment]).toEqual([201, "staging", false]);
    for (const state of ["in_progress", "success", "inactive"]) await lee("POST", `${REPO}/deployments/${body.id}/statuses`, { state });
    expect(await heard()).toEqual(["deployment.created", "deployment_status.created", "deployment_status.created"]);
    const states = (await lee("GET", `${REPO}/deployments/${body.id}/statuses`)).body.map(({ state }: { state: string }) => state);
    expect(states).toEqual(["inactive", "success", "in_progress"]);
  }));

it.each([
  ["a success ends the older one of its environment", { environment: "staging" }, {}, ["inactive", "success"]],
  ["not where it is said not to", { environment: "staging" }, { auto_inactive: false }, ["success", "success"]],
  ["nor a production environment", { environment: "production" }, {}, ["success", "success"]],
  ["nor a transient one", { environment: "preview", transient_environment: true }, {}, ["success", "success"]],
])("%s", (_what, fields, how, states) =>
  deploying(async ({ lee }, deploy) => {
    const ids: number[] = [];
    for (let one = 0; one < 2; one += 1) {
      ids.push((await deploy({ ref: "main", ...fields })).body.id);
      await lee("POST", `${REPO}/deployments/${String(ids.at(-1))}/statuses`, { state: "success", ...how });
    }
    const last = async (id: number): Promise<string> => (await lee("GET", `${REPO}/deployments/${String(id)}/statuses`)).body[0].state;
    expect(await Promise.all(ids.map(last))).toEqual(states);
  }),
);

it("asks for whatever reported on the commit, unless it is told what to ask for", () =>
  deploying(async ({ standIn, repository, headOf }, deploy) => {
    await setStatus(standIn, repository, headOf("main")!, { context: "unit", state: "pending", login: "lee" });
    const refused = await deploy({ ref: "main" });
    expect([refused.status, refused.body.message]).toEqual([409, "Conflict: Commit status checks failed for main."]);
    expect((await deploy({ ref: "main", required_contexts: [] })).status).toBe(201);
    await setStatus(standIn, repository, headOf("main")!, { context: "unit", state: "success", login: "lee" });
    expect((await deploy({ ref: "main" })).status).toBe(201);
    expect((await deploy({ ref: "main", required_contexts: ["lint"] })).status).toBe(409);
  }));

it("a branch that is behind takes the default branch in first, unless it is told not to; a conflict is refused", () =>
  deploying(async ({ push, headOf }, deploy) => {
    for (const branch of ["topic", "kept", "torn"]) await push(branch, { [branch === "torn" ? "b" : branch]: "1" });
    await push("main", { b: "2" });
    const before = headOf("kept");
    expect((await deploy({ ref: "kept", auto_merge: false })).status).toBe(201);
    expect(headOf("kept")).toBe(before);
    const merged = await deploy({ ref: "topic" });
    expect([merged.status, merged.body.message]).toEqual([202, "Auto-merged main into topic on deployment."]);
    expect((await deploy({ ref: "topic" })).status).toBe(201);
    expect((await deploy({ ref: "torn" })).body.message).toBe("Conflict merging main into torn.");
    expect((await deploy({ ref: "nothing" })).status).toBe(422);
  }));

it("an active deployment is deleted only where it is the only one", () =>
  deploying(async ({ lee }, deploy) => {
    const [one, other] = [(await deploy({ ref: "main" })).body.id, (await deploy({ ref: "main" })).body.id];
    await lee("POST", `${REPO}/deployments/${one}/statuses`, { state: "success" });
    expect((await lee("DELETE", `${REPO}/deployments/${one}`)).status).toBe(422);
    expect((await lee("DELETE", `${REPO}/deployments/${other}`)).status).toBe(204);
    expect((await lee("DELETE", `${REPO}/deployments/${one}`)).status).toBe(204);
  }));
