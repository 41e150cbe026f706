import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import semver from "semver";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Bump } from "../../model/version.ts";
import { calendarDay } from "./calendar.ts";
import type { Claim } from "./claim.ts";
import { type Next, nextTrain, nextVersion, type NextQuestion } from "./next.ts";
import { compareVersions } from "./order.ts";
import type { VersionTag } from "./settle.ts";

const JANUARY_31_2026 = 1_769_817_600_000;

function released(version: string): VersionTag {
  return { tag: { name: `api-${version}`, sha: `commit of ${version}` }, version };
}

function file(value: string, template = "{version}", path = "charts/api/Chart.yaml"): Claim {
  return { by: "version-file", path, line: 4, column: 10, value, template };
}

type Given = Partial<Omit<NextQuestion, "previous" | "taken" | "lookalikes" | "versioning">> & {
  previous?: string | null;
  taken?: readonly string[];
  lookalikes?: readonly string[];
  versioning?: Partial<NextQuestion["versioning"]>;
};

function question({ previous = null, taken, lookalikes = [], versioning = {}, ...given }: Given): NextQuestion {
  return {
    component: "api",
    tagTemplate: "{component}-{version}",
    effect: "patch",
    minimum: null,
    releaseAs: null,
    takenAt: JANUARY_31_2026,
    files: [],
    onDefaultBranch: true,
    previous: previous === null ? null : released(previous),
    taken: (taken ?? (previous === null ? [] : [previous])).map(released),
    lookalikes: lookalikes.map((name) => ({ tag: { name, sha: "somewhere" }, version: name.replace(/^\D+/, "") })),
    versioning: { ...DEFAULTS.versioning, ...versioning },
    ...given,
  };
}

function outcome(given: Given): string {
  return inShort(nextVersion(question(given)));
}

function inShort(next: Next): string {
  if (next.is === "proposed") return `${next.version} ${next.bump ?? "-"}: ${next.because}`;
  return next.is === "refused" ? `refused: ${next.because}` : "nothing";
}

/** Message and hint of each problem, with its place. */
function problems(given: Given): string[] {
  const next = nextVersion(question(given));
  return next.is === "refused"
    ? next.problems.map(({ path, line, column, message, hint }) => [path === null ? message : `${path}:${line}:${column} ${message}`, hint].join(" | "))
    : [];
}

describe("a computed version", () => {
  test.each<[string, Bump, string]>([
    ["1.2.3", "patch", "1.2.4 patch: patch after 1.2.3"],
    ["1.2.3", "minor", "1.3.0 minor: minor after 1.2.3"],
    ["1.2.3", "major", "2.0.0 major: major after 1.2.3"],
    ["1.9.9", "patch", "1.9.10 patch: patch after 1.9.9"],
    ["0.5.2", "patch", "0.5.3 patch: patch after 0.5.2"],
    ["0.5.2", "minor", "0.6.0 minor: minor after 0.5.2"],
    ["0.5.2", "major", "0.6.0 minor: major changes make a minor release below 1.0.0, after 0.5.2"],
    ["0.0.3", "major", "0.1.0 minor: major changes make a minor release below 1.0.0, after 0.0.3"],
    ["10.0.0", "major", "11.0.0 major: major after 10.0.0"],
  ])("after %s a %s effect makes %s", (previous, effect, expected) => {
    expect(outcome({ previous, effect })).toBe(expected);
  });

  test.each<[Bump, Bump, Bump, string]>([
    ["major", "patch", "minor", "0.5.3 patch: minor changes make a patch release below 1.0.0, after 0.5.2"],
    ["major", "minor", "major", "1.0.0 major: major after 0.5.2"],
    ["patch", "patch", "major", "0.5.3 patch: major changes make a patch release below 1.0.0, after 0.5.2"],
    ["patch", "patch", "patch", "0.5.3 patch: patch after 0.5.2"],
  ])("below 1.0.0 with breaking: %s and feature: %s, a %s effect makes %s", (breaking, feature, effect, expected) => {
    expect(outcome({ previous: "0.5.2", effect, versioning: { before1: { breaking, feature } } })).toBe(expected);
  });

  test.each<[string, Bump, Bump, string]>([
    ["1.2.3", "patch", "minor", "1.3.0 minor: minor after 1.2.3"],
    ["1.2.3", "major", "minor", "2.0.0 major: major after 1.2.3"],
    ["0.5.2", "minor", "minor", "0.6.0 minor: minor after 0.5.2"],
  ])("after %s a %s effect with a minimum of %s makes %s", (previous, effect, minimum, expected) => {
    expect(outcome({ previous, effect, minimum, versioning: { before1: { breaking: "minor", feature: "patch" } } })).toBe(expected);
  });

  test("is none when nothing asks for a release", () => {
    expect(outcome({ previous: "1.2.3", effect: null })).toBe("nothing");
    expect(outcome({ effect: null })).toBe("nothing");
  });

  test("has the tag of the component's template", () => {
    expect(nextVersion(question({ previous: "1.2.3", tagTemplate: "{component}/v{version}" }))).toMatchObject({ tag: "api/v1.2.4" });
  });

  test("is refused when no number can follow", () => {
    expect(outcome({ previous: "1.2.9007199254740991" })).toBe("refused: no number can follow 1.2.9007199254740991: its patch part is too large");
  });

  test("is not blocked by lower files and tags", () => {
    expect(outcome({ previous: "1.2.3", taken: ["1.2.3", "1.2.2", "0.9.0"], files: [file("1.2.2"), file("1.2.4"), file("1.2.4-rc.5"), file("latest")] })).toBe(
      "1.2.4 patch: patch after 1.2.3",
    );
  });
});

