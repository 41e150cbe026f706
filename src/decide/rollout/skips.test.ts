import { expect, test } from "@jest/globals";
import type { Facts } from "../../model/agreement.ts";
import { NOON } from "../../../test/fixtures/subject.ts";
import { isAgreedSkip, missingSecond, retriedAt, skipOf } from "./skips.ts";

const says = (by: string, step = "docs", at = NOON): Facts["skips"][number] => ({ by, step, reason: `${by}'s reason`, at }) as Facts["skips"][number];

test.each([
  ["nobody", [], null, false],
  ["one person", [says("kim")], ["kim"], false],
  ["one person twice", [says("kim"), says("kim")], ["kim"], false],
  ["one person in another case", [says("kim"), says("KIM")], ["kim"], false],
  ["two people, of different steps", [says("kim"), says("lee", "site")], ["kim"], false],
  ["two people", [says("kim"), says("lee")], ["kim", "lee"], true],
  ["three people: the first two", [says("kim"), says("kim"), says("lee"), says("ann")], ["kim", "lee"], true],
] as const)("said by %s", (_, skips, by, isAgreed) => {
  const skip = skipOf("docs", { skips });
  expect([skip?.by ?? null, isAgreedSkip(skip)]).toEqual([by, isAgreed]);
});

test("it counts from the second word on, for the first one's reason", () => {
  expect(skipOf("docs", { skips: [says("kim"), says("lee", "docs", NOON + 1)] })).toEqual({ by: ["kim", "lee"], reason: "kim's reason", at: NOON + 1 });
});

test("a second person is asked for by name of the command, until there is one", () => {
  expect(missingSecond("docs", skipOf("docs", { skips: [says("kim")] }))).toBe(
    "@kim wants to skip it: kim's reason. A second person says `/release skip docs <reason>`",
  );
  expect(missingSecond("docs", skipOf("docs", { skips: [says("kim"), says("lee")] }))).toBeNull();
  expect(missingSecond("docs", null)).toBeNull();
});

test.each([
  ["nothing", [], null],
  [
    "this step, twice: the last",
    [
      { step: "docs", at: NOON },
      { step: "docs", at: NOON + 5 },
    ],
    NOON + 5,
  ],
  ["another step", [{ step: "site", at: NOON }], null],
  ["whatever failed", [{ step: null, at: NOON }], NOON],
])("a retry of %s", (_, retries, at) => {
  expect(retriedAt("docs", { retries: retries as unknown as Facts["retries"] })).toBe(at);
});
