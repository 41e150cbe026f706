import { expect, test } from "@jest/globals";
import { NOON, shaOf } from "../../../test/fixtures/subject.ts";
import { filledFor, type ReleaseValues } from "./release-values.ts";

const VALUES: ReleaseValues = {
  component: "cavern",
  path: "charts/cavern",
  version: "0.9.0",
  tag: "cavern-0.9.0",
  previousVersion: "0.8.1",
  previousTag: "cavern-0.8.1",
  candidateTag: "cavern-0.9.0-rc.2",
  sha: shaOf("a"),
  startedAt: NOON,
};

test.each([
  ["{component} {version} in {path}", "cavern 0.9.0 in charts/cavern"],
  ["{previous_tag}...{tag}", "cavern-0.8.1...cavern-0.9.0"],
  ["{previous_version} of {candidate_tag}", "0.8.1 of cavern-0.9.0-rc.2"],
  ["{sha} {date}", `${shaOf("a")} 2026-11-21`],
  ["$(id) `x` ${{ y }}", "$(id) `x` ${{ y }}"],
])("%s is %s", (template, filled) => {
  expect(filledFor(template, VALUES)).toBe(filled);
});

test("more placeholders are the step's own, and a value is never read as a template", () => {
  expect(filledFor("{environment} {component}", { ...VALUES, component: "{tag}" }, { environment: "staging" })).toBe("staging {tag}");
});

test("without a candidate, what names one is nothing; of a first release, what came before is empty", () => {
  const first = { ...VALUES, candidateTag: null, previousTag: "", previousVersion: "" };
  expect([filledFor("{candidate_tag}", first), filledFor("{tag}", first), filledFor("[{previous_tag}]", first)]).toEqual([null, "cavern-0.9.0", "[]"]);
});