describe("a first release", () => {
  test.each<[string, Given, string]>([
    ["is 0.1.0", {}, "0.1.0 -: first release"],
    ["is the playbook's", { versioning: { initial: "1.0.0" } }, "1.0.0 -: first release, as `versioning.initial` says"],
    ["is the version file's", { files: [file("0.8.0")] }, "0.8.0 -: first release, with the version that Chart.yaml holds"],
    ["reads the file's own form", { files: [file("v0.8.0", "v{version}")] }, "0.8.0 -: first release, with the version that Chart.yaml holds"],
    [
      "takes the highest of several",
      { files: [file("0.2.0"), file("v0.3.0", "v{version}", "Makefile")] },
      "0.3.0 -: first release, with the version that Makefile holds",
    ],
    ["takes no placeholder", { files: [file("0.0.0")] }, "0.1.0 -: first release"],
    ["takes no prerelease", { files: [file("0.1.0-dev")] }, "0.1.0 -: first release"],
    ["takes no word", { files: [file("latest")] }, "0.1.0 -: first release"],
    ["is the same for any effect", { effect: "major" }, "0.1.0 -: first release"],
    ["can be asked for", { releaseAs: "3.0.0", effect: null }, "3.0.0 -: asked for by `Release-As`"],
    ["is refused for a wrong setting", { versioning: { initial: "v1" } }, 'refused: versioning.initial: expected a version such as 1.0.0, found "v1"'],
    [
      "is refused below a file",
      { files: [file("2.0.0-dev")] },
      "refused: Chart.yaml says 2.0.0-dev, which is above the proposed 0.1.0: writing it would be a downgrade",
    ],
    [
      "is refused below a release elsewhere",
      { taken: ["0.8.0"] },
      "refused: 0.1.0 would go backwards: the newest tag of this line is api-0.8.0, which this head does not contain",
    ],
  ])("%s", (_, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });
});

