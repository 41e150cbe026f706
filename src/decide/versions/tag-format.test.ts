import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { candidateFormat, candidateTagOf, candidateWord, formatAround, readCandidateTag, tagFormat, tagOf, within } from "./tag-format.ts";

describe("a tag's template", () => {
  test.each([
    ["v{version}", "cavern", "v1.2.3", "1.2.3"],
    ["{version}", "cavern", "1.2.3", "1.2.3"],
    ["{component}-{version}", "cavern", "cavern-1.2.3", "1.2.3"],
    ["{component}/v{version}", "cavern", "cavern/v1.2.3", "1.2.3"],
    ["{version}-{component}", "cavern", "1.2.3-cavern", "1.2.3"],
    ["@org/{component}@{version}", "a.b", "@org/a.b@1.2.3", "1.2.3"],
    ["{component}-{component}-{version}", "$&", "$&-$&-1.2.3", "1.2.3"],
  ])("%s of %s reads and writes %s", (template, component, tag, version) => {
    const format = tagFormat(template, component);
    expect(within(format, tag)).toBe(version);
    expect(tagOf(format, version)).toBe(tag);
  });

  test.each([
    ["v{version}", "1.2.3"],
    ["v{version}", "V1.2.3"],
    ["{component}-{version}", "api_1.2.3"],
    ["{component}-{version}", "api"],
    ["a{version}a", "a"],
    ["{component}.{version}", "apix1.2.3"],
  ])("%s of `api` does not claim %s", (template, tag) => {
    expect(within(tagFormat(template, "api"), tag)).toBeNull();
  });

  test.each(["", "v1.2.3", "{version}{version}", "{component}"])("%j has no single place for the version", (template) => {
    expect(formatAround(template, "api")).toBeNull();
    expect(() => tagFormat(template, "api")).toThrow("exactly once");
  });

  test("any version written is read back", () => {
    const templates = fc.constantFrom("v{version}", "{component}-{version}", "{version}+{component}", "{component}/v{version}");
    fc.assert(
      fc.property(templates, fc.string(), fc.string(), (template, component, version) => {
        const format = tagFormat(template, component);
        expect(within(format, tagOf(format, version))).toBe(version);
      }),
    );
  });
});

describe("a candidate's template", () => {
  test.each([
    ["v{version}-rc{n}", "v1.2.3-rc10", 10],
    ["v{version}-rc.{n}", "v1.2.3-rc.1", 1],
    ["{component}-{version}-rc{n}", "api-1.2.3-rc2", 2],
    ["rc{n}/{component}/{version}", "rc3/api/1.2.3", 3],
    ["{component}-{version}-{n}", "api-1.2.3-4", 4],
  ])("%s reads and writes %s", (template, tag, number) => {
    const format = candidateFormat(template, "api");
    expect(readCandidateTag(format, tag)).toEqual({ version: "1.2.3", number });
    expect(candidateTagOf(format, "1.2.3", number)).toBe(tag);
  });

  test.each(["v1.2.3", "v1.2.3-rc", "v1.2.3-rc01", "v1.2.3-rc.1", "v1.2.3-rcx", "1.2.3-rc1", `v1.2.3-rc${"9".repeat(16)}`])(
    "v{version}-rc{n} does not read %s",
    (tag) => {
      expect(readCandidateTag(candidateFormat("v{version}-rc{n}", "api"), tag)).toBeNull();
    },
  );

  test.each([
    ["v{version}-rc{n}", "rc"],
    ["v{version}-Beta.{n}", "beta"],
    ["v{version}-{n}", null],
  ])("%s marks candidates with %s", (template, word) => {
    expect(candidateWord(candidateFormat(template, "api"))).toBe(word);
  });

  test.each(["v{version}", "v{version}{version}", "{n}", "v{version}-{n}-{n}"])("%j is refused", (template) => {
    expect(() => candidateFormat(template, "api")).toThrow("once each");
  });
});
