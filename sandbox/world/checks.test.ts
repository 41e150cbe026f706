import { expect, it } from "@jest/globals";
import { inScene, REPO } from "../fixture.ts";

it("creates and completes a check run, and its suite with it", () =>
  inScene(async ({ bot, headOf, heard, sent }) => {
    const client = await bot();
    const sha = headOf("main");
    const { status, body } = await client("POST", `${REPO}/check-runs`, { name: "plan", head_sha: sha, status: "in_progress" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: "plan", head_sha: sha, status: "in_progress", conclusion: null, app: { slug: "steward" } });
    expect(await heard()).toEqual(["check_run.created"]);
    const done = await client("PATCH", `${REPO}/check-runs/${body.id}`, { conclusion: "success", output: { title: "Fine", summary: "All of it" } });
    expect(done.body).toMatchObject({ status: "completed", conclusion: "success", completed_at: expect.any(String), output: { title: "Fine" } });
    expect(await heard()).toEqual(["check_run.completed", "check_suite.completed"]);
    expect(sent.at(-1)!.payload.check_suite).toMatchObject({ status: "completed", conclusion: "success", head_branch: "main" });
  }));

it("lists the newest run of each name, or all of them", () =>
  inScene(async ({ bot, app, headOf }) => {
    const client = await bot();
    const head_sha = headOf("main");
    for (const conclusion of ["failure", "success"]) await client("POST", `${REPO}/check-runs`, { name: "plan", head_sha, conclusion });
    await client("POST", `${REPO}/check-runs`, { name: "other", head_sha });
    const list = async (query: string) =>
      (await client("GET", `${REPO}/commits/main/check-runs?${query}`)).body.check_runs.map((run: { name: string; conclusion: string | null }) => [
        run.name,
        run.conclusion,
      ]);
    expect(await list("")).toEqual([
      ["other", null],
      ["plan", "success"],
    ]);
    expect(await list("filter=all")).toHaveLength(3);
    expect(await list(`check_name=plan&app_id=${app.id}`)).toEqual([["plan", "success"]]);
    expect(await list("app_id=999")).toEqual([]);
  }));

it("takes text up to GitHub's limits", () =>
  inScene(async ({ bot, headOf }) => {
    const client = await bot();
    const create = async (output: object) =>
      (await client("POST", `${REPO}/check-runs`, { name: "plan", head_sha: headOf("main"), output: { title: "x", summary: "x", ...output } })).status;
    expect(await create({ text: "x".repeat(65_535) })).toBe(201);
    expect(await create({ text: "x".repeat(65_536) })).toBe(422);
    const annotation = { path: "README.md", start_line: 1, end_line: 1, annotation_level: "notice", message: "Look" };
    expect(await create({ annotations: Array.from({ length: 51 }, () => annotation) })).toBe(422);
    expect((await client("POST", `${REPO}/check-runs`, { name: "plan", head_sha: "1".repeat(40) })).body.message).toContain("No commit found for SHA");
  }));

const output = (message: string) => ({
  title: "x",
  summary: "x",
  annotations: [{ path: "README.md", start_line: 1, end_line: 1, annotation_level: "notice", message }],
});

it("adds annotations to those it has", () =>
  inScene(async ({ bot, headOf }) => {
    const client = await bot();
    const { body } = await client("POST", `${REPO}/check-runs`, { name: "plan", head_sha: headOf("main"), output: output("one") });
    await client("PATCH", `${REPO}/check-runs/${body.id}`, { output: output("two") });
    const { body: annotations } = await client("GET", `${REPO}/check-runs/${body.id}/annotations`);
    expect(annotations.map(({ message }: { message: string }) => message)).toEqual(["one", "two"]);
  }));

it("is for apps: a person makes none, and another app does not touch it", () =>
  inScene(async ({ bot, lee, standIn, repository, headOf, app }) => {
    const { body } = await (await bot())("POST", `${REPO}/check-runs`, { name: "plan", head_sha: headOf("main") });
    expect((await lee("POST", `${REPO}/check-runs`, { name: "mine", head_sha: headOf("main") })).status).toBe(403);
    const other = standIn.addApp({ slug: "other", publicKey: app.publicKey, permissions: app.permissions, events: [], webhook: null });
    const installation = standIn.install(other, "acme");
    const run = repository.checkRuns.get(body.id)!;
    await expect(
      standIn.operations.updateCheckRun({ is: "installation", user: other.bot, installation }, repository, run, { conclusion: "success" }),
    ).rejects.toMatchObject({ status: 403 });
    expect(run.conclusion).toBeNull();
  }));

it("tells only its app of a button that was pressed, and of what is asked for once more", () =>
  inScene(async ({ bot, standIn, repository, app, headOf, heard, sent }) => {
    const nosy = standIn.addApp({
      slug: "nosy",
      publicKey: app.publicKey,
      permissions: app.permissions,
      events: ["check_run", "check_suite"],
      webhook: { url: "http://nosy.test/", secret: "x" },
    });
    standIn.install(nosy, "acme");
    const { body } = await (
      await bot()
    )("POST", `${REPO}/check-runs`, { name: "plan", head_sha: headOf("main"), actions: [{ label: "Ship", description: "Ship it", identifier: "ship" }] });
    await heard();
    const run = repository.checkRuns.get(body.id)!;
    await standIn.operations.requestCheckAction(standIn.actorFor("kim"), repository, run, "ship");
    await standIn.operations.rerequestCheckRun(standIn.actorFor("kim"), repository, run);
    expect(await heard()).toEqual(["check_run.requested_action", "check_run.rerequested"]);
    expect(sent.at(-2)!.payload).toMatchObject({ requested_action: { identifier: "ship" }, sender: { login: "kim" } });
    expect(sent.slice(-2).map(({ delivery }) => delivery.app.slug)).toEqual(["steward", "steward"]);
    await standIn.operations.rerequestCheckSuite(standIn.actorFor("kim"), repository, run.suite);
    expect([await heard(), sent.at(-1)!.delivery.app.slug]).toEqual([["check_suite.rerequested"], "steward"]);
    const ofRun = { ...run.suite, isOfWorkflow: true };
    await expect(standIn.operations.rerequestCheckSuite(standIn.actorFor("kim"), repository, ofRun)).rejects.toMatchObject({ status: 422 });
    await expect(standIn.operations.requestCheckAction(standIn.actorFor("kim"), repository, run, "sink")).rejects.toMatchObject({ status: 422 });
  }));

it("combines the newest status of each context", () =>
  inScene(async ({ bot, headOf }) => {
    const client = await bot();
    const report = (context: string, state: string) => client("POST", `${REPO}/statuses/${headOf("main")}`, { context, state });
    expect((await client("GET", `${REPO}/commits/main/status`)).body).toMatchObject({ state: "pending", total_count: 0 });
    await report("ci", "failure");
    await report("ci", "success");
    expect((await client("GET", `${REPO}/commits/main/status`)).body).toMatchObject({ state: "success", total_count: 1 });
    await report("lint", "error");
    expect((await client("GET", `${REPO}/commits/main/status`)).body.state).toBe("failure");
  }));
