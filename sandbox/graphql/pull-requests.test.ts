import { expect, it } from "@jest/globals";
import { inWorld, type Stage } from "./fixture.ts";

const ofRepository = (fields: string): string => `{ repository(owner: "ada", name: "orbit") { ${fields} } }`;

/** The numbers of the pull requests of the last commits of a branch, newest first, by their headline. */
const associated = async ({ ask }: Stage, branch = "main"): Promise<Record<string, number[]>> => {
  const { data } = await ask(
    ofRepository(
      `object(expression: "${branch}") { ... on Commit { history(first: 20) { nodes { messageHeadline associatedPullRequests(first: 5) { nodes { number } } } } } }`,
    ),
  );
  type Node = { messageHeadline: string; associatedPullRequests: { nodes: { number: number }[] } };
  return Object.fromEntries(
    data.repository.object.history.nodes.map((node: Node) => [node.messageHeadline, node.associatedPullRequests.nodes.map(({ number }) => number)]),
  );
};

const merge = (
  stage: Stage,
  issue: Parameters<Stage["operations"]["mergePullRequest"]>[2],
  method: "merge" | "squash" | "rebase",
  title: string,
): Promise<string> => stage.operations.mergePullRequest(stage.owner, stage.repository, issue, { method, sha: null, title, message: "" });

it("finds the pull request of every commit that a merge, a squash or a rebase brought", () =>
  inWorld(async (stage) => {
    const merged = await stage.pull("merged", [{ m: "1" }, { m: "2" }]);
    const squashed = await stage.pull("squashed", [{ s: "1" }, { s: "2" }]);
    const rebased = await stage.pull("rebased", [{ r: "1" }, { r: "2" }]);
    await merge(stage, merged, "merge", "merge it");
    await merge(stage, squashed, "squash", "squash it");
    await merge(stage, rebased, "rebase", "");
    await stage.commit("main", { direct: "1" }, "pushed\n");
    expect(await associated(stage)).toEqual({
      pushed: [],
      "rebased 2": [3],
      "rebased 1": [3],
      "squash it": [2],
      "merge it": [1],
      "merged 2": [1],
      "merged 1": [1],
      first: [],
    });
    // The originals of what was squashed are on no branch but their own.
    expect((await associated(stage, "squashed"))["squashed 1"]).toEqual([]);
  }));

it("finds an open pull request only while the default branch has not its commits", () =>
  inWorld(async (stage) => {
    const issue = await stage.pull("topic", [{ a: "1" }]);
    expect(await associated(stage, "topic")).toEqual({ "topic 1": [1], first: [] });
    await stage.operations.editIssue(stage.owner, stage.repository, issue, { state: "closed" });
    expect(await associated(stage, "topic")).toEqual({ "topic 1": [], first: [] });
  }));

