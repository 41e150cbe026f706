// Which issues are retrospectives, and of which release.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Actor, Issue } from "../../../sandbox/world/types.ts";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import { RETROSPECTIVE_OPENING } from "../../model/plan.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: begin", { "README.md": "begin\n" });
});
afterEach(() => world.standIn.close());

const marked = (tag: string): string => `How did it go?\n\n${RETROSPECTIVE_OPENING}${tag} -->`;
const open = (body: string, by: Actor = world.bot): Promise<Issue> =>
  world.standIn.operations.openIssue(by, world.repository, { title: "Looking back", body, labels: [], milestone: null });

async function tags(): Promise<Readonly<Record<string, number>>> {
  const { retrospectives } = await world.hostedWith({ retrospectives: true });
  if (retrospectives?.ok !== true) throw new Error("not read");
  return Object.fromEntries([...retrospectives.value].map(([tag, { number }]) => [tag, number]));
}

describe("retrospectives", () => {
  it("are this app's issues, open or closed, by the tag that they are about", async () => {
    const one = await open(marked("v1.0.0"));
    const other = await open(marked("app-v2.0.0"));
    await open(marked("v3.0.0"), world.kim);
    await open("How did it go?");
    await world.standIn.operations.editIssue(world.kim, world.repository, one, { state: "closed" });
    const { retrospectives } = await world.hostedWith({ retrospectives: true });
    expect(retrospectives).toEqual({
      ok: true,
      value: new Map([
        ["v1.0.0", { number: one.number, url: `${world.standIn.world.url}/acme/app/issues/${String(one.number)}` }],
        ["app-v2.0.0", { number: other.number, url: `${world.standIn.world.url}/acme/app/issues/${String(other.number)}` }],
      ]),
    });
  });

  it("stay what they are when people write below the mark, and GitHub's form changes the ends of lines", async () => {
    const issue = await open(`${marked("v1.0.0").replaceAll("\n", "\r\n")}\r\n\r\nWe were late.`);
    expect(await tags()).toEqual({ "v1.0.0": issue.number });
  });

  it("are not those that only quote the mark", async () => {
    await open(`> ${RETROSPECTIVE_OPENING}v1.0.0 -->`);
    expect(await tags()).toEqual({});
  });

  it("of one tag count by the oldest", async () => {
    const first = await open(marked("v1.0.0"));
    await open(marked("v1.0.0"));
    expect(await tags()).toEqual({ "v1.0.0": first.number });
  });

  it("cost no request: the desk is looked for in the same list", async () => {
    await open(marked("v1.0.0"));
    const first = await world.requestsOf(() => world.hostedWith({}));
    expect(await world.requestsOf(tags)).toEqual(first);
  });

  it("that may not be read are not none", async () => {
    world.refuse("issues");
    expect((await world.hostedWith({ retrospectives: true })).retrospectives).toEqual({
      ok: false,
      because: "the app lacks the permission issues: read",
      permission: "issues: read",
    });
  });
});
