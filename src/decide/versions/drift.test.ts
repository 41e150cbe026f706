import { describe, expect, test } from "@jest/globals";
import type { Claim } from "./claim.ts";
import { type DriftQuestion, driftOf } from "./drift.ts";
import type { VersionTag } from "./settle.ts";

type Given = { by?: Claim["by"]; value: string; template?: string; previous?: string | null; taken?: string[]; proposed?: string | null };

const PATHS = { "version-file": "charts/cavern/Chart.yaml", changelog: "docs/CHANGELOG.md", manifest: ".versions.json" } as const;

function released(version: string): VersionTag {
  return { tag: { name: `cavern-${version}`, sha: `commit of ${version}` }, version };
}

function question({ by = "version-file", value, template = "{version}", previous = "1.3.0", taken = [], proposed = "1.3.1" }: Given): DriftQuestion {
  return {
    component: "cavern",
    format: { prefix: "cavern-", suffix: "" },
    numbering: { scheme: "semver", calver: "{yyyy}.{n}" },
    previous: previous === null ? null : released(previous),
    taken: [...(previous === null ? [] : [previous]), ...taken].map(released),
    proposed,
    claims: [{ by, path: PATHS[by], line: 4, column: 10, value, template }],
  };
}

function drift(given: Given): string[] {
  return driftOf(question(given)).map(({ message, hint }) => [message, hint ?? "no hint"].join(" | "));
}

describe("agreement says nothing", () => {
  test.each<[string, Given]>([
    ["a file with the newest release", { value: "1.3.0" }],
    ["a file with the newest release in its own form", { value: "v1.3.0", template: "v{version}" }],
    ["a changelog", { by: "changelog", value: "1.3.0" }],
    ["a manifest", { by: "manifest", value: "1.3.0" }],
    ["nothing proposed", { value: "1.3.0", proposed: null }],
    ["a first release that takes the file's version", { value: "0.8.0", previous: null, proposed: "0.8.0" }],
    ["a placeholder before the first release", { value: "0.0.0", previous: null, proposed: "0.1.0" }],
    ["a development version before the first release", { value: "0.1.0-dev", previous: null, proposed: "0.1.0" }],
  ])("%s", (_, given) => {
    expect(drift(given)).toEqual([]);
  });
});

describe("a disagreement says what would repair it", () => {
  test.each<[string, Given, string]>([
    ["a stale file", { value: "1.2.0" }, "Chart.yaml says 1.2.0, the newest release is cavern-1.3.0 | the release pull request sets it to 1.3.1"],
    [
      "a stale file in its own form",
      { value: "v1.2.0", template: "v{version}" },
      "Chart.yaml says v1.2.0, the newest release is cavern-1.3.0 | the release pull request sets it to v1.3.1",
    ],
    [
      "a stale file without a release to come",
      { value: "v1.2.0", template: "v{version}", proposed: null },
      "Chart.yaml says v1.2.0, the newest release is cavern-1.3.0 | set Chart.yaml to v1.3.0",
    ],
    [
      "a placeholder after releases",
      { value: "0.0.0-development" },
      "Chart.yaml says 0.0.0-development, the newest release is cavern-1.3.0 | the release pull request sets it to 1.3.1",
    ],
    [
      "a candidate of a released version",
      { value: "1.3.0-rc.5" },
      "Chart.yaml says 1.3.0-rc.5, the newest release is cavern-1.3.0 | the release pull request sets it to 1.3.1",
    ],
    [
      "a candidate of the next version",
      { value: "1.3.1-rc.5" },
      "Chart.yaml says 1.3.1-rc.5, the newest release is cavern-1.3.0 | the release pull request sets it to 1.3.1",
    ],
    ["another spelling", { value: "1.3.0", template: "v{version}" }, "Chart.yaml says 1.3.0, expected v1.3.0 | the release pull request sets it to v1.3.1"],
    [
      "a word",
      { value: "latest", template: "v{version}" },
      "Chart.yaml says latest, which is no version in the form `v{version}` | the release pull request sets it to v1.3.1",
    ],
    ["the proposed version", { value: "1.3.1" }, "Chart.yaml says 1.3.1 already, the proposed version | no hint"],
    [
      "a tag that was never made",
      { value: "1.4.0", proposed: null },
      "Chart.yaml says 1.4.0, the newest release is cavern-1.3.0: tag cavern-1.4.0 was never made | tag the commit that was released as cavern-1.4.0, or set Chart.yaml to 1.3.0",
    ],
    [
      "a tag that the head lacks",
      { value: "1.4.0", taken: ["1.4.0"], proposed: null },
      "Chart.yaml says 1.4.0, whose tag cavern-1.4.0 this head does not contain | merge the branch that holds cavern-1.4.0 back",
    ],
    [
      "a version without any tag",
      { value: "0.3.0", previous: null, proposed: "1.0.0" },
      "Chart.yaml says 0.3.0, and there is no release yet | tag the commit that was released as cavern-0.3.0, or the release pull request sets it to 1.0.0",
    ],
    [
      "a stale changelog",
      { by: "changelog", value: "1.2.0" },
      "the newest section of CHANGELOG.md is 1.2.0, the newest release is cavern-1.3.0 | let CHANGELOG.md begin with a section for 1.3.0",
    ],
    [
      "a changelog ahead of the tags",
      { by: "changelog", value: "1.4.0" },
      "the newest section of CHANGELOG.md is 1.4.0, the newest release is cavern-1.3.0: tag cavern-1.4.0 was never made | tag the commit that was released as cavern-1.4.0, or let CHANGELOG.md begin with a section for 1.3.0",
    ],
    [
      "a changelog before the first release",
      { by: "changelog", value: "0.3.0", previous: null, proposed: "0.1.0" },
      "the newest section of CHANGELOG.md is 0.3.0, and there is no release yet | tag the commit that was released as cavern-0.3.0, or remove the section from CHANGELOG.md",
    ],
    [
      "a stale manifest",
      { by: "manifest", value: "1.2.0" },
      "the file .versions.json says 1.2.0, the newest release is cavern-1.3.0 | delete .versions.json if no tool reads it any more, or set .versions.json to 1.3.0",
    ],
  ])("%s", (_, given, expected) => {
    expect(drift(given).map((text) => text.replace(/^\.versions/, "the file .versions"))).toEqual([expected]);
  });

  test("as a warning at its place", () => {
    expect(driftOf(question({ value: "1.2.0" }))).toMatchObject([{ severity: "warning", path: "charts/cavern/Chart.yaml", line: 4, column: 10 }]);
  });
});

test("what the guard refuses to write is not said twice", () => {
  expect(drift({ value: "1.4.0", proposed: "1.3.1" })).toEqual([]);
  expect(drift({ value: "0.9.0", previous: null, proposed: "0.1.0" })).toEqual([]);
});
