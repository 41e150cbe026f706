import { expect, it } from "@jest/globals";
import { REPO } from "../fixture.ts";
import type { WorkflowRun } from "../world/types.ts";
import { DISPATCHES, withWorkflows, type Workflows } from "./fixture.ts";

const IMAGES = `name: Images
on: [workflow_dispatch, push]
jobs: { build: { runs-on: ubuntu-latest }, publish: { needs: build, runs-on: [self-hosted, large] } }
`;
type Check = {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: { readonly slug: string; readonly id: number };
};

const dispatched = async ({ lee, runs }: Workflows): Promise<WorkflowRun> => {
  await lee("POST", DISPATCHES, { ref: "main" });
  return runs().at(-1)!;
};
/** `name status`, or `name conclusion` of what has ended. */
const checks = async ({ bot }: Workflows): Promise<readonly string[]> => {
  const { body } = await (await bot())("GET", `${REPO}/commits/main/check-runs`);
  return body.check_runs.map(({ name, status, conclusion }: Check) => `${name} ${conclusion ?? status}`);
};
const jobs = async ({ lee }: Workflows, run: WorkflowRun, query = ""): Promise<readonly string[]> => {
  const { body } = await lee("GET", `${REPO}/actions/runs/${run.id}/${query}`);
  return body.jobs.map(
    ({ name, conclusion, run_attempt }: { name: string; conclusion: string | null; run_attempt: number }) => `${name} ${conclusion} ${run_attempt}`,
  );
};

it("waits until it is moved; its jobs are check runs of github-actions from its start on", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { standIn, repository, lee, bot } = scene;
    const run = await dispatched(scene);
    expect(await checks(scene)).toEqual([]);
    await standIn.operations.startRun(repository, run);
    expect(await checks(scene)).toEqual(["publish in_progress", "build in_progress"]);
    expect((await lee("GET", `${REPO}/actions/runs/${run.id}`)).body).toMatchObject({ status: "in_progress", conclusion: null });
    await standIn.operations.finishRun(repository, run, "success");
    expect(await checks(scene)).toEqual(["publish success", "build success"]);
    expect((await lee("GET", `${REPO}/actions/runs/${run.id}`)).body).toMatchObject({ status: "completed", conclusion: "success", name: "Images" });
    const { body } = await (await bot())("GET", `${REPO}/commits/main/check-runs`);
    expect(body.check_runs[0]).toMatchObject({ app: { slug: "github-actions", id: 15_368 }, check_suite: { id: run.suite.id } });
    await expect(standIn.operations.finishRun(repository, run, "failure")).rejects.toThrow("completed already");
  }));

it("tells of its course, and of its jobs as checks", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { standIn, repository, app, heard, sent } = scene;
    Object.assign(app, { events: [...app.events, "workflow_run"] });
    const run = await dispatched(scene);
    expect(await heard()).toEqual(["workflow_run.requested"]);
    await standIn.operations.startRun(repository, run);
    expect(await heard()).toEqual(["check_run.created", "check_run.created", "workflow_run.in_progress"]);
    await standIn.operations.finishRun(repository, run, "failure");
    expect(await heard()).toEqual(["check_run.completed", "check_run.completed", "check_suite.completed", "workflow_run.completed"]);
    expect(sent.at(-1)!.payload).toMatchObject({
      workflow: { path: ".github/workflows/images.yml" },
      workflow_run: { id: run.id, conclusion: "failure", event: "workflow_dispatch" },
      sender: { login: "lee" },
    });
  }));

it("tells nobody without the permission", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { app, installation, heard } = scene;
    Object.assign(app, { events: ["workflow_run"] });
    installation.permissions = { metadata: "read", checks: "write" };
    await dispatched(scene);
    expect(await heard()).toEqual([]);
  }));

it("has a suite of its own for each run, beside those of other apps", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const [one, other] = [await dispatched(scene), await dispatched(scene)];
    await scene.standIn.operations.finishRun(scene.repository, one, "success");
    await scene.standIn.operations.startRun(scene.repository, other);
    expect([one.number, other.number]).toEqual([1, 2]);
    const { body } = await (await scene.bot())("GET", `${REPO}/commits/main/check-suites`);
    expect(body.check_suites.map(({ id, conclusion }: { id: number; conclusion: string | null }) => [id, conclusion])).toEqual([
      [one.suite.id, "success"],
      [other.suite.id, null],
    ]);
  }));

it("leaves an app that calls itself as GitHub's its own suite", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { standIn, repository, lee, headOf } = scene;
    const webhook = { url: "http://own.test/", secret: "x" };
    standIn.install(standIn.addApp({ slug: "github-actions", publicKey: "", permissions: { checks: "write" }, events: [], webhook }), "acme");
    const run = await dispatched(scene);
    const check = await standIn.operations.reportCheck(standIn.actorFor("lee"), repository, headOf("main")!, {
      name: "build",
      conclusion: "failure",
      appSlug: "github-actions",
    });
    expect(check.suite).not.toBe(run.suite);
    expect((await lee("GET", `${REPO}/check-suites/${run.suite.id}/check-runs`)).body.total_count).toBe(0);
  }));

