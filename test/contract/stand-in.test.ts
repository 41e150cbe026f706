import { expect, it } from "@jest/globals";
import { keepRules } from "../../sandbox/scenarios/people.ts";
import { manifestCode } from "../../sandbox/rest/manifest.ts";
import { contractTests } from "./contract-tests.ts";
import { restRoutes } from "./rest-routes.ts";
import { commitOn, every, good, headOf, openPull, pushBranch, refused, repo, setFile } from "./steps.ts";

const { github, keepsItsContract } = contractTests();
const routes = restRoutes(github);

const IMAGES = `name: Images
run-name: Images of \${{ inputs.tag }}
on:
  workflow_dispatch:
    inputs: { tag: { required: true } }
  repository_dispatch: { types: [images] }
  pull_request:
jobs:
  build: { runs-on: ubuntu-latest, steps: [] }
  publish: { needs: build, runs-on: [self-hosted, large], steps: [{ uses: actions/checkout@v4 }, { name: Push, run: make push }] }
`;

const SINGLE = `on: { workflow_dispatch: }
concurrency: single
jobs:
  only: { runs-on: ubuntu-latest, steps: [{ run: make }] }
`;
const DEPLOY = `on: { workflow_dispatch: }
jobs:
  deploy: { runs-on: ubuntu-latest, environment: production, steps: [{ run: make deploy }] }
`;

keepsItsContract("for who asks, and for the repository", async (github) => {
  const { id } = await good(github.ada("GET", repo));
  await every(github.ada, "/user", "/users/bob", "/users/acme", "/rate_limit", "/meta", `/repositories/${id}`, `${repo}/collaborators/bob/permission`);
  await every(github.app, "/app", "/apps/steward", "/app/installations", `${repo}/installation`);
  const [installation] = await good(github.app("GET", "/app/installations"));
  await every(github.app, `/app/installations/${installation.id}`);
  await good(github.app("POST", `/app/installations/${installation.id}/access_tokens`, { repositories: ["tool"], permissions: { contents: "read" } }));
  await every(github.bot, "/installation/repositories?per_page=1&page=1", "/users/steward%5Bbot%5D", repo);
});

keepsItsContract("for an app that is made from a manifest", async (github) => {
  const { world } = github.standIn;
  const [app] = world.apps.values();
  const code = manifestCode(world, { app: app!, privateKey: "key", clientSecret: "secret" });
  await good(github.ada("POST", `/app-manifests/${code}/conversions`));
});

keepsItsContract("for refs, trees, commits, tags and files", async (github) => {
  const sha = await pushBranch(github.bot, "git-data", "src/nested/file.txt");
  await good(github.bot("PATCH", `${repo}/git/refs/heads/git-data`, { sha: await headOf(github.bot, "main"), force: true }));
  const tag = await good(github.ada("POST", `${repo}/git/tags`, { tag: "v9", message: "Nine", object: sha, type: "commit" }));
  await good(github.ada("POST", `${repo}/git/refs`, { ref: "refs/tags/v9", sha: tag.sha }));
  const { tree } = await good(github.ada("GET", `${repo}/git/commits/${sha}`));
  const file = (await good(github.ada("GET", `${repo}/git/trees/${tree.sha}?recursive=1`))).tree.find(({ type }: { type: string }) => type === "blob");
  await every(github.bot, `${repo}/git/ref/tags/v9`, `${repo}/git/tags/${tag.sha}`, `${repo}/git/blobs/${file.sha}`, `${repo}/git/trees/main`);
  await every(github.bot, `${repo}/git/matching-refs/tags/v`, `${repo}/tags?per_page=1`, `${repo}/branches?per_page=2`, `${repo}/branches/main`);
  await every(github.bot, `${repo}/commits?per_page=1&page=2`, `${repo}/commits?sha=main&path=README.md`, `${repo}/commits/main`, `${repo}/commits/${sha}`);
  await every(github.bot, `${repo}/compare/v1.0.0...main`, `${repo}/compare/v1.0.0...${sha}?per_page=1&page=1`);
  await good(github.bot("DELETE", `${repo}/git/refs/tags/v9`));
  await good(github.bot("DELETE", `${repo}/git/refs/heads/git-data`));
});

keepsItsContract("for contents", async (github) => {
  await every(github.bot, `${repo}/contents`, `${repo}/contents/`, `${repo}/contents/README.md`, `${repo}/contents/README.md?ref=v1.0.0`);
  await pushBranch(github.bot, "deep", "docs/guide/start.md");
  await every(github.bot, `${repo}/contents/docs?ref=deep`, `${repo}/contents/docs/guide/start.md?ref=deep`);
});

