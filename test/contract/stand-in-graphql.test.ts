import { expect, it } from "@jest/globals";
import { keepRules } from "../../sandbox/scenarios/people.ts";
import { contractTests } from "./contract-tests.ts";
import type { Answer } from "./drive.ts";
import { type Arguments, knownTypes, queryFor, unreachableFields } from "./graphql-paths.ts";
import { good, headOf, openPull, repo } from "./steps.ts";

const { keepsItsContract } = contractTests();
// What an agreement is made of, as the app asks for it.
const ACCOUNT = "__typename login";
const REQUESTED = "requestedReviewer { __typename ... on User { login } ... on Bot { login } ... on Team { combinedSlug } }";
const CONTEXTS = `totalCount pageInfo { hasNextPage endCursor } nodes { __typename
  ... on CheckRun { databaseId name status conclusion startedAt detailsUrl checkSuite { app { slug databaseId } } }
  ... on StatusContext { context state targetUrl createdAt } }`;
const COMMENT = `id url body createdAt lastEditedAt author { ${ACCOUNT} } editor { ${ACCOUNT} }
  reactionGroups { content createdAt viewerHasReacted reactors(first: 50) { edges { reactedAt node { __typename ... on Bot { login } ... on User { login } } } } }
  userContentEdits(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { editedAt editor { ${ACCOUNT} } diff deletedAt } }`;
const ISSUE = `id number title url body state createdAt author { ${ACCOUNT} } labels(first: 50) { nodes { name } } milestone { title } assignees(first: 10) { nodes { login } }
  timelineItems(last: 100, itemTypes: [LABELED_EVENT]) { nodes { __typename ... on LabeledEvent { createdAt label { name } } } }`;
const seen = new Set<string>();
const given: Arguments = {
  first: "9",
  owner: '"acme"',
  name: '"bug"',
  path: '"README.md"',
  number: "2",
  "issue.number": "3",
  qualifiedName: '"refs/tags/v1.0.0"',
  refPrefix: '"refs/"',
  expression: '"HEAD"',
  tagName: '"v1.1.0"',
  headRef: '"pull"',
  slug: '"platform"',
};

keepsItsContract("in GraphQL, reading", async (github) => {
  const query = `query Look($owner: String!, $name: String!) {
    rateLimit { cost, remaining }
    viewer { login }
    repository(owner: $owner, name: $name) {
      id, nameWithOwner, isArchived, defaultBranchRef { name, target { __typename, oid, ... on Commit { history(first: 2) { totalCount, pageInfo { hasNextPage, endCursor }, nodes { oid, messageHeadline } } } } }
      refs(refPrefix: "refs/tags/", first: 5) { nodes { name, target { __typename, oid } } }
      pullRequests(first: 3, states: [OPEN, MERGED]) { totalCount, nodes { number, title, state, mergeable, baseRefName, headRefOid, author { __typename, login }, labels(first: 2) { nodes { name } } } }
      issues(first: 2) { nodes { number, state, comments(first: 1) { nodes { body, author { login } } } } }
      releases(first: 2) { nodes { tagName, isDraft, isLatest, tagCommit { oid } } }
      milestones(first: 1) { nodes { title, state } }
    }
  }`;
  await good(github.graphql(github.ada, query, { owner: "acme", name: "tool" }));
  await good(github.graphql(github.bot, query, { owner: "acme", name: "nothing" }));
});

keepsItsContract("in GraphQL, writing", async (github) => {
  const { data } = await good(github.graphql(github.bot, `{ repository(owner: "acme", name: "tool") { id, ref(qualifiedName: "main") { target { oid } } } }`));
  const { id, ref } = data.repository;
  const commit = `mutation Commit($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid, signature { isValid } } } }`;
  const input = {
    branch: { repositoryNameWithOwner: "acme/tool", branchName: "main" },
    expectedHeadOid: ref.target.oid,
    message: { headline: "docs: through GraphQL" },
    fileChanges: { additions: [{ path: "graphql.md", contents: Buffer.from("x").toString("base64") }] },
  };
  await good(github.graphql(github.bot, commit, { input }));
  // The head has moved: GitHub answers STALE_DATA.
  await good(github.graphql(github.bot, commit, { input }));
  const update = `mutation Update($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`;
  await good(github.graphql(github.bot, update, { input: { repositoryId: id, refUpdates: [{ name: "refs/heads/graphql", afterOid: ref.target.oid }] } }));
});

