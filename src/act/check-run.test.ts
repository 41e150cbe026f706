import { expect, test } from "@jest/globals";
import { writeCheckRun } from "./check-run.ts";

test("a title too long for GitHub is cut within its one line", () => {
  const check = { externalId: "head/1", conclusion: "failure", title: "x".repeat(300), summary: "", text: "", problems: [] } as const;
  const { input } = writeCheckRun("R_1", "a".repeat(40), check, null);
  expect(input).toMatchObject({ output: { title: `${"x".repeat(254)}…` } });
});

const SAID = { externalId: "x/1", title: "t", summary: "s", text: "", problems: [] } as const;

test("nobody can tell yet: in progress, without a conclusion", () => {
  const { field, input } = writeCheckRun("R_1", "a".repeat(40), { ...SAID, conclusion: null }, null);
  expect(field).toBe("createCheckRun");
  expect(input).toMatchObject({ status: "IN_PROGRESS", headSha: "a".repeat(40) });
  expect(input).not.toHaveProperty("conclusion");
});

test("one that stands is written over by its node id", () => {
  const { field, input } = writeCheckRun("R_1", "a".repeat(40), { ...SAID, conclusion: "success" }, "CR_7");
  expect(field).toBe("updateCheckRun");
  expect(input).toMatchObject({ checkRunId: "CR_7", status: "COMPLETED", conclusion: "SUCCESS" });
  expect(input).not.toHaveProperty("headSha");
});