describe("Release-As", () => {
  test.each([
    ["2.0.0", "2.0.0 major: asked for by `Release-As`"],
    ["v2.0.0", "2.0.0 major: asked for by `Release-As`"],
    ["V2.0.0", "2.0.0 major: asked for by `Release-As`"],
    ["api-2.0.0", "2.0.0 major: asked for by `Release-As`"],
    ["  1.4.0 \r", "1.4.0 minor: asked for by `Release-As`"],
    ["1.2.9", "1.2.9 patch: asked for by `Release-As`"],
    ["1.2.3", "refused: 1.2.3 is used: tag api-1.2.3 exists"],
    ["1.2.2", "refused: 1.2.2 would go backwards: the newest tag of this line is api-1.2.3"],
    ["1.0.0", "refused: 1.0.0 is used: tag api-1.0.0 exists"],
    ["2.0", 'refused: Release-As: expected a final version such as 1.2.3 or api-1.2.3, found "2.0"'],
    ["2.0.0-rc.1", 'refused: Release-As: expected a final version such as 1.2.3 or api-1.2.3, found "2.0.0-rc.1"'],
    ["2.0.0+build", 'refused: Release-As: expected a final version such as 1.2.3 or api-1.2.3, found "2.0.0+build"'],
    ["web-2.0.0", 'refused: Release-As: expected a final version such as 1.2.3 or api-1.2.3, found "web-2.0.0"'],
    ["", 'refused: Release-As: expected a final version such as 1.2.3 or api-1.2.3, found ""'],
    ["next", 'refused: Release-As: expected a final version such as 1.2.3 or api-1.2.3, found "next"'],
    ["02.0.0", 'refused: Release-As: expected a final version such as 1.2.3 or api-1.2.3, found "02.0.0"'],
  ])("%j after 1.2.3 is %s", (releaseAs, expected) => {
    expect(outcome({ previous: "1.2.3", taken: ["1.2.3", "1.0.0"], releaseAs })).toBe(expected);
  });

  test("wins over what the changes say, and over their silence", () => {
    expect(outcome({ previous: "1.2.3", effect: "major", releaseAs: "1.2.4" })).toBe("1.2.4 patch: asked for by `Release-As`");
    expect(outcome({ previous: "1.2.3", effect: null, releaseAs: "1.2.4" })).toBe("1.2.4 patch: asked for by `Release-As`");
  });

  test("has to be in the calendar's form where versions follow it", () => {
    const versioning = { scheme: "calver", calver: "{yyyy}.{n}" } as const;
    expect(outcome({ previous: "2026.1", versioning, releaseAs: "2026.7" })).toBe("2026.7 -: asked for by `Release-As`");
    expect(outcome({ previous: "2026.1", versioning, releaseAs: "1.2.3" })).toBe(
      'refused: Release-As: expected a version in the form `{yyyy}.{n}`, found "1.2.3"',
    );
  });
});

describe("on the default branch", () => {
  test("a version below a tag that the head lacks is refused with the way out", () => {
    expect(problems({ previous: "1.2.0", taken: ["1.2.0", "1.3.0"] })).toEqual([
      "1.2.1 would go backwards: the newest tag of this line is api-1.3.0, which this head does not contain | merge the branch that holds api-1.3.0 back, or say `/release as 1.3.1` or write `Release-As: 1.3.1` in the footer of a commit",
    ]);
  });

  test("a used version is refused with the way out", () => {
    expect(problems({ previous: "1.2.0", taken: ["1.2.0", "1.2.1"] })).toEqual([
      "1.2.1 is used: tag api-1.2.1 exists, which this head does not contain | merge the branch that holds api-1.2.1 back, or say `/release as 1.2.2` or write `Release-As: 1.2.2` in the footer of a commit",
    ]);
  });

  test("a fix release of an older line does not block the next minor", () => {
    expect(outcome({ previous: "1.10.0", taken: ["1.10.0", "1.10.6", "1.9.4"], effect: "minor" })).toBe("1.11.0 minor: minor after 1.10.0");
  });
});

