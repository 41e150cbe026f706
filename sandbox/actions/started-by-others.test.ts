import { expect, it } from "@jest/globals";
import { REPO } from "../fixture.ts";
import { DISPATCHES, withWorkflows } from "./fixture.ts";

const JOB = "jobs: {go: {runs-on: ubuntu-latest, steps: [{run: make}, {name: Ship, run: make ship}]}}\n";

it("a schedule starts its workflow once for each of its minutes that has passed, on the default branch", () =>
  withWorkflows(
    { "nightly.yml": `on: {schedule: [{cron: "30 4 * * *"}]}\n${JOB}`, "never.yml": `on: {schedule: [{cron: "nonsense"}]}\n${JOB}` },
    async (scene) => {
      const { standIn, started } = scene;
      await standIn.operations.passTime();
      expect(started()).toEqual([]);
      standIn.advance(2 * 86_400_000);
      await standIn.operations.passTime();
      await standIn.operations.passTime();
      expect(started()).toEqual(["nightly.yml schedule main", "nightly.yml schedule main"]);
    },
  ));

it("the end of a run starts workflows that name it, on the default branch; three in a row and no more", () =>
  withWorkflows(
    {
      "build.yml": `name: Build\non: {push: {branches: [topic]}}\n${JOB}`,
      "after.yml": `name: After\non: {workflow_run: {workflows: [Build], types: [completed]}}\n${JOB}`,
      "again.yml": `name: Again\non: {workflow_run: {workflows: [After, Again], types: [completed]}}\n${JOB}`,
    },
    async ({ repository, push, started, runs }) => {
      repository.actions.runsSucceed = true;
      await push("topic", { a: "a" });
      expect(started()).toEqual(["build.yml push topic", "after.yml workflow_run main", "again.yml workflow_run main", "again.yml workflow_run main"]);
      expect(runs().map(({ depth }) => depth)).toEqual([0, 1, 2, 3]);
    },
  ));

it("a disabled workflow is started by nothing, a dispatch of it is refused, and enabled it is as before", () =>
  withWorkflows({ "images.yml": `on: {push: , workflow_dispatch: }\n${JOB}` }, async ({ lee, kim, push, started }) => {
    const at = `${REPO}/actions/workflows/images.yml`;
    expect((await kim("PUT", `${at}/disable`)).status).toBe(204);
    expect((await kim("GET", at)).body.state).toBe("disabled_manually");
    await push("topic", { a: "a" });
    const refused = await lee("POST", DISPATCHES, { ref: "main" });
    expect([refused.status, refused.body.message]).toEqual([422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow"]);
    expect(started()).toEqual([]);
    expect((await kim("PUT", `${at}/disable`)).status).toBe(403);
    await kim("PUT", `${at}/enable`);
    await lee("POST", DISPATCHES, { ref: "main" });
    expect(started()).toEqual(["images.yml workflow_dispatch main"]);
  }));

it.each([
  ["waits for the running one, and takes the place of the one that waited", "deploy", [null, "cancelled", null]],
  ["cancels the running one where the file says so", "{group: deploy, cancel-in-progress: true}", ["cancelled", "cancelled", null]],
])("a run of a concurrency group %s", (_what, concurrency, conclusions) =>
  withWorkflows({ "images.yml": `on: {workflow_dispatch: }\nconcurrency: ${concurrency}\n${JOB}` }, async ({ lee, runs, standIn, repository }) => {
    for (let one = 0; one < 3; one += 1) {
      await lee("POST", DISPATCHES, { ref: "main" });
      if (one === 0) await standIn.operations.startRun(repository, runs()[0]!);
    }
    expect(runs().map(({ conclusion }) => conclusion)).toEqual(conclusions);
    const [first, , last] = runs();
    if (first!.status === "completed") return;
    expect(last!.status).toBe("pending");
    await expect(standIn.operations.startRun(repository, last!)).rejects.toThrow("waits for another one of deploy");
    await standIn.operations.finishRun(repository, first!, "success");
    expect(last!.status).toBe("queued");
  }),
);

it("a job can be read by its number, with what it wrote, and apps that may read Actions hear of it", () =>
  withWorkflows({ "images.yml": `on: {workflow_dispatch: }\n${JOB}` }, async ({ lee, runs, standIn, repository, app, heard, sent }) => {
    Object.assign(app, { events: ["workflow_job"] });
    await lee("POST", DISPATCHES, { ref: "main" });
    await standIn.operations.finishRun(repository, runs()[0]!, "failure", { steps: { go: "Ship" } });
    expect(await heard()).toEqual(["workflow_job.queued", "workflow_job.in_progress", "workflow_job.completed"]);
    const id = sent.at(-1)!.payload.workflow_job.id as number;
    expect((await lee("GET", `${REPO}/actions/jobs/${String(id)}`)).body).toMatchObject({ name: "go", conclusion: "failure" });
    const { status, headers } = await lee("GET", `${REPO}/actions/jobs/${String(id)}/logs`);
    expect(status).toBe(302);
    const log = await standIn.handle(new Request(headers.get("location")!));
    expect(await log.text()).toMatch(/##\[group\]Run make[^]*##\[group\]Ship[^]*##\[error\]Process completed with exit code 1\./u);
    expect((await lee("GET", `${REPO}/actions/jobs/0`)).status).toBe(404);
  }));

it("a merge group starts the workflows that listen to it, on its own branch", () =>
  withWorkflows({ "queue.yml": `on: merge_group\n${JOB}` }, async ({ kim, push, open, standIn, repository, started }) => {
    const parameters = {
      check_response_timeout_minutes: 60,
      grouping_strategy: "ALLGREEN",
      max_entries_to_build: 1,
      max_entries_to_merge: 1,
      merge_method: "MERGE",
      min_entries_to_merge: 1,
      min_entries_to_merge_wait_minutes: 0,
    };
    const rules = [
      { type: "merge_queue", parameters },
      { type: "required_status_checks", parameters: { strict_required_status_checks_policy: false, required_status_checks: [{ context: "go" }] } },
    ];
    await push("topic", { a: "a" });
    const issue = repository.issues.get(await open("topic"))!;
    await standIn.operations.createStatus(standIn.actorFor("lee"), repository, issue.pull!.headSha, {
      context: "go",
      state: "success",
      description: null,
      targetUrl: null,
    });
    const conditions = { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } };
    expect((await kim("POST", `${REPO}/rulesets`, { name: "Queue", enforcement: "active", conditions, rules })).status).toBe(201);
    await standIn.operations.enqueue(standIn.actorFor("kim"), repository, issue, null);
    const [run] = repository.actions.runs.values();
    expect(started()).toEqual([`queue.yml merge_group ${repository.queue[0]!.group!.headBranch}`]);
    await standIn.operations.finishRun(repository, run!, "success");
    expect(issue.pull!.merged).not.toBeNull();
  }));
