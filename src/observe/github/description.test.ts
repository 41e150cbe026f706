// What people wrote into the description of a pull request, found in the history of edits where the app wrote over it.
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Issue } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import { openMemory } from "./memory.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
let pull: Issue;
beforeEach(async () => {
  world = await observedRepository();
  world.standIn.addUser("lee");
  world.repository.collaborators.set("lee", "write");
  await world.push("feat: begin", { "README.md": "begin\n" });
  pull = await world.openPull("release", "Release", { a: "1" });
});
afterEach(() => world.standIn.close());

/** Kim and lee are people. */
async function edited(...edits: readonly (readonly ["kim" | "lee" | "app", string])[]): Promise<string> {
  const { standIn, repository, bot } = world;
  for (const [who, body] of edits) {
    await standIn.operations.editIssue(who === "app" ? bot : standIn.actorFor(who), repository, pull, { body });
  }
  const [own] = (await world.look().first()).hosted.open;
  expect(own!.body).toBe(edits.at(-1)?.[1] ?? "Body.");
  return own!.written;
}

const byApp = (times: number) => Array.from({ length: times }, (_, index) => ["app", `app ${String(index)}`] as const);

test.each<[string, readonly (readonly ["kim" | "lee" | "app", string])[], string]>([
  ["nobody edited it", [], "Body."],
  ["only the app did", [["app", "app"]], "app"],
  [
    "a person wrote last",
    [
      ["app", "app"],
      ["kim", "kim"],
    ],
    "kim",
  ],
  [
    "the app wrote over it",
    [
      ["kim", "kim"],
      ["app", "app"],
    ],
    "kim",
  ],
  [
    "two people wrote one after the other",
    [
      ["kim", "kim"],
      ["lee", "kim and lee"],
      ["app", "app"],
    ],
    "kim and lee",
  ],
  [
    "somebody took back what stood there",
    [
      ["kim", "kim"],
      ["kim", ""],
      ["app", "app"],
    ],
    "",
  ],
  ["the app wrote over it more than once", [["kim", "kim"], ...byApp(9)], "kim"],
  ["the app has looked so often since that it has seen it", [["kim", "kim"], ...byApp(10)], "app 9"],
])("what people wrote, when %s", async (_title, edits, expected) => {
  expect(await edited(...edits)).toBe(expected);
});

test("a version that somebody deleted from the history stays deleted", async () => {
  await edited(["kim", "a secret"], ["app", "app"]);
  const { github } = world;
  const graphql: typeof github.graphql = async (...question) =>
    JSON.parse(JSON.stringify(await github.graphql(...question)).replace('"diff":"a secret"', '"diff":null'));
  const [own] = (await world.look(openMemory(), { ...github, graphql }).first()).hosted.open;
  expect(own!.written).toBe("app");
});
