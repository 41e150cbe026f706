import { describe, expect, test } from "@jest/globals";
import { Marked } from "marked";
import { BLOCKERS, CI, lineReport, VALUES, WINDOW } from "../../../test/fixtures/line-report.ts";
import { DOCS_FAILED, rolloutReport, stepReport } from "../../../test/fixtures/rollout-report.ts";
import { HOUR_MS, NOON, shaOf } from "../../../test/fixtures/subject.ts";
import { type ComponentPlan, DESK_MARKER, type Reason } from "../../model/plan.ts";
import { PULL_REQUEST_BODY_MAX } from "../changelog/index.ts";
import { emptyPlan } from "../empty-plan.ts";
import { deskBody, type DeskView, isSameDesk } from "./desk.ts";

function plan(name: string, change: Partial<ComponentPlan> = {}): ComponentPlan {
  return { ...emptyPlan({ name, path: name }, null), previous: { tag: `${name}-0.8.0`, version: "0.8.0", sha: shaOf("0") }, ...change };
}

const reason = (pullRequest: number | null, effect: Reason["effect"] = "unknown"): Reason => ({
  sha: shaOf("c"),
  subject: "x",
  effect,
  because: "",
  pullRequest,
});
const CAVERN = plan("cavern", { decision: "release", version: "0.9.0", bump: "minor", reasons: [reason(1, "minor"), reason(2, "patch")] });
const SKAHA = plan("skaha", {
  decision: "undetermined",
  because: "3 pull requests carry no signal",
  reasons: [reason(371), reason(371), reason(372), reason(null)],
  unparsed: [shaOf("c")],
});
const PORTAL = plan("science-portal", {
  decision: "refused",
  version: "1.2.1",
  because: "the newest tag is scienceportal-1.3.0; 1.2.1 would go backwards",
  problems: [{ severity: "error", message: "m", path: null, line: null, column: null, hint: "set `Chart.yaml` to 1.3.0" }],
});

function desk(change: Partial<DeskView> = {}): string {
  return deskBody({ repository: "acme/deployments", freeze: null, lines: [], rollouts: [], plans: [], problems: [], oddities: [], reminders: [], ...change });
}

test("the desk shows what is asked, proposed, unreleased and released", () => {
  const lines = [
    lineReport([CI, BLOCKERS, WINDOW, VALUES]),
    lineReport([CI], {
      title: "ui 2.0.0",
      line: "ui",
      releases: [{ component: "ui", version: "2.0.0", tag: "ui-2.0.0" }],
      pullRequest: { number: 13, headSha: shaOf("b"), isMerged: false },
    }),
    lineReport([WINDOW], { title: "api 1.0.0", line: "api", releases: [], pullRequest: { number: 9, headSha: shaOf("c"), isMerged: true } }),
  ];
  const body = desk({
    lines,
    plans: [
      CAVERN,
      plan("ui", { decision: "release", version: "2.0.0", bump: "major", reasons: [reason(3, "major")] }),
      plan("new", { previous: null }),
      SKAHA,
      PORTAL,
    ],
    problems: [{ severity: "error", message: "there is no such key", path: ".github/release-steward.yml", line: 7, column: 3, hint: "did you mean `gates`?" }],
    oddities: [
      { tag: "ls", sha: shaOf("0"), kind: "unclaimed", because: "no component claims it" },
      { tag: "v1-rc1", sha: shaOf("0"), kind: "candidate", because: "a candidate" },
    ],
    freeze: { by: "lee", at: NOON, url: "", reason: "the cluster moves", until: NOON + HOUR_MS },
  });
  expect(body).toMatchInlineSnapshot(`
"<!-- release-steward-desk -->

Every release of acme/deployments: what is proposed, what it waits for, and who can move it. Commands work here, one on a line of a comment: \`/release status\`, \`/release plan\`, \`/release help\`.

> **Frozen** until 2026-11-21 13:00 UTC; \`/release thaw\` ends it sooner. @&#8203;lee said so 2026-11-21 12:00 UTC: the cluster moves

### Needs an answer

- **Which version of skaha is next?** 3 pull requests carry no signal. Say \`/release bump skaha patch\` (or \`minor\`, \`major\`) here, or give the pull requests a label that says it. Unclear: #371 #372 ccccccc.
- **science-portal 1.2.1 is refused.** The newest tag is scienceportal-1.3.0; 1.2.1 would go backwards. Set \`Chart.yaml\` to 1.3.0.
- \`.github/release-steward.yml:7:3\` there is no such key (did you mean \`gates\`?)

### Proposed

| | release | waits for | who can move it |
|---|---|---|---|
| ✗&nbsp;blocked | cavern 0.9.0 #12 | blockers, values, window | steward (@&#8203;acme/stewards); owners of charts/cavern (@&#8203;lee) |
| ✓&nbsp;ready | ui 2.0.0 #13 |  | whoever may merge |
| ⏳&nbsp;waits | api 1.0.0 #9 | until Tue 14:00 UTC | nobody: it opens by itself |

<details><summary>cavern 0.9.0 waits for 3 of 4: blockers, values, window</summary>

| | gate | why | next |
|---|---|---|---|
| ✗&nbsp;closed | blockers | #398 "mount fails on 1.29", 6 days, @&#8203;kim | close it, or say \`/release defer #398 <reason>\`<br><sub>for steward (@&#8203;acme/stewards)</sub> |
| ✗&nbsp;closed | values | 1 of 2 confirmed | tick the rest in the checklist, or say \`/release evidence helm <link>\`<br><sub>for owners of charts/cavern (@&#8203;lee)</sub> |
| ⏳&nbsp;waits | window | opens Tue 14:00 UTC |  |
| ✓&nbsp;open | ci | 4 checks green on aaaaaaa |  |

</details>

<details><summary>ui 2.0.0 is ready to merge</summary>

| | gate | why | next |
|---|---|---|---|
| ✓&nbsp;open | ci | 4 checks green on aaaaaaa |  |

</details>

<details><summary>api 1.0.0 is merged and waits until Tue 14:00 UTC</summary>

| | gate | why | next |
|---|---|---|---|
| ⏳&nbsp;waits | window | opens Tue 14:00 UTC |  |

</details>

### Components

| component | released last | changes since | next |
|---|---|---|---|
| cavern | \`cavern-0.8.0\` | 2 | 0.9.0 (minor) in #12 |
| ui | \`ui-0.8.0\` | 1 | 2.0.0 (major) in #13 |
| new | none yet |  | nothing to release |
| skaha | \`skaha-0.8.0\` | 4 | ? which version, is asked above |
| science-portal | \`science-portal-0.8.0\` |  | ✗ refused, see above |

<details><summary>1 tag is never taken as a release</summary>

- \`ls\`: no component claims it

</details>

<sub>Kept by Release Steward. A team that wants no such issue sets \`desk: false\` under \`release\` in its playbook.</sub>
"
`);
});