describe("on a maintenance branch", () => {
  const onDefaultBranch = false;
  test.each<[string, Given, string]>([
    ["a fix passes below a newer major", { previous: "1.9.0", taken: ["1.9.0", "2.0.0", "1.10.0"] }, "1.9.1 patch: patch after 1.9.0"],
    [
      "a used fix is refused",
      { previous: "1.9.0", taken: ["1.9.0", "1.9.1"] },
      "refused: 1.9.1 is used: tag api-1.9.1 exists, which this head does not contain",
    ],
    [
      "a fix below another fix is refused",
      { previous: "1.9.0", taken: ["1.9.0", "1.9.3"] },
      "refused: 1.9.1 would go backwards: the newest tag of this line is api-1.9.3, which this head does not contain",
    ],
    ["a new minor passes below a newer major", { previous: "1.9.0", taken: ["1.9.0", "2.0.0"], effect: "minor" }, "1.10.0 minor: minor after 1.9.0"],
    [
      "a used minor is refused",
      { previous: "1.9.0", taken: ["1.9.0", "1.10.0"], effect: "minor" },
      "refused: 1.10.0 is used: tag api-1.10.0 exists, which this head does not contain",
    ],
    [
      "a minor below another minor is refused",
      { previous: "1.9.0", taken: ["1.9.0", "1.11.0"], effect: "minor" },
      "refused: 1.10.0 would go backwards: the newest tag of this line is api-1.11.0, which this head does not contain",
    ],
    [
      "a major below another major is refused",
      { previous: "1.9.0", taken: ["1.9.0", "3.0.0"], effect: "major" },
      "refused: 2.0.0 would go backwards: the newest tag of this line is api-3.0.0, which this head does not contain",
    ],
    ["a new major passes as the newest", { previous: "1.9.0", taken: ["1.9.0", "1.10.0"], effect: "major" }, "2.0.0 major: major after 1.9.0"],
    ["Release-As may skip within the line", { previous: "1.9.0", taken: ["1.9.0", "2.0.0"], releaseAs: "1.9.7" }, "1.9.7 patch: asked for by `Release-As`"],
    [
      "Release-As may not go below it",
      { previous: "1.9.0", taken: ["1.9.0", "2.0.0"], releaseAs: "1.8.9" },
      "refused: 1.8.9 would go backwards: the newest tag of this line is api-1.9.0",
    ],
    [
      "a first release has to be the newest",
      { taken: ["2.0.0"] },
      "refused: 0.1.0 would go backwards: the newest tag of this line is api-2.0.0, which this head does not contain",
    ],
    ["below 1.0.0 a fix passes too", { previous: "0.8.0", taken: ["0.8.0", "0.9.0"] }, "0.8.1 patch: patch after 0.8.0"],
  ])("%s", (_, given, expected) => {
    expect(outcome({ onDefaultBranch, ...given })).toBe(expected);
  });

  test("the way out stays on the line", () => {
    expect(problems({ onDefaultBranch, previous: "1.9.0", taken: ["1.9.0", "1.9.3", "2.0.0"] })).toEqual([
      "1.9.1 would go backwards: the newest tag of this line is api-1.9.3, which this head does not contain | say `/release as 1.9.4` or write `Release-As: 1.9.4` in the footer of a commit",
    ]);
    expect(problems({ onDefaultBranch, previous: "1.9.0", taken: ["1.9.0", "1.10.0"], effect: "minor" })).toEqual([
      "1.10.0 is used: tag api-1.10.0 exists, which this head does not contain | say `/release as 1.9.1` or write `Release-As: 1.9.1` in the footer of a commit",
    ]);
  });
});

describe("a version file above the proposal", () => {
  test("is a downgrade, refused at its place", () => {
    expect(problems({ previous: "1.2.0", files: [file("1.3.0")] })).toEqual([
      "charts/api/Chart.yaml:4:10 Chart.yaml says 1.3.0, which is above the proposed 1.2.1: writing it would be a downgrade | tag the commit that was released as api-1.3.0, or set Chart.yaml back to 1.2.0, or say `/release as 1.3.0` or write `Release-As: 1.3.0` in the footer of a commit",
    ]);
  });

  test("with a tag that the head lacks, both are said", () => {
    expect(problems({ previous: "1.2.0", taken: ["1.2.0", "1.3.0"], files: [file("v1.3.0", "v{version}")] })).toEqual([
      "1.2.1 would go backwards: the newest tag of this line is api-1.3.0, which this head does not contain | merge the branch that holds api-1.3.0 back, or say `/release as 1.3.1` or write `Release-As: 1.3.1` in the footer of a commit",
      "charts/api/Chart.yaml:4:10 Chart.yaml says v1.3.0, which is above the proposed 1.2.1: writing it would be a downgrade | set Chart.yaml back to 1.2.0, or say `/release as 1.3.1` or write `Release-As: 1.3.1` in the footer of a commit",
    ]);
  });

  test("with a prerelease, its final is the way out", () => {
    expect(problems({ previous: "1.2.0", files: [file("1.3.0-rc.5")] })).toEqual([
      "charts/api/Chart.yaml:4:10 Chart.yaml says 1.3.0-rc.5, which is above the proposed 1.2.1: writing it would be a downgrade | set Chart.yaml back to 1.2.0, or say `/release as 1.3.0` or write `Release-As: 1.3.0` in the footer of a commit",
    ]);
  });

  test("holds for what Release-As asks for", () => {
    expect(outcome({ previous: "1.2.0", files: [file("1.3.0")], releaseAs: "1.2.5" })).toContain("writing it would be a downgrade");
    expect(outcome({ previous: "1.2.0", files: [file("1.3.0")], releaseAs: "1.3.0" })).toBe("1.3.0 minor: asked for by `Release-As`");
  });
});

