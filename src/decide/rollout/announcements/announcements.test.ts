// Who is told, by whom and when: what a workflow is given, what people copy, and how they say that it was sent.
import { describe, expect, test } from "@jest/globals";
import { NOON, shaOf } from "../../../../test/fixtures/subject.ts";
import { DEFAULTS } from "../../../model/defaults.ts";
import type { Communication, Environment } from "../../../model/playbook.ts";
import type { OwnComment } from "../../../model/snapshot.ts";
import { hiddenRecordIn } from "../../hidden-record.ts";
import { readWorkflow } from "../../workflows/read-workflow.ts";
import { type Announced, announcementsOf } from "./announced.ts";
import { type Draft, draftsComment, isSaid } from "./drafts-comment.ts";
import { sentCommand } from "./gates.ts";
import { announcementInputs } from "./inputs.ts";
import { previewAnnouncements } from "./preview.ts";

const APP = "release-steward[bot]";

function communication(on: string, to: readonly string[], change: Partial<Communication> = {}): Communication {
  return { name: `announce/${on}: ${to.join(", ")}`, on, policies: [], to, how: { by: "draft" }, by: null, template: null, ...change };
}

const STATUS = communication("release", ["status page"], { policies: ["patch"], how: { by: "workflow", workflow: "notify.yml" } });
const EMAIL = communication("release", ["customer email"], { policies: ["minor"], by: "communications" });
const CHAT = communication("production", ["status page", "operations chat"], { by: "communications" });
const APOLOGY = communication("rollback", ["customer email"]);
const PLAYBOOK = { ...DEFAULTS, communications: [STATUS, EMAIL, CHAT, APOLOGY] };

const RELEASE: Announced = {
  values: {
    component: "app",
    path: ".",
    version: "1.3.0",
    tag: "v1.3.0",
    previousVersion: "1.2.0",
    previousTag: "v1.2.0",
    candidateTag: null,
    sha: shaOf("a"),
    startedAt: NOON,
  },
  title: "v1.3.0",
  url: "https://github.com/acme/app/releases/tag/v1.3.0",
  bump: "minor",
  notes: "### Features\n- dark mode\n",
};

const draft = (change: Partial<Draft> = {}): Draft => ({
  to: ["status page", "operations chat"],
  owner: "communications (@acme/communications)",
  handles: ["acme/communications"],
  commands: ['/release evidence "status page" <link>', null],
  text: "**v1.3.0 is out**.",
  ...change,
});

const comment = (editor: string | null, ...texts: readonly string[]): OwnComment => ({
  id: "IC_1",
  url: "",
  createdAt: NOON,
  revisions: texts.map((text, index) => ({ at: NOON + index, editor: index === 0 ? editor : "kim", text })),
});

const workflow = (...lines: string[]) => ({
  file: "notify.yml",
  on: readWorkflow(`on:\n  workflow_dispatch:\n    inputs:\n${lines.map((line) => `      ${line}\n`).join("")}jobs: {}\n`, "notify.yml").on,
});

const gateOf = ({ name, to, by }: Communication) =>
  [name, { kind: "evidence", options: { items: to, each: "release" }, whenPaths: [], soakMs: null, windows: [], by }] as const;

describe("who is told", () => {
  test.each([
    ["release", "patch", [STATUS]],
    ["release", "minor", [EMAIL]],
    ["release", "major", []],
    ["release", null, [STATUS, EMAIL]],
    ["production", "major", [CHAT]],
    ["staging", "minor", []],
    ["rollback", "minor", [APOLOGY]],
  ] as const)("at %s under %s", (moment, policy, expected) => {
    expect(announcementsOf(PLAYBOOK, { policy, moment })).toEqual(expected);
  });
});

describe("what to say once it was sent [C-31, M-24, W-40, H-51]", () => {
  const gates = Object.fromEntries([EMAIL, CHAT, APOLOGY].map(gateOf));

  test.each<[string, Communication, string, string | null]>([
    ["the shortest name that is enough", CHAT, "operations chat", "/release evidence operations <link>"],
    ["its moment, too, where the same people are told twice", EMAIL, "customer email", '/release evidence "release: customer email" <link>'],
    ["nothing that could be read in another way", communication("production", ['"all"']), '"all"', null],
  ])("%s", (_title, one, to, expected) => {
    expect(sentCommand(one, to, { gates: { ...gates, ...Object.fromEntries([gateOf(one)]) } })).toBe(expected);
  });
});

