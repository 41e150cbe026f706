// Pull requests with what is said of them: labels, comments, checks, reviews, and the ways to merge.
import { acme, branchWith, encoded, numberKept, type On, refusal, row, type Row, textKept } from "./row.ts";

const pull = (on: On) => ({ ...acme, pull_number: numberKept(on, "pull") });
const issue = (on: On) => ({ ...acme, issue_number: numberKept(on, "pull") });

const opened = async (on: On, branch: string, from = "main"): Promise<number> => {
  await branchWith(on, branch, `${branch}.txt`, "x\n", from);
  return (await on.bot.rest.pulls.create({ ...acme, title: `feat: ${branch}`, head: branch, base: "main" })).data.number;
};

/** After its base moved on: the merge keeps what came there. */
const mergedBy = (merge_method: "merge" | "squash" | "rebase", parents: number): Row =>
  row(`a pull request is merged by ${merge_method} though its base moved`, { keepsBase: true, parents }, async (on) => {
    const pull_number = await opened(on, `by-${merge_method}`);
    const { commit } = (
      await on.bot.rest.repos.createOrUpdateFileContents({
        ...acme,
        path: `${merge_method}.txt`,
        message: "chore: moved",
        content: encoded("y"),
        branch: "main",
      })
    ).data;
    await on.bot.rest.pulls.merge({ ...acme, pull_number, merge_method });
    const compared = (await on.bot.rest.repos.compareCommitsWithBasehead({ ...acme, basehead: `${commit.sha ?? ""}...main` })).data;
    return { keepsBase: compared.behind_by === 0, parents: (await on.bot.rest.repos.getCommit({ ...acme, ref: "main" })).data.parents.length };
  });