it("runs what failed once more, as another attempt", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { standIn, repository, lee } = scene;
    const run = await dispatched(scene);
    await standIn.operations.finishRun(repository, run, "failure", { jobs: { build: "success" } });
    expect(await jobs(scene, run, "jobs")).toEqual(["build success 1", "publish failure 1"]);
    expect((await lee("POST", `${REPO}/actions/runs/${run.id}/rerun-failed-jobs`)).status).toBe(201);
    expect(run).toMatchObject({ status: "queued", conclusion: null, attempt: 2 });
    await expect(standIn.operations.finishRun(repository, run, "success", { jobs: { build: "failure" } })).rejects.toThrow(
      "There is no job build to end; there is publish.",
    );
    await standIn.operations.finishRun(repository, run, "success");
    expect(await jobs(scene, run, "jobs")).toEqual(["build success 1", "publish success 2"]);
    expect(await jobs(scene, run, "jobs?filter=all")).toEqual(["build success 1", "publish failure 1", "publish success 2"]);
    expect(await jobs(scene, run, "attempts/1/jobs")).toEqual(["build success 1", "publish failure 1"]);
    expect(await checks(scene)).toEqual(["publish success", "build success"]);
    expect((await lee("POST", `${REPO}/actions/runs/${run.id}/rerun-failed-jobs`)).status).toBe(403);
    expect((await lee("POST", `${REPO}/actions/runs/${run.id}/rerun`)).status).toBe(201);
    expect((await lee("POST", `${REPO}/actions/runs/${run.id}/rerun`)).status).toBe(403);
    await standIn.operations.finishRun(repository, run, "success");
    expect(await jobs(scene, run, "jobs")).toEqual(["build success 3", "publish success 3"]);
  }));

it("is cancelled, and what never began is run by another attempt", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { lee, standIn, repository } = scene;
    const run = await dispatched(scene);
    expect((await lee("POST", `${REPO}/actions/runs/${run.id}/cancel`)).status).toBe(202);
    expect(run).toMatchObject({ status: "completed", conclusion: "cancelled" });
    expect((await lee("POST", `${REPO}/actions/runs/${run.id}/cancel`)).status).toBe(409);
    await lee("POST", `${REPO}/actions/runs/${run.id}/rerun-failed-jobs`);
    await standIn.operations.startRun(repository, run);
    await lee("POST", `${REPO}/actions/runs/${run.id}/cancel`);
    expect(await jobs(scene, run, "jobs")).toEqual(["build cancelled 2", "publish cancelled 2"]);
  }));

it("waits for an approval, before it begins or between", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { standIn, repository, lee } = scene;
    const run = await dispatched(scene);
    await standIn.operations.holdRun(repository, run);
    expect((await lee("GET", `${REPO}/actions/runs?status=waiting`)).body.total_count).toBe(1);
    await standIn.operations.startRun(repository, run);
    await standIn.operations.holdRun(repository, run);
    await standIn.operations.startRun(repository, run);
    expect(await checks(scene)).toEqual(["publish in_progress", "build in_progress"]);
  }));

it("is deleted with its checks, when it has ended", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    const { lee, standIn, repository } = scene;
    const run = await dispatched(scene);
    expect((await lee("DELETE", `${REPO}/actions/runs/${run.id}`)).status).toBe(403);
    await standIn.operations.finishRun(repository, run, "success");
    expect((await lee("DELETE", `${REPO}/actions/runs/${run.id}`)).status).toBe(204);
    expect((await lee("GET", `${REPO}/actions/runs/${run.id}`)).status).toBe(404);
    expect(await checks(scene)).toEqual([]);
  }));

it("succeeds at once where that is wished", () =>
  withWorkflows({ "images.yml": IMAGES }, async (scene) => {
    scene.repository.actions.runsSucceed = true;
    await scene.push("main", { "a.txt": "a" });
    expect(scene.runs()).toMatchObject([{ status: "completed", conclusion: "success", event: "push" }]);
    expect(await checks(scene)).toEqual(["publish success", "build success"]);
  }));

it("is listed newest first, by what it is", () =>
  withWorkflows({ "images.yml": IMAGES, "other.yml": "on: push\njobs: { test: { runs-on: x } }\n" }, async (scene) => {
    const { lee, push, standIn, runs } = scene;
    await dispatched(scene);
    await standIn.operations.finishRun(scene.repository, runs()[0]!, "failure");
    standIn.advance(86_400_000);
    await push("topic", { "a.txt": "a" });
    const ids = async (query: string, under = ""): Promise<readonly number[]> =>
      (await lee("GET", `${REPO}/actions${under}/runs?${query}`)).body.workflow_runs.map(({ id }: { id: number }) => id);
    const [first, second, third] = runs().map(({ id }) => id);
    expect(await ids("")).toEqual([third, second, first]);
    expect(await ids("per_page=1&page=2")).toEqual([second]);
    expect(await ids("event=workflow_dispatch")).toEqual([first]);
    expect(await ids(`head_sha=${runs()[1]!.headSha}`)).toEqual([third, second]);
    expect(await ids("branch=topic&status=queued")).toEqual([third, second]);
    expect(await ids("status=failure")).toEqual([first]);
    expect(await ids("", "/workflows/images.yml")).toEqual([second, first]);
    expect(await ids("created=2026-01-01")).toEqual([first]);
    expect(await ids("created=%3E2026-01-01")).toEqual([third, second]);
    expect(await ids("created=*..2026-01-01T23:00:00Z")).toEqual([first]);
    expect(await ids("created=2026-01-01..2026-01-02")).toEqual([third, second, first]);
  }));