keepsItsContract("in GraphQL, for drafts", async ({ bob, graphql }) => {
  const { data } = await good(graphql(bob, `{ repository(owner: "acme", name: "tool") { pullRequest(number: ${await openPull(bob, "drafted")}) { id } } }`));
  const { id } = data.repository.pullRequest;
  for (const change of ["convertPullRequestToDraft", "markPullRequestReadyForReview"]) {
    const { errors } = await good(graphql(bob, `mutation { ${change}(input: { pullRequestId: "${id}" }) { pullRequest { isDraft } } }`));
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
  }
});

keepsItsContract("in GraphQL, for every field that it knows", async ({ ada, bob, bot, graphql, standIn }) => {
  const number = await openPull(bob, "pull");
  standIn.addTeam("acme", "platform", ["bob"]);
  await good(ada("POST", `${repo}/pulls/${number}/requested_reviewers`, { reviewers: ["ada"], team_reviewers: ["platform"] }));
  await good(ada("POST", `${repo}/labels`, { name: "bug", color: "ff0000" }));
  const milestone = await good(ada("POST", `${repo}/milestones`, { title: "Next" }));
  await good(bob("POST", `${repo}/issues`, { title: "An issue", labels: ["bug"], milestone: milestone.number }));
  const comment = await good(bot("POST", `${repo}/issues/${number}/comments`, { body: "From the app" }));
  await good(bot("PATCH", `${repo}/issues/comments/${comment.id}`, { body: "Edited by the app" }));
  await good(bob("PATCH", `${repo}/pulls/${number}`, { body: "What it really does" }));
  await good(bob("POST", `${repo}/issues/${number}/labels`, { labels: ["bug", "wrong"] }));
  await good(bob("DELETE", `${repo}/issues/${number}/labels/wrong`));
  for (const at of [`issues/${number}`, `issues/comments/${comment.id}`]) await good(bob("POST", `${repo}/${at}/reactions`, { content: "rocket" }));
  await good(ada("POST", `${repo}/pulls/${number}/reviews`, { event: "APPROVE" }));
  for (const state of ["closed", "open"]) await good(ada("PATCH", `${repo}/pulls/${number}`, { state }));
  await good(bot("POST", `${repo}/check-runs`, { name: "plan", head_sha: await headOf(bot, "pull"), status: "completed", conclusion: "success" }));
  await good(ada("POST", `${repo}/statuses/${await headOf(bot, "pull")}`, { state: "success", context: "ci" }));
  const { id } = await good(bot("POST", `${repo}/releases`, { tag_name: "v1.1.0", name: "1.1", body: "News" }));
  const repository = standIn.world.repositories.get("acme/tool")!;
  await standIn.operations.uploadReleaseAsset(standIn.actorFor("bob"), repository, repository.releases.get(id as number)!, { name: "a.tgz", content: "x" });
  await good(ada("PUT", `${repo}/pulls/${await openPull(bot, "merged")}/merge`));
  await good(ada("POST", `${repo}/statuses/${await headOf(bot, "main")}`, { state: "pending", context: "ci" }));
  const deployment = await good(bob("POST", `${repo}/deployments`, { ref: "main", environment: "staging", required_contexts: [] }));
  await good(bob("POST", `${repo}/deployments/${deployment.id}/statuses`, { state: "success", log_url: "https://logs.example.com" }));
  const queued = repository.issues.get(await openPull(bob, "queued"))!;
  const rules = { refuses: [], checks: [{ name: "unit", appId: null }], pullRequest: null, queue: { method: "merge", checksWithinMinutes: 60 } } as const;
  const ruleset = await keepRules(standIn, repository, "ada", { name: "Queue", rules });
  await good(ada("POST", `${repo}/statuses/${queued.pull!.headSha}`, { state: "success", context: "unit" }));
  const pullId = `{ repository(owner: "acme", name: "tool") { pullRequest(number: ${queued.number}) { id } } }`;
  const { id: pullRequestId } = (await answered(graphql(ada, pullId))).repository.pullRequest;
  const entry = "mergeQueueEntry { position state }";
  const enqueue = `mutation { enqueuePullRequest(input: { pullRequestId: "${pullRequestId}", expectedHeadOid: "${queued.pull!.headSha}" }) { ${entry} } }`;
  await answered(graphql(ada, enqueue));
  await answered(graphql(ada, `mutation { dequeuePullRequest(input: { id: "${pullRequestId}" }) { clientMutationId } }`));
  await answered(graphql(ada, enqueue));
  for (const type of knownTypes) {
    const { data, errors } = await good(graphql(ada, queryFor(type, given)));
    if (errors !== undefined) throw new Error(`${type}: ${JSON.stringify(errors)}`);
    noteTypes(data);
  }
  await standIn.operations.deleteRuleset(standIn.actorFor("ada"), repository, ruleset);
});