describe("a workflow is given [C-31, L-47, L-50, M-23]", () => {
  const given = (...lines: string[]) => announcementInputs(CHAT, RELEASE, "hello\u202E\u0007 there\n", workflow(...lines));

  test("what it declares and nothing else, without characters that nobody sees", () => {
    expect(given("version: {type: string}", "text: {required: true}", "to: {}", "channel: {default: general}")).toEqual({
      ok: true,
      inputs: { version: "1.3.0", text: "hello there\n", to: "status page, operations chat" },
    });
  });

  test("nothing where it declares nothing", () => {
    expect(announcementInputs(CHAT, RELEASE, "x", { file: "n.yml", on: readWorkflow("on: workflow_dispatch\njobs: {}\n", "n.yml").on })).toEqual({
      ok: true,
      inputs: {},
    });
  });

  test("only what fits", () => {
    expect(given("version: {type: number}", "tag: {type: boolean}", "component: {type: choice, options: [app, reg]}")).toEqual({
      ok: true,
      inputs: { component: "app" },
    });
  });

  test("no more text than it can take", () => {
    const found = announcementInputs(CHAT, RELEASE, "x".repeat(30_000), workflow("text: {}"));
    expect(found.ok && found.inputs["text"]?.length).toBe(20_000);
  });

  test.each<[string, ReturnType<typeof given>, string, string]>([
    [
      "it wants what nobody has",
      given("channel: {required: true}"),
      "`notify.yml` requires `channel`, which an announcement does not have",
      "give it a default; an announcement passes `version`, `tag`, `component`, `to` and `text`",
    ],
    [
      "it wants another type",
      given("version: {required: true, type: number}"),
      "`notify.yml` requires `version`, which an announcement does not have",
      "give it a default; an announcement passes `version`, `tag`, `component`, `to` and `text`",
    ],
    [
      "it can't be started",
      announcementInputs(CHAT, RELEASE, "", { file: "n.yml", on: readWorkflow("on: push\njobs: {}\n", "n.yml").on }),
      "`n.yml` has no `workflow_dispatch`",
      "add it to the workflow's `on`",
    ],
    ["nobody can read it", announcementInputs(CHAT, RELEASE, "", { file: "n.yml", on: null }), "what starts `n.yml` can't be told", "correct `n.yml`"],
  ])("nothing where %s: GitHub would refuse to start it", (_title, found, because, next) => {
    expect(found).toEqual({ ok: false, because, next });
  });
});

describe("drafts stand in one comment [C-08, L-34, W-42]", () => {
  test("ready to be copied, with what to say afterwards", () => {
    expect(draftsComment([draft()], RELEASE, "production").body).toMatchInlineSnapshot(`
"@acme/communications **Ready to be sent** for v1.3.0: copy a text, send it, and say so. Change it as you like; nothing here is sent by the app.

<details><summary>status page, operations chat: sent by communications (@&#8203;acme/communications)</summary>

Once it is sent, say \`/release evidence "status page" <link>\`, or tick it in the checklist.

\`\`\`markdown
**v1.3.0 is out**.
\`\`\`

</details>

<!-- release-steward-record: {"announcement":"v1.3.0/production"} -->"
`);
  });

  test("whatever stands in a text, it stays in its block and calls nobody", () => {
    const { body } = draftsComment(
      [draft({ to: ["<b>all</b> @everybody"], owner: "anybody", handles: ["x y", "@kim"], text: "```\n</details>\n````\n@ann" })],
      RELEASE,
      "release",
    );
    expect(body).toContain("`````markdown\n```\n</details>\n````\n@ann\n`````\n");
    expect(body).toContain("<summary>&lt;b&gt;all&lt;/b&gt; @&#8203;everybody: sent by anybody</summary>");
    expect(body.startsWith("@kim **Ready to be sent**")).toBe(true);
  });

  test("fits, however much there is to say, and is still known", () => {
    const { body, key } = draftsComment(
      Array.from({ length: 30 }, () => draft({ text: "word\n\n".repeat(5000) })),
      RELEASE,
      "release",
    );
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(hiddenRecordIn(body)).toEqual({ announcement: key });
  });

  test("once for each moment", () => {
    const { key, body } = draftsComment([draft()], RELEASE, "production");
    expect(key).toBe("v1.3.0/production");
    expect(isSaid(key, [comment(APP, body)], APP)).toBe(true);
    expect(isSaid(key, [comment(APP, body, "sent, thanks")], APP)).toBe(true);
    expect(isSaid(key, [comment("kim", body)], APP)).toBe(false);
    expect(isSaid("v1.3.0/release", [comment(APP, body)], APP)).toBe(false);
  });
});

describe("a dry run", () => {
  const production = { name: "production" } as Environment;
  const context = {
    policy: "minor",
    templateOf: () => null,
    describe: (by: string | null) => (by === null ? "anybody with write access" : `${by} (@acme/${by})`),
  } as const;

  test("shows every text, who gets it, when, and who sends it", () => {
    expect(previewAnnouncements(RELEASE, { ...context, playbook: { ...PLAYBOOK, environments: [production] } })).toMatchInlineSnapshot(`
"What **v1.3.0** would tell under the policy \`minor\`. Nothing is sent by this.

**customer email**, once it is published: communications (@&#8203;acme/communications) sends it.

\`\`\`markdown
**v1.3.0 is out**.

Highlights:

- dark mode

All changes: https://github.com/acme/app/releases/tag/v1.3.0
\`\`\`

**status page and operations chat**, once it runs in production: communications (@&#8203;acme/communications) sends it.

\`\`\`markdown
**v1.3.0 runs in production**.

Highlights:

- dark mode

All changes: https://github.com/acme/app/releases/tag/v1.3.0
\`\`\`

**customer email**, if it is taken back: anybody with write access sends it.

\`\`\`markdown
**v1.3.0 was taken back.** Please do not install it.
The release before it is \`v1.2.0\`.
What is known: https://github.com/acme/app/releases/tag/v1.3.0
\`\`\`

Not this time: status page (only under \`patch\`)."
`);
  });

  test("says so when there is nothing", () => {
    expect(previewAnnouncements(RELEASE, { ...context, playbook: DEFAULTS })).toBe("Nothing would be announced: the playbook has no `communications`.");
    expect(previewAnnouncements(RELEASE, { ...context, playbook: { ...DEFAULTS, communications: [STATUS] } })).toContain("Nobody would be told.");
  });

  test("fits into an answer", () => {
    const many = Array.from({ length: 40 }, (_, index) => communication("release", [`list ${index}`]));
    const notes = `### Highlights\n${"A paragraph of words.\n\n".repeat(500)}`;
    expect(previewAnnouncements({ ...RELEASE, notes }, { ...context, playbook: { ...DEFAULTS, communications: many } }).length).toBeLessThanOrEqual(60_000);
  });
});
