// What a look costs in requests. These numbers decide how many repositories one installation's limit carries.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { observedRepository, PLAYBOOK_PATH } from "../../../test/fixtures/observed.ts";
import { wanted } from "../../decide/wanted.ts";
import type { Hosted, Snapshot } from "../../model/snapshot.ts";
import { readPlaybook } from "../../playbook/read.ts";
import type { GitHubObserver } from "./index.ts";
import { openMemory } from "./memory.ts";

const ONE = `schema: 1
components:
  app: { path: . }
versioning:
  files:
    - { file: VERSION, regex: '^(\\S+)', value: '{version}' }
`;
const TWENTY = `schema: 1
components:
${Array.from({ length: 20 }, (_, index) => `  c${index}: { path: charts/c${index} }`).join("\n")}
versioning:
  files:
    - { file: '{path}/VERSION', regex: '^(\\S+)', value: '{version}' }
`;

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
});
afterEach(() => world.standIn.close());

/** Asks until the decision wants nothing more, as the app does. */
async function lookedThrough(observer: GitHubObserver): Promise<Snapshot> {
  let snapshot: Snapshot = await observer.first();
  const state = snapshot.files.get(PLAYBOOK_PATH);
  const result = readPlaybook(state?.is === "text" ? state.text : "", PLAYBOOK_PATH);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  for (let round = 0; round < 10; round += 1) {
    const questions = wanted(result.value.playbook, snapshot);
    if (questions.files.length === 0 && questions.ranges.length === 0 && questions.hosted === null) return snapshot;
    snapshot = await observer.answer(snapshot, questions);
  }
  throw new Error("never satisfied");
}

async function withOneComponent(): Promise<void> {
  await world.push("feat: begin", { [PLAYBOOK_PATH]: ONE, VERSION: "1.0.0\n" });
  await world.move("refs/tags/v1.0.0", world.head());
}

async function withTwentyComponents(): Promise<void> {
  await world.push("feat: begin", { [PLAYBOOK_PATH]: TWENTY });
  for (let index = 0; index < 20; index += 1) {
    await world.push(`feat: c${index}`, { [`charts/c${index}/VERSION`]: "1.0.0\n" });
    await world.move(`refs/tags/c${index}-1.0.0`, world.head());
  }
  await world.push("docs: words", { "README.md": "words" });
}

/** One push of so many commits. */
async function pushMany(count: number): Promise<void> {
  let sha = world.head();
  for (let index = 0; index < count; index += 1) sha = await world.commit(`fix: ${index}`, {}, [sha]);
  await world.move(world.main, sha);
}

