import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ArtifactReport, RolloutReport, StepReport } from "../../model/rollout.ts";
import { RELEASE_BODY_MAX } from "../changelog/index.ts";
import { isSameReleaseBody, type OwnedRegion, ownedRegion, withOwnedRegion, withoutOwnedRegion } from "./release-body.ts";

const OPENING = "<!-- release-steward:artifacts -->";
const CLOSING = "<!-- /release-steward:artifacts -->";
const IMAGE: ArtifactReport = {
  kind: "image",
  reference: "ghcr.io/acme/app:v1.2.0",
  step: "images",
  digest: `sha256:${"4f2c1e9a".repeat(8)}`,
  attestation: { is: "not-asked" },
  signature: { is: "not-asked" },
};
const REGION: OwnedRegion = { state: "Rollout under way", artifacts: [IMAGE], moving: ["`latest` moved by images.yml"] };
const DONE: OwnedRegion = { state: "Verified 2026-11-21 14:05 UTC", artifacts: null, moving: [] };

test("the region stands behind the notes and says what is there and how far it is [M-11, M-22]", () => {
  expect(withOwnedRegion("Notes.\n", REGION)).toMatchInlineSnapshot(`
"Notes.

<!-- release-steward:artifacts -->

**Rollout under way**

| artifact | digest |
|---|---|
| \`ghcr.io/acme/app:v1.2.0\` | 4f2c1e9a4f2c<br><sub>\`sha256:4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a\`</sub> |

- \`latest\` moved by images.yml

<!-- /release-steward:artifacts -->
"
`);
});

describe("only the app's own region is written over", () => {
  const own = withOwnedRegion("", DONE);
  const rows: readonly [string, string, string][] = [
    ["no text", "", own],
    ["text without an end", "Notes.", `Notes.\n\n${own}`],
    ["text that goes on behind it", `a\n\n${OPENING}\nold\n${CLOSING}\n\nP.S. thanks`, `a\n\n${own.trimEnd()}\n\nP.S. thanks`],
    ["line ends of a browser", `a\r\n\r\n${OPENING}\r\nold\r\n${CLOSING}\r\nb`, `a\r\n\r\n${own.trimEnd()}\r\nb`],
    ["a region that somebody quotes earlier", `${OPENING}\nquoted\n${CLOSING}\n\n${OPENING}\nold\n${CLOSING}\n`, `${OPENING}\nquoted\n${CLOSING}\n\n${own}`],
    ["a mark in a sentence", `see \`${OPENING}\`\n\n${OPENING}\nold\n${CLOSING}\n`, `see \`${OPENING}\`\n\n${own}`],
    ["a mark that nothing ends", `${OPENING}\nmine`, `${OPENING}\nmine\n\n${own}`],
    ["an end without a beginning", `${CLOSING}\nmine\n`, `${CLOSING}\nmine\n\n${own}`],
    ["a mark that nothing ends before the region", `${OPENING}\nmine\n${OPENING}\nold\n${CLOSING}\n`, `${OPENING}\nmine\n${own}`],
  ];
  test.each(rows)("%s", (_name, body, expected) => {
    expect(withOwnedRegion(body, DONE)).toBe(expected);
  });

  const lines = fc.constantFrom("", "text", "- item", OPENING, CLOSING, `> ${OPENING}`, "```", "  ", "| a |", "é😀");
  const bodies = fc.array(fc.tuple(lines, fc.constantFrom("\n", "\r\n"))).map((all) => all.map(([line, end]) => line + end).join(""));
  const anyText = fc.oneof(
    bodies,
    fc.string({ unit: "grapheme" }),
    fc.tuple(bodies, fc.string()).map(([one, other]) => one + other),
  );
  const regions = fc.record({
    state: fc.oneof(fc.string(), fc.constant(CLOSING)),
    artifacts: fc.option(
      fc.array(
        fc.string().map((reference): ArtifactReport => ({ ...IMAGE, kind: "value", reference, digest: `${reference}\n${CLOSING}\n` })),
        { maxLength: 3 },
      ),
    ),
    moving: fc.array(fc.constantFrom("`latest` moved by x.yml", `\n${CLOSING}\n`), { maxLength: 2 }),
  });

  test("text outside is kept to the letter, twice changes nothing more, and a later region takes the place of an earlier one", () => {
    fc.assert(
      fc.property(anyText, regions, regions, (body, one, other) => {
        const first = withOwnedRegion(body, one);
        expect(withOwnedRegion(first, one)).toBe(first);
        expect(withOwnedRegion(first, other)).toBe(withOwnedRegion(withOwnedRegion(first, other), other));
        // What is not the region: all of the body, and at most a blank line of the app's own.
        const outside = withoutOwnedRegion(first);
        const before = withoutOwnedRegion(body);
        expect(outside.startsWith(before) ? outside.slice(before.length).trim() : outside).toBe(outside.startsWith(before) ? "" : before);
        expect(withoutOwnedRegion(withOwnedRegion(first, other))).toBe(outside);
      }),
    );
  });
});