keepsItsContract("in GraphQL, for what is read and written to agree on a release", async ({ ada, bob, bot, graphql, standIn }) => {
  const fine = (query: string, variables: Readonly<Record<string, unknown>> = {}) => answered(graphql(bot, query, variables));
  standIn.addTeam("acme", "leads", ["ada"]);
  const number = await openPull(bob, "agreed");
  await good(ada("POST", `${repo}/pulls/${number}/requested_reviewers`, { team_reviewers: ["leads"] }));
  const { repository } = await fine(`{ repository(owner: "acme", name: "tool") { id pullRequest(number: ${number}) { id headRefOid } } }`);
  const { id: pullRequestId, headRefOid: headSha } = repository.pullRequest;
  const input = { repositoryId: repository.id, title: "Desk", body: "Lines" };
  const { issue } = (await fine(`mutation ($input: CreateIssueInput!) { createIssue(input: $input) { issue { id number } } }`, { input })).createIssue;
  await fine(`mutation { updateIssue(input: { id: "${issue.id}", title: "The desk", body: "More lines" }) { issue { title } } }`);
  const added = await fine(`mutation { addComment(input: { subjectId: "${issue.id}", body: "- [ ] ready" }) { commentEdge { node { id } } } }`);
  const { id: commentId } = added.addComment.commentEdge.node;
  await fine(`mutation { updateIssueComment(input: { id: "${commentId}", body: "- [x] ready" }) { issueComment { body } } }`);
  const reaction = `(input: { subjectId: "${commentId}", content: EYES }) { clientMutationId reaction { content createdAt } reactionGroups { content } subject { id } }`;
  await fine(`mutation { first: addReaction${reaction} removeReaction${reaction} again: addReaction${reaction} }`);
  const run = `repositoryId: "${repository.id}", name: "gates"`;
  const { createCheckRun } = await fine(`mutation { createCheckRun(input: { ${run}, headSha: "${headSha}", status: IN_PROGRESS }) { checkRun { id } } }`);
  await fine(`mutation { updateCheckRun(input: { ${run}, checkRunId: "${createCheckRun.checkRun.id}", conclusion: SUCCESS }) { checkRun { status } } }`);
  await good(ada("POST", `${repo}/statuses/${headSha}`, { state: "pending", context: "e2e", target_url: "https://ci.example.com" }));

  await fine(`query Gates { repository(owner: "acme", name: "tool") {
    owner { ... on Organization { team(slug: "leads") { slug members(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { login } } } none: team(slug: "none") { slug } } }
    label(name: "bug") { name }
    issues(states: [OPEN], labels: ["bug", "wrong"], first: 50, orderBy: { field: CREATED_AT, direction: ASC }) { totalCount pageInfo { hasNextPage } nodes { ${ISSUE} } }
    desk: issues(first: 5, filterBy: { createdBy: "steward[bot]" }) { nodes { number title } }
    issue(number: ${issue.number}) { ${ISSUE} comments(first: 100) { totalCount nodes { ${COMMENT} } } }
    milestones(states: [OPEN], first: 20) { totalCount pageInfo { hasNextPage } nodes { number title dueOn issues(states: [OPEN], first: 50) { totalCount nodes { ${ISSUE} } } } }
    pullRequest(number: ${number}) { isDraft mergeCommit { oid tree { oid } } reviewRequests(first: 100) { nodes { ${REQUESTED} } }
      reviews(first: 100) { totalCount pageInfo { hasNextPage } nodes { url state author { ${ACCOUNT} } submittedAt commit { oid } } }
      commits(last: 1) { nodes { commit { oid tree { oid } statusCheckRollup { state contexts(first: 100) { ${CONTEXTS} } } } } } } } }`);
  await fine(`query Contributions { repository(owner: "acme", name: "tool") {
    pullRequests(states: [OPEN], first: 50, baseRefName: "main", orderBy: { field: CREATED_AT, direction: DESC }) { nodes {
      title headRefOid baseRefName isDraft labels(first: 9) { nodes { name } } files(first: 100) { totalCount nodes { path } }
      commits(last: 1) { nodes { commit { oid checkSuites(first: 9) { totalCount } } } } } } } }`);
  await fine(`{ node(id: "${commentId}") { ... on IssueComment { ${COMMENT} } } }`);

  const merge = (expected: string) =>
    graphql(
      bot,
      `mutation { mergePullRequest(input: { pullRequestId: "${pullRequestId}", expectedHeadOid: "${expected}", mergeMethod: SQUASH, commitHeadline: "chore: release", commitBody: "So" }) { pullRequest { mergeCommit { oid tree { oid } } } } }`,
    );
  // The head is another one: GitHub refuses.
  await good(merge(await headOf(bot, "main")));
  await answered(merge(headSha));
});

