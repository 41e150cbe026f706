import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Marked } from "marked";
import { BLOCKERS, CI, gateReport, lineReport, VALUES, WINDOW } from "../../../test/fixtures/line-report.ts";
import { DOCS_FAILED, HELM, PUBLICATION, rolloutReport, stepReport, TAG } from "../../../test/fixtures/rollout-report.ts";
import { HOUR_MS, MINUTE_MS, NOON } from "../../../test/fixtures/subject.ts";
import { PULL_REQUEST_BODY_MAX } from "../changelog/index.ts";
import { boxesIn } from "../checklist/boxes.ts";
import { type StatusRecord, statusCommentOf } from "../checklist/record.ts";
import { rolloutBoard, rolloutReply, statusAnswer } from "./board.ts";
import { isSameStatus, statusReply } from "./status-comment.ts";

const RECORD: StatusRecord = { line: "cavern", seen: 5, ticks: [{ gate: "values", item: "overlays match", by: "lee", at: 5 }] };
const STAGING = stepReport("staging", {
  kind: "environment",
  after: ["helm-publish"],
  state: "needs-people",
  because: "2 of 3 gates keep it back",
  next: VALUES.next,
  gates: [CI, VALUES, WINDOW],
});
const PRODUCTION = stepReport("production", { kind: "environment", after: ["staging", "docs"], because: "comes after staging", gates: [BLOCKERS] });

test("a release that is paused: what failed, what to do, and what is to be ticked meanwhile [W-60, W-61]", () => {
  const report = rolloutReport([TAG, HELM, PUBLICATION, DOCS_FAILED, STAGING, PRODUCTION], {
    state: "paused",
    because: "docs failed, and what comes after it waits until somebody mends it",
    notices: ["the workflow `docs.yml` was changed after the tag"],
    moving: ["`stable` leads to `cavern-0.9.0`"],
  });
  expect(rolloutBoard([report], RECORD)).toMatchInlineSnapshot(`
"### cavern 0.9.0 is paused: docs failed

Docs failed, and what comes after it waits until somebody mends it.

- **Note:** the workflow \`docs.yml\` was changed after the tag

\`\`\`mermaid
flowchart LR
  s0["tag ✓ done"]:::done
  s1["helm-publish ✓ 3 min"]:::done
  s2["publication ✓ done"]:::done
  s3["docs ✗ failed"]:::failed
  s4["staging ✗ needs people"]:::people
  s5["production · later"]:::waiting
  s0 --> s1
  s0 --> s2
  s2 --> s3
  s1 --> s4
  s4 --> s5
  s3 --> s5
  classDef done fill:#1a7f37,stroke:#2da44e,color:#ffffff
  classDef people fill:#9a6700,stroke:#d4a72c,color:#ffffff
  classDef failed fill:#cf222e,stroke:#ff8182,color:#ffffff
  classDef waiting fill:#57606a,stroke:#8c959f,color:#ffffff
\`\`\`

| | step | what | next |
|---|---|---|---|
| ✓&nbsp;done | \`tag\` | \`cavern-0.9.0\` leads to aaaaaaa |  |
| ✓&nbsp;done | [\`helm-publish\`](https://github.com/acme/app/actions/runs/71) | \`helm-publish.yml\` ran for 3 min 12 s |  |
| ✓&nbsp;done | \`publication\` | published 2026-11-21 12:00 UTC |  |
| ✗&nbsp;failed | [\`docs\`](https://github.com/acme/app/actions/runs/72) | \`docs.yml\` failed in \`deploy\` at \`Publish\`, attempt 2 | mend it, then say \`/release retry docs\`, or \`/release skip docs <reason>\` |
| ✗&nbsp;needs&nbsp;people | \`staging\` | 2 of 3 gates keep it back |  |
| ✗&nbsp;closed | ↳&nbsp;values | 1 of 2 confirmed | tick the rest in the checklist, or say \`/release evidence helm <link>\`<br><sub>for owners of charts/cavern (@&#8203;lee)</sub> |
| ⏳&nbsp;waits | ↳&nbsp;window | opens Tue 14:00 UTC |  |
| ✓&nbsp;open | ↳&nbsp;ci | 4 checks green on aaaaaaa |  |
| later | \`production\` | comes after staging |  |

- **Moving tag:** \`stable\` leads to \`cavern-0.9.0\`

**Checklist**: a tick counts as your word, with your name and the time.

- [x] values: overlays match (@&#8203;lee, owners, 2026-11-21 11:00 UTC · https://ci.example.org/1)
- [ ] values: Helm values match

<details><summary>3 attempts</summary>

- \`helm-publish\` [attempt 1](https://github.com/acme/app/actions/runs/71/attempts/1): began 2026-11-21 12:00 UTC, succeeded after 3 min 12 s
- \`docs\` [attempt 1](https://github.com/acme/app/actions/runs/72/attempts/1): began 2026-11-21 12:00 UTC, ran out of time after 3 min
- \`docs\` [attempt 2](https://github.com/acme/app/actions/runs/72/attempts/2): began 2026-11-21 12:05 UTC, failed after 1 min

</details>

<details><summary>docs, in detail</summary>

- deploy: failure https://github.com/acme/app/actions/runs/72/job/5

</details>

<sub>Evaluated 2026-11-21 12:00 UTC for aaaaaaa · Same answer: \`/release status\`, \`release-steward explain --tag cavern-0.9.0\`</sub>

<!-- release-steward-record: {"status":{"line":"cavern","seen":5,"ticks":[{"gate":"values","item":"overlays match","by":"lee","at":5}]}} -->
"
`);
});

