import { expect, it } from "@jest/globals";
import { commitFiles } from "../git/fixture.ts";
import type { WorkflowRun } from "../world/types.ts";
import { inScene, type Scene, words } from "./fixture.ts";

const IMAGES = "name: Images\non: push\njobs: { build: { runs-on: x }, publish: { runs-on: x } }\n";

/** A push to main that starts one run. */
const pushed = async ({ standIn, repository, as }: Scene): Promise<WorkflowRun> => {
  const main = repository.git.refs().get("refs/heads/main")!;
  const after = await commitFiles(repository.git, [main], { ".github/workflows/images.yml": IMAGES }, "ci: images");
  await standIn.operations.updateRefs(as("kim"), repository, [{ name: "refs/heads/main", after, force: false }]);
  return [...repository.actions.runs.values()].at(-1)!;
};

it("shows a run where it stands, on its own page and at its commit", () =>
  inScene(async (scene) => {
    expect(await scene.open("/kim/cavern")).not.toContain("/kim/cavern/actions");
    const { id, headSha } = await pushed(scene);
    expect(await scene.open("/kim/cavern")).toContain('href="/kim/cavern/actions"');
    expect(words(await scene.open("/kim/cavern/actions"))).toContain("○ queued ci: images");
    const page = await scene.open(`/kim/cavern/actions/runs/${id}`);
    expect(words(page)).toContain(`Images #1: push of main at ${headSha.slice(0, 7)}`);
    expect(words(page)).toContain("○ not begun build ○ not begun publish");
    expect(await scene.open(`/kim/cavern/commit/${headSha}`)).toContain(`href="/kim/cavern/actions/runs/${id}"`);
    expect((await scene.ask(new Request("http://127.0.0.1:4000/kim/cavern/actions/runs/999999"))).status).toBe(404);
  }));

it("moves a run as a person says, through a second attempt", () =>
  inScene(async (scene) => {
    const run = await pushed(scene);
    const move = (name: string, as = "lee"): Promise<Response> =>
      scene.send("/kim/cavern/actions", { does: "move-run", run: String(run.id), move: name }, { as });
    await move("start");
    expect(run.status).toBe("in_progress");
    await move("hold");
    expect(words(await scene.open("/kim/cavern/actions"))).toContain("waits for approval");
    await move("failure");
    expect(words(await scene.open("/kim/cavern/actions"))).toContain("✗ failed build ✗ failed publish Re-run failed jobs Re-run all jobs");
    await move("rerun-failed");
    await move("success");
    expect(run).toMatchObject({ attempt: 2, conclusion: "success", triggeringActor: { login: "lee" } });
    expect((await move("success")).status).toBe(409);
    await move("rerun");
    await move("cancel");
    expect(run).toMatchObject({ attempt: 3, conclusion: "cancelled" });
    await move("rerun");
    await move("timed_out");
    expect(run).toMatchObject({ attempt: 4, conclusion: "timed_out" });
  }));

it("has buttons only for who may write", () =>
  inScene(async (scene) => {
    const run = await pushed(scene);
    expect(await scene.open("/kim/cavern/actions", { as: "lee" })).toContain("Let it succeed");
    expect(await scene.open("/kim/cavern/actions", { as: "sam" })).not.toContain("Let it succeed");
    expect((await scene.send("/kim/cavern/actions", { does: "move-run", run: String(run.id), move: "success" }, { as: "sam" })).status).toBe(403);
    expect(run.status).toBe("queued");
  }));