keepsItsContract("for a pull request from opening to merge, in each of the three ways", async (github) => {
  for (const merge_method of ["merge", "squash", "rebase"]) {
    const number = await openPull(github.bob, `by-${merge_method}`);
    await good(github.bob("PATCH", `${repo}/pulls/${number}`, { title: "feat: better", body: "More words" }));
    for (const event of ["COMMENT", "REQUEST_CHANGES", "APPROVE"])
      await good(github.ada("POST", `${repo}/pulls/${number}/reviews`, { event, body: "So it is" }));
    await every(github.bot, `${repo}/pulls/${number}`, `${repo}/pulls/${number}/commits`, `${repo}/pulls/${number}/files`, `${repo}/pulls/${number}/reviews`);
    const merged = await good(github.ada("PUT", `${repo}/pulls/${number}/merge`, { merge_method }));
    await every(github.bot, `${repo}/pulls/${number}`, `${repo}/commits/${merged.sha}/pulls`, `${repo}/commits/${merged.sha}`);
    await every(github.bot, `${repo}/pulls/${number}/merge`);
  }
  await every(
    github.bot,
    `${repo}/pulls?state=all&sort=updated&direction=desc&per_page=2`,
    `${repo}/pulls?state=closed&base=main`,
    `${repo}/pulls?head=acme:by-merge`,
  );
});

keepsItsContract("for reviews that are asked for, given and dismissed, and the teams that give them", async (github) => {
  const team = github.standIn.addTeam("acme", "platform", ["ada"]);
  github.standIn.setMembers(team, ["bob"]);
  github.standIn.setMembers(team, ["ada"]);
  const at = `${repo}/pulls/${await openPull(github.bob, "reviewed")}`;
  await good(github.bob("POST", `${at}/requested_reviewers`, { reviewers: ["ada"], team_reviewers: ["platform"] }));
  await every(github.bot, `${at}/requested_reviewers`, at);
  await good(github.bob("DELETE", `${at}/requested_reviewers`, { reviewers: ["ada"], team_reviewers: ["platform"] }));
  await refused(422, github.bot("POST", `${at}/requested_reviewers`, { reviewers: ["bob"] }));
  await refused(422, github.bot("POST", `${at}/requested_reviewers`, { reviewers: ["stranger"] }));
  const review = await good(github.ada("POST", `${at}/reviews`, { event: "APPROVE" }));
  await good(github.bob("PUT", `${at}/reviews/${review.id}/dismissals`, { message: "Too early" }));
  await every(github.bot, `${at}/reviews`);
});

keepsItsContract("for checks that a branch requires, until they pass", async (github) => {
  const { operations, world, actorFor } = github.standIn;
  const repository = world.repositories.get("acme/tool")!;
  const steward = [...world.apps.values()].find(({ slug }) => slug === "steward")!;
  const required = [
    { name: "unit", appId: null },
    { name: "plan", appId: steward.id },
  ];
  for (const by of ["ruleset", "protection"] as const) {
    await operations.requireChecks(actorFor("ada"), repository, { branch: "main", by, checks: required });
    await every(github.bot, `${repo}/branches/main`, `${repo}/rules/branches/main`, `${repo}/branches?per_page=1`);
    const number = await openPull(github.bob, `required-by-${by}`);
    await every(github.bot, `${repo}/pulls/${number}`);
    await refused(405, github.ada("PUT", `${repo}/pulls/${number}/merge`));
    const sha = await headOf(github.bob, `required-by-${by}`);
    for (const { name } of required) await operations.reportCheck(actorFor("ada"), repository, sha, { name, conclusion: "success", appSlug: "steward" });
    await good(github.ada("PUT", `${repo}/pulls/${number}/merge`));
    await operations.requireChecks(actorFor("ada"), repository, { branch: "main", by, checks: [] });
  }
  await every(github.bot, `${repo}/branches/main`, `${repo}/rules/branches/nothing`);
});