const BUILD = `on: workflow_dispatch
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          npm ci
          npm test
      - { name: Push, run: make push }
`;
type Step = { readonly name: string; readonly status: string; readonly conclusion: string | null; readonly number: number };
const steps = async ({ lee }: Workflows, run: WorkflowRun, path = "jobs?filter=latest"): Promise<readonly string[]> => {
  const { body } = await lee("GET", `${REPO}/actions/runs/${run.id}/${path}`);
  return body.jobs.flatMap((job: { steps: readonly Step[] }) =>
    job.steps.map(({ number, name, status, conclusion }) => `${number} ${name}: ${conclusion ?? status}`),
  );
};

it("fails at the step that is named, and shows how far it came", () =>
  withWorkflows({ "images.yml": BUILD }, async (scene) => {
    const { standIn, repository, lee } = scene;
    const run = await dispatched(scene);
    await standIn.operations.startRun(repository, run);
    expect(await steps(scene, run)).toEqual([
      "1 Set up job: success",
      "2 Run actions/checkout@v4: in_progress",
      "3 Run npm ci: queued",
      "4 Push: queued",
      "5 Complete job: queued",
    ]);
    await expect(standIn.operations.finishRun(repository, run, "failure", { steps: { build: "Pull" } })).rejects.toThrow(
      "The job build has no step Pull; it has Run actions/checkout@v4, Run npm ci, Push.",
    );
    await standIn.operations.finishRun(repository, run, "failure", { steps: { build: "Run npm ci" } });
    const failed = ["1 Set up job: success", "2 Run actions/checkout@v4: success", "3 Run npm ci: failure", "4 Push: skipped", "5 Complete job: success"];
    expect(await steps(scene, run)).toEqual(failed);
    await lee("POST", `${REPO}/actions/runs/${run.id}/rerun-failed-jobs`);
    await standIn.operations.finishRun(repository, run, "success");
    expect((await steps(scene, run))[2]).toBe("3 Run npm ci: success");
    expect(await steps(scene, run, "attempts/1/jobs")).toEqual(failed);
  }));

it("shows each attempt as it ended", () =>
  withWorkflows({ "images.yml": BUILD }, async (scene) => {
    const { standIn, repository, lee, kim } = scene;
    const run = await dispatched(scene);
    await standIn.operations.finishRun(repository, run, "timed_out");
    expect((await steps(scene, run)).slice(2)).toEqual(["3 Run npm ci: success", "4 Push: cancelled", "5 Complete job: success"]);
    await kim("POST", `${REPO}/actions/runs/${run.id}/rerun`);
    const attempt = async (number: number) => (await lee("GET", `${REPO}/actions/runs/${run.id}/attempts/${number}`)).body;
    expect(await attempt(1)).toMatchObject({ run_attempt: 1, conclusion: "timed_out", status: "completed", triggering_actor: { login: "lee" } });
    expect(await attempt(2)).toMatchObject({ run_attempt: 2, conclusion: null, status: "queued", triggering_actor: { login: "kim" }, actor: { login: "lee" } });
    expect((await attempt(3)).message).toBe("Not Found");
  }));

it("does not start at all where its file is wrong", () =>
  withWorkflows({ "images.yml": BUILD }, async (scene) => {
    const run = await dispatched(scene);
    await scene.standIn.operations.finishRun(scene.repository, run, "startup_failure");
    expect(run).toMatchObject({ status: "completed", conclusion: "startup_failure" });
    expect(await steps(scene, run)).toEqual([]);
    expect(await checks(scene)).toEqual([]);
  }));

it("is the app's own where the app dispatched it", () =>
  withWorkflows({ "images.yml": BUILD }, async (scene) => {
    const bot = await scene.bot();
    await dispatched(scene);
    const { body: details } = await bot("POST", DISPATCHES, { ref: "main", return_run_details: true });
    const { body } = await bot(
      "GET",
      `${REPO}/actions/workflows/images.yml/runs?event=workflow_dispatch&actor=steward%5Bbot%5D&created=%3E%3D2026-01-01T00:00:00Z`,
    );
    expect(body.workflow_runs.map(({ id, actor }: { id: number; actor: { login: string } }) => [id, actor.login])).toEqual([
      [details.workflow_run_id, "steward[bot]"],
    ]);
  }));
