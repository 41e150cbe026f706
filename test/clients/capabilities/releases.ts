// Tags, releases, issues with their milestones, workflows.
import { acme, branchWith, numberKept, type On, refusal, row, type Row, textKept } from "./row.ts";

const isThere = async ({ bot }: On, tag: string): Promise<boolean> => (await refusal(bot.rest.git.getRef({ ...acme, ref: `tags/${tag}` }))) !== 404;
const run = (on: On) => ({ ...acme, run_id: numberKept(on, "run") });
const WORKFLOW =
  "name: CI\non:\n  workflow_dispatch:\n    inputs: { tag: { default: v0 } }\njobs:\n  build: { runs-on: ubuntu-latest, steps: [{ run: make }] }\n";

export const releaseRows: readonly Row[] = [
  row("the same tag object has the same id", true, async (on) => {
    const { sha: object } = (await on.bot.rest.repos.getBranch({ ...acme, branch: "main" })).data.commit;
    on.kept.set("main", object);
    const tag = {
      ...acme,
      tag: "v1.0.0",
      message: "v1.0.0",
      object,
      type: "commit",
      tagger: { name: "A", email: "a@b.c", date: "2026-01-01T00:00:00Z" },
    } as const;
    const [one, other] = [await on.bot.rest.git.createTag(tag), await on.bot.rest.git.createTag(tag)];
    on.kept.set("tag", one.data.sha);
    return one.data.sha === other.data.sha;
  }),
  row("a tag is made", 201, async (on) => (await on.bot.rest.git.createRef({ ...acme, ref: "refs/tags/v1.0.0", sha: textKept(on, "tag") })).status),
  row("tags are listed with their commits", true, async (on) => (await on.bot.rest.repos.listTags(acme)).data[0]?.commit.sha === textKept(on, "main")),
  row("a tag leads to its commit", true, async (on) => (await on.bot.rest.repos.getCommit({ ...acme, ref: "v1.0.0" })).data.sha === textKept(on, "main")),
  row("a release is made", 201, async (on) => {
    const { data, status } = await on.bot.rest.repos.createRelease({ ...acme, tag_name: "v1.0.0", name: "v1", body: "Notes" });
    on.kept.set("release", data.id);
    return status;
  }),
  row("a release makes the tag that it lacks", true, async (on) => {
    await on.bot.rest.repos.createRelease({ ...acme, tag_name: "v1.1.0", target_commitish: "main" });
    return isThere(on, "v1.1.0");
  }),
  row("a draft has no tag until it is published", [false, true], async (on) => {
    const { id } = (await on.bot.rest.repos.createRelease({ ...acme, tag_name: "v2.0.0", draft: true })).data;
    const before = await isThere(on, "v2.0.0");
    await on.bot.rest.repos.updateRelease({ ...acme, release_id: id, draft: false });
    return [before, await isThere(on, "v2.0.0")];
  }),
  row("a second release of a tag is refused", 422, ({ bot }) => refusal(bot.rest.repos.createRelease({ ...acme, tag_name: "v1.0.0" }))),
  row("the latest release is read", "v2.0.0", async ({ bot }) => (await bot.rest.repos.getLatestRelease(acme)).data.tag_name),
  row(
    "a release is found by its tag",
    true,
    async (on) => (await on.bot.rest.repos.getReleaseByTag({ ...acme, tag: "v1.0.0" })).data.id === numberKept(on, "release"),
  ),
  row("notes of a release are written by GitHub", true, async ({ bot }) => {
    const { body } = (await bot.rest.repos.generateReleaseNotes({ ...acme, tag_name: "v9.0.0" })).data;
    return /\*\*Full Changelog\*\*: \S+\/compare\/v2\.0\.0\.\.\.v9\.0\.0$/u.test(body);
  }),
  row("a file is attached to a release", { name: "a.txt", size: 5 }, async (on) => {
    const headers = { "content-type": "text/plain" };
    const { upload_url: url } = (await on.bot.rest.repos.getRelease({ ...acme, release_id: numberKept(on, "release") })).data;
    const { data } = await on.bot.request({ method: "POST", url, name: "a.txt", headers, data: "hello" });
    return { name: data.name, size: data.size };
  }),
  row("a milestone is made", 1, async ({ bot, kept }) => {
    const { number } = (await bot.rest.issues.createMilestone({ ...acme, title: "1.1" })).data;
    kept.set("milestone", number);
    return number;
  }),
  row(
    "a milestone is closed",
    "closed",
    async (on) => (await on.bot.rest.issues.updateMilestone({ ...acme, milestone_number: numberKept(on, "milestone"), state: "closed" })).data.state,
  ),
  row("an issue reaches the app by webhook", ["issues.opened"], async (on) => {
    await on.scene.heard();
    on.kept.set("issue", (await on.kim.rest.issues.create({ ...acme, title: "It breaks", body: "So" })).data.number);
    return on.scene.heard();
  }),
  row("an issue gets a milestone and labels", { milestone: "1.1", labels: 1 }, async (on) => {
    const change = { milestone: numberKept(on, "milestone"), labels: ["pending"] };
    const { data } = await on.bot.rest.issues.update({ ...acme, issue_number: numberKept(on, "issue"), ...change });
    return { milestone: data.milestone?.title, labels: data.labels.length };
  }),
  row(
    "issues are found by search",
    1,
    async ({ bot }) => (await bot.rest.search.issuesAndPullRequests({ q: 'repo:acme/app is:issue is:open label:pending "it breaks"' })).data.total_count,
  ),
  row("a workflow of a file is dispatched", 204, async (on) => {
    await branchWith(on, "main", ".github/workflows/ci.yml", WORKFLOW, "main");
    return (await on.bot.rest.actions.createWorkflowDispatch({ ...acme, workflow_id: "ci.yml", ref: "main", inputs: { tag: "v1" } })).status;
  }),
  row("a dispatch says which run it made", 200, async ({ bot, kept }) => {
    const dispatch = { ...acme, workflow_id: "ci.yml", ref: "main", return_run_details: true };
    const { data, status } = await bot.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", dispatch);
    kept.set("run", (data as unknown as { workflow_run_id: number }).workflow_run_id);
    return status;
  }),
  row("runs are listed", 2, async ({ bot }) => (await bot.rest.actions.listWorkflowRunsForRepo(acme)).data.total_count),
  row("jobs of a run are listed", ["build"], async (on) => {
    const { repository, standIn } = on.scene;
    await standIn.operations.startRun(repository, repository.actions.runs.get(numberKept(on, "run"))!);
    return (await on.bot.rest.actions.listJobsForWorkflowRun(run(on))).data.jobs.map(({ name }) => name);
  }),
  row("a run is cancelled", "cancelled", async (on) => {
    await on.bot.rest.actions.cancelWorkflowRun(run(on));
    return (await on.bot.rest.actions.getWorkflowRun(run(on))).data.conclusion;
  }),
  row("a run is run again", 2, async (on) => {
    await on.bot.rest.actions.reRunWorkflow(run(on));
    return (await on.bot.rest.actions.getWorkflowRun(run(on))).data.run_attempt;
  }),
  row("an event of one's own is sent", 204, async ({ bot }) => (await bot.rest.repos.createDispatchEvent({ ...acme, event_type: "x" })).status),
];
