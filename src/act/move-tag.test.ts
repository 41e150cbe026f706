import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { observedRepository } from "../../test/fixtures/observed.ts";
import { Stale } from "../model/errors.ts";
import { moveTag } from "./move-tag.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
});
afterEach(() => world.standIn.close());

const STABLE = "refs/tags/stable";
const led = (): string | undefined => world.git.refs().get(STABLE);
const place = async () => ({
  github: world.github,
  repository: { id: world.repository.id, nodeId: (await world.hostedWith({})).id },
  signer: null,
  onOpened: () => {},
  onDesk: () => {},
});
const move = async (from: string | null, to: string): Promise<void> => moveTag({ kind: "move-tag", tag: "stable", from, to }, await place());

test("a tag that moves along is made, and moves on, whatever it was before", async () => {
  const [one, two, three] = [await world.push("one", { a: "1" }), await world.push("two", { a: "2" }), await world.push("three", { a: "3" })];
  await move(null, one);
  expect(led()).toBe(one);
  await move(one, two);
  expect(led()).toBe(two);
  const tagger = { name: "Kim", email: "kim@example.test", at: 0 };
  await world.move(STABLE, await world.git.writeTag({ tag: "stable", message: "stable\n", target: two, targetType: "commit", tagger }));
  await move(two, three);
  expect(led()).toBe(three);
});

test("one that was made, moved or deleted meanwhile is left as it is", async () => {
  const [one, two, three] = [await world.push("one", { a: "1" }), await world.push("two", { a: "2" }), await world.push("three", { a: "3" })];
  await expect(move(one, two)).rejects.toBeInstanceOf(Stale);
  expect(led()).toBeUndefined();
  await world.move(STABLE, three);
  await expect(move(null, two)).rejects.toBeInstanceOf(Stale);
  await expect(move(one, two)).rejects.toBeInstanceOf(Stale);
  expect(led()).toBe(three);
});

test("what moves between the look and the write is not undone", async () => {
  const [one, two, three] = [await world.push("one", { a: "1" }), await world.push("two", { a: "2" }), await world.push("three", { a: "3" })];
  await world.move(STABLE, one);
  const { github, ...rest } = await place();
  const late = { ...github, graphql: async (...asked: Parameters<typeof github.graphql>) => (await world.move(STABLE, three), github.graphql(...asked)) };
  await expect(moveTag({ kind: "move-tag", tag: "stable", from: one, to: two }, { ...rest, github: late })).rejects.toBeInstanceOf(Stale);
  expect(led()).toBe(three);
});
