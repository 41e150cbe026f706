import { expect, test } from "@jest/globals";
import { DOCS_FAILED, HELM, rolloutReport, stepReport, TAG } from "../../test/fixtures/rollout-report.ts";
import { hostedWith, NOON, shaOf } from "../../test/fixtures/subject.ts";
import type { Plan } from "../model/plan.ts";
import type { RolloutReport } from "../model/rollout.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { NOTHING_SAID } from "../model/agreement.ts";
import { keepDesk } from "./desk.ts";

const QUIET: Plan = {
  head: shaOf("a"),
  takenAt: NOON,
  components: [],
  oddities: [],
  problems: [],
  notActedOn: [],
  actions: [],
  lines: [],
  rollouts: [],
  wakeAt: null,
};
const SAID = { judged: [], unmarked: [], context: null, factsOf: () => NOTHING_SAID } as unknown as Parameters<typeof keepDesk>[1];

function opened(rollout: RolloutReport): number {
  const place = { hosted: hostedWith(), repository: { name: "acme/app", url: null } } as unknown as Parameters<typeof keepDesk>[3];
  return keepDesk({ ...QUIET, rollouts: [rollout] }, SAID, DEFAULTS, place).length;
}

test.each([
  ["one that goes on by itself opens none", rolloutReport([TAG, HELM, stepReport("docs", { state: "running" })]), 0],
  ["one that waits for time opens none", rolloutReport([stepReport("staging")], { state: "waiting" }), 0],
  ["one whose step failed does", rolloutReport([TAG, DOCS_FAILED], { state: "paused" }), 1],
  ["one that waits for people does", rolloutReport([stepReport("staging", { state: "needs-people" })], { state: "waiting" }), 1],
])("without a desk, of releases that are under way %s", (_, rollout, count) => {
  expect(opened(rollout)).toBe(count);
});
