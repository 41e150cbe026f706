// What gates are made of: teams, requests for reviews, edits, reactions, labels and their moments.
import { expect, it } from "@jest/globals";
import { REPO, inScene, type Scene } from "../fixture.ts";
import type { Access, Actor } from "../world/types.ts";
import { graphqlHandler } from "./index.ts";

const ALL: Readonly<Record<string, Access>> = {
  contents: "read",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  statuses: "read",
  members: "read",
};

/** What of acme/app the bot of an app with these permissions is answered. */
// oxlint-disable-next-line typescript/no-explicit-any -- what tests read of an answer is what they assert
const askAs = async ({ standIn, app }: Scene, permissions: Readonly<Record<string, Access>>, fields: string): Promise<any> => {
  const installation = [...standIn.world.installations.values()][0]!;
  const actor: Actor = { is: "installation", user: app.bot, installation: { ...installation, permissions } };
  const answer = await graphqlHandler(standIn.world, standIn.operations)(actor, { query: `{ repository(owner: "acme", name: "app") { ${fields} } }` });
  return JSON.parse(JSON.stringify(answer));
};
const without = (...names: readonly string[]): Readonly<Record<string, Access>> =>
  Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.includes(name)));

const TEAM = `owner { ... on Organization { team(slug: "Platform") { slug combinedSlug members(first: 1) { totalCount pageInfo { hasNextPage } nodes { login } } } none: team(slug: "none") { slug } } }`;

it("names the members of a team, and null for a team that is not there", () =>
  inScene(async (scene) => {
    scene.standIn.addTeam("acme", "platform", ["kim", "sam"]);
    expect(await askAs(scene, ALL, TEAM)).toEqual({
      data: {
        repository: {
          owner: {
            team: { slug: "platform", combinedSlug: "acme/platform", members: { totalCount: 2, pageInfo: { hasNextPage: true }, nodes: [{ login: "kim" }] } },
            none: null,
          },
        },
      },
    });
  }));

it.each([
  ["members", TEAM, ["repository", "owner", "team"]],
  [
    "members",
    `pullRequest(number: 1) { reviewRequests(first: 5) { nodes { requestedReviewer { __typename } } } }`,
    ["repository", "pullRequest", "reviewRequests", "nodes", 1, "requestedReviewer"],
  ],
  ["statuses", `object(expression: "main") { ... on Commit { statusCheckRollup { state } } }`, ["repository", "object", "statusCheckRollup"]],
  ["checks", `object(expression: "main") { ... on Commit { statusCheckRollup { state } } }`, ["repository", "object", "statusCheckRollup"]],
  ["issues", `issue(number: 2) { title }`, ["repository", "issue"]],
])("without %s it refuses at the field's own path and answers the rest", (permission, fields, path) =>
  inScene(async (scene) => {
    scene.standIn.addTeam("acme", "platform", ["kim"]);
    await scene.push("topic", { "a.txt": "a" });
    await scene.open("topic");
    await scene.lee("POST", `${REPO}/issues`, { title: "Two" });
    await scene.lee("POST", `${REPO}/pulls/1/requested_reviewers`, { reviewers: ["kim"], team_reviewers: ["platform"] });
    await scene.lee("POST", `${REPO}/statuses/${scene.headOf("main")}`, { state: "success", context: "ci" });
    const { data, errors } = await askAs(scene, without(permission), `name ${fields}`);
    expect(data.repository.name).toBe("app");
    expect(errors[0]).toMatchObject({ type: "FORBIDDEN", message: "Resource not accessible by integration", path });
    expect((await askAs(scene, ALL, `name ${fields}`)).errors).toBeUndefined();
  }),
);

it("refuses the whole repository where a list has no null: issues", () =>
  inScene(async (scene) => {
    expect(await askAs(scene, without("issues"), `name issues(first: 1) { totalCount }`)).toMatchObject({
      data: { repository: null },
      errors: [{ type: "FORBIDDEN", path: ["repository", "issues"] }],
    });
  }));

