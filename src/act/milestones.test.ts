// What becomes of milestones and their issues on the stand-in, also when it is done twice or was cut short.
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { observedRepository } from "../../test/fixtures/observed.ts";
import { Refused } from "../model/errors.ts";
import type { CloseMilestone } from "../model/plan.ts";
import { act } from "./act.ts";
import { openMilestone } from "./open-milestone.ts";

let world: Awaited<ReturnType<typeof observedRepository>>;
beforeEach(async () => {
  world = await observedRepository();
  await world.push("feat: one", { a: "1" });
});
afterEach(() => world.standIn.close());

async function planned() {
  const { standIn, repository, kim } = world;
  const { operations } = standIn;
  const milestone = (title: string) => operations.createMilestone(kim, repository, { title, description: null });
  const [closing, next] = [await milestone("v1.2.0"), await milestone("v1.3.0")];
  const issue = (title: string) => operations.openIssue(kim, repository, { title, body: null, labels: [], milestone: closing });
  const issues = [await issue("one"), await issue("two")];
  const place = { github: world.github, repository: { id: repository.id, nodeId: "" }, signer: null, onOpened: () => {}, onDesk: () => {} };
  const states = () => [...repository.milestones.values()].map(({ title, state }) => `${title} ${state}`);
  const homes = () => issues.map((one) => one.milestone?.title ?? null);
  const action: CloseMilestone = { kind: "close-milestone", milestone: closing, move: { to: next.number, issues: issues.map(({ number }) => number) } };
  return { ...world, closing, next, place, states, homes, action, operations };
}

test("a milestone is closed once what is open in it has moved, and closing it again changes nothing [M-25]", async () => {
  const { place, action, states, homes } = await planned();
  for (const _ of ["once", "again"]) {
    expect(await act([action], place)).toEqual([null]);
    expect([states(), homes()]).toEqual([
      ["v1.2.0 closed", "v1.3.0 open"],
      ["v1.3.0", "v1.3.0"],
    ]);
  }
});

test("where there is nowhere to move them to, they stay", async () => {
  const { place, action, states, homes } = await planned();
  await act([{ ...action, move: null }], place);
  expect([states()[0], homes()]).toEqual(["v1.2.0 closed", ["v1.2.0", "v1.2.0"]]);
});

test("an issue that can't be moved keeps the milestone open: the next look sees what is left", async () => {
  const { place, action, states } = await planned();
  expect(await act([{ ...action, move: { to: 99, issues: action.move?.issues ?? [] } }], place)).toEqual([expect.any(Refused)]);
  expect(states()[0]).toBe("v1.2.0 open");
});

test("the next milestone is opened, once, and again where somebody closed it [W-55]", async () => {
  const { place, states, operations, repository, kim } = await planned();
  const action = { kind: "open-milestone", title: "v1.4.0" } as const;
  for (const _ of ["once", "again"]) {
    expect(await act([action], place)).toEqual([null]);
    expect(states()).toEqual(["v1.2.0 open", "v1.3.0 open", "v1.4.0 open"]);
  }
  const made = [...repository.milestones.values()].at(-1)!;
  await operations.editMilestone(kim, repository, made, { state: "closed" });
  await act([action], place);
  expect(states().at(-1)).toBe("v1.4.0 open");
});

test("a title that GitHub does not take is told, not tried for ever", async () => {
  const { place } = await planned();
  await expect(openMilestone({ kind: "open-milestone", title: " " }, place)).rejects.toBeInstanceOf(Refused);
});
