import { expect, it } from "@jest/globals";
import { nodeId } from "../world/node-id.ts";
import { inWorld } from "./fixture.ts";

const ZEROS = "0".repeat(40);
const REPOSITORY = nodeId("R", 3);
const base64 = (text: string): string => Buffer.from(text).toString("base64");

it("runs every mutation in order, and a failed one stops no later one", () =>
  inWorld(async ({ ask, git }) => {
    const main = git.refs().get("refs/heads/main")!;
    const { data, errors } = await ask(
      `mutation ($repository: ID!, $oid: GitObjectID!) {
        one: createRef(input: { repositoryId: $repository, name: "refs/heads/one", oid: $oid, clientMutationId: "1" }) { clientMutationId ref { name target { oid } } }
        again: createRef(input: { repositoryId: $repository, name: "refs/heads/one", oid: $oid }) { ref { name } }
        absent: deleteRef(input: { refId: "REF_nonsense" }) { clientMutationId }
        moved: updateRefs(input: { repositoryId: $repository, refUpdates: [{ name: "refs/heads/one", beforeOid: $oid, afterOid: "${ZEROS}" }] }) { clientMutationId }
      }`,
      { repository: REPOSITORY, oid: main },
    );
    expect(data).toEqual({
      one: { clientMutationId: "1", ref: { name: "one", target: { oid: main } } },
      again: null,
      absent: null,
      moved: { clientMutationId: null },
    });
    expect(errors).toMatchObject([
      { type: "UNPROCESSABLE", path: ["again"], message: 'A ref named "refs/heads/one" already exists in the repository.', locations: [{ line: 3 }] },
      { type: "NOT_FOUND", path: ["absent"], message: "Could not resolve to a node with the global id of 'REF_nonsense'" },
    ]);
    expect(git.refs().has("refs/heads/one")).toBe(false);
  }));

it("moves several refs or none, comparing before it swaps", () =>
  inWorld(async ({ ask, git, commit }) => {
    const old = git.refs().get("refs/heads/main")!;
    const main = await commit("main", { a: "1" });
    const update = (refUpdates: readonly unknown[]): ReturnType<typeof ask> =>
      ask("mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }", { input: { repositoryId: REPOSITORY, refUpdates } });
    const tag = { name: "refs/tags/v1.0.0", beforeOid: ZEROS, afterOid: main };
    const stale = await update([tag, { name: "refs/heads/main", beforeOid: old, afterOid: main }]);
    expect(stale).toMatchObject({ data: { updateRefs: null }, errors: [{ type: "STALE_DATA", path: ["updateRefs"] }] });
    expect(git.refs().has("refs/tags/v1.0.0")).toBe(false);
    expect((await update([tag, { name: "refs/tags/v1", afterOid: main }])).errors).toBeUndefined();
    expect([git.refs().get("refs/tags/v1.0.0"), git.refs().get("refs/tags/v1")]).toEqual([main, main]);
    expect((await update([tag])).errors).toMatchObject([{ message: 'A ref named "refs/tags/v1.0.0" already exists in the repository.' }]);
    const back = { name: "refs/heads/main", afterOid: old };
    expect((await update([back])).errors).toMatchObject([{ type: "UNPROCESSABLE", message: "Update is not a fast forward" }]);
    expect((await update([{ ...back, force: true }])).errors).toBeUndefined();
    expect(git.refs().get("refs/heads/main")).toBe(old);
  }));

it("commits on the head that the client has seen, and on no other; an app's commit is signed", () =>
  inWorld(async ({ ask, git, install }) => {
    const head = git.refs().get("refs/heads/main")!;
    const bot = install("steward", { contents: "write", metadata: "read" });
    const create = (expectedHeadOid: string, fileChanges: unknown): ReturnType<typeof ask> =>
      ask(
        `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) {
          ref { name target { oid } }
          commit { oid message author { name } tree { entries { name } } signature { __typename isValid state wasSignedByGitHub signer { login } } }
        } }`,
        {
          input: {
            branch: { repositoryNameWithOwner: "ada/orbit", branchName: "main" },
            expectedHeadOid,
            message: { headline: "chore: release", body: "One." },
            fileChanges,
          },
        },
        bot,
      );
    const first = await create(head, { additions: [{ path: "docs/a.md", contents: base64("hello") }], deletions: [{ path: "README.md" }] });
    const { commit, ref } = first.data.createCommitOnBranch;
    expect(commit).toMatchObject({
      message: "chore: release\n\nOne.",
      author: { name: "steward[bot]" },
      tree: { entries: [{ name: "docs" }] },
      signature: { __typename: "GpgSignature", isValid: true, state: "VALID", wasSignedByGitHub: true, signer: { login: "web-flow" } },
    });
    expect(ref).toEqual({ name: "main", target: { oid: commit.oid } });
    expect(git.refs().get("refs/heads/main")).toBe(commit.oid);
    const stale = await create(head, {});
    expect(stale).toMatchObject({
      data: { createCommitOnBranch: null },
      errors: [{ type: "STALE_DATA", message: `Expected branch to point to "${head}" but it did not.  Pull and try again.` }],
    });
    expect((await create(commit.oid, { deletions: [{ path: "README.md" }] })).errors).toMatchObject([{ type: "UNPROCESSABLE" }]);
  }));