keepsItsContract("for rulesets and the older protection of a branch, and what they refuse", async (github) => {
  github.standIn.addTeam("acme", "owners", ["bob"]);
  const { id: team } = github.standIn.world.teams.get("acme/owners")!;
  await pushBranch(github.bob, "guarded", "guarded.txt");
  const [app] = github.standIn.world.apps.values();
  const bypass_actors = [
    { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" },
    { actor_id: app!.id, actor_type: "Integration", bypass_mode: "pull_request" },
    { actor_id: team, actor_type: "Team", bypass_mode: "always" },
    { actor_id: 1, actor_type: "OrganizationAdmin", bypass_mode: "always" },
  ];
  const reviews = {
    required_approving_review_count: 1,
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: true,
    require_last_push_approval: true,
    required_review_thread_resolution: false,
  };
  const queue = {
    check_response_timeout_minutes: 60,
    grouping_strategy: "ALLGREEN",
    max_entries_to_build: 5,
    max_entries_to_merge: 5,
    merge_method: "SQUASH",
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 5,
  };
  const rules = [
    ...["creation", "deletion", "non_fast_forward", "required_signatures", "required_linear_history"].map((type) => ({ type })),
    { type: "update", parameters: { update_allows_fetch_and_merge: false } },
    { type: "pull_request", parameters: reviews },
    { type: "merge_queue", parameters: queue },
    { type: "required_status_checks", parameters: { strict_required_status_checks_policy: false, required_status_checks: [{ context: "unit" }] } },
  ];
  const conditions = { ref_name: { include: ["refs/heads/guarded"], exclude: [] } };
  const body = { name: "All", target: "branch", enforcement: "active", bypass_actors: [], conditions, rules };
  const { id } = await good(github.ada("POST", `${repo}/rulesets`, body));
  await refused(422, github.ada("POST", `${repo}/rulesets`, body));
  await every(github.bot, `${repo}/rulesets?per_page=1`, `${repo}/rulesets/${id}`, `${repo}/rules/branches/guarded`, `${repo}/branches/guarded`);
  const sha = await commitOn(github.bob, "guarded", "more.txt");
  await good(github.ada("PUT", `${repo}/rulesets/${id}`, { ...body, rules: rules.slice(0, 3) }));
  await refused(422, github.bob("DELETE", `${repo}/git/refs/heads/guarded`));
  await good(github.ada("PUT", `${repo}/rulesets/${id}`, { ...body, rules: rules.slice(5) }));
  await refused(422, github.bob("PATCH", `${repo}/git/refs/heads/guarded`, { sha }));
  await good(github.ada("PUT", `${repo}/rulesets/${id}`, { ...body, bypass_actors }));
  await good(github.bob("PATCH", `${repo}/git/refs/heads/guarded`, { sha }));
  await good(github.ada("DELETE", `${repo}/rulesets/${id}`));
  const tags = { ...body, name: "Tags", target: "tag", conditions: { ref_name: { include: ["~ALL"], exclude: [] } }, rules: [{ type: "creation" }] };
  const { id: ofTags } = await good(github.ada("POST", `${repo}/rulesets`, tags));
  await refused(422, github.bob("POST", `${repo}/git/refs`, { ref: "refs/tags/v77", sha }));
  await refused(422, github.bob("POST", `${repo}/releases`, { tag_name: "v77" }));
  await good(github.ada("DELETE", `${repo}/rulesets/${ofTags}`));
  const at = `${repo}/branches/guarded/protection`;
  const protection = {
    required_status_checks: { strict: false, contexts: [], checks: [{ context: "unit" }] },
    enforce_admins: true,
    required_pull_request_reviews: { dismiss_stale_reviews: true, require_code_owner_reviews: true, required_approving_review_count: 1 },
    restrictions: null,
  };
  await refused(404, github.ada("GET", at));
  await good(github.ada("PUT", at, protection));
  await every(github.ada, at, `${repo}/branches/guarded`);
  await refused(422, github.ada("DELETE", `${repo}/git/refs/heads/guarded`));
  await good(github.ada("DELETE", at));
});

keepsItsContract("for a pull request that is closed, reopened, drafted, updated and brought up to date", async (github) => {
  const number = await openPull(github.bob, "closed");
  await good(github.bob("PATCH", `${repo}/pulls/${number}`, { state: "closed" }));
  await good(github.bob("PATCH", `${repo}/pulls/${number}`, { state: "open" }));
  const milestone = await good(github.ada("POST", `${repo}/milestones`, { title: "For pulls" }));
  await good(github.ada("PATCH", `${repo}/issues/${number}`, { milestone: milestone.number }));
  await good(github.ada("PATCH", `${repo}/issues/${number}`, { milestone: null }));
  await good(github.ada("POST", `${repo}/issues/${number}/labels`, { labels: ["from a pull"] }));
  await good(github.ada("DELETE", `${repo}/issues/${number}/labels/from%20a%20pull`));
  await good(github.bot("POST", `${repo}/issues/${number}/comments`, { body: "On a pull request" }));
  await every(github.bot, `${repo}/issues/${number}`, `${repo}/issues?state=all`);
  await pushBranch(github.bob, "other-base", "other.txt");
  await good(github.bob("PATCH", `${repo}/pulls/${number}`, { base: "other-base" }));
  await good(github.bob("PATCH", `${repo}/git/refs/heads/closed`, { sha: await commitOn(github.bob, "closed", "more.txt") }));
  await pushBranch(github.bob, "drafted", "drafted.txt");
  await good(github.bob("POST", `${repo}/pulls`, { title: "feat: draft", head: "drafted", base: "main", draft: true }));
});

keepsItsContract("for issues, their labels, milestones, comments and reactions", async (github) => {
  const milestone = await good(github.ada("POST", `${repo}/milestones`, { title: "v2", description: "Next" }));
  await good(github.ada("PATCH", `${repo}/milestones/${milestone.number}`, { due_on: "2026-03-01T08:00:00Z" }));
  await good(github.ada("PATCH", `${repo}/milestones/${milestone.number}`, { state: "closed" }));
  await good(github.ada("PATCH", `${repo}/milestones/${milestone.number}`, { state: "open", title: "v2.0" }));
  await good(github.ada("POST", `${repo}/labels`, { name: "kind/bug", color: "ff0000", description: "Broken" }));
  const issue = await good(github.bob("POST", `${repo}/issues`, { title: "It breaks", body: "So", labels: ["kind/bug"], milestone: milestone.number }));
  const at = `${repo}/issues/${issue.number}`;
  await good(github.bob("PATCH", at, { title: "It broke", milestone: null }));
  await good(github.bob("PATCH", at, { milestone: milestone.number }));
  await good(github.ada("POST", `${at}/labels`, { labels: ["new one"] }));
  await good(github.ada("PUT", `${at}/labels`, { labels: ["kind/bug", "another"] }));
  await good(github.ada("PATCH", `${repo}/labels/another`, { new_name: "other", color: "00ff00" }));
  await good(github.ada("DELETE", `${repo}/labels/other`));
  await good(github.ada("DELETE", `${at}/labels/${encodeURIComponent("kind/bug")}`));
  await good(github.ada("POST", `${at}/assignees`, { assignees: ["bob", "nobody"] }));
  await good(github.ada("PATCH", at, { assignees: ["ada"] }));
  await good(github.ada("DELETE", `${at}/assignees`, { assignees: ["ada"] }));
  const comment = await good(github.bob("POST", `${at}/comments`, { body: "Still" }));
  await good(github.bob("PATCH", `${repo}/issues/comments/${comment.id}`, { body: "Still so" }));
  await good(github.bot("POST", `${repo}/issues/comments/${comment.id}/reactions`, { content: "eyes" }));
  await good(github.bot("POST", `${at}/reactions`, { content: "+1" }));
  await every(github.bot, at, `${at}/comments?per_page=1`, `${at}/labels`, `${at}/reactions`, `${repo}/issues/comments/${comment.id}`);
  await every(github.bot, `${repo}/issues/comments/${comment.id}/reactions`, `${repo}/issues?state=all&labels=kind/bug`, `${repo}/issues/comments`);
  await every(github.bot, `${repo}/labels?per_page=1`, `${repo}/labels/kind%2Fbug`, `${repo}/milestones?state=all`, `${repo}/milestones/${milestone.number}`);
  await good(github.bob("DELETE", `${repo}/issues/comments/${comment.id}`));
  await good(github.ada("PATCH", at, { state: "closed", state_reason: "completed" }));
  await good(github.ada("PATCH", at, { state: "open" }));
});

keepsItsContract("for check runs and statuses", async (github) => {
  const sha = await headOf(github.bot, "main");
  const run = await good(
    github.bot("POST", `${repo}/check-runs`, {
      name: "plan",
      head_sha: sha,
      status: "in_progress",
      external_id: "1",
      output: { title: "Plans", summary: "Soon" },
    }),
  );
  const annotations = [{ path: "README.md", start_line: 1, end_line: 1, annotation_level: "notice", message: "Look", title: "Here" }];
  const actions = [{ label: "Again", description: "Plan again", identifier: "again" }];
  const finished = { status: "completed", conclusion: "success", output: { title: "Planned", summary: "Done", annotations }, actions };
  await good(github.bot("PATCH", `${repo}/check-runs/${run.id}`, finished));
  await good(github.ada("POST", `${repo}/statuses/${sha}`, { state: "success", context: "ci", description: "Fine", target_url: "https://ci.example.com" }));
  await every(github.bot, `${repo}/check-runs/${run.id}`, `${repo}/check-runs/${run.id}/annotations`);
  await every(
    github.bot,
    `${repo}/commits/${sha}/check-runs?check_name=plan&per_page=1`,
    `${repo}/commits/${sha}/check-suites`,
    `${repo}/check-suites/${run.check_suite.id}/check-runs`,
  );
  await every(github.bot, `${repo}/commits/${sha}/status`, `${repo}/commits/main/statuses`);
  await good(github.bot("POST", `${repo}/check-runs/${run.id}/rerequest`));
  await every(github.bot, `${repo}/check-suites/${run.check_suite.id}`);
  await good(github.bot("POST", `${repo}/check-suites/${run.check_suite.id}/rerequest`));
});

keepsItsContract("for releases, from draft to deletion", async (github) => {
  const release = await good(github.bot("POST", `${repo}/releases`, { tag_name: "v2.0.0", target_commitish: "main", name: "2", body: "News", draft: true }));
  await good(github.bot("PATCH", `${repo}/releases/${release.id}`, { draft: false, make_latest: "true" }));
  await good(github.bot("PATCH", `${repo}/releases/${release.id}`, { body: "Better news" }));
  for (const draft of [true, false]) await good(github.bot("PATCH", `${repo}/releases/${release.id}`, { draft }));
  await every(github.bot, `${repo}/releases`, `${repo}/releases/latest`, `${repo}/releases/${release.id}`, `${repo}/releases/tags/v2.0.0`);
  const { operations, world, actorFor, workflowActor } = github.standIn;
  const repository = world.repositories.get("acme/tool")!;
  const published = repository.releases.get(release.id as number)!;
  for (const actor of [actorFor("bob"), workflowActor(repository)])
    await operations.uploadReleaseAsset(actor, repository, published, { name: `${actor.user.login}.tgz`, content: "x" });
  await every(github.bot, `${repo}/releases/${release.id}/assets?per_page=1`, `${repo}/releases/${release.id}`);
  await good(github.bot("PATCH", `${repo}/releases/${release.id}`, { body: "Best news" }));
  await good(github.bot("POST", `${repo}/releases`, { tag_name: "v2.1.0-rc.1", prerelease: true, make_latest: "false" }));
  await good(github.bot("DELETE", `${repo}/releases/${release.id}`));
});

keepsItsContract("for workflows, from a dispatch or a push to the end of a second attempt", async ({ standIn, ada, bob, bot }) => {
  const repository = standIn.world.repositories.get("acme/tool")!;
  const { operations } = standIn;
  await setFile(ada, ".github/workflows/images.yml", IMAGES);
  await every(bot, `${repo}/actions/workflows?per_page=1`, `${repo}/actions/workflows/images.yml`);
  const workflow = await good(bot("GET", `${repo}/actions/workflows/images.yml`));
  const dispatches = `${repo}/actions/workflows/${workflow.id}/dispatches`;
  await good(bot("POST", dispatches, { ref: "main", inputs: { tag: "v1.0.0" } }));
  const { workflow_run_id: id } = await good(bot("POST", dispatches, { ref: "main", inputs: { tag: "v1.0.1" }, return_run_details: true }));
  const run = repository.actions.runs.get(id as number)!;
  await operations.startRun(repository, run);
  await every(bot, `${repo}/actions/runs/${id}`, `${repo}/actions/runs/${id}/jobs?filter=all`);
  const artifact = await operations.uploadArtifact(repository, run, "report", { "digests.json": "{}" });
  await operations.finishRun(repository, run, "failure", { jobs: { build: "success" }, steps: { publish: "Push" } });
  await good(bot("POST", `${repo}/actions/runs/${id}/rerun-failed-jobs`));
  await every(bot, `${repo}/actions/runs/${id}`, `${repo}/actions/runs/${id}/attempts/1/jobs`, `${repo}/actions/runs/${id}/attempts/1`);
  await every(bot, `${repo}/actions/runs/${id}/artifacts?name=report&direction=asc`, `${repo}/actions/artifacts/${artifact.id}`);
  await every(bot, `${repo}/actions/artifacts/${artifact.id}/zip`, `${repo}/actions/runs/${id}/jobs?filter=latest`);
  await good(bob("POST", `${repo}/actions/runs/${id}/cancel`));
  await refused(409, bot("POST", `${repo}/actions/runs/${id}/cancel`));
  await good(bot("POST", `${repo}/actions/runs/${id}/rerun`));
  await refused(403, bot("POST", `${repo}/actions/runs/${id}/rerun`));
  await operations.finishRun(repository, run, "success");
  await every(bot, `${repo}/commits/main/check-runs`, `${repo}/commits/main/check-suites`);
  await good(bot("POST", `${repo}/dispatches`, { event_type: "images", client_payload: { tag: "v1.0.1" } }));
  await openPull(bob, "with-a-run");
  const { workflow_runs: runs } = await good(bot("GET", `${repo}/actions/runs?event=pull_request&branch=with-a-run&status=queued&created=%3E%3D2026-01-01`));
  await every(bot, `${repo}/actions/workflows/images.yml/runs?head_sha=${runs[0].head_sha}&per_page=1`);
  await refused(422, bot("POST", dispatches, { ref: "nothing" }));
  await refused(404, bot("POST", `${repo}/actions/workflows/nothing.yml/dispatches`, { ref: "main" }));
  await good(bot("DELETE", `${repo}/actions/runs/${id}`));
});

keepsItsContract("for teams that are parts of others, and their roles", async ({ standIn, ada, bot }) => {
  const parent = standIn.addTeam("acme", "engineering", ["bob"]);
  standIn.addTeam("acme", "release-engineering", ["ada"], { parent });
  const at = "/orgs/acme/teams/engineering";
  await good(ada("PUT", `${at}${repo}`, { permission: "maintain" }));
  await every(bot, "/orgs/acme/teams?per_page=1", at, `${at}/members`, `${at}/teams`, `${at}/memberships/ada`, "/orgs/acme/teams/release-engineering");
  await every(bot, `${at}${repo}`, `${repo}/collaborators/bob/permission`, "/orgs/acme/memberships/ada");
  await refused(404, bot("GET", "/orgs/acme/teams/release-engineering/memberships/bob"));
  await good(ada("DELETE", `${at}${repo}`));
  await refused(404, bot("GET", `${at}${repo}`));
});

keepsItsContract("for single jobs, disabled workflows and merge groups, as apps hear of them", async ({ standIn, ada, bob, bot }) => {
  const { operations, world, actorFor } = standIn;
  const repository = world.repositories.get("acme/tool")!;
  const permissions = { metadata: "read", actions: "read", merge_queues: "read" } as const;
  const webhook = { url: "http://watcher.test/", secret: "x" };
  standIn.install(standIn.addApp({ slug: "watcher", publicKey: "", permissions, events: ["workflow_job", "merge_group"], webhook }), "acme");
  await setFile(ada, ".github/workflows/single.yml", SINGLE);
  const at = `${repo}/actions/workflows/single.yml`;
  await good(ada("PUT", `${at}/disable`));
  await every(bot, at);
  await refused(422, bot("POST", `${at}/dispatches`, { ref: "main" }));
  await good(ada("PUT", `${at}/enable`));
  for (let one = 0; one < 2; one += 1) await good(bob("POST", `${at}/dispatches`, { ref: "main" }));
  const [first, second] = [...repository.actions.runs.values()].slice(-2);
  await every(bot, `${repo}/actions/runs/${second!.id}`);
  await operations.finishRun(repository, first!, "failure");
  const job = first!.jobs[0]!.check.id;
  await every(bot, `${repo}/actions/jobs/${job}`, `${repo}/actions/jobs/${job}/logs`);

  const number = await openPull(bob, "queued");
  const issue = repository.issues.get(number)!;
  const queue = { method: "squash", checksWithinMinutes: 60 } as const;
  const checks = [{ name: "grouped", appId: null }];
  const rules = { refuses: [], checks, pullRequest: null, queue };
  const ruleset = await keepRules(standIn, repository, "ada", { name: "Queue", rules });
  await operations.reportCheck(actorFor("ada"), repository, issue.pull!.headSha, { name: "grouped", conclusion: "success", appSlug: "steward" });
  await operations.enqueue(actorFor("ada"), repository, issue, null);
  await operations.dequeue(actorFor("ada"), repository, issue);
  await operations.enqueue(actorFor("ada"), repository, issue, null);
  await refused(405, ada("PUT", `${repo}/pulls/${number}/merge`));
  const { group } = repository.queue[0]!;
  await operations.reportCheck(actorFor("ada"), repository, group!.headSha, { name: "grouped", conclusion: "success", appSlug: "steward" });
  await every(bot, `${repo}/pulls/${number}`);
  await good(ada("DELETE", `${repo}/rulesets/${ruleset.id}`));
});

keepsItsContract("for deployments, environments and runs that wait for them", async ({ standIn, ada, bob, bot }) => {
  const repository = standIn.world.repositories.get("acme/tool")!;
  const reviewer = standIn.actorFor("ada").user.id;
  const team = standIn.addTeam("acme", "deployers", ["bob"]).id;
  const at = `${repo}/environments/production`;
  const reviewers = [
    { type: "User", id: reviewer },
    { type: "Team", id: team },
  ];
  await good(ada("PUT", at, { wait_timer: 0, prevent_self_review: false, reviewers, deployment_branch_policy: null }));
  await good(
    ada("PUT", `${repo}/environments/canary`, { wait_timer: 30, deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } }),
  );
  await refused(422, ada("PUT", `${repo}/environments/canary`, { deployment_branch_policy: { protected_branches: true, custom_branch_policies: true } }));
  const policies = `${repo}/environments/canary/deployment-branch-policies`;
  const { id: policy } = await good(ada("POST", policies, { name: "release/*" }));
  await every(ada, at, `${repo}/environments?per_page=2`, policies);
  await good(ada("DELETE", `${policies}/${policy}`));
  await good(ada("DELETE", `${repo}/environments/canary`));

  await setFile(ada, ".github/workflows/deploy.yml", DEPLOY);
  await good(bob("POST", `${repo}/actions/workflows/deploy.yml/dispatches`, { ref: "main" }));
  const run = [...repository.actions.runs.values()].at(-1)!;
  await standIn.operations.startRun(repository, run);
  const pending = `${repo}/actions/runs/${run.id}/pending_deployments`;
  const [{ environment }] = await good(ada("GET", pending));
  await every(bot, pending, `${repo}/actions/runs/${run.id}`);
  await good(ada("POST", pending, { environment_ids: [environment.id], state: "approved", comment: "Ship it" }));
  await standIn.operations.finishRun(repository, run, "success");
  await every(bot, `${repo}/actions/runs/${run.id}/approvals`, `${repo}/deployments?environment=production&per_page=1`);

  const deployments = `${repo}/deployments`;
  const body = { ref: "main", environment: "staging", description: "By hand", payload: { by: "hand" }, required_contexts: [], transient_environment: false };
  const { id } = await good(bob("POST", deployments, body));
  const status = { state: "in_progress", log_url: "https://logs.example.com", description: "Half way", environment_url: "https://staging.example.com" };
  const { id: statusId } = await good(bob("POST", `${deployments}/${id}/statuses`, status));
  await every(bot, `${deployments}/${id}`, `${deployments}/${id}/statuses?per_page=1`, `${deployments}/${id}/statuses/${statusId}`);
  await refused(422, bob("DELETE", `${deployments}/${id}`));
  await refused(409, bob("POST", deployments, { ref: "main", required_contexts: ["nobody"] }));
  await pushBranch(bob, "behind", "behind.txt");
  await setFile(ada, "ahead.txt", "ahead\n");
  await good(bob("POST", deployments, { ref: "behind" }));
  await good(bob("POST", `${deployments}/${id}/statuses`, { state: "inactive" }));
  await good(bob("DELETE", `${deployments}/${id}`));
});