describe("a look costs", () => {
  it("four requests when nothing is known and nothing unreleased: who, what, the tree, the commits", async () => {
    await withOneComponent();
    expect(await world.requestsOf(() => lookedThrough(world.look()))).toEqual([
      "GET /repositories/{repository_id}",
      "graphql",
      "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
      "graphql",
    ]);
  });

  it("one request when nothing happened", async () => {
    await withOneComponent();
    const memory = openMemory();
    await lookedThrough(world.look(memory));
    expect(await world.requestsOf(() => lookedThrough(world.look(memory)))).toEqual(["graphql"]);
  });

  it("two requests after a push: once more, and the tree", async () => {
    await withOneComponent();
    await world.push("fix: one", { "src/x": "1" });
    const memory = openMemory();
    await lookedThrough(world.look(memory));
    await world.push("docs: words", { "README.md": "words" });
    let after: Snapshot | null = null;
    const requests = await world.requestsOf(async () => (after = await lookedThrough(world.look(memory))));
    expect(requests).toEqual(["graphql", "GET /repos/{owner}/{repo}/git/trees/{tree_sha}"]);
    expect([...after!.ranges.values()].map(({ commits }) => commits.map(({ message }) => message))).toEqual([["docs: words", "fix: one"]]);
  });

  it("one request more with twenty components than with one, and none more on the following looks", async () => {
    await withTwentyComponents();
    const memory = openMemory();
    const costs: number[] = [];
    const look = async (): Promise<void> => void costs.push((await world.requestsOf(() => lookedThrough(world.look(memory)))).length);
    await look();
    await look();
    await world.push("docs: more words", { "README.md": "more words" });
    await look();
    await world.push("fix: a chart", { "charts/c3/values.yaml": "a: 1" });
    await look();
    // What the decision has never wanted before, here the branch of the first release to propose, takes a request of its own.
    expect(costs).toEqual([5, 1, 2, 3]);
  });

  it("no more after a push to what was just released, where a rule looks at files deep in a folder", async () => {
    await world.push("feat: begin", {
      [PLAYBOOK_PATH]: `${ONE}  minimum: { minor: { paths: ["config/*/x.yaml"] } }\n`,
      VERSION: "1.0.0\n",
      "config/a/x.yaml": "1\n",
    });
    await world.move("refs/tags/v1.0.0", world.head());
    const memory = openMemory();
    await lookedThrough(world.look(memory));
    await world.push("docs: words", { "README.md": "words", "config/a/y.yaml": "2\n" });
    let after: Snapshot | null = null;
    expect(await world.requestsOf(async () => (after = await lookedThrough(world.look(memory))))).toHaveLength(2);
    expect(after!.ranges.get("app")!.commits[0]!.paths).toEqual(["README.md", "config/a/y.yaml"]);
  });

  it("two requests after a push to a long history without any tag", async () => {
    await world.push("feat: begin", { [PLAYBOOK_PATH]: ONE, VERSION: "1.0.0\n" });
    await pushMany(230);
    const memory = openMemory();
    await lookedThrough(world.look(memory));
    await world.push("feat: another", { "src/x": "1" });
    let after: Snapshot | null = null;
    const requests = await world.requestsOf(async () => (after = await lookedThrough(world.look(memory))));
    expect(requests).toHaveLength(2);
    expect([...after!.ranges.values()].map(({ commits }) => [commits.length, commits[0]!.message, commits.at(-1)!.message])).toEqual([
      [232, "feat: another", "feat: begin"],
    ]);
  });

  it("nothing for what gates go by, once it was asked for: teams, issues, milestones, checks, contributions and histories ride along", async () => {
    const { standIn, repository, kim, bot } = world;
    await withOneComponent();
    standIn.addTeam("acme", "sre", ["kim"]);
    const { operations } = standIn;
    await operations.openIssue(kim, repository, {
      title: "Broken",
      body: null,
      labels: ["bug"],
      milestone: await operations.createMilestone(kim, repository, { title: "2.0", description: null }),
    });
    await world.openPull("feature", "feat: x", { "src/x": "1" }, kim);
    const pull = await world.openPull("release", "Release", { VERSION: "2" });
    await operations.editComment(kim, repository, await operations.comment(bot, repository, pull, "- [ ] backup"), "- [x] backup");
    await operations.react(bot, repository, await operations.comment(kim, repository, pull, "/release status"), "eyes");
    const memory = openMemory();
    const wanted = { commitChecks: [world.head()], teams: ["acme/sre"], labelled: ["bug", "*"], milestones: true, contributions: true };
    const look = (): Promise<Hosted> => world.hostedWith(wanted, memory);
    await look();
    let hosted: Hosted | null = null;
    expect(await world.requestsOf(async () => (hosted = await look()))).toEqual(["graphql"]);
    expect(hosted!.open[0]!.own[0]!.revisions).toHaveLength(2);
    await world.push("fix: one", { "src/y": "1" });
    expect(await world.requestsOf(look)).toEqual(["graphql", "GET /repos/{owner}/{repo}/git/trees/{tree_sha}"]);
  });

  it("no request for each commit: three hundred unreleased ones take three pages", async () => {
    await withOneComponent();
    await pushMany(300);
    const requests = await world.requestsOf(() => lookedThrough(world.look()));
    expect(requests.length).toBeLessThanOrEqual(7);
  });
});
