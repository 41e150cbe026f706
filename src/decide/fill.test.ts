import { describe, expect, test } from "@jest/globals";
import { fill } from "./fill.ts";

describe("filling a template", () => {
  test.each([
    { template: "v{version}", values: { version: "1.2.0" }, filled: "v1.2.0" },
    { template: "{a}{a}-{b}", values: { a: "x", b: "y" }, filled: "xx-y" },
    { template: "{unknown} {Version} {} {{version}}", values: { version: "1" }, filled: "{unknown} {Version} {} {1}" },
    { template: "{a}", values: { a: "{b}", b: "no" }, filled: "{b}" },
    { template: "{a}", values: { a: "$&" }, filled: "$&" },
    { template: "{constructor} {toString}", values: {}, filled: "{constructor} {toString}" },
  ])("$template gives $filled", ({ template, values, filled }) => {
    expect(fill(template, values)).toBe(filled);
  });
});