keepsItsContract("for attestations, and for tags that are signed, moved and deleted", async ({ standIn, ada, bot }) => {
  const repository = standIn.world.repositories.get("acme/tool")!;
  const digest = `sha256:${"a".repeat(64)}`;
  await standIn.operations.attest(repository, digest);
  await every(bot, `${repo}/attestations/${digest}?predicate_type=provenance&per_page=1`);
  await refused(404, bot("GET", `${repo}/attestations/sha256:${"b".repeat(64)}`));
  const sha = await headOf(bot, "main");
  const message = "Ten\n-----BEGIN SSH SIGNATURE-----\nx\n-----END SSH SIGNATURE-----\n";
  const tag = await good(bot("POST", `${repo}/git/tags`, { tag: "v10", message, object: sha, type: "commit" }));
  await good(bot("POST", `${repo}/git/refs`, { ref: "refs/tags/v10", sha: tag.sha }));
  await every(bot, `${repo}/git/tags/${tag.sha}`);
  await good(bot("PATCH", `${repo}/git/refs/tags/v10`, { sha }));
  await refused(422, bot("PATCH", `${repo}/git/refs/tags/v10`, { sha: (await good(bot("GET", `${repo}/commits/v1.0.0`))).sha }));
  await good(ada("DELETE", `${repo}/git/refs/tags/v10`));
});