describe("a mis-tag that looks like a release", () => {
  test("of the same version is not passed over in silence", () => {
    expect(problems({ previous: "1.2.0", lookalikes: ["v1.2.1"] })).toEqual([
      "1.2.1 may be out already: tag `v1.2.1` looks like 1.2.1, though `release.tag.name` spells it `api-1.2.1` | correct `release.tag.name`, or list `v1.2.1` under `release.tag.ignore`, or say `/release as 1.2.2` or write `Release-As: 1.2.2` in the footer of a commit",
    ]);
  });

  test("of another version does not block", () => {
    expect(outcome({ previous: "1.2.0", lookalikes: ["v9.0.0", "v1.2.0"] })).toBe("1.2.1 patch: patch after 1.2.0");
  });

  test("blocks a first release below it: the template is probably wrong", () => {
    expect(problems({ lookalikes: ["v1.0.0", "v1.4.0"] })).toEqual([
      "0.1.0 may be out already: tag `v1.4.0` looks like 1.4.0, though `release.tag.name` spells it `api-1.4.0` | correct `release.tag.name`, or list `v1.4.0` under `release.tag.ignore`, or say `/release as 1.4.1` or write `Release-As: 1.4.1` in the footer of a commit",
    ]);
  });
});

describe("a calendar version", () => {
  const versioning = { scheme: "calver", calver: "{yyyy}.{n}" } as const;
  test.each<[string, Given, string]>([
    ["starts at 1", { versioning }, "2026.1 -: first release, by the calendar"],
    ["counts on", { versioning, previous: "2026.1", taken: ["2026.1", "2025.9"] }, "2026.2 -: by the calendar, after 2026.1"],
    ["counts on from a tag elsewhere", { versioning, previous: "2026.1", taken: ["2026.1", "2026.4"] }, "2026.5 -: by the calendar, after 2026.1"],
    ["starts again in a new year", { versioning, previous: "2025.9" }, "2026.1 -: by the calendar, after 2025.9"],
    ["never goes backwards", { versioning, previous: "2027.1" }, "refused: 2026.1 would go backwards: the newest tag of this line is api-2027.1"],
    [
      "is refused when the format leaves no other",
      { versioning: { scheme: "calver", calver: "{yyyy}.{mm}.{dd}" }, previous: "2026.1.31" },
      "refused: 2026.1.31 is used: tag api-2026.1.31 exists",
    ],
    [
      "is the same on a maintenance branch",
      { versioning, previous: "2026.1", taken: ["2026.1", "2026.2"], onDefaultBranch: false },
      "2026.3 -: by the calendar, after 2026.1",
    ],
    ["is none when nothing changed", { versioning, previous: "2026.1", effect: null }, "nothing"],
  ])("%s", (_, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });
});

describe("the next train", () => {
  const train = { name: "Train {yyyy}.{n}", tag: "train-{yyyy}.{n}", annotated: true, includes: "*" } as const;
  test.each([
    [[], "2026.1 -: first release, by the calendar"],
    [["2025.2"], "2026.1 -: by the calendar, after 2025.2"],
    [["2026.1", "2026.2", "2025.2"], "2026.3 -: by the calendar, after 2026.2"],
    [["2027.1"], "refused: 2026.1 would go backwards: the newest tag of this line is api-2027.1"],
  ])("after %j is %s", (taken, expected) => {
    expect(inShort(nextTrain(train, taken.map(released), JANUARY_31_2026))).toBe(expected);
  });

  test("has the tag of its template", () => {
    expect(nextTrain(train, [], JANUARY_31_2026)).toMatchObject({ tag: "train-2026.1" });
  });
});