it("says who reacted when, bots by their login without a suffix", () =>
  inScene(async (scene) => {
    await scene.lee("POST", `${REPO}/issues`, { title: "One" });
    const { id } = (await scene.lee("POST", `${REPO}/issues/1/comments`, { body: "/release hold" })).body;
    const bot = await scene.bot();
    for (const client of [bot, scene.kim]) await client("POST", `${REPO}/issues/comments/${id}/reactions`, { content: "eyes" });
    const fields = `issue(number: 1) { comments(first: 1) { nodes { reactionGroups { content createdAt viewerHasReacted
      reactors(first: 50) { totalCount edges { reactedAt node { __typename ... on Bot { login } ... on User { login } } } } } } } }`;
    const groups = (await askAs(scene, ALL, fields)).data.repository.issue.comments.nodes[0].reactionGroups;
    const [first, second] = scene.repository.comments.get(id as number)!.reactions.map(({ createdAt }) => `${new Date(createdAt).toISOString().slice(0, 19)}Z`);
    expect(groups.find(({ content }: { content: string }) => content === "EYES")).toEqual({
      content: "EYES",
      createdAt: first,
      viewerHasReacted: true,
      reactors: {
        totalCount: 2,
        edges: [
          { reactedAt: first, node: { __typename: "Bot", login: "steward" } },
          { reactedAt: second, node: { __typename: "User", login: "kim" } },
        ],
      },
    });
    expect(groups.find(({ content }: { content: string }) => content === "ROCKET")).toMatchObject({ createdAt: null, reactors: { totalCount: 0 } });
  }));

it("keeps every version of a comment, newest first, and none of one that was never edited", () =>
  inScene(async (scene) => {
    await scene.lee("POST", `${REPO}/issues`, { title: "One" });
    const { id } = (await scene.lee("POST", `${REPO}/issues/1/comments`, { body: "first" })).body;
    const edits = async () =>
      (
        await askAs(
          scene,
          ALL,
          "issue(number: 1) { comments(first: 1) { nodes { lastEditedAt editor { login } userContentEdits(first: 100) { totalCount nodes { editor { login } diff deletedAt } } } } }",
        )
      ).data.repository.issue.comments.nodes[0];
    expect(await edits()).toEqual({ lastEditedAt: null, editor: null, userContentEdits: { totalCount: 0, nodes: [] } });
    await scene.kim("PATCH", `${REPO}/issues/comments/${id}`, { body: "second" });
    await scene.lee("PATCH", `${REPO}/issues/comments/${id}`, { body: "third" });
    expect(await edits()).toMatchObject({
      editor: { login: "lee" },
      userContentEdits: {
        totalCount: 3,
        nodes: [
          { editor: { login: "lee" }, diff: "third", deletedAt: null },
          { editor: { login: "kim" }, diff: "second", deletedAt: null },
          { editor: { login: "lee" }, diff: "first", deletedAt: null },
        ],
      },
    });
  }));

it("remembers when each label was put on, again too", () =>
  inScene(async (scene) => {
    await scene.lee("POST", `${REPO}/issues`, { title: "One", labels: ["blocker"] });
    await scene.lee("DELETE", `${REPO}/issues/1/labels/blocker`);
    scene.standIn.advance(3_600_000);
    await scene.lee("POST", `${REPO}/issues/1/labels`, { labels: ["blocker"] });
    const fields = `issue(number: 1) { timelineItems(last: 100, itemTypes: [LABELED_EVENT]) { nodes { __typename ... on LabeledEvent { createdAt label { name } } } } }`;
    const { nodes } = (await askAs(scene, ALL, fields)).data.repository.issue.timelineItems;
    expect(nodes).toMatchObject([{ __typename: "LabeledEvent", label: { name: "blocker" } }, { label: { name: "blocker" } }]);
    expect(Date.parse(nodes[1].createdAt) - Date.parse(nodes[0].createdAt)).toBeGreaterThan(3_600_000);
  }));

it("finds issues with any of several labels, those of a milestone, and those of an app by its bot's login", () =>
  inScene(async (scene) => {
    const milestone = (await scene.kim("POST", `${REPO}/milestones`, { title: "1.0", due_on: "2026-03-01T08:00:00Z" })).body.number;
    await scene.lee("POST", `${REPO}/issues`, { title: "One", labels: ["blocker"], milestone });
    await scene.lee("POST", `${REPO}/issues`, { title: "Two", labels: ["impact", "blocker"], assignees: ["kim", "sam"] });
    await (
      await scene.bot()
    )("POST", `${REPO}/issues`, { title: "Desk" });
    const fields = `
      any: issues(first: 5, states: [OPEN], labels: ["blocker", "impact"]) { nodes { title assignees(first: 10) { nodes { login } } } }
      own: issues(first: 5, filterBy: { createdBy: "steward[bot]" }) { nodes { title } }
      milestones(first: 5, states: [OPEN]) { nodes { title dueOn issues(first: 5, states: [OPEN]) { nodes { title } } } }`;
    expect((await askAs(scene, ALL, fields)).data.repository).toEqual({
      any: {
        nodes: [
          { title: "One", assignees: { nodes: [] } },
          // Sam may not write here: who can't be assigned is passed over.
          { title: "Two", assignees: { nodes: [{ login: "kim" }] } },
        ],
      },
      own: { nodes: [{ title: "Desk" }] },
      milestones: { nodes: [{ title: "1.0", dueOn: "2026-03-01T08:00:00Z", issues: { nodes: [{ title: "One" }] } }] },
    });
  }));
