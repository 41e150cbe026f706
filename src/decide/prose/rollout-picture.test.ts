import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { WINDOW } from "../../../test/fixtures/line-report.ts";
import { HELM, rolloutReport, stepReport, TAG } from "../../../test/fixtures/rollout-report.ts";
import { HOUR_MS, MINUTE_MS, NOON } from "../../../test/fixtures/subject.ts";
import type { StepState } from "../../model/rollout.ts";
import { rolloutPicture } from "./rollout-picture.ts";

const nodes = (picture: string): string[] => picture.split("\n").filter((line) => line.includes("["));
const labelled = (name: string): string => nodes(rolloutPicture(rolloutReport([TAG, stepReport(name, { state: "running" })])))[1] ?? "";

test("every state has its look, and a word beside its mark", () => {
  const states: StepState[] = ["done", "running", "ready", "waiting", "needs-people", "failed", "halted", "skipped", "superseded", "unknown"];
  expect(rolloutPicture(rolloutReport(states.map((state) => stepReport(state, { state }))))).toMatchInlineSnapshot(`
"\`\`\`mermaid
flowchart LR
  s0["done ✓ done"]:::done
  s1["running ⏳ running"]:::running
  s2["ready ⏳ starting"]:::running
  s3["waiting ⏳ waits"]:::waiting
  s4["needs-people ✗ needs people"]:::people
  s5["failed ✗ failed"]:::failed
  s6["halted ✗ halted"]:::failed
  s7["skipped · skipped"]:::skipped
  s8["superseded · superseded"]:::skipped
  s9["unknown ? unknown"]:::waiting
  classDef done fill:#1a7f37,stroke:#2da44e,color:#ffffff
  classDef running fill:#0969da,stroke:#54aeff,color:#ffffff
  classDef people fill:#9a6700,stroke:#d4a72c,color:#ffffff
  classDef failed fill:#cf222e,stroke:#ff8182,color:#ffffff
  classDef waiting fill:#57606a,stroke:#8c959f,color:#ffffff
  classDef skipped fill:#424a53,stroke:#8c959f,color:#d0d7de,stroke-dasharray:4 4
\`\`\`"
`);
});

const at = (evaluatedAt: number): string =>
  rolloutPicture(
    rolloutReport(
      [
        HELM,
        stepReport("docs", { state: "running", startedAt: NOON, opensAt: evaluatedAt + MINUTE_MS }),
        stepReport("staging", { kind: "environment", gates: [WINDOW] }),
        stepReport("production", { kind: "environment", gates: [WINDOW], after: ["staging"], opensAt: evaluatedAt + MINUTE_MS }),
      ],
      { evaluatedAt },
    ),
  );

test("times that are over and times to come are shown, a time that runs is not", () => {
  expect(nodes(at(NOON))).toEqual([
    '  s0["helm-publish ✓ 3 min"]:::done',
    '  s1["docs ⏳ running"]:::running',
    '  s2["staging ⏳ waits until Tue 14:00 UTC"]:::waiting',
    '  s3["production · later"]:::waiting',
  ]);
  expect(at(NOON + HOUR_MS)).toBe(at(NOON));
});

test.each([
  ["docs", "docs"],
  ["cardinalhq/charts", "cardinalhq/charts"],
  ["announce/production: a, b", "announce/production#58; a#44; b"],
  ['say "hi"', "say #34;hi#34;"],
  ["<img src=x>", "#60;img src#61;x#62;"],
  ["a;b#c", "a#59;b#35;c"],
  ["#quot;", "#35;quot#59;"],
  ["`md`", "md"],
  ["**b** _i_ ~s~", "#42;#42;b#42;#42; #95;i#95; #126;s#126;"],
  ["- list", "#45; list"],
  ["1. list", "1#46; list"],
  ["fa:fa-car", "fa#58;fa-car"],
  ["$$x$$", "#36;#36;x#36;#36;"],
  ["%%{init}%%", "#37;#37;#123;init#125;#37;#37;"],
  ["two\nlines\r\t\u0000", "two lines"],
  ["\u202Eevil", "evil"],
  ["磁気 🚀", "磁気 #128640;"],
  ["x".repeat(60), `${"x".repeat(39)}#8230;`],
])("the name %j is only text", (name, shown) => {
  expect(labelled(name)).toBe(`  s1["${shown} ⏳ running"]:::running`);
});

const NODE = /^ {2}s\d+\["(?:[\p{L}\p{N} /?✓✗⏳·:-]|#\d{1,7};)*"\]:::[a-z]+$/u;
const OTHER = /^(?:```mermaid|flowchart LR| {2}s\d+ --> s\d+| {2}classDef [a-z]+ [a-z:#0-9, -]+|```)$/;

test("no name breaks out of its label", () => {
  const piece = fc.constantFrom('"', "]", "`", "```", "\n", "<b>", "-->", ";", "#", "&quot;", "%%", "click s0", ":::", "\u2028", "a");
  const name = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 6 }), (names) => {
      const picture = rolloutPicture(rolloutReport(names.map((step, index) => stepReport(step, { after: names.slice(0, index) }))));
      for (const line of picture.split("\n")) expect(NODE.test(line) || OTHER.test(line) ? "" : line).toBe("");
      expect(nodes(picture)).toHaveLength(names.length);
    }),
  );
});

describe("size", () => {
  test("one step needs no picture", () => {
    expect(rolloutPicture(rolloutReport([TAG]))).toBe("");
  });

  test("of many steps it shows forty, and says where the rest is", () => {
    const picture = rolloutPicture(rolloutReport(Array.from({ length: 52 }, (_, index) => stepReport(`step-${String(index)}`, { after: ["step-51"] }))));
    expect(nodes(picture)).toHaveLength(40);
    expect(picture).toMatch(/```\n\n_The picture leaves out what would make it too large to draw: the table has every step\._$/);
    expect(picture).not.toContain("-->");
  });

  test("of very many arrows some are left out: GitHub would draw nothing at all", () => {
    const names = Array.from({ length: 40 }, (_, index) => `s${String(index)}`);
    const picture = rolloutPicture(rolloutReport(names.map((name, index) => stepReport(name, { after: names.slice(0, index) }))));
    expect(picture.match(/-->/g)).toHaveLength(200);
    expect(picture).toContain("too large to draw");
  });
});
