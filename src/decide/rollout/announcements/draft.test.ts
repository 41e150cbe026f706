// What an announcement says, by the size of the release and the moment.
import { describe, expect, test } from "@jest/globals";
import { NOON, shaOf } from "../../../../test/fixtures/subject.ts";
import { releaseNotes } from "../../prose/release-notes.ts";
import type { Announced } from "./announced.ts";
import { announcementDraft, templateOf, templatePaths } from "./draft.ts";

const URL = "https://github.com/acme/app/releases/tag/v1.3.0";

const NOTES = `### Highlights
Dashboards load **twice as fast**.

#### For administrators
One setting less.

### ⚠ Breaking changes
- the flag \`--old\` is gone ([#9](https://github.com/acme/app/pull/9))

### Features
- **ui:** dark mode by @kim ([#7](https://github.com/acme/app/pull/7))
- mount volumes ([#8](https://github.com/acme/app/pull/8))
  - read-only, too

### Bug Fixes
- probe path

### Upgrading
See the [guide](https://docs.example.com/migrate-to-2).

<details><summary>Also in this release, not listed above: 1 commit</summary>

- chore: tidy (1a2b3c4): internal

</details>

**All changes**: https://github.com/acme/app/compare/v1.2.0...v1.3.0
`;

const WITHOUT_HIGHLIGHTS = NOTES.slice(NOTES.indexOf("### ⚠"));

function release(change: Partial<Announced> = {}): Announced {
  return {
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
    url: URL,
    bump: "minor",
    notes: NOTES,
    ...change,
  };
}

const draft = (one: Announced, on = "release", template: string | null = null): string => announcementDraft({ on }, one, template);

describe("in the app's own words", () => {
  test("a patch is two lines [L-50]", () => {
    expect(draft(release({ bump: "patch" }))).toBe(`**v1.3.0 is out**, a patch release.\nWhat changed: ${URL}`);
  });

  test("a minor release has its highlights, as people wrote them [L-51, C-08]", () => {
    expect(draft(release())).toMatchInlineSnapshot(`
"**v1.3.0 is out**.

Highlights:

Dashboards load **twice as fast**.

#### For administrators
One setting less.

All changes: https://github.com/acme/app/releases/tag/v1.3.0"
`);
  });

  test("without them the newest features stand there, and nobody is mentioned", () => {
    expect(draft(release({ notes: WITHOUT_HIGHLIGHTS }))).toMatchInlineSnapshot(`
"**v1.3.0 is out**.

Highlights:

- **ui:** dark mode by kim ([#7](https://github.com/acme/app/pull/7))
- mount volumes ([#8](https://github.com/acme/app/pull/8)) - read-only, too

All changes: https://github.com/acme/app/releases/tag/v1.3.0"
`);
  });

  test("a major release says what breaks and how to move on [L-52, L-48, H-53]", () => {
    expect(draft(release({ bump: "major", notes: WITHOUT_HIGHLIGHTS }))).toMatchInlineSnapshot(`
"**v1.3.0 is out**.

What breaks:

- the flag \`--old\` is gone ([#9](https://github.com/acme/app/pull/9))

How to move to it: https://docs.example.com/migrate-to-2

Highlights:

- **ui:** dark mode by kim ([#7](https://github.com/acme/app/pull/7))
- mount volumes ([#8](https://github.com/acme/app/pull/8)) - read-only, too

All changes: https://github.com/acme/app/releases/tag/v1.3.0"
`);
  });

  test.each([
    ["candidate", "**v1.3.0 has a candidate to try**, a patch release."],
    ["production", "**v1.3.0 runs in production**, a patch release."],
    ["rollback", "**v1.3.0 was taken back.** Please do not install it."],
  ])("at the moment %s", (moment, expected) => {
    expect(draft(release({ bump: "patch" }), moment).split("\n")[0]).toBe(expected);
  });

  test("a rollback names the release before; a first release has none", () => {
    expect(draft(release(), "rollback")).toContain("The release before it is `v1.2.0`.");
    const first = release();
    expect(draft({ ...first, values: { ...first.values, previousTag: "" } }, "rollback")).not.toContain("before");
  });

  test.each<[string, string, string | null]>([
    ["a link by its words", "[Upgrade guide](https://docs.example.com/2)", "How to move to it: https://docs.example.com/2"],
    ["a link by its address", "read https://docs.example.com/migration.html first", "How to move to it: https://docs.example.com/migration.html"],
    ["a heading", "### How to migrate\nStop it first.", `How to move to it: see "How to migrate" in ${URL}`],
    ["no link into the repository, which leads nowhere outside of it", "[Upgrade guide](docs/upgrade.md)", null],
    ["nothing", "- a", null],
  ])("the way from the version before is %s", (_title, notes, expected) => {
    const text = draft(release({ bump: "major", notes }));
    expect(text.split("\n").find((line) => line.startsWith("How to move")) ?? null).toBe(expected);
  });

  test("what the app itself adds to notes is no highlight", () => {
    const reason = { sha: shaOf("b"), subject: "chore: tidy", effect: "none", because: "internal", pullRequest: null } as const;
    const written = { name: "app", version: "1.3.0", tag: "v1.3.0", previousTag: "v1.2.0", date: "2026-11-21", reasons: [reason] };
    const notes = releaseNotes(
      { ...written, changelog: "## 1.3.0\n\n### Features\n- dark mode" },
      { repositoryUrl: "https://github.com/acme/app", sections: [], human: new Map(), template: null },
    );
    expect(notes).toContain("chore: tidy");
    expect(draft(release({ notes }))).toBe(`**v1.3.0 is out**.\n\nHighlights:\n\n- dark mode\n\nAll changes: ${URL}`);
    expect(draft(release({ notes: "**All changes**: https://github.com/acme/app/compare/v1.2.0...v1.3.0\n" }))).toBe(
      `**v1.3.0 is out**.\n\nAll changes: ${URL}`,
    );
  });

  test("is never longer than what is read, and says where the rest is", () => {
    const long = draft(release({ notes: `### Highlights\n${"A paragraph of words.\n\n".repeat(3000)}` }));
    expect(long.length).toBeLessThanOrEqual(20_000);
    expect(long).toContain(URL);
  });
});

describe("from the team's template [W-42]", () => {
  test("with every placeholder, and no others touched", () => {
    const template = "{component} {version} ({tag}, after {previous_tag}) of {date}: {url}\r\n\n{highlights}\n{nobody} @kim";
    expect(draft(release({ notes: "### Features\n- dark mode {tag}" }), "release", template)).toBe(
      `app 1.3.0 (v1.3.0, after v1.2.0) of 2026-11-21: ${URL}\n\n- dark mode {tag}\n{nobody} kim`,
    );
  });

  test("with the whole notes", () => {
    expect(draft(release({ notes: "### Features\n- dark mode\n" }), "release", "New:\n{notes}")).toBe("New:\n### Features\n- dark mode");
  });

  test("which is read at the head; one that is no text gives way to the app's own words", () => {
    expect(templatePaths([{ template: "docs/mail.md" }, { template: null }, { template: "docs/mail.md" }])).toEqual(["docs/mail.md"]);
    const files = new Map([
      ["a.md", { is: "text", text: "hello" }],
      ["b.md", { is: "missing" }],
      ["c.md", { is: "text", text: "x".repeat(20_001) }],
    ] as const);
    expect(["a.md", "b.md", "c.md", null].map((template) => templateOf({ template }, { files }))).toEqual(["hello", null, null, null]);
  });
});
