import { expect, it } from "@jest/globals";
import { contractTests } from "./contract-tests.ts";
import { type Arguments, knownTypes, queryFor, unreachableFields } from "./graphql-paths.ts";
import { good, headOf, openPull, repo } from "./steps.ts";

const { keepsItsContract } = contractTests();
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

keepsItsContract("in GraphQL, for every field that it knows", async ({ ada, bob, bot, graphql }) => {
  const number = await openPull(bob, "pull");
  await good(ada("POST", `${repo}/labels`, { name: "bug", color: "ff0000" }));
  const milestone = await good(ada("POST", `${repo}/milestones`, { title: "Next" }));
  await good(bob("POST", `${repo}/issues`, { title: "An issue", labels: ["bug"], milestone: milestone.number }));
  const comment = await good(bot("POST", `${repo}/issues/${number}/comments`, { body: "From the app" }));
  await good(bot("PATCH", `${repo}/issues/comments/${comment.id}`, { body: "Edited by the app" }));
  await good(bob("PATCH", `${repo}/pulls/${number}`, { body: "What it really does" }));
  for (const at of [`issues/${number}`, `issues/comments/${comment.id}`]) await good(bob("POST", `${repo}/${at}/reactions`, { content: "rocket" }));
  await good(ada("POST", `${repo}/pulls/${number}/reviews`, { event: "APPROVE" }));
  for (const state of ["closed", "open"]) await good(ada("PATCH", `${repo}/pulls/${number}`, { state }));
  await good(bot("POST", `${repo}/check-runs`, { name: "plan", head_sha: await headOf(bot, "pull"), status: "completed", conclusion: "success" }));
  await good(ada("POST", `${repo}/statuses/${await headOf(bot, "pull")}`, { state: "success", context: "ci" }));
  await good(bot("POST", `${repo}/releases`, { tag_name: "v1.1.0", name: "1.1", body: "News" }));
  await good(ada("PUT", `${repo}/pulls/${await openPull(bot, "merged")}/merge`));
  await good(ada("POST", `${repo}/statuses/${await headOf(bot, "main")}`, { state: "pending", context: "ci" }));
  for (const type of knownTypes) {
    const { data, errors } = await good(graphql(ada, queryFor(type, given)));
    if (errors !== undefined) throw new Error(`${type}: ${JSON.stringify(errors)}`);
    noteTypes(data);
  }
});

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