it("refuses an installation what it may only read", () =>
  inWorld(async ({ ask, git, install }) => {
    const query =
      'mutation ($repository: ID!, $oid: GitObjectID!) { createRef(input: { repositoryId: $repository, name: "refs/heads/x", oid: $oid }) { ref { name } } }';
    const answer = await ask(query, { repository: REPOSITORY, oid: git.refs().get("refs/heads/main") }, install("reader", { contents: "read" }));
    expect(answer).toMatchObject({ data: { createRef: null }, errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }] });
    expect(git.refs().has("refs/heads/x")).toBe(false);
  }));

it("opens, edits, labels, comments on, reviews, closes, reopens and merges a pull request", () =>
  inWorld(async ({ ask, commit, stranger, repository }) => {
    await commit("topic", { a: "1" });
    const opened = await ask(
      `mutation ($repository: ID!) {
        createLabel(input: { repositoryId: $repository, name: "release", color: "00ff00" }) { label { id name } }
        createPullRequest(input: { repositoryId: $repository, headRefName: "topic", baseRefName: "main", title: "Topic", draft: true }) { pullRequest { id number isDraft mergeable } }
      }`,
      { repository: REPOSITORY },
    );
    const { label } = opened.data.createLabel;
    const { id, ...rest } = opened.data.createPullRequest.pullRequest;
    expect(rest).toEqual({ number: 1, isDraft: true, mergeable: "UNKNOWN" });
    const draft = await ask("mutation ($id: ID!) { mergePullRequest(input: { pullRequestId: $id }) { actor { login } } }", { id });
    expect(draft.errors).toMatchObject([{ type: "UNPROCESSABLE", message: "Pull Request is still a draft" }]);
    const worked = await ask(
      `mutation ($id: ID!, $label: ID!) {
        markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
        updatePullRequest(input: { pullRequestId: $id, title: "Better", body: "Why." }) { pullRequest { title body } }
        addLabelsToLabelable(input: { labelableId: $id, labelIds: [$label] }) { labelable { ... on PullRequest { labels(first: 5) { nodes { name } } } } }
        addComment(input: { subjectId: $id, body: "Hm" }) { commentEdge { node { body issue { number } } } subject { id } }
        addReaction(input: { subjectId: $id, content: ROCKET }) { reaction { content user { login } } }
        removeReaction(input: { subjectId: $id, content: ROCKET }) { reaction { content user { login } } reactionGroups { viewerHasReacted } }
        closePullRequest(input: { pullRequestId: $id }) { pullRequest { state closed } }
        reopenPullRequest(input: { pullRequestId: $id }) { pullRequest { state closed } }
        removeLabelsFromLabelable(input: { labelableId: $id, labelIds: [$label] }) { labelable { ... on PullRequest { labels(first: 5) { totalCount } } } }
      }`,
      { id, label: label.id },
    );
    expect(worked).toEqual({
      data: {
        markPullRequestReadyForReview: { pullRequest: { isDraft: false } },
        updatePullRequest: { pullRequest: { title: "Better", body: "Why." } },
        addLabelsToLabelable: { labelable: { labels: { nodes: [{ name: "release" }] } } },
        addComment: { commentEdge: { node: { body: "Hm", issue: { number: 1 } } }, subject: { id } },
        addReaction: { reaction: { content: "ROCKET", user: { login: "ada" } } },
        removeReaction: {
          reaction: { content: "ROCKET", user: { login: "ada" } },
          reactionGroups: Array.from({ length: 8 }, () => ({ viewerHasReacted: false })),
        },
        closePullRequest: { pullRequest: { state: "CLOSED", closed: true } },
        reopenPullRequest: { pullRequest: { state: "OPEN", closed: false } },
        removeLabelsFromLabelable: { labelable: { labels: { totalCount: 0 } } },
      },
    });
    repository.collaborators.set("eve", "write");
    const review = await ask(
      "mutation ($id: ID!) { addPullRequestReview(input: { pullRequestId: $id, event: APPROVE }) { pullRequestReview { state author { login } pullRequest { reviewDecision } } } }",
      { id },
      stranger,
    );
    expect(review.data.addPullRequestReview.pullRequestReview).toEqual({
      state: "APPROVED",
      author: { login: "eve" },
      pullRequest: { reviewDecision: "APPROVED" },
    });
    const merge =
      'mutation ($id: ID!, $head: GitObjectID) { mergePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head, mergeMethod: SQUASH, commitHeadline: "feat: topic" }) { pullRequest { state merged mergedBy { login } mergeCommit { messageHeadline } } } }';
    expect((await ask(merge, { id, head: ZEROS })).errors).toMatchObject([
      { type: "UNPROCESSABLE", message: "Head branch was modified. Review and try the merge again." },
    ]);
    const merged = await ask(merge, { id });
    expect(merged.data.mergePullRequest.pullRequest).toEqual({
      state: "MERGED",
      merged: true,
      mergedBy: { login: "ada" },
      mergeCommit: { messageHeadline: "feat: topic" },
    });
  }));

