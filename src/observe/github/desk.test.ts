// Which issue is this app's desk, and what is said there.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Actor, Issue } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import { DESK_MARKER } from "../../model/plan.ts";
import { openMemory } from "./memory.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: begin", { "README.md": "begin\n" });
});
afterEach(() => world.standIn.close());

const open = (title: string, body: string, by: Actor = world.bot): Promise<Issue> =>
  world.standIn.operations.openIssue(by, world.repository, { title, body, labels: [], milestone: null });

describe("the desk", () => {
  it("is the oldest issue of this app that is one, by its mark or its title, open or closed", async () => {
    const { standIn, repository, kim } = world;
    await open("Release desk", DESK_MARKER, kim);
    await open("Retrospective of 1.0", "Words.");
    const desk = await open("What is next", `Lines.\n\n${DESK_MARKER}`);
    await open("Release desk", "Another one.");
    await standIn.operations.editIssue(kim, repository, desk, { state: "closed" });
    await standIn.operations.comment(kim, repository, desk, "/release status");
    await standIn.operations.comment(world.bot, repository, desk, "All is quiet.");
    const found = (await world.look().first()).hosted.desk!;
    expect({ ...found, requests: found.requests.map(({ author }) => author), own: found.own.map(({ revisions }) => revisions[0]!.text) }).toEqual({
      id: expect.any(String),
      number: desk.number,
      url: `${standIn.world.url}/acme/app/issues/${desk.number}`,
      isOpen: false,
      title: "What is next",
      body: `Lines.\n\n${DESK_MARKER}`,
      requests: ["kim"],
      own: ["All is quiet."],
    });
  });

  it("is still known by its title when somebody edits its text away", async () => {
    const desk = await open("Release desk", "");
    expect((await world.look().first()).hosted.desk!.number).toBe(desk.number);
  });

  it("is none where there is none", async () => {
    await open("Release desk", DESK_MARKER, world.kim);
    expect((await world.look().first()).hosted.desk).toBeNull();
  });

  it("is found behind a hundred other issues of this app", async () => {
    for (let index = 0; index < 120; index += 1) await open(`Retrospective ${index}`, "Words.");
    const desk = await open("Release desk", DESK_MARKER);
    expect((await world.look().first()).hosted.desk!.number).toBe(desk.number);
  });

  it("that was just opened is known although no list shows it yet", async () => {
    const memory = openMemory();
    const observer = world.look(memory);
    await observer.first();
    const desk = await open("Release desk", DESK_MARKER);
    observer.openedDesk(desk.number);
    const { github } = world;
    const graphql: typeof github.graphql = async (document, variables, options) => {
      const hidden = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value === world.app.bot.login ? "nobody" : value]));
      return github.graphql(document, hidden, options);
    };
    let found: number | undefined;
    const requests = await world.requestsOf(async () => {
      found = (await world.look(memory, { ...github, graphql }).first()).hosted.desk?.number;
    });
    expect([found, requests]).toEqual([desk.number, ["graphql"]]);
  });

  it("that was deleted is forgotten", async () => {
    const memory = openMemory();
    const desk = await open("Release desk", DESK_MARKER);
    await world.look(memory).first();
    world.repository.issues.delete(desk.number);
    expect((await world.look(memory).first()).hosted.desk).toBeNull();
  });

  it("costs no request of its own, at a cold look or a warm one", async () => {
    const desk = await open("Release desk", DESK_MARKER);
    const memory = openMemory();
    const cold = await world.requestsOf(() => world.look(memory).first());
    expect(cold.filter((one) => one === "graphql")).toHaveLength(1);
    await world.standIn.operations.comment(world.kim, world.repository, desk, "/release status");
    expect(await world.requestsOf(() => world.look(memory).first())).toEqual(["graphql"]);
  });

  it("that may not be read is told apart from none: it would be opened twice", async () => {
    world.refuse("issues");
    const { hosted } = await world.look().first();
    expect([hosted.desk, hosted.deskUnread]).toEqual([null, "the app lacks the permission issues: read"]);
  });
});
