// Which jobs of an attempt count as failed, and at which step.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { WorkflowRun } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import type { GitHub } from "../../github/types.ts";
import type { FailedJob, Read } from "../../model/snapshot.ts";
import { readFailedJobs } from "./failed-jobs.ts";

const PUBLISH = `name: Publish
on: { push: { tags: ["v*"] } }
jobs:
  build: { runs-on: ubuntu-latest, steps: [{ name: compile, run: make }] }
  chart: { runs-on: ubuntu-latest, steps: [{ name: package, run: make chart }, { name: push, run: make push }] }
`;

let world: Awaited<ReturnType<typeof observedRepository>>;
let run: WorkflowRun;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("ci: workflows", { ".github/workflows/publish.yml": PUBLISH });
  await world.move("refs/tags/v1.0.0", world.head());
  [run] = [...world.repository.actions.runs.values()] as [WorkflowRun];
});
afterEach(() => world.standIn.close());

async function failedIn(attempt: number): Promise<Read<readonly FailedJob[]>> {
  return (await world.hostedWith({ failedJobs: [{ run: run.id, attempt }] })).failedJobs.get(`${String(run.id)}/${String(attempt)}`)!;
}

describe("failed jobs", () => {
  it("are named with the step at which each ended, for the attempt that is asked about", async () => {
    const { operations } = world.standIn;
    await operations.finishRun(world.repository, run, "failure", { jobs: { build: "success" }, steps: { chart: "push" } });
    await operations.rerun(world.kim, world.repository, run, "failed");
    await operations.finishRun(world.repository, run, "success");
    const url: unknown = expect.stringContaining(`/acme/app/actions/runs/${String(run.id)}/job/`);
    expect(await failedIn(1)).toEqual({ ok: true, value: [{ name: "chart", step: "push", conclusion: "failure", url }] });
    expect(await failedIn(2)).toEqual({ ok: true, value: [] });
  });

  it("are none while the run goes on", async () => {
    await world.standIn.operations.startRun(world.repository, run);
    expect(await failedIn(1)).toEqual({ ok: true, value: [] });
  });

  it("that may not be read are not none", async () => {
    world.refuse("actions");
    expect(await failedIn(1)).toEqual({ ok: false, because: "the app lacks the permission actions: read", permission: "actions: read" });
  });

  it.each([
    ["success", null],
    ["skipped", null],
    ["neutral", null],
    [null, null],
    ["cancelled", { name: "build", step: "compile", conclusion: "cancelled", url: "https://job.test/" }],
    ["timed_out", { name: "build", step: "compile", conclusion: "timed_out", url: "https://job.test/" }],
    ["action_required", { name: "build", step: "compile", conclusion: "action_required", url: "https://job.test/" }],
  ])("a job that ended with %s", async (conclusion, expected) => {
    const steps = ["success", "skipped", conclusion ?? null, "failure"].map((end, index) => ({
      name: ["set up", "cache", "compile", "clean up"][index],
      conclusion: end,
    }));
    const jobs = [{ id: 1, name: "build", conclusion, html_url: "https://job.test/", steps }];
    const rest: GitHub["rest"] = async () => ({ status: 200, data: { total_count: 1, jobs }, headers: {} });
    const [[, failed] = ["", null]] = await readFailedJobs({ rest, owner: "acme", repo: "app" }, [{ run: 1, attempt: 1 }]);
    expect(failed).toEqual({ ok: true, value: expected === null ? [] : [expected] });
  });

  it("a job that no runner took has no step", async () => {
    const jobs = [{ id: 1, name: "build", conclusion: "failure", html_url: "https://job.test/" }];
    const rest: GitHub["rest"] = async () => ({ status: 200, data: { total_count: 1, jobs }, headers: {} });
    expect((await readFailedJobs({ rest, owner: "acme", repo: "app" }, [{ run: 1, attempt: 1 }]))[0]![1]).toMatchObject({ value: [{ step: null }] });
  });
});