keepsItsContract("where only the app is told", async ({ standIn, bot }) => {
  const repository = standIn.world.repositories.get("acme/tool")!;
  const actions = [{ label: "Again", description: "Plan again", identifier: "again" }];
  const { id } = await good(
    bot("POST", `${repo}/check-runs`, { name: "buttons", head_sha: await headOf(bot, "main"), status: "completed", conclusion: "neutral", actions }),
  );
  const run = repository.checkRuns.get(id as number)!;
  await standIn.operations.requestCheckAction(standIn.actorFor("ada"), repository, run, "again");
  await standIn.operations.rerequestCheckRun(standIn.actorFor("ada"), repository, run);
});

keepsItsContract("for the deliveries of the app's webhooks", async (github) => {
  await pushBranch(github.bob, "delivered", "delivered.txt");
  await github.standIn.delivered();
  const [delivery] = await good(github.app("GET", "/app/hook/deliveries?per_page=5"));
  await every(github.app, `/app/hook/deliveries/${delivery.id}`, "/app/hook/config");
  await good(github.app("POST", `/app/hook/deliveries/${delivery.id}/attempts`));
});

keepsItsContract("for a private repository that is empty and new to the app", async ({ standIn, bot }) => {
  await standIn.addRepository("acme", "later", { isPrivate: true });
  await every(bot, "/repos/acme/later", "/repos/acme/later/branches", "/repos/acme/later/tags", "/installation/repositories");
});