keepsItsContract("in GraphQL, for reviewers", async ({ ada, bob, graphql, standIn }) => {
  standIn.addTeam("acme", "qa", ["ada"]);
  const number = await openPull(bob, "asked");
  const pull = `repository(owner: "acme", name: "tool") { pullRequest(number: ${number}) { id reviews(first: 1) { nodes { id } } } }`;
  const found = await answered(graphql(bob, `{ ada: user(login: "ada") { id } organization(login: "acme") { team(slug: "qa") { id } } ${pull} }`));
  const { id: pullRequestId } = found.repository.pullRequest;
  const ask = `mutation ($input: RequestReviewsInput!) { requestReviews(input: $input) { pullRequest { reviewRequests(first: 5) { totalCount } } } }`;
  for (const teamIds of [[found.organization.team.id], []]) await answered(graphql(bob, ask, { input: { pullRequestId, userIds: [found.ada.id], teamIds } }));
  await good(ada("POST", `${repo}/pulls/${number}/reviews`, { event: "APPROVE" }));
  const [{ id }] = (await answered(graphql(bob, `{ ${pull} }`))).repository.pullRequest.reviews.nodes;
  const dismiss = `mutation { dismissPullRequestReview(input: { pullRequestReviewId: "${id}", message: "Not yet" }) { pullRequestReview { state } } }`;
  await answered(graphql(bob, dismiss));
});

/** The data of an answer that must be without errors. */
async function answered(answer: Promise<Answer>): Promise<Answer["body"]> {
  const { data, errors } = await good(answer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

function noteTypes(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes("_")) seen.add(key.slice(0, key.indexOf("_")));
    noteTypes(inner);
  }
}

it("met every type, and could ask for every field", () => {
  // The stand-in signs with GPG; the others only come with commits that somebody pushed.
  expect(knownTypes.filter((type) => !seen.has(type))).toEqual(["SshSignature", "UnknownSignature"]);
  expect(unreachableFields(given)).toEqual([]);
});