test("a release that is verified ends quietly", () => {
  const report = rolloutReport([TAG, HELM, PUBLICATION], {
    state: "verified",
    because: "every step is done, 14 min after the merge",
    endedAt: NOON + 4 * MINUTE_MS,
    artifacts: [
      {
        kind: "image",
        reference: "ghcr.io/acme/app:0.9.0",
        step: "helm-publish",
        digest: `sha256:${"ab".repeat(32)}`,
        attestation: { is: "there", url: "https://github.com/acme/app/attestations/1" },
        signature: { is: "not-asked" },
      },
    ],
  });
  expect(rolloutBoard([report], { ...RECORD, ticks: [] })).toMatchInlineSnapshot(`
"### cavern 0.9.0 is verified

Every step is done, 14 min after the merge.

\`\`\`mermaid
flowchart LR
  s0["tag ✓ done"]:::done
  s1["helm-publish ✓ 3 min"]:::done
  s2["publication ✓ done"]:::done
  s0 --> s1
  s0 --> s2
  classDef done fill:#1a7f37,stroke:#2da44e,color:#ffffff
\`\`\`

| | step | what | next |
|---|---|---|---|
| ✓&nbsp;done | \`tag\` | \`cavern-0.9.0\` leads to aaaaaaa |  |
| ✓&nbsp;done | [\`helm-publish\`](https://github.com/acme/app/actions/runs/71) | \`helm-publish.yml\` ran for 3 min 12 s |  |
| ✓&nbsp;done | \`publication\` | published 2026-11-21 12:00 UTC |  |

**Artifacts**

| artifact | digest | provenance |
|---|---|---|
| \`ghcr.io/acme/app:0.9.0\` | abababababab<br><sub>\`sha256:abababababababababababababababababababababababababababababababab\`</sub> | ✓ [attested](https://github.com/acme/app/attestations/1) |

<details><summary>1 attempt</summary>

- \`helm-publish\` [attempt 1](https://github.com/acme/app/actions/runs/71/attempts/1): began 2026-11-21 12:00 UTC, succeeded after 3 min 12 s

</details>

<sub>Evaluated 2026-11-21 12:00 UTC for aaaaaaa · Same answer: \`/release status\`, \`release-steward explain --tag cavern-0.9.0\`</sub>

<!-- release-steward-record: {"status":{"line":"cavern","seen":5,"ticks":[]}} -->
"
`);
});

