// Which runs are found, whose they are, and that a list which is not whole is never taken for one.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Actor, WorkflowRun as Run } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import type { GitHub } from "../../github/types.ts";
import { Transient } from "../../model/errors.ts";
import { type Read, type RunsAsked, runsKey, type WorkflowRun } from "../../model/snapshot.ts";
import { openMemory } from "./memory.ts";
import { readWorkflowRuns } from "./workflow-runs.ts";

const PUBLISH = `name: Publish
run-name: Publish \${{ github.ref_name }}
on: { push: { tags: ["v*"] }, workflow_dispatch: {}, repository_dispatch: { types: [released] } }
jobs: { build: { runs-on: ubuntu-latest, steps: [{ name: compile, run: make }, { name: push, run: make push }] } }
`;

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("ci: workflows", { ".github/workflows/publish.yml": PUBLISH, ".github/workflows/scan.yml": PUBLISH.replace("Publish\n", "Scan\n") });
});
afterEach(() => world.standIn.close());

async function readRuns(asked: RunsAsked): Promise<Read<readonly WorkflowRun[]>> {
  return (await world.hostedWith({ runs: [asked] })).runs.get(runsKey(asked))!;
}

async function valueOf(asked: RunsAsked): Promise<readonly WorkflowRun[]> {
  const read = await readRuns(asked);
  if (!read.ok) throw new Error(read.because);
  return read.value;
}

async function dispatch(by: Actor = world.bot, name = "publish.yml"): Promise<Run> {
  const { repository, standIn } = world;
  await standIn.handle(new Request(`${standIn.world.url}/api/v3/repos/acme/app/actions/workflows`, { headers: { authorization: "token ghs_observed" } }));
  const workflow = repository.actions.workflows.get(`.github/workflows/${name}`)!;
  return standIn.operations.dispatchWorkflow(by, repository, workflow, { ref: "main", inputs: {} });
}

describe("runs of a commit", () => {
  it("are those of every workflow, each as it stands in its newest attempt", async () => {
    const { standIn, repository, kim } = world;
    await world.move("refs/tags/v1.0.0", world.head());
    const [run] = repository.actions.runs.values();
    await standIn.operations.finishRun(repository, run!, "failure");
    standIn.advance(60_000);
    await standIn.operations.rerun(kim, repository, run!, "failed");
    const runs = await valueOf({ of: "commit", sha: world.head() });
    expect(run!.startedAt).toBeGreaterThan(run!.createdAt);
    expect(runs.map(({ workflow, status }) => `${workflow} ${status}`)).toEqual(["scan.yml queued", "publish.yml queued"]);
    expect(runs[1]).toEqual({
      id: run!.id,
      workflow: "publish.yml",
      event: "push",
      branch: "v1.0.0",
      sha: world.head(),
      actor: "kim",
      title: "Publish v1.0.0",
      status: "queued",
      conclusion: null,
      attempt: 2,
      url: `${standIn.world.url}/acme/app/actions/runs/${String(run!.id)}`,
      createdAt: run!.createdAt,
      startedAt: run!.startedAt,
      updatedAt: run!.updatedAt,
    });
  });

  it("are none where nothing has run", async () => {
    expect(await valueOf({ of: "commit", sha: world.head() })).toEqual([]);
  });

  it("cost one request a commit at each look, since a run that has ended may be run again", async () => {
    await world.move("refs/tags/v1.0.0", world.head());
    const memory = openMemory();
    const look = () => world.hostedWith({ runs: [{ of: "commit", sha: world.head() }] }, memory);
    await look();
    expect(await world.requestsOf(look)).toEqual(["graphql", "GET /repos/{owner}/{repo}/actions/runs"]);
  });

  it("are all there when they come in several pages", async () => {
    for (let index = 0; index < 120; index += 1) await dispatch();
    const runs = await valueOf({ of: "commit", sha: world.head() });
    expect(new Set(runs.map(({ id }) => id)).size).toBe(120);
  });

  it("that may not be read are not none", async () => {
    world.refuse("actions");
    expect(await readRuns({ of: "commit", sha: world.head() })).toEqual({
      ok: false,
      because: "the app lacks the permission actions: read",
      permission: "actions: read",
    });
  });
});