it("tells of conflicts, changes, commits and what happened", () =>
  inWorld(async (stage) => {
    const issue = await stage.pull("topic", [{ "README.md": "# Other\n" }, { "new.txt": "1\n2\n" }]);
    const fields = `pullRequest(number: 1) {
      mergeable state additions deletions changedFiles baseRefName headRefName headRefOid headRef { name } isCrossRepository url
      files(first: 5) { nodes { path changeType additions } }
      commits(first: 5) { totalCount nodes { commit { messageHeadline } } }
    }`;
    const { data } = await stage.ask(ofRepository(fields));
    expect(data.repository.pullRequest).toEqual({
      mergeable: "UNKNOWN",
      state: "OPEN",
      additions: 3,
      deletions: 1,
      changedFiles: 2,
      baseRefName: "main",
      headRefName: "topic",
      headRefOid: stage.git.refs().get("refs/heads/topic"),
      headRef: { name: "topic" },
      isCrossRepository: false,
      url: "http://stand-in.test/ada/orbit/pull/1",
      files: {
        nodes: [
          { path: "README.md", changeType: "MODIFIED", additions: 1 },
          { path: "new.txt", changeType: "ADDED", additions: 2 },
        ],
      },
      commits: { totalCount: 2, nodes: [{ commit: { messageHeadline: "topic 1" } }, { commit: { messageHeadline: "topic 2" } }] },
    });
    await stage.commit("main", { "README.md": "# Clash\n" });
    const mergeability = async () => (await stage.ask(ofRepository("pullRequest(number: 1) { mergeable mergeStateStatus }"))).data.repository.pullRequest;
    expect(await mergeability()).toEqual({ mergeable: "UNKNOWN", mergeStateStatus: "UNKNOWN" });
    expect(await mergeability()).toEqual({ mergeable: "CONFLICTING", mergeStateStatus: "DIRTY" });
    await stage.operations.editIssue(stage.owner, stage.repository, issue, { state: "closed" });
    await stage.operations.comment(stage.owner, stage.repository, issue, "why?");
    await stage.operations.editIssue(stage.owner, stage.repository, issue, { state: "open" });
    await stage.commit("topic", { "README.md": "# Orbit\n" });
    await merge(stage, issue, "merge", "merged");
    const timeline = await stage.ask(
      ofRepository(`pullRequest(number: 1) {
        commits(first: 5) { totalCount }
        all: timelineItems(first: 10) { nodes { __typename } }
        closings: timelineItems(itemTypes: [CLOSED_EVENT], last: 1) { totalCount filteredCount nodes { ... on ClosedEvent { actor { login } createdAt } } }
      }`),
    );
    expect(timeline.data.repository.pullRequest).toMatchObject({
      commits: { totalCount: 3 },
      all: { nodes: ["ClosedEvent", "IssueComment", "ReopenedEvent", "MergedEvent", "ClosedEvent"].map((__typename) => ({ __typename })) },
      closings: { totalCount: 5, filteredCount: 2, nodes: [{ actor: { login: "ada" } }] },
    });
    const unknown = await stage.ask(ofRepository("pullRequest(number: 1) { timelineItems(itemTypes: [PINNED_EVENT], first: 1) { nodes { __typename } } }"));
    expect(unknown.errors).toMatchObject([{ message: "the stand-in does not know timeline items of type PINNED_EVENT" }]);
  }));

it("filters and orders pull requests and issues", () =>
  inWorld(async ({ ask, pull, operations, owner, repository, install }) => {
    const one = await pull("one", [{ a: "1" }]);
    const two = await pull("two", [{ b: "1" }]);
    const bot = install("steward", { issues: "write" });
    const milestone = await operations.createMilestone(owner, repository, { title: "v2", description: null });
    const blocker = await operations.openIssue(bot, repository, { title: "block", body: null, labels: ["Blocker"], milestone });
    await operations.openIssue(owner, repository, { title: "other", body: null, labels: [], milestone: null });
    await operations.addLabels(owner, repository, two, ["blocker"]);
    await operations.editIssue(owner, repository, one, { state: "closed" });
    const { data } = await ask(
      ofRepository(`
        open: pullRequests(states: [OPEN], first: 5) { nodes { number } }
        newest: pullRequests(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number } }
        head: pullRequests(headRefName: "one", first: 5) { nodes { number state } }
        labelled: pullRequests(labels: ["blocker"], first: 5) { nodes { number } }
        issues(labels: ["blocker"], states: [OPEN], first: 5) { nodes { number milestone { title issues(first: 5) { totalCount } } } }
        byBot: issues(filterBy: { createdBy: "steward" }, first: 5) { nodes { number } }
        without: issues(filterBy: { milestone: null }, first: 5) { nodes { number } }
        label(name: "BLOCKER") { name pullRequests(first: 5) { totalCount } }
        either: issueOrPullRequest(number: 1) { __typename }
        milestones(first: 5, states: [OPEN]) { nodes { title number progressPercentage } }`),
    );
    expect(data.repository).toEqual({
      open: { nodes: [{ number: 2 }] },
      newest: { nodes: [{ number: 2 }, { number: 1 }] },
      head: { nodes: [{ number: 1, state: "CLOSED" }] },
      labelled: { nodes: [{ number: 2 }] },
      issues: { nodes: [{ number: blocker.number, milestone: { title: "v2", issues: { totalCount: 1 } } }] },
      byBot: { nodes: [{ number: 3 }] },
      without: { nodes: [{ number: 4 }] },
      label: { name: "Blocker", pullRequests: { totalCount: 1 } },
      either: { __typename: "PullRequest" },
      milestones: { nodes: [{ title: "v2", number: milestone.number, progressPercentage: 0 }] },
    });
    expect(await ask(ofRepository("pullRequest(number: 3) { id }"))).toMatchObject({
      data: { repository: { pullRequest: null } },
      errors: [{ type: "NOT_FOUND", message: "Could not resolve to a PullRequest with the number of 3." }],
    });
  }));
