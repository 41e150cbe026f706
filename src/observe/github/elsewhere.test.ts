// What a pull request in another repository of the installation needs to know, read from the stand-in.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { neighbour, type Neighbour } from "../../../test/fixtures/neighbour.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import type { Elsewhere, ElsewhereAsked, Read } from "../../model/snapshot.ts";
import { readElsewhere } from "./elsewhere.ts";

const BRANCH = "release-steward/app-app";
const ASKED: ElsewhereAsked = { repository: "Acme/charts", files: ["app/Chart.yaml", "missing.yaml"], branch: BRANCH };
const CHART = "appVersion: v1.0.0\n";

let world: Awaited<ReturnType<typeof observedRepository>>;
let charts: Neighbour;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: begin", { "README.md": "begin\n" });
  charts = await neighbour(world, "charts");
  await charts.push({ "app/Chart.yaml": { mode: "100755", text: CHART }, "other.yaml": "x\n" });
});
afterEach(() => world.standIn.close());

async function read(asked: ElsewhereAsked = ASKED, named = charts.named()): Promise<Read<Elsewhere>> {
  const [[key, found] = ["", null]] = await readElsewhere(named, [asked]);
  if (found === null) throw new Error("nothing was read");
  expect(key).toBe(`${asked.repository.toLowerCase()}#${asked.branch}`);
  return found;
}
async function seen(): Promise<Elsewhere> {
  const found = await read();
  if (!found.ok) throw new Error(found.because);
  return found.value;
}