describe("GitHub's limit", () => {
  const many: OwnedRegion = { ...REGION, artifacts: Array.from({ length: 1000 }, () => IMAGE) };
  test("rows of the table give way, and it says so", () => {
    const people = "x".repeat(RELEASE_BODY_MAX - 3000);
    const body = withOwnedRegion(people, many);
    expect(body.length).toBeLessThanOrEqual(RELEASE_BODY_MAX);
    expect(body.startsWith(people)).toBe(true);
    expect(body).toContain("artifacts are left out here for GitHub's limit on length");
    expect(body).toContain("**Rollout under way**");
  });
  test.each([50, 80, 130, 160, 200, 300, 1000])("with room for %i characters people's text is not cut", (room) => {
    const people = "x".repeat(RELEASE_BODY_MAX - room);
    const body = withOwnedRegion(people, many);
    expect(body.length).toBeLessThanOrEqual(RELEASE_BODY_MAX);
    expect(body.startsWith(people)).toBe(true);
    expect(withOwnedRegion(body, many)).toBe(body);
    expect(body.includes("Rollout under way")).toBe(room >= 130);
  });
  test("without any room the text stays as it is", () => {
    const people = "x".repeat(RELEASE_BODY_MAX);
    expect(withOwnedRegion(people, many)).toBe(people);
  });
});

test("line ends and blanks at the end make no other text", () => {
  expect(isSameReleaseBody("a\r\nb\r\n", "a\nb")).toBe(true);
  expect(isSameReleaseBody("a\nb", "a\n b")).toBe(false);
});

describe("how far it is, in one line", () => {
  const step: StepReport = {
    step: "docs",
    kind: "workflow",
    state: "done",
    because: "",
    next: null,
    opensAt: null,
    after: [],
    url: null,
    attempts: [],
    startedAt: null,
    endedAt: null,
    gates: [],
    details: [],
  };
  const failed: StepReport = { ...step, state: "failed", attempts: [{ run: 12, attempt: 1, startedAt: 0, endedAt: 1, conclusion: "failure", url: "" }] };
  const report = (change: Partial<RolloutReport>): RolloutReport => ({
    line: "app",
    component: "app",
    version: "1.2.0",
    tag: "v1.2.0",
    sha: "a".repeat(40),
    title: "v1.2.0",
    pullRequest: 7,
    evaluatedAt: 0,
    state: "running",
    because: "because",
    startedAt: 0,
    endedAt: null,
    steps: [step],
    artifacts: [],
    moving: [],
    notices: [],
    ...change,
  });
  test.each<[Partial<RolloutReport>, string]>([
    [{}, "Rollout under way"],
    [{ state: "waiting" }, "Rollout under way"],
    [{ state: "paused", steps: [step, failed] }, "Rollout paused: docs failed, run 12, attempt 1"],
    [{ state: "paused", steps: [{ ...step, state: "halted" }] }, "Rollout paused: docs was halted"],
    [{ state: "paused" }, "Rollout paused: because"],
    [{ state: "frozen" }, "Rollout paused: because"],
    [{ state: "verified", endedAt: 1_795_269_900_000 }, "Verified 2026-11-21 14:05 UTC"],
    [{ state: "withdrawn" }, "Withdrawn: because"],
    [{ state: "superseded" }, "Superseded: because"],
  ])("%j", (change, state) => {
    expect(ownedRegion(report(change), false)?.state).toBe(state);
  });
  test("a release that nothing follows has none, unless digests are wanted", () => {
    const bare = report({
      steps: [
        { ...step, kind: "tag" },
        { ...step, kind: "publication" },
      ],
    });
    expect(ownedRegion(bare, false)).toBeNull();
    expect(ownedRegion(bare, true)).toMatchObject({ artifacts: [] });
  });
});