keepsItsContract("where it refuses", async (github) => {
  await refused(404, github.bot("GET", `${repo}/releases/999999`));
  await refused(404, github.bot("GET", "/repos/acme/nothing"));
  await refused(404, github.bot("GET", `${repo}/git/ref/heads/nothing`));
  await refused(404, github.ada("GET", "/users/nobody"));
  await refused(422, github.bot("POST", `${repo}/git/refs`, { ref: "refs/heads/main", sha: await headOf(github.bot, "main") }));
  await refused(422, github.bot("PATCH", `${repo}/git/refs/heads/nothing`, { sha: await headOf(github.bot, "main") }));
  await refused(422, github.bob("POST", `${repo}/pulls`, { title: "x", head: "nothing", base: "main" }));
  await refused(422, github.ada("POST", `${repo}/labels`, { name: "kind/bug", color: "ff0000" }));
});

keepsItsContract("for files of a release", async ({ standIn, bot, bob }) => {
  const release = await good(bot("POST", `${repo}/releases`, { tag_name: "v20.0.0", name: "Files" }));
  const address = (release.upload_url as string).replace("{?name,label}", "?name=app.txt&label=The%20app");
  const headers = { authorization: `Bearer ${standIn.tokenFor("bob")}`, "content-type": "text/plain" };
  const uploaded = await standIn.handle(new Request(address, { method: "POST", headers, body: "the app\n" }));
  const { id } = (await uploaded.json()) as { id: number };
  await every(bot, `${repo}/releases/assets/${id}`, `${repo}/releases/${release.id}/assets`);
  await good(bob("PATCH", `${repo}/releases/assets/${id}`, { name: "tool.txt", label: "The tool" }));
  await good(bob("DELETE", `${repo}/releases/assets/${id}`));
});

