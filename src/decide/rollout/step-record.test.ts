import { expect, test } from "@jest/globals";
import { ownCheck } from "../../../test/fixtures/own-check.ts";
import { NOON } from "../../../test/fixtures/subject.ts";
import { newStepRecord, runAt, standingStep, stepId, stepRecordAsComment, type StepRecord } from "./step-record.ts";

const DOCS: StepRecord = { ...newStepRecord("v1.1.0", "docs"), state: "running", intent: { at: NOON, answers: null }, openSince: { smoke: NOON } };
const checkOf = (record: StepRecord, id: number) => ownCheck({ id, externalId: stepId(record.tag, record.step), text: stepRecordAsComment(record) });

test("what is written is read again; of several the newest, which stands first", () => {
  const newer = { ...DOCS, state: "done" as const };
  const checks = [checkOf(newStepRecord("v1.1.0", "site"), 4), checkOf(newer, 3), checkOf(DOCS, 2)];
  expect(standingStep("v1.1.0", "docs", checks)).toEqual({ check: checks[1], record: newer });
});

test("a step of another release, or of that name, is another one", () => {
  expect(standingStep("v1.1.0", "docs", [checkOf(newStepRecord("v1.0.0", "docs"), 1), checkOf(newStepRecord("v1.1.0", "docs/site"), 2)])).toBeNull();
});

test("a check run of a step that holds no record is no step that was never begun: nothing is decided on it", () => {
  expect(() => standingStep("v1.1.0", "docs", [ownCheck({ externalId: stepId("v1.1.0", "docs"), text: "" })])).toThrow("holds no record");
});

test.each([
  ["https://github.com/acme/app/actions/runs/71", 71],
  ["https://github.com/acme/app/pull/71", null],
  ["https://steward.test/acme/app", null],
  [null, null],
])("the run of %s is %s", (url, run) => {
  expect(runAt(url)).toBe(run);
});
