// What an app needs of GraphQL once a release is tagged.
import { expect, it } from "@jest/globals";
import { nodeId } from "../world/node-id.ts";
import { inWorld, type Stage } from "./fixture.ts";

const MAIN = "refs/heads/main";
const APP = { checks: "write", contents: "write", issues: "write", pull_requests: "write" } as const;

const fine = async ({ ask }: Stage, query: string, actor?: Parameters<Stage["ask"]>[2]) => {
  const { data, errors } = await ask(query, {}, actor);
  expect(errors).toBeUndefined();
  return data;
};

it("takes a finished check run up again: no conclusion, no end, where it leads to and what it says as they were", () =>
  inWorld(async (stage) => {
    const { git, install, repository } = stage;
    const app = install("steward", APP);
    const input = `repositoryId: "${nodeId("R", repository.id)}"`;
    const fields = "id status conclusion completedAt detailsUrl title";
    const output = 'output: { title: "Failed", summary: "x" }';
    const made = `headSha: "${git.refs().get(MAIN)}", name: "release/v1.0.0", conclusion: FAILURE, detailsUrl: "https://example.com/1", ${output}`;
    const { createCheckRun } = await fine(stage, `mutation { createCheckRun(input: { ${input}, ${made} }) { checkRun { ${fields} } } }`, app);
    expect(createCheckRun.checkRun).toMatchObject({ status: "COMPLETED", conclusion: "FAILURE", completedAt: expect.any(String) });
    const update = (change: string) =>
      fine(stage, `mutation { updateCheckRun(input: { ${input}, checkRunId: "${createCheckRun.checkRun.id}", ${change} }) { checkRun { ${fields} } } }`, app);
    expect((await update("status: IN_PROGRESS")).updateCheckRun.checkRun).toMatchObject({
      status: "IN_PROGRESS",
      conclusion: null,
      completedAt: null,
      detailsUrl: "https://example.com/1",
      title: "Failed",
    });
    expect((await update('detailsUrl: "https://example.com/2"')).updateCheckRun.checkRun).toMatchObject({
      status: "IN_PROGRESS",
      detailsUrl: "https://example.com/2",
    });
  }));

it("says what a release contains", () =>
  inWorld(async (stage) => {
    const { operations, owner, repository } = stage;
    const release = await operations.createRelease(owner, repository, { tag: "v1.0.0", body: "News" });
    for (const name of ["app.tgz", "app.tgz.sig"]) await operations.uploadReleaseAsset(owner, repository, release, { name, content: "x" });
    const { repository: found } = await fine(
      stage,
      `{ repository(owner: "ada", name: "orbit") { release(tagName: "v1.0.0") { description
        releaseAssets(first: 1) { totalCount nodes { id name size contentType uploadedBy { login } release { tagName } } }
        one: releaseAssets(first: 5, name: "app.tgz.sig") { nodes { name } } } } }`,
    );
    expect(found.release).toMatchObject({
      description: "News",
      releaseAssets: { totalCount: 2, nodes: [{ name: "app.tgz", size: 1, uploadedBy: { login: "ada" }, release: { tagName: "v1.0.0" } }] },
      one: { nodes: [{ name: "app.tgz.sig" }] },
    });
    const { node } = await fine(stage, `{ node(id: "${found.release.releaseAssets.nodes[0].id}") { ... on ReleaseAsset { name } } }`);
    expect(node).toEqual({ name: "app.tgz" });
  }));

it("moves a tag from where it was expected, by force where it goes back", () =>
  inWorld(async (stage) => {
    const { ask, commit, git, repository } = stage;
    const first = git.refs().get(MAIN)!;
    const second = await commit("main", { a: "a" });
    const update = (beforeOid: string, afterOid: string, force = false) =>
      ask(`mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`, {
        input: { repositoryId: nodeId("R", repository.id), refUpdates: [{ name: "refs/tags/v1", beforeOid, afterOid, force }] },
      });
    const NOTHING = "0".repeat(40);
    expect((await update(NOTHING, first)).errors).toBeUndefined();
    expect((await update(NOTHING, second)).errors).toMatchObject([{ type: "UNPROCESSABLE" }]);
    expect((await update(second, second)).errors).toMatchObject([{ type: "STALE_DATA" }]);
    expect((await update(first, second)).errors).toBeUndefined();
    expect((await update(second, first)).errors).toMatchObject([{ type: "UNPROCESSABLE", message: "Update is not a fast forward" }]);
    expect((await update(second, first, true)).errors).toBeUndefined();
    expect(git.refs().get("refs/tags/v1")).toBe(first);
    expect((await update(first, NOTHING)).errors).toBeUndefined();
    expect(git.refs().has("refs/tags/v1")).toBe(false);
  }));

it("names the issues that a pull request closes, and those that it contains by number", () =>
  inWorld(async (stage) => {
    const { operations, owner, repository, pull, stranger } = stage;
    for (const title of ["one", "two", "three"]) await operations.openIssue(owner, repository, { title, body: null, labels: [], milestone: null });
    const request = await pull("topic", [{ a: "a" }]);
    const body = "Closes #1, fixes: #2 and resolved ada/orbit#3.\nNot other/orbit#1, not #3, closes #99, closes #4, closes #1.";
    await operations.editIssue(owner, repository, request, { body });
    for (const words of ["first", "second"]) await operations.comment(stranger, repository, request, words);
    const comments = "comments(last: 50) { nodes { body author { login } } }";
    const { repository: found } = await fine(
      stage,
      `{ repository(owner: "ada", name: "orbit") {
        a: issueOrPullRequest(number: 4) { ... on PullRequest { closingIssuesReferences(first: 50) { totalCount nodes { number } } ${comments} } }
        b: issueOrPullRequest(number: 1) { ... on Issue { title ${comments} } } } }`,
    );
    expect(found).toEqual({
      a: {
        closingIssuesReferences: { totalCount: 3, nodes: [{ number: 1 }, { number: 2 }, { number: 3 }] },
        comments: { nodes: ["first", "second"].map((words) => ({ body: words, author: { login: "eve" } })) },
      },
      b: { title: "one", comments: { nodes: [] } },
    });
  }));