keepsItsContract("for notes that GitHub writes", async ({ bot }) => {
  await good(bot("POST", `${repo}/releases/generate-notes`, { tag_name: "v30.0.0", target_commitish: "main", previous_tag_name: "v1.0.0" }));
  await good(bot("POST", `${repo}/releases`, { tag_name: "v30.0.0", generate_release_notes: true }));
  await refused(404, bot("POST", `${repo}/releases/generate-notes`, { tag_name: "v31.0.0", previous_tag_name: "v0" }));
});

keepsItsContract("for searches", async ({ bot, ada }) => {
  await every(bot, "/search/issues?q=repo:acme/tool+is:pr+is:open&sort=updated&order=asc&per_page=2", `${repo}/readme`, `${repo}/readme?ref=v1.0.0`);
  await refused(422, ada("GET", "/search/issues?q=repo:acme/tool+linked:pr"));
});

keepsItsContract("for what is asked for without its content, and once more", async ({ standIn }) => {
  const ask = (method: string, more: Readonly<Record<string, string>> = {}) =>
    standIn.handle(new Request(`${standIn.world.url}/api/v3${repo}`, { method, headers: { authorization: `Bearer ${standIn.tokenFor("bob")}`, ...more } }));
  await ask("GET", { "if-none-match": (await ask("HEAD")).headers.get("etag") ?? "" });
});