test("the answer to /release status is the same without boxes, with the number of each", () => {
  const report = rolloutReport(
    [
      TAG,
      PUBLICATION,
      stepReport("staging", { kind: "environment", state: "waiting", after: ["publication"], because: "1 gate keeps it back", gates: [WINDOW] }),
    ],
    { state: "waiting", because: "staging opens by itself" },
  );
  expect(rolloutReply([report])).toMatchInlineSnapshot(`
"### cavern 0.9.0 waits at staging until Tue 14:00 UTC (#12)

Staging opens by itself.

\`\`\`mermaid
flowchart LR
  s0["tag ✓ done"]:::done
  s1["publication ✓ done"]:::done
  s2["staging ⏳ waits until Tue 14:00 UTC"]:::waiting
  s0 --> s1
  s1 --> s2
  classDef done fill:#1a7f37,stroke:#2da44e,color:#ffffff
  classDef waiting fill:#57606a,stroke:#8c959f,color:#ffffff
\`\`\`

| | step | what | next |
|---|---|---|---|
| ✓&nbsp;done | \`tag\` | \`cavern-0.9.0\` leads to aaaaaaa |  |
| ✓&nbsp;done | \`publication\` | published 2026-11-21 12:00 UTC |  |
| ⏳&nbsp;waits | \`staging\` | 1 gate keeps it back |  |
| ⏳&nbsp;waits | ↳&nbsp;window | opens Tue 14:00 UTC |  |

<sub>Evaluated 2026-11-21 12:00 UTC for aaaaaaa · Same answer: \`/release status\`, \`release-steward explain --tag cavern-0.9.0\`</sub>"
`);
});