it("lets everybody take back their own reaction, and nobody one that is not there", () =>
  inWorld(async ({ ask, repository, stranger }) => {
    const { data } = await ask('mutation ($repository: ID!) { createIssue(input: { repositoryId: $repository, title: "Bug" }) { issue { id } } }', {
      repository: REPOSITORY,
    });
    const { id } = data.createIssue.issue;
    repository.collaborators.set("eve", "write");
    const react = "mutation ($id: ID!) { addReaction(input: { subjectId: $id, content: EYES }) { reaction { content } } }";
    const takeBack = "mutation ($id: ID!) { removeReaction(input: { subjectId: $id, content: EYES }) { reaction { content } } }";
    await ask(react, { id });
    expect(await ask(takeBack, { id }, stranger)).toMatchObject({
      data: { removeReaction: null },
      errors: [{ type: "FORBIDDEN", path: ["removeReaction"], message: "eve does not have the correct permissions to execute `RemoveReaction`" }],
    });
    expect(await ask(takeBack, { id })).toEqual({ data: { removeReaction: { reaction: { content: "EYES" } } } });
    expect((await ask(takeBack, { id })).errors).toMatchObject([{ type: "FORBIDDEN" }]);
    expect(repository.issues.get(1)!.reactions).toEqual([]);
  }));

it("keeps what a comment said before it was edited, and forgets a deleted one", () =>
  inWorld(async ({ ask }) => {
    const issue = await ask('mutation ($repository: ID!) { createIssue(input: { repositoryId: $repository, title: "Bug" }) { issue { id number body } } }', {
      repository: REPOSITORY,
    });
    expect(issue.data.createIssue.issue).toMatchObject({ number: 1, body: "" });
    const made = await ask(
      'mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "one" }) { commentEdge { node { id includesCreatedEdit userContentEdits(first: 5) { totalCount } } } } }',
      { id: issue.data.createIssue.issue.id },
    );
    const { id, ...before } = made.data.addComment.commentEdge.node;
    expect(before).toEqual({ includesCreatedEdit: false, userContentEdits: { totalCount: 0 } });
    const edited = await ask(
      `mutation ($id: ID!) { updateIssueComment(input: { id: $id, body: "two" }) { issueComment {
        body editor { login } includesCreatedEdit userContentEdits(first: 5) { nodes { diff editor { login } deletedAt } } reactionGroups { content viewerHasReacted users(first: 1) { totalCount } }
      } } }`,
      { id },
    );
    expect(edited.data.updateIssueComment.issueComment).toMatchObject({
      body: "two",
      editor: { login: "ada" },
      includesCreatedEdit: true,
      userContentEdits: { nodes: [{ diff: "two", editor: { login: "ada" }, deletedAt: null }, { diff: "one" }] },
    });
    expect(edited.data.updateIssueComment.issueComment.reactionGroups).toHaveLength(8);
    expect((await ask("mutation ($id: ID!) { deleteIssueComment(input: { id: $id }) { clientMutationId } }", { id })).errors).toBeUndefined();
    expect((await ask("query ($id: ID!) { node(id: $id) { id } }", { id })).errors).toMatchObject([{ type: "NOT_FOUND" }]);
  }));
