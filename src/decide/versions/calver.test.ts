import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { calverWithin, nextCalver, readCalver } from "./calver.ts";

const JANUARY_31_2026 = 1_769_817_600_000;
const NOVEMBER_9_2026 = 1_794_182_400_000;
const JANUARY_1_2027 = 1_798_761_600_000;

describe("a text in the place of a calendar version", () => {
  test.each([
    ["{yyyy}.{n}", "2026.1", ["2026"], 1],
    ["{yyyy}.{n}", "2026.0", ["2026"], 0],
    ["{yyyy}.{n}", "2026.123", ["2026"], 123],
    ["{yyyy}.{mm}.{n}", "2026.9.2", ["2026", "9"], 2],
    ["{yyyy}.{mm}", "2026.12", ["2026", "12"], null],
    ["{yy}.{0m}.{n}", "26.02.11", ["26", "02"], 11],
    ["{yyyy}{0m}{0d}", "20260131", ["2026", "01", "31"], null],
    ["{yyyy}-{0m}-{0d}.{n}", "2026-01-31.2", ["2026", "01", "31"], 2],
    ["{yyyy}.{ww}", "2026.53", ["2026", "53"], null],
    ["{yyyy}.{dd}", "2026.31", ["2026", "31"], null],
    ["r{yyyy}.{n}", "r2026.4", ["2026"], 4],
  ])("%s reads %s", (format, text, dated, counter) => {
    expect(readCalver(format, text)).toEqual({ dated, counter, length: text.length });
  });

  test.each([
    ["{yyyy}.{n}", "2026.01"],
    ["{yyyy}.{n}", "026.1"],
    ["{yyyy}.{n}", "20266.1"],
    ["{yyyy}.{n}", "2026."],
    ["{yyyy}.{n}", "2026"],
    ["{yyyy}.{n}", ""],
    ["{yyyy}.{n}", "2026.9999999999999999"],
    ["{yyyy}.{mm}", "2026.13"],
    ["{yyyy}.{mm}", "2026.0"],
    ["{yyyy}.{mm}", "2026.01"],
    ["{yyyy}.{0m}", "2026.1"],
    ["{yyyy}.{0m}", "2026.13"],
    ["{yyyy}.{dd}", "2026.32"],
    ["{yyyy}.{0d}", "2026.00"],
    ["{yyyy}.{ww}", "2026.54"],
    ["{yyyy}.{n}", "v2026.1"],
    ["constructor{yyyy}", "2026"],
  ])("%s does not read %s", (format, text) => {
    expect(readCalver(format, text)).toBeNull();
  });

  test("what follows is left for the reader of suffixes", () => {
    expect(readCalver("{yyyy}.{n}", "2026.1-rc1")?.length).toBe("2026.1".length);
  });
});

describe("the next version by the calendar", () => {
  test.each([
    ["{yyyy}.{n}", JANUARY_31_2026, [], "2026.1"],
    ["{yyyy}.{n}", JANUARY_31_2026, ["2025.7"], "2026.1"],
    ["{yyyy}.{n}", JANUARY_31_2026, ["2026.1", "2026.2"], "2026.3"],
    ["{yyyy}.{n}", JANUARY_31_2026, ["2026.9", "2026.10"], "2026.11"],
    ["{yyyy}.{n}", JANUARY_31_2026, ["2026.4"], "2026.5"],
    ["{yyyy}.{n}", JANUARY_1_2027, ["2026.4"], "2027.1"],
    ["{yyyy}.{n}", JANUARY_1_2027 - 1, ["2026.4"], "2026.5"],
    ["{yyyy}.{n}", JANUARY_31_2026, ["2026.8-rc1", "1.2.3", "2026.x", ""], "2026.1"],
    ["{yyyy}.{mm}.{n}", NOVEMBER_9_2026, ["2026.10.3"], "2026.11.1"],
    ["{yyyy}.{mm}.{n}", NOVEMBER_9_2026, ["2026.11.3"], "2026.11.4"],
    ["{yy}.{0m}.{0d}", JANUARY_31_2026, [], "26.01.31"],
    ["{yyyy}.{mm}.{dd}", NOVEMBER_9_2026, [], "2026.11.9"],
    ["{yyyy}.{ww}.{n}", NOVEMBER_9_2026, [], "2026.46.1"],
    ["{yyyy}.{ww}", JANUARY_1_2027, [], "2026.53"],
    ["{yy}.{ww}", JANUARY_1_2027, [], "26.53"],
    ["{yyyy}{0m}{0d}.{n}", JANUARY_31_2026, ["20260131.1"], "20260131.2"],
  ])("%s at %d after %j is %s", (format, takenAt, used, expected) => {
    expect(nextCalver(format, takenAt, used)).toBe(expected);
  });

  test("is read back by its own format on every day", () => {
    const formats = fc.constantFrom("{yyyy}.{n}", "{yy}.{mm}.{n}", "{yyyy}.{0m}.{0d}", "{yyyy}.{dd}.{mm}", "{yyyy}w{ww}.{n}");
    fc.assert(
      fc.property(formats, fc.integer({ min: 0, max: 4_000_000_000_000 }), (format, takenAt) => {
        const version = nextCalver(format, takenAt, []);
        expect(readCalver(format, version)?.length).toBe(version.length);
      }),
    );
  });
});

test.each([
  ["{yyyy}.{n}", { prefix: "", format: "{yyyy}.{n}", suffix: "" }],
  ["release-{yyyy}.{n}", { prefix: "release-", format: "{yyyy}.{n}", suffix: "" }],
  ["train/{yy}.{0m}/all", { prefix: "train/", format: "{yy}.{0m}", suffix: "/all" }],
])("the calendar's part of the template %s", (template, expected) => {
  expect(calverWithin(template)).toEqual(expected);
});