describe("for any history", () => {
  const small = fc.nat({ max: 4 });
  const version = fc.tuple(small, small, small).map((numbers) => numbers.join("."));
  const value = fc.oneof(
    version,
    fc.tuple(version, fc.constantFrom("rc.1", "dev")).map((parts) => parts.join("-")),
    fc.string(),
  );
  const bump = fc.constantFrom<Bump>("patch", "minor", "major");
  const given = fc.record({
    taken: fc.uniqueArray(version, { maxLength: 12 }),
    isReleased: fc.boolean(),
    lookalikes: fc.array(
      version.map((text) => `v${text}`),
      { maxLength: 4 },
    ),
    effect: bump,
    minimum: fc.option(bump),
    releaseAs: fc.option(value, { freq: 3 }),
    files: fc.array(value.map((text) => file(text)), { maxLength: 2 }), // prettier-ignore
    onDefaultBranch: fc.boolean(),
    versioning: fc.record({ before1: fc.record({ breaking: bump, feature: bump }), initial: fc.option(version) }),
  });
  const history = given.map(({ isReleased, ...rest }): Given => ({ ...rest, previous: isReleased ? (rest.taken[0] ?? null) : null }));

  test("a proposal is above the previous release, never used, no downgrade, and the newest of its line", () => {
    fc.assert(
      fc.property(history, (one) => {
        const next = nextVersion(question(one));
        fc.pre(next.is === "proposed");
        const proposed = next.version;
        const taken = one.taken ?? [];
        expect(semver.valid(proposed)).toBe(proposed);
        expect(taken).not.toContain(proposed);
        expect(one.lookalikes).not.toContain(`v${proposed}`);
        expect(one.previous === null || semver.gt(proposed, one.previous ?? "")).toBe(true);
        const line = one.onDefaultBranch
          ? taken
          : taken.filter((other) => semver.major(other) === semver.major(proposed) && semver.minor(other) === semver.minor(proposed));
        expect(line.filter((other) => semver.gte(other, proposed))).toEqual([]);
        expect((one.files ?? []).filter((held) => semver.valid(held.value) !== null && compareVersions(held.value, proposed) > 0)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test("a refusal has a cause, and the Release-As that it names is accepted", () => {
    fc.assert(
      fc.property(history, (one) => {
        const next = nextVersion(question(one));
        fc.pre(next.is === "refused");
        const found = next.problems;
        expect(found.length).toBeGreaterThan(0);
        const wayOut = found.map(({ hint }) => /Release-As: (\S+)`/.exec(hint ?? "")?.[1]).find((text) => text !== undefined);
        const retried = wayOut === undefined ? null : nextVersion(question({ ...one, releaseAs: wayOut }));
        expect(retried === null || retried.is === "proposed").toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("calendar versions rise from release to release", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("{yyyy}.{n}", "{yy}.{0m}.{n}", "{yyyy}.{ww}.{n}"),
        fc.array(fc.nat({ max: 10_000_000_000 }), { maxLength: 20 }),
        (calver, gaps) => {
          let takenAt = JANUARY_31_2026;
          const taken: string[] = [];
          for (const gap of gaps) {
            takenAt += gap;
            const next = nextVersion(question({ versioning: { scheme: "calver", calver }, previous: taken.at(-1) ?? null, taken, takenAt }));
            expect(next.is).toBe("proposed");
            const version = next.is === "proposed" ? next.version : "";
            expect(compareVersions(version, taken.at(-1) ?? "")).toBeGreaterThan(0);
            expect(version).toContain(String(calendarDay(takenAt)[calver.includes("{ww}") ? "isoYear" : "year"]).slice(-2));
            taken.push(version);
          }
        },
      ),
    );
  });
});
