import { expect, test } from "@jest/globals";
import type { Milestone } from "../../model/snapshot.ts";
import { nextMilestone } from "./next-milestone.ts";

const titled = (...titles: readonly string[]): Milestone[] => titles.map((title, index) => ({ number: index + 1, title, dueOn: null, issues: [] }));

test.each([
  ["its own is 1.3, the next minor", titled("v1.5.0", "v1.3.0", "v1.4.0"), "v1.3.0", "1.3.0", "v1.4.0"],
  ["in none: after the release's version", titled("1.3", "1.4"), null, "1.3.0", "1.4"],
  ["ten is more than nine", titled("v1.10", "v1.9", "v1.8"), "v1.9", "1.9.0", "v1.10"],
  ["names without versions go by number", titled("Spring", "Summer"), "Spring", "1.0.0", "Summer"],
  ["the last one has none after it", titled("v1.3.0"), "v1.3.0", "1.3.0", null],
  ["in a later one than the release it is deferred already", titled("v1.3.0", "v1.4.0", "v1.5.0"), "v1.4.0", "1.3.0", null],
  ["no milestones at all", [], null, "1.3.0", null],
] as const)("a deferred blocker moves on: %s [C-16, M-04]", (_, milestones, from, version, expected) => {
  expect(nextMilestone(milestones, from, version)?.title ?? null).toBe(expected);
});

test("due dates order milestones that have no versions", () => {
  const milestones: Milestone[] = [
    { number: 1, title: "Autumn", dueOn: 300, issues: [] },
    { number: 2, title: "Spring", dueOn: 100, issues: [] },
    { number: 3, title: "Summer", dueOn: 200, issues: [] },
  ];
  expect(nextMilestone(milestones, "Spring", "1.0.0")?.title).toBe("Summer");
});
