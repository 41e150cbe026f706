// What a release contains: what each pull request closes, and what this app said there.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Issue } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import { openMemory } from "./memory.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: begin", { "README.md": "begin\n" });
});
afterEach(() => world.standIn.close());

const openIssue = (title: string): Promise<Issue> =>
  world.standIn.operations.openIssue(world.kim, world.repository, { title, body: null, labels: [], milestone: null });

describe("what a release contains", () => {
  it("is told with what it closes and what this app said there, and nobody else", async () => {
    const { standIn, repository, kim, bot } = world;
    const issue = await openIssue("It breaks");
    const pull = await world.openPull("fix", "fix: it", { a: "1" }, kim);
    await standIn.operations.editIssue(kim, repository, pull, { body: `Fixes #${String(issue.number)}` });
    await standIn.operations.comment(kim, repository, pull, "Released, I say.");
    await standIn.operations.comment(bot, repository, pull, "Released in v1.0.0.");
    await standIn.operations.comment(bot, repository, issue, "Released in v0.9.0.");
    const { contained } = await world.hostedWith({ contained: [pull.number, issue.number] });
    expect([...contained]).toEqual([
      [pull.number, { id: expect.any(String), number: pull.number, isPullRequest: true, closes: [issue.number], own: ["Released in v1.0.0."] }],
      [issue.number, { id: expect.any(String), number: issue.number, isPullRequest: false, closes: [], own: ["Released in v0.9.0."] }],
    ]);
    expect(contained.get(pull.number)!.id).not.toBe(contained.get(issue.number)!.id);
  });

  it("is nothing where it is gone, and the others are told all the same", async () => {
    const issue = await openIssue("It breaks");
    const { contained } = await world.hostedWith({ contained: [999, issue.number] });
    expect([contained.get(999), contained.get(issue.number)?.number]).toEqual([null, issue.number]);
  });

  it("costs a request for each fifty, once", async () => {
    const numbers: number[] = [];
    for (let index = 0; index < 60; index += 1) numbers.push((await openIssue(`Issue ${String(index)}`)).number);
    const memory = openMemory();
    const requests = await world.requestsOf(async () => {
      expect((await world.hostedWith({ contained: numbers }, memory)).contained.size).toBe(60);
    });
    expect(requests.filter((one) => one === "graphql")).toHaveLength(3);
    expect(await world.requestsOf(() => world.look(memory).first())).toEqual(["graphql"]);
  });
});