keepsItsContract("for a repository that is set up, renamed, archived, transferred and deleted, and its branches renamed", async ({ standIn, ada, bot }) => {
  standIn.addUser("initech", { type: "Organization" });
  const moving = await standIn.addRepository("acme", "moving", { collaborators: { ada: "admin" } });
  const actor = standIn.actorFor("ada");
  const tree = await moving.git.writeTree(null, []);
  const sha = await standIn.operations.createCommit(actor, moving, { tree, parents: [], message: "begin", author: null });
  await standIn.operations.updateRefs(actor, moving, [{ name: "refs/heads/main", before: null, after: sha, force: false }]);
  await good(ada("PATCH", "/repos/acme/moving", { delete_branch_on_merge: true, allow_rebase_merge: false }));
  await good(ada("POST", "/repos/acme/moving/branches/main/rename", { new_name: "trunk" }));
  await good(ada("PATCH", "/repos/acme/moving", { name: "moved" }));
  for (const path of ["", "/issues", "/branches/main"]) await bot("GET", `/repos/acme/moving${path}`);
  await bot("PATCH", "/repos/acme/moving/issues/1", { title: "x" });
  await ada("DELETE", "/repos/acme/moving");
  await ada("GET", "/repos/acme/moved/branches/main");
  for (const archived of [true, false]) await good(ada("PATCH", "/repos/acme/moved", { archived }));
  await good(ada("POST", "/repos/acme/moved/transfer", { new_owner: "initech", new_name: "gone" }));
  await good(ada("POST", "/repos/initech/gone/transfer", { new_owner: "acme" }));
  await good(ada("DELETE", "/repos/acme/gone"));
});

keepsItsContract("for what becomes of an installation", async ({ standIn }) => {
  const app = standIn.addApp({
    slug: "other",
    publicKey: "",
    permissions: { metadata: "read" },
    events: [],
    webhook: { url: "http://other.test/", secret: "s" },
  });
  const installation = standIn.install(app, "acme");
  standIn.selectRepositories(installation, ["tool"]);
  standIn.acceptPermissions(installation, { metadata: "read", contents: "read" });
  standIn.suspend(installation);
  standIn.unsuspend(installation);
  standIn.uninstall(installation);
});

keepsItsContract("for files and branches that are written without git", async ({ bob, bot }) => {
  const at = `${repo}/contents/docs/written.md`;
  const { sha } = (await good(bob("PUT", at, { message: "docs: one", content: "b25l" }))).content;
  await refused(422, bot("PUT", at, { message: "docs: two", content: "dHdv" }));
  await refused(409, bot("PUT", at, { message: "docs: two", content: "dHdv", sha: "0".repeat(40) }));
  const second = await good(bot("PUT", at, { message: "docs: two", content: "dHdv", sha, branch: "main" }));
  const number = await openPull(bob, "outdated");
  // DELETE takes its body as it is described, which no fetch forbids.
  await good(bob("DELETE", at, { message: "docs: none", sha: second.content.sha }));
  await good(bob("PUT", `${repo}/pulls/${number}/update-branch`, {}));
  await refused(422, bob("PUT", `${repo}/pulls/${number}/update-branch`, {}));
  await good(bob("POST", `${repo}/merges`, { base: "main", head: "outdated" }));
  await good(bob("POST", `${repo}/merges`, { base: "main", head: "outdated" }));
});

it("was asked for every route that it has", () => {
  expect(routes.unasked()).toEqual([]);
});