test("a quiet repository has a quiet desk", () => {
  expect(desk({ plans: [plan("app")] })).toMatchInlineSnapshot(`
"<!-- release-steward-desk -->

Every release of acme/deployments: what is proposed, what it waits for, and who can move it. Commands work here, one on a line of a comment: \`/release status\`, \`/release plan\`, \`/release help\`.

### Proposed

Nothing is proposed, and nothing waits.

### Components

| component | released last | changes since | next |
|---|---|---|---|
| app | \`app-0.8.0\` |  | nothing to release |

<sub>Kept by Release Steward. A team that wants no such issue sets \`desk: false\` under \`release\` in its playbook.</sub>
"
`);
});

test("a release that is under way comes before what is proposed; where versions run comes last", () => {
  const staging = stepReport("staging", { kind: "environment", state: "done", endedAt: NOON });
  const body = desk({ rollouts: [rolloutReport([staging, DOCS_FAILED], { state: "paused" })], plans: [plan("app")] });
  expect(body.match(/^### .*/gm)).toEqual(["### Under way", "### Proposed", "### Components", "### Environments"]);
  expect(body).toContain("| ✗&nbsp;paused | cavern 0.9.0 #12 | docs failed |");
  expect(body).toContain("### Proposed\n\nNothing is proposed.\n");
});

test("the only component of a repository is asked for without its name", () => {
  expect(desk({ plans: [SKAHA] })).toContain(
    "**Which version is next?** 3 pull requests carry no signal. Say `/release bump patch` (or `minor`, `major`) here, or give the pull requests a label that says it. Unclear: #371 #372 ccccccc.",
  );
});

describe("it can be told apart and compared", () => {
  test("it begins with the marker", () => {
    expect(desk().startsWith(`${DESK_MARKER}\n`)).toBe(true);
  });

  test("time alone changes nothing, nor do line ends of a browser", () => {
    const lines = [lineReport([CI, BLOCKERS, WINDOW])];
    const later = lines.map((line) => ({ ...line, evaluatedAt: NOON + 5 * HOUR_MS }));
    expect(desk({ lines: later })).toBe(desk({ lines }));
    expect(isSameDesk(desk({ lines }).replaceAll("\n", "\r\n"), desk({ lines }))).toBe(true);
    expect(isSameDesk(desk(), desk({ lines }))).toBe(false);
  });
});

test("names, reasons and tags of strangers mention nobody and break no table", () => {
  const evil = "x | `y @octo\n<img src=x> @acme/all";
  const body = desk({
    lines: [lineReport([{ ...BLOCKERS, because: evil }], { title: evil })],
    plans: [plan("a", { decision: "undetermined", because: evil }), plan("b", { decision: "refused", because: evil })],
    problems: [{ severity: "error", message: evil, path: evil, line: 1, column: null, hint: evil }],
    oddities: [{ tag: evil, sha: "", kind: "mistagged", because: evil }],
    freeze: { by: "octo", at: NOON, url: "", reason: evil, until: null },
  });
  const html = new Marked({ gfm: true, async: false }).parse(body) as string;
  expect(html).not.toContain("<img");
  expect(html.replaceAll(/<code>[^<]*<\/code>/g, "")).not.toMatch(/@(?:octo|acme)/);
  for (const line of body.split("\n").filter((one) => one.startsWith("| ✗"))) expect(line.replaceAll(String.raw`\|`, "").split("|")).toHaveLength(6);
});

test("a desk of very many lines fits, and still says how it is switched off", () => {
  const lines = Array.from({ length: 400 }, (_, index) => lineReport([BLOCKERS, VALUES, CI], { title: `part-${String(index)} 1.0.0` }));
  const body = desk({ lines, plans: lines.map(({ title }) => plan(title)) });
  expect(body.length).toBeLessThanOrEqual(PULL_REQUEST_BODY_MAX);
  expect(body).toContain("left out here");
  expect(body).toContain("`desk: false`");
});