describe("several releases of one pull request", () => {
  const ui = rolloutReport([TAG, { ...STAGING, after: [] }], { component: "ui", title: "ui 2.0.0", tag: "ui-2.0.0", line: "*" });
  const board = rolloutBoard([rolloutReport([TAG, HELM, STAGING], { line: "*" }), ui], RECORD);

  test("each has its heading, its picture and its table; the folds say whose they are", () => {
    expect(board.match(/^### .*/gm)).toEqual([
      "### cavern 0.9.0 is rolling out: 2 of 3 steps done, staging needs people",
      "### ui 2.0.0 is rolling out: 1 of 2 steps done, staging needs people",
    ]);
    expect(board.match(/^```mermaid$/gm)).toHaveLength(2);
    expect(board).toContain("<summary>1 attempt of cavern 0.9.0</summary>");
    expect(board).toContain("`release-steward explain`</sub>");
  });

  test("an item that both ask has one box", () => {
    expect(board.match(/^- \[.\] .*/gm)).toHaveLength(2);
  });
});

test.each([
  ["a step whose turn has not come", rolloutReport([stepReport("docs"), { ...STAGING, state: "waiting", after: ["docs"] }])],
  ["a step that is done", rolloutReport([{ ...STAGING, state: "done", after: [] }], { state: "verified" })],
  ["a release that was superseded", rolloutReport([{ ...STAGING, after: [] }], { state: "superseded" })],
  ["a release that was withdrawn", rolloutReport([{ ...STAGING, after: [] }], { state: "withdrawn" })],
  ["a release that is frozen", rolloutReport([{ ...STAGING, after: [] }], { state: "frozen" })],
] as const)("%s asks for no tick", (_, report) => {
  const board = rolloutBoard([report], RECORD);
  expect(board).not.toContain("- [");
  expect(board).not.toContain("↳");
});

describe("when it is written again", () => {
  const report = rolloutReport([TAG, { ...STAGING, after: [], gates: [WINDOW] }, stepReport("docs", { state: "running", opensAt: NOON + MINUTE_MS })], {
    state: "waiting",
  });
  const standing = rolloutBoard([report], RECORD);
  test.each([
    ["nothing happened", true, report, RECORD],
    ["only time passed", true, { ...report, evaluatedAt: NOON + 2 * HOUR_MS }, RECORD],
    ["only the next look comes later", true, { ...report, steps: report.steps.map((step) => ({ ...step, opensAt: NOON + HOUR_MS })) }, RECORD],
    ["a step is done", false, { ...report, steps: [TAG, HELM] }, RECORD],
    ["a tick was taken back", false, report, { ...RECORD, ticks: [] }],
  ] as const)("%s: the same is %s", (_, isSame, next, record) => {
    expect(isSameStatus(standing, rolloutBoard([next], record))).toBe(isSame);
  });
});

test("the whole answer says what is under way, then what is proposed, and never that nothing waits while a release is under way", () => {
  const rollout = rolloutReport([TAG, HELM]);
  const line = lineReport([CI], { title: "ui 2.0.0" });
  expect(statusAnswer([], [])).toBe(statusReply([]));
  expect(statusAnswer([line], [])).toBe(statusReply([line]));
  expect(statusAnswer([], [rollout])).toBe(rolloutReply([rollout]));
  expect(statusAnswer([line], [rollout]).match(/^### .*/gm)).toEqual([
    "### cavern 0.9.0 is rolling out: 2 of 2 steps done (#12)",
    "### ui 2.0.0 is ready to merge (#12)",
  ]);
});

describe("it never gets too long", () => {
  const long = "x ".repeat(400);
  const items = Array.from({ length: 60 }, (_, index) => ({ gate: "many", text: `step ${String(index)} ${"y".repeat(300)}`, done: null }));
  const asking = stepReport("staging", {
    kind: "environment",
    state: "needs-people",
    because: long,
    next: long,
    details: [long],
    gates: [gateReport("many", { state: "closed", because: long, items })],
  });
  const steps = (count: number): (typeof asking)[] =>
    Array.from({ length: count }, (_, index) =>
      stepReport(`step-${String(index)}`, { state: "failed", because: long, next: long, details: [long, long], attempts: HELM.attempts }),
    );
  const record: StatusRecord = { ...RECORD, ticks: items.map(({ gate, text }) => ({ gate, item: text, by: "lee", at: 5 })) };

  test.each([
    ["steps", [rolloutReport([asking, ...steps(150)])]],
    ["releases", [rolloutReport([asking]), ...Array.from({ length: 12 }, () => rolloutReport(steps(20)))]],
    ["notices", [rolloutReport([asking], { notices: Array.from({ length: 20 }, () => long) })]],
  ])("with many %s: every box and the record stay", (_, reports) => {
    const board = rolloutBoard(reports, record);
    expect(board.length).toBeLessThanOrEqual(PULL_REQUEST_BODY_MAX);
    expect(
      boxesIn(
        board,
        items.map(({ gate, text }) => ({ gate, item: text })),
      ).size,
    ).toBe(items.length);
    expect(statusCommentOf([{ id: "IC", url: "", createdAt: 0, revisions: [{ at: 0, editor: "app", text: board }] }], "app")?.record).toEqual(record);
    expect(rolloutReply(reports).length).toBeLessThanOrEqual(60_000);
  });

  test("whatever is too much is left out, the record never", () => {
    const board = rolloutBoard(
      Array.from({ length: 300 }, () => rolloutReport(steps(5), { notices: [long, long, long] })),
      record,
    );
    expect(board.length).toBeLessThanOrEqual(PULL_REQUEST_BODY_MAX);
    expect(board).toContain("left out here");
    expect(statusCommentOf([{ id: "IC", url: "", createdAt: 0, revisions: [{ at: 0, editor: "app", text: board }] }], "app")?.record).toEqual(record);
  });
});

describe("text of strangers has no power", () => {
  const piece = fc.constantFrom(
    "|",
    "\\",
    "`",
    "```",
    "@octo",
    "<b>",
    "</details>",
    "<!--",
    "-->",
    "<img src=x>",
    "\n",
    "- [x] values: overlays match",
    "](https://evil.example)",
    "[",
    "# ",
    "a",
  );
  const evil = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join("")),
  );

  test("in whatever place", () => {
    fc.assert(
      fc.property(evil, evil, (name, words) => {
        const step = stepReport(name, {
          kind: "environment",
          state: "needs-people",
          because: words,
          next: words,
          url: words,
          details: [words],
          attempts: [{ run: 1, attempt: 1, startedAt: NOON, endedAt: NOON, conclusion: words, url: words }],
          gates: [gateReport("values", { state: "closed", because: words, next: words, owner: words, details: [words] })],
        });
        const report = rolloutReport([step, TAG], { title: words, because: words, notices: [words], moving: [words], tag: name });
        const board = rolloutBoard([report], RECORD);
        const rows = board.split("\n").filter((line) => line.startsWith("| ✗"));
        expect(rows).toHaveLength(2);
        for (const row of rows) expect(row.replaceAll(/\\\||\\\\/g, "").split("|")).toHaveLength(6);
        expect(boxesIn(board, [{ gate: "values", item: "overlays match" }]).size).toBe(0);
        const html = new Marked({ gfm: true, async: false }).parse(board.replaceAll(/<!-- release-steward-record.*/g, "")) as string;
        expect(html.replaceAll(/<code[^>]*>[^<]*<\/code>/g, "")).not.toMatch(/<img|<b>|(?<![A-Za-z0-9])@octo|<!--/);
        expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
        expect(html.match(/<h[1-6]/g)).toHaveLength(1);
      }),
    );
  });
});