describe("a run by its number", () => {
  it("is found, and gone once it was deleted", async () => {
    const { standIn, repository, kim } = world;
    const run = await dispatch();
    await standIn.operations.finishRun(repository, run, "success");
    const asked = { of: "run", id: run.id } as const;
    expect(await valueOf(asked)).toMatchObject([{ id: run.id, conclusion: "success", actor: "release-steward[bot]" }]);
    await standIn.operations.deleteRun(kim, repository, run);
    expect(await valueOf(asked)).toEqual([]);
  });
});

describe("runs that this app dispatched", () => {
  it("are of that workflow and that event, by the app, and not older than asked for", async () => {
    const { standIn } = world;
    await dispatch();
    standIn.advance(60_000);
    const since = standIn.world.now();
    const expected = await dispatch();
    await dispatch(world.bot, "scan.yml");
    await dispatch(world.kim);
    const [released] = await standIn.operations.dispatchRepository(world.bot, world.repository, { type: "released", payload: {} });
    const asked = { of: "dispatch", workflow: "publish.yml", event: "workflow_dispatch", since } as const;
    expect((await valueOf(asked)).map(({ id }) => id)).toEqual([expected.id]);
    expect((await valueOf({ ...asked, event: "repository_dispatch" })).map(({ id }) => id)).toEqual([released!.id]);
  });

  it("within the second in which they were asked for are among them: GitHub tells no parts of one", async () => {
    const { standIn } = world;
    standIn.advance(1000 - (standIn.world.now() % 1000) + 100);
    const run = await dispatch();
    standIn.advance(500);
    const asked = { of: "dispatch", workflow: "publish.yml", event: "workflow_dispatch", since: standIn.world.now() } as const;
    expect((await valueOf(asked)).map(({ id }) => id)).toEqual([run.id]);
  });

  it("of a workflow that GitHub does not know are not none", async () => {
    const asked = { of: "dispatch", workflow: "gone.yml", event: "workflow_dispatch", since: 0 } as const;
    expect(await readRuns(asked)).toEqual({ ok: false, because: "GitHub knows no workflow gone.yml here", permission: null });
  });
});

describe("a list of runs", () => {
  const SHA = "a".repeat(40);
  const run = (id: number, path = ".github/workflows/publish.yml") => ({
    id,
    path,
    event: "push",
    head_branch: null,
    head_sha: SHA,
    actor: null,
    display_title: "Publish",
    status: "completed",
    conclusion: "success",
    run_attempt: 1,
    html_url: "https://github.com/acme/app/actions/runs/1",
    created_at: "2026-01-05T09:00:00Z",
    run_started_at: "2026-01-05T09:00:00Z",
    updated_at: "2026-01-05T09:01:00Z",
  });
  const read = async (total: number, ...runs: readonly ReturnType<typeof run>[]) => {
    const rest: GitHub["rest"] = async (_, { page }) => ({ status: 200, data: { total_count: total, workflow_runs: page === 1 ? runs : [] }, headers: {} });
    const app = { id: 1, login: "release-steward[bot]", userId: 2, signs: null };
    const [[, found] = ["", null]] = await readWorkflowRuns({ rest, owner: "acme", repo: "app", app }, [{ of: "commit", sha: SHA }]);
    return found;
  };

  it("that breaks off is read again, not believed", async () => {
    await expect(read(2, run(1))).rejects.toBeInstanceOf(Transient);
  });

  it("of more than a thousand is not read, since GitHub gives no more of it", async () => {
    expect(await read(1001, run(1))).toMatchObject({ ok: false, because: `there are 1001 workflow runs of ${SHA}, and no more than 1000 are read` });
  });

  it.each([
    [".github/workflows/publish.yml", "publish.yml"],
    [".github/workflows/publish.yml@refs/heads/main", "publish.yml"],
    ["dynamic/pages/pages-build-deployment", "dynamic/pages/pages-build-deployment"],
    ["acme/ci/.github/workflows/publish.yml@main", "acme/ci/.github/workflows/publish.yml"],
  ])("names the file of %s as %s", async (path, workflow) => {
    expect(await read(1, run(1, path))).toMatchObject({ value: [{ workflow, actor: null, branch: null }] });
  });
});
