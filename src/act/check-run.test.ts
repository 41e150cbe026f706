import { expect, test } from "@jest/globals";
import { createCheckRun } from "./check-run.ts";

test("a title too long for GitHub is cut within its one line", () => {
  const check = { externalId: "head/1", conclusion: "failure", title: "x".repeat(300), summary: "", text: "", problems: [] } as const;
  const { input } = createCheckRun("R_1", "a".repeat(40), check);
  expect(input).toMatchObject({ output: { title: `${"x".repeat(254)}…` } });
});