export const pullRows: readonly Row[] = [
  row("a pull request is opened", { user: "steward[bot]", changed_files: 1, commits: 1, mergeable: null }, async (on) => {
    await branchWith(on, "rel", "VERSION", "1.0.0\n");
    const { data } = await on.bot.rest.pulls.create({ ...acme, title: "chore: release 1.0.0", head: "rel", base: "main", body: "Notes" });
    on.kept.set("pull", data.number);
    return { user: data.user.login, changed_files: data.changed_files, commits: data.commits, mergeable: data.mergeable };
  }),
  row("a second one for the same branches is refused", 422, ({ bot }) => refusal(bot.rest.pulls.create({ ...acme, title: "x", head: "rel", base: "main" }))),
  row("one from a branch that is not there is refused", 422, ({ bot }) => refusal(bot.rest.pulls.create({ ...acme, title: "x", head: "none", base: "main" }))),
  row(
    "a pull request is edited",
    "chore: release 1.0.1",
    async (on) => (await on.bot.rest.pulls.update({ ...pull(on), title: "chore: release 1.0.1", body: "More notes" })).data.title,
  ),
  row("pull requests are found by their head", 1, async ({ bot }) => (await bot.rest.pulls.list({ ...acme, head: "acme:rel", state: "open" })).data.length),
  row("its files are listed", ["VERSION"], async (on) => (await on.bot.rest.pulls.listFiles(pull(on))).data.map(({ filename }) => filename)),
  row("its commits are listed", ["feat: rel"], async (on) => (await on.bot.rest.pulls.listCommits(pull(on))).data.map(({ commit }) => commit.message)),
  row("it follows its branch", true, async (on) => {
    const sha = await branchWith(on, "rel", "VERSION", "1.0.1\n", "rel");
    on.kept.set("head", sha);
    return (await on.bot.rest.pulls.get(pull(on))).data.head.sha === sha;
  }),
  row("a label is made", 201, async ({ bot }) => (await bot.rest.issues.createLabel({ ...acme, name: "pending", color: "ededed" })).status),
  row("a pull request is labelled", ["pending"], async (on) => {
    await on.bot.rest.issues.addLabels({ ...issue(on), labels: ["pending"] });
    return (await on.bot.rest.pulls.get(pull(on))).data.labels.map(({ name }) => name);
  }),
  row("a label that is not there is made on the way", 200, async (on) => (await on.bot.rest.issues.addLabels({ ...issue(on), labels: ["new"] })).status),
  row("a label is taken off", ["new"], async (on) => (await on.bot.rest.issues.removeLabel({ ...issue(on), name: "pending" })).data.map(({ name }) => name)),
  row("a comment is made, by way of the app", { user: "steward[bot]", app: "steward" }, async (on) => {
    const { data } = await on.bot.rest.issues.createComment({ ...issue(on), body: "hello" });
    on.kept.set("comment", data.id);
    return { user: data.user?.login, app: data.performed_via_github_app?.slug };
  }),
  row(
    "a comment is edited",
    "edited",
    async (on) => (await on.bot.rest.issues.updateComment({ ...acme, comment_id: numberKept(on, "comment"), body: "edited" })).data.body,
  ),
  row("comments are listed", 1, async (on) => (await on.bot.rest.issues.listComments(issue(on))).data.length),
  row(
    "a comment is reacted to",
    201,
    async (on) => (await on.bot.rest.reactions.createForIssueComment({ ...acme, comment_id: numberKept(on, "comment"), content: "eyes" })).status,
  ),
  row("a pull request is reacted to", 201, async (on) => (await on.bot.rest.reactions.createForIssue({ ...issue(on), content: "+1" })).status),
  row("a check run is made", { app: "steward", pulls: 1 }, async (on) => {
    const actions = [{ label: "Again", description: "Once more", identifier: "again" }];
    const head_sha = textKept(on, "head");
    const { data } = await on.bot.rest.checks.create({ ...acme, name: "gate", head_sha, status: "in_progress", output: { title: "t", summary: "s" }, actions });
    on.kept.set("check", data.id);
    return { app: data.app?.slug, pulls: data.pull_requests.length };
  }),
  row(
    "a check run ends",
    "failure",
    async (on) =>
      (await on.bot.rest.checks.update({ ...acme, check_run_id: numberKept(on, "check"), status: "completed", conclusion: "failure" })).data.conclusion,
  ),
  row(
    "a check run ends otherwise after all",
    "success",
    async (on) =>
      (await on.bot.rest.checks.update({ ...acme, check_run_id: numberKept(on, "check"), status: "completed", conclusion: "success" })).data.conclusion,
  ),
  row("check runs of a branch are listed", 1, async ({ bot }) => (await bot.rest.checks.listForRef({ ...acme, ref: "rel" })).data.total_count),
  row("a check run is asked for again", 201, async (on) => (await on.bot.rest.checks.rerequestRun({ ...acme, check_run_id: numberKept(on, "check") })).status),
  row(
    "a commit status is made",
    201,
    async (on) => (await on.bot.rest.repos.createCommitStatus({ ...acme, sha: textKept(on, "head"), state: "success", context: "ci" })).status,
  ),
  row("statuses come to one", "success", async (on) => (await on.bot.rest.repos.getCombinedStatusForRef({ ...acme, ref: textKept(on, "head") })).data.state),
  row("a person approves", "APPROVED", async (on) => (await on.kim.rest.pulls.createReview({ ...pull(on), event: "APPROVE" })).data.state),
  row("reviews are listed", ["kim"], async (on) => (await on.bot.rest.pulls.listReviews(pull(on))).data.map(({ user }) => user?.login)),
  row("a review is asked for", ["lee"], async (on) =>
    (await on.bot.rest.pulls.requestReviewers({ ...pull(on), reviewers: ["lee"] })).data.requested_reviewers?.map((user) =>
      "login" in user ? user.login : null,
    ),
  ),
  mergedBy("merge", 2),
  mergedBy("squash", 1),
  mergedBy("rebase", 1),
  row("a merge of another head is refused", 409, async (on) =>
    refusal(on.bot.rest.pulls.merge({ ...acme, pull_number: await opened(on, "other-head"), sha: "0".repeat(40) })),
  ),
  row("a merge with a conflict is refused", 405, async (on) => {
    await branchWith(on, "clash", "README.md", "one\n");
    const { number } = (await on.bot.rest.pulls.create({ ...acme, title: "clash", head: "clash", base: "main" })).data;
    await branchWith(on, "main", "README.md", "other\n", "main");
    return refusal(on.bot.rest.pulls.merge({ ...acme, pull_number: number }));
  }),
  row("a pull request takes its base in", 202, async (on) => (await on.bot.rest.pulls.updateBranch(pull(on))).status),
  row("whether it merges is known the second time", [null, true], async (on) => {
    const look = async () => (await on.bot.rest.pulls.get(pull(on))).data.mergeable;
    return [await look(), await look()];
  }),
  row(
    "the pull request of a commit is found",
    1,
    async (on) => (await on.bot.rest.repos.listPullRequestsAssociatedWithCommit({ ...acme, commit_sha: textKept(on, "head") })).data.length,
  ),
  row(
    "a pull request is found by search",
    1,
    async ({ bot }) => (await bot.rest.search.issuesAndPullRequests({ q: "repo:acme/app is:pr is:open head:rel label:new" })).data.total_count,
  ),
  row("a pull request is closed", "closed", async (on) => (await on.bot.rest.pulls.update({ ...pull(on), state: "closed" })).data.state),
];
