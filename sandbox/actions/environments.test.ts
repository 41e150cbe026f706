import { expect, it } from "@jest/globals";
import { REPO } from "../fixture.ts";
import { DISPATCHES, withWorkflows, type Workflows } from "./fixture.ts";

const DEPLOYS = `on: {workflow_dispatch: }
jobs:
  build: {runs-on: ubuntu-latest, steps: [{run: make}]}
  staging: {runs-on: ubuntu-latest, environment: staging, steps: [{run: make deploy}]}
  production: {runs-on: ubuntu-latest, environment: {name: production, url: "https://example.com"}, steps: [{run: make deploy}]}
`;

type Protected = Workflows & { readonly start: () => Promise<string>; readonly states: () => string };

/** A run that deploys to both environments; production asks for lee or kim. */
const inProtected = (fields: object, use: (scene: Protected) => Promise<void>): Promise<void> =>
  withWorkflows({ "images.yml": DEPLOYS }, async (scene) => {
    const { kim, lee, standIn, repository } = scene;
    scene.installation.permissions = { ...scene.installation.permissions, deployments: "read" };
    const reviewers = ["lee", "kim"].map((login) => ({ type: "User", id: standIn.actorFor(login).user.id }));
    expect((await kim("PUT", `${REPO}/environments/production`, { reviewers, ...fields })).status).toBe(200);
    await lee("POST", DISPATCHES, { ref: "main" });
    const [run] = scene.runs();
    await use({
      ...scene,
      start: async () => {
        await standIn.operations.startRun(repository, run!);
        return run!.status;
      },
      states: () => run!.jobs.map(({ name, check }) => `${name} ${check.conclusion ?? check.status}`).join(", "),
    });
  });

const pendingAt = (id: number): string => `${REPO}/actions/runs/${String(id)}/pending_deployments`;

it("a job waits for its environment while others run, and goes on when a reviewer approves", () =>
  inProtected({}, async ({ start, states, runs, kim, sam, repository, standIn }) => {
    expect(await start()).toBe("waiting");
    expect(states()).toBe("build in_progress, staging in_progress");
    const [run] = runs();
    const at = pendingAt(run!.id);
    const [pending] = (await kim("GET", at)).body;
    expect(pending).toMatchObject({ environment: { name: "production" }, current_user_can_approve: true, reviewers: [{ type: "User" }, { type: "User" }] });
    await expect(standIn.operations.finishRun(repository, run!, "success")).rejects.toThrow("This run waits for production.");
    const review = { environment_ids: [pending.environment.id], state: "approved", comment: "Ship it" };
    expect((await sam("POST", at, review)).status).toBe(422);
    expect((await kim("POST", at, review)).body).toMatchObject([{ environment: "production", ref: "main" }]);
    expect([run!.status, states()]).toEqual(["in_progress", "build in_progress, staging in_progress, production in_progress"]);
    await standIn.operations.finishRun(repository, run!, "success");
    const deployments = [...repository.deployments.values()].map(({ environment, statuses }) => [environment, statuses.map(({ state }) => state)]);
    expect(deployments).toEqual([
      ["production", ["waiting", "in_progress", "success"]],
      ["staging", ["in_progress", "success"]],
    ]);
    expect((await kim("GET", `${REPO}/actions/runs/${String(run!.id)}/approvals`)).body).toMatchObject([{ state: "approved", comment: "Ship it" }]);
    expect((await kim("POST", at, review)).status).toBe(422);
  }));

it("a rejection ends the run as failed", () =>
  inProtected({}, async ({ start, runs, kim }) => {
    await start();
    const [run] = runs();
    const environment_ids = (await kim("GET", pendingAt(run!.id))).body.map(({ environment }: { environment: { id: number } }) => environment.id);
    await kim("POST", pendingAt(run!.id), { environment_ids, state: "rejected", comment: "No" });
    expect([run!.status, run!.conclusion]).toEqual(["completed", "failure"]);
  }));

it("who started the run can't approve it where that is forbidden", () =>
  inProtected({ prevent_self_review: true }, async ({ start, runs, lee, kim }) => {
    await start();
    const [run] = runs();
    const asLee = (await lee("GET", pendingAt(run!.id))).body[0];
    expect([asLee.current_user_can_approve, (await kim("GET", pendingAt(run!.id))).body[0].current_user_can_approve]).toEqual([false, true]);
    expect((await lee("POST", pendingAt(run!.id), { environment_ids: [asLee.environment.id], state: "approved", comment: "" })).status).toBe(422);
  }));

it.each([
  ["of which none fits", { protected_branches: false, custom_branch_policies: true }, "release/*", "failure"],
  ["of which one fits", { protected_branches: false, custom_branch_policies: true }, "ma*", null],
  ["that are protected, and it is not", { protected_branches: true, custom_branch_policies: false }, null, "failure"],
])("an environment takes deployments of branches %s", (_which, deployment_branch_policy, name, conclusion) =>
  inProtected({ reviewers: [], deployment_branch_policy }, async ({ start, runs, kim }) => {
    const policies = `${REPO}/environments/production/deployment-branch-policies`;
    await kim("POST", policies, { name: name ?? "any" });
    await start();
    expect(runs()[0]!.conclusion).toBe(conclusion);
  }),
);

it("a timer holds a job until it has run out", () =>
  inProtected({ reviewers: [], wait_timer: 30 }, async ({ start, runs, standIn }) => {
    expect(await start()).toBe("waiting");
    standIn.advance(29 * 60_000);
    await standIn.operations.passTime();
    expect(runs()[0]!.status).toBe("waiting");
    standIn.advance(60_000);
    await standIn.operations.passTime();
    expect(runs()[0]!.status).toBe("in_progress");
  }));