describe("another repository of the installation", () => {
  it("is read with its files, byte for byte, and where its default branch stands", async () => {
    const { git, id } = charts.repository;
    const tree = (await git.commit(charts.head()))?.tree;
    expect(await seen()).toEqual({
      id: expect.any(String),
      databaseId: id,
      url: expect.stringMatching(/\/acme\/charts$/),
      isArchived: false,
      isFork: false,
      branch: "main",
      sha: charts.head(),
      tree,
      files: new Map([
        ["app/Chart.yaml", { is: "text", text: CHART }],
        ["missing.yaml", { is: "missing" }],
      ]),
      executables: new Set(["app/Chart.yaml"]),
      head: null,
      open: null,
      over: null,
      others: [],
    });
  });

  it("a link is no text", async () => {
    await charts.push({ "app/Chart.yaml": { mode: "120000", text: "../other.yaml" } });
    expect((await seen()).files.get("app/Chart.yaml")).toEqual({ is: "symlink" });
  });

  it("says of this app's pull request what it holds, and of its branch whose it is", async () => {
    const issue = await charts.openPull(BRANCH, { "app/Chart.yaml": "appVersion: v1.1.0\n" }, world.bot);
    const { open, head, over, others } = await seen();
    expect(open).toMatchObject({
      number: issue.number,
      state: "open",
      author: "release-steward[bot]",
      branch: BRANCH,
      body: "Body.",
      isDraft: false,
      closed: null,
      files: new Map([
        ["app/Chart.yaml", { is: "text", text: "appVersion: v1.1.0\n" }],
        ["missing.yaml", { is: "missing" }],
      ]),
    });
    // `openPull` commits as a person does.
    expect(head).toMatchObject({ sha: open?.headSha, isOwn: false, files: open?.files });
    expect([over, others]).toEqual([null, []]);
    await charts.move(`refs/heads/${BRANCH}`, await charts.ownCommit({ "app/Chart.yaml": "appVersion: v1.2.0\n" }));
    expect((await seen()).head?.isOwn).toBe(true);
  });

  it("says who closed it, and forgets it once a newer one is over", async () => {
    const { operations } = world.standIn;
    const first = await charts.openPull(BRANCH, { "app/Chart.yaml": "appVersion: v1.1.0\n" }, world.bot);
    await operations.editIssue(world.kim, charts.repository, first, { state: "closed" });
    expect((await seen()).over).toMatchObject({ number: first.number, state: "closed", closed: { byApp: false } });
    const second = await charts.openPull(BRANCH, { "app/Chart.yaml": "appVersion: v1.2.0\n" }, world.bot);
    expect(await seen()).toMatchObject({ open: { number: second.number }, over: { number: first.number } });
    await operations.mergePullRequest(world.kim, charts.repository, second, { method: "squash", sha: null, title: null, message: null });
    expect(await seen()).toMatchObject({ open: null, over: { number: second.number, state: "merged", closed: { byApp: false } } });
  });

  it("names every other open pull request that changes one of the files, however many are open", async () => {
    const mine = await charts.openPull("kim/bump", { "app/Chart.yaml": "appVersion: v1.1.0\n" });
    await charts.openMany(await charts.commit({ "other.yaml": "y\n" }), 101);
    const other = await charts.openPull("lee/bump", { "missing.yaml": "y\n" });
    const { others, open } = await seen();
    expect(others.map(({ number }) => number)).toEqual([other.number, mine.number]);
    expect(others[1]?.files.get("app/Chart.yaml")).toEqual({ is: "text", text: "appVersion: v1.1.0\n" });
    expect(open).toBeNull();
  });

  it("a person's pull request from a branch of that name is not this app's", async () => {
    await charts.openPull(BRANCH, { "other.yaml": "y\n" });
    expect(await seen()).toMatchObject({ open: null, others: [] });
  });

  it("one into another branch does not count", async () => {
    const issue = await charts.openPull("kim/bump", { "app/Chart.yaml": "appVersion: v1.1.0\n" });
    await charts.move("refs/heads/next", charts.head());
    await world.standIn.operations.editIssue(world.kim, charts.repository, issue, { base: "next" });
    expect((await seen()).others).toEqual([]);
  });

  it("two of its branches are two answers", async () => {
    const found = await readElsewhere(charts.named(), [ASKED, { ...ASKED, branch: "promote/prod/app" }]);
    expect(found.map(([key, { ok }]) => [key, ok])).toEqual([
      [`acme/charts#${BRANCH}`, true],
      ["acme/charts#promote/prod/app", true],
    ]);
  });

  it("costs one document when nothing has happened since the last look", async () => {
    await charts.openPull(BRANCH, { "app/Chart.yaml": "appVersion: v1.1.0\n" }, world.bot);
    const again = charts.namedTwice();
    await read(ASKED, again.first);
    expect(await world.requestsOf(() => read(ASKED, again.second()))).toEqual(["graphql"]);
  });

  it("may be the app's own", async () => {
    const found = await read({ repository: "acme/app", files: ["README.md"], branch: "promote/prod/app" });
    expect(found).toMatchObject({ ok: true, value: { databaseId: world.repository.id, files: new Map([["README.md", { is: "text", text: "begin\n" }]]) } });
  });
});

const because = (repository: string): Read<never> => ({
  ok: false,
  because: `the app is not installed on ${repository}, or may not see it`,
  permission: null,
});
const askingAStranger = (): Promise<unknown> => read({ ...ASKED, repository: "stranger/charts" });

describe("out of reach", () => {
  it("one that there is not", async () => {
    expect(await read({ ...ASKED, repository: "acme/nothing" })).toEqual(because("acme/nothing"));
  });

  it("one of another account, which is not even asked for", async () => {
    world.standIn.addUser("stranger");
    await world.standIn.addRepository("stranger", "charts");
    expect(await askingAStranger()).toEqual(because("stranger/charts"));
    expect(await world.requestsOf(askingAStranger)).toEqual([]);
  });

  it("a public one that the installation leaves out, although anybody may read it", async () => {
    for (const installation of world.standIn.world.installations.values()) world.standIn.selectRepositories(installation, ["app"]);
    expect(await read()).toEqual(because("Acme/charts"));
  });

  it("one without any commit says so", async () => {
    await neighbour(world, "empty");
    expect(await read({ ...ASKED, repository: "acme/empty" })).toEqual({
      ok: false,
      because: "acme/empty: there is no commit on its default branch yet",
      permission: null,
    });
  });

  it("a permission is named", async () => {
    world.refuse("pull_requests");
    expect(await read()).toMatchObject({ ok: false, permission: "contents: read and pull requests: read" });
  });
});
