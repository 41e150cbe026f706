import { expect, it } from "@jest/globals";
import { nodeId, readNodeId } from "../world/node-id.ts";
import { inWorld } from "./fixture.ts";

it("writes ids that can be read back, and reads no others", () => {
  expect(readNodeId(nodeId("C", "7:abc"))).toEqual({ kind: "C", id: "7:abc" });
  expect(readNodeId(nodeId("REF", "7:refs/heads/größe_1"))).toEqual({ kind: "REF", id: "7:refs/heads/größe_1" });
  expect(nodeId("PR", 12)).not.toContain("12");
  for (const text of ["", "PR", "PR_", "nonsense_abc", `${nodeId("PR", 12)}=`, nodeId("PR", 12).replace("PR_", "I_")]) expect(readNodeId(text)).toBeNull();
});

it("finds everything again by the id that it gave", () =>
  inWorld(async ({ ask, pull, commit, git, install, operations, owner, stranger, repository }) => {
    repository.collaborators.set("eve", "write");
    const tag = await git.writeTag({ tag: "v1", target: await commit("main", { "docs/a": "1" }), targetType: "commit", tagger: null, message: "one\n" });
    await operations.updateRefs(owner, repository, [{ name: "refs/tags/v1", after: tag, force: false }]);
    const issue = await pull("topic", [{ a: "1" }]);
    const milestone = await operations.createMilestone(owner, repository, { title: "v2", description: null });
    const bug = await operations.openIssue(owner, repository, { title: "bug", body: null, labels: ["x"], milestone });
    await operations.comment(owner, repository, bug, "hello");
    await operations.review(stranger, repository, issue, { state: "APPROVED", body: "" });
    await operations.createRelease(owner, repository, { tag: "v1" });
    const bot = install("steward", { checks: "write" });
    await operations.createCheckRun(bot, repository, issue.pull!.headSha, { name: "gate" });
    const { data, errors } = await ask(`{ repository(owner: "ada", name: "orbit") {
      id owner { id } ref(qualifiedName: "v1") { id target { id ... on Tag { target { id ... on Commit { tree { id entries { object { id } } } } } } } }
      issue(number: 2) { id author { ... on User { id } } milestone { id } labels(first: 1) { nodes { id } } comments(first: 1) { nodes { id } } }
      pullRequest(number: 1) { id reviews(first: 1) { nodes { id } } commits(last: 1) { nodes { commit { checkSuites(first: 1) { nodes { id app { id } checkRuns(first: 1) { nodes { id } } } } } } } }
      latestRelease { id }
    } }`);
    expect(errors).toBeUndefined();
    const ids: string[] = JSON.stringify(data).match(/(?<="id":")[^"]+/g) ?? [];
    const found = await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", { ids });
    expect(found.errors).toBeUndefined();
    expect(found.data.nodes.map((node: { id: string }) => node.id)).toEqual(ids);
    expect(new Set(found.data.nodes.map((node: { __typename: string }) => node.__typename))).toEqual(
      new Set([
        "Repository",
        "User",
        "Ref",
        "Tag",
        "Commit",
        "Tree",
        "Blob",
        "Issue",
        "Milestone",
        "Label",
        "IssueComment",
        "PullRequest",
        "PullRequestReview",
        "CheckSuite",
        "App",
        "CheckRun",
        "Release",
      ]),
    );
  }));

it("gives null and an error for the ids it can't find, and the others all the same", () =>
  inWorld(async ({ ask, repository }) => {
    const ids = [nodeId("R", repository.id), nodeId("PR", 999), "nonsense"];
    expect(await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids })).toMatchObject({
      data: { nodes: [{ id: ids[0] }, null, null] },
      errors: [
        { type: "NOT_FOUND", path: ["nodes", 1] },
        { type: "NOT_FOUND", path: ["nodes", 2], message: "Could not resolve to a node with the global id of 'nonsense'" },
      ],
    });
  }));
