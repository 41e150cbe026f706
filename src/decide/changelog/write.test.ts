import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Change } from "../../model/change.ts";
import { DEFAULT_SECTIONS } from "../../model/defaults.ts";
import type { Changelog } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import { newestVersion } from "./structure.ts";
import { writeChangelog } from "./write.ts";
import type { ChangelogRelease, WrittenChangelog } from "./write.ts";

const URL = "https://github.com/o/r";

const aChange = (type: string | null, description: string, number: number | null, own: Partial<Change> = {}): Change => ({
  sha: String(number ?? 9)
    .padEnd(7, "f")
    .padEnd(40, "0"),
  type,
  scope: null,
  description,
  subject: description,
  isBreaking: false,
  breakingNotes: [],
  pullRequest: number === null ? null : { number, title: description, labels: [], author: null },
  authorName: "Kim",
  authorLogin: null,
  paths: ["src/a.ts"],
  releaseAs: null,
  cancelledBy: null,
  effect: "patch",
  because: "fix",
  ...own,
});

const FEATURE = aChange("feat", "mount volumes", 12, { effect: "minor" });
const FIX = aChange("fix", "probe path", 13, { scope: "helm" });

type Rules = Partial<Changelog>;
const kept: Rules = { style: "keep-a-changelog" };
const conventional: Rules = { style: "conventional" };

function release(current: string | null, rules: Rules, own: Partial<ChangelogRelease> = {}): ChangelogRelease {
  const style = rules.style ?? "keep-a-changelog";
  return {
    playbookChangelog: { file: "CHANGELOG.md", style, heading: null, sections: DEFAULT_SECTIONS[style], configPaths: [], link: null, reject: null, ...rules },
    current,
    path: "CHANGELOG.md",
    version: "1.2.0",
    tag: "v1.2.0",
    previousTag: "v1.1.0",
    date: "2026-11-21",
    changes: [],
    component: "cavern",
    repositoryUrl: null,
    ...own,
  };
}

function written(input: ChangelogRelease): WrittenChangelog {
  const result = writeChangelog(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function refused(input: ChangelogRelease): readonly Problem[] {
  const result = writeChangelog(input);
  if (result.ok) throw new Error(`not refused: ${result.value.text}`);
  return result.problems;
}

const text = (...lines: string[]): string => `${lines.join("\n")}\n`;

describe("Keep a Changelog", () => {
  test("Unreleased becomes the version and is there again, empty; what nobody wrote is added, compare links move on [M-26]", () => {
    const current = text(
      "# Changelog",
      "",
      "## [Unreleased]",
      "",
      "### Fixed",
      "",
      "- **Queue**: A person's own words",
      "  - with detail",
      "",
      "## [v1.1.0] - 2026-01-02",
      "",
      "- old",
      "",
      `[Unreleased]: ${URL}/compare/v1.1.0...HEAD`,
      `[v1.1.0]: ${URL}/compare/v1.0.0...v1.1.0`,
      `[v1.0.0]: ${URL}/releases/tag/v1.0.0`,
    );
    const { text: after, section } = written(release(current, kept, { changes: [FEATURE, FIX], repositoryUrl: URL }));
    expect(after).toBe(
      text(
        "# Changelog",
        "",
        "## [Unreleased]",
        "",
        "## [v1.2.0] - 2026-11-21",
        "",
        "### Added",
        "",
        `- mount volumes ([#12](${URL}/pull/12))`,
        "",
        "### Fixed",
        "",
        "- **Queue**: A person's own words",
        "  - with detail",
        `- **helm:** probe path ([#13](${URL}/pull/13))`,
        "",
        "## [v1.1.0] - 2026-01-02",
        "",
        "- old",
        "",
        `[Unreleased]: ${URL}/compare/v1.2.0...HEAD`,
        `[v1.2.0]: ${URL}/compare/v1.1.0...v1.2.0`,
        `[v1.1.0]: ${URL}/compare/v1.0.0...v1.1.0`,
        `[v1.0.0]: ${URL}/releases/tag/v1.0.0`,
      ),
    );
    expect(section.startsWith("## [v1.2.0] - 2026-11-21\n\n### Added")).toBe(true);
    expect(section.endsWith("([#13](https://github.com/o/r/pull/13))")).toBe(true);
  });

  test.each<[string, string, readonly Change[], string]>([
    [
      "a tight layout",
      "## [Unreleased]\n### Added\n- own\n\n## [1.1.0] - 2026-01-02\n### Added\n- old\n",
      [FIX],
      "## [Unreleased]\n\n## [1.2.0] - 2026-11-21\n### Added\n- own\n\n### Fixed\n- **helm:** probe path (#13)\n\n## [1.1.0] - 2026-01-02\n### Added\n- old\n",
    ],
    [
      "an empty Unreleased",
      "## Unreleased\n\n## 1.1.0 - 2026-01-02\n\n- old\n",
      [FIX],
      "## Unreleased\n\n## 1.2.0 - 2026-11-21\n\n### Fixed\n\n- **helm:** probe path (#13)\n\n## 1.1.0 - 2026-01-02\n\n- old\n",
    ],
    [
      "Unreleased at the end without a newline",
      "# Log\n\n## [Unreleased]\n- own",
      [FIX],
      "# Log\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-21\n- own\n\n### Fixed\n\n- **helm:** probe path (#13)",
    ],
    ["Unreleased directly above a version", "## [Unreleased]\n## [1.1.0]\n", [], "## [Unreleased]\n\n## [1.2.0] - 2026-11-21\n\n## [1.1.0]\n"],
    [
      "an empty category",
      "## [Unreleased]\n### Added\n### Fixed\n- own\n",
      [FEATURE],
      "## [Unreleased]\n\n## [1.2.0] - 2026-11-21\n### Added\n- mount volumes (#12)\n### Fixed\n- own\n",
    ],
    [
      "another name of a category",
      "## Unreleased\n\n### 🐛 Bug fixes:\n\n* own\n",
      [FIX],
      "## Unreleased\n\n## 1.2.0 - 2026-11-21\n\n### 🐛 Bug fixes:\n\n* own\n* **helm:** probe path (#13)\n",
    ],
    [
      "a paragraph in a category",
      "## Unreleased\n\n### Fixed\n\nWords.\n",
      [FIX],
      "## Unreleased\n\n## 1.2.0 - 2026-11-21\n\n### Fixed\n\nWords.\n\n- **helm:** probe path (#13)\n",
    ],
    [
      "code that shows a changelog",
      "```\n## [Unreleased]\n```\n\n## Unreleased\n\n- own\n",
      [],
      "```\n## [Unreleased]\n```\n\n## Unreleased\n\n## 1.2.0 - 2026-11-21\n\n- own\n",
    ],
    [
      "no Unreleased",
      "# Log\n\nWords.\n\n## [1.1.0] - 2026-01-02\n\n### Added\n- old\n",
      [FIX],
      "# Log\n\nWords.\n\n## [1.2.0] - 2026-11-21\n\n### Fixed\n- **helm:** probe path (#13)\n\n## [1.1.0] - 2026-01-02\n\n### Added\n- old\n",
    ],
    [
      "no preamble",
      "## 1.1.0 / 2026-01-02\n\n* old\n",
      [FIX],
      "## 1.2.0 / 2026-11-21\n\n### Fixed\n\n* **helm:** probe path (#13)\n\n## 1.1.0 / 2026-01-02\n\n* old\n",
    ],
    ["a preamble alone", "# Log\nWords.", [FIX], "# Log\nWords.\n\n## 1.2.0 - 2026-11-21\n\n### Fixed\n\n- **helm:** probe path (#13)"],
    [
      "old dates as headings",
      "# Log\n\n## Spring 2024\n\n- old\n",
      [FIX],
      "# Log\n\n## 1.2.0 - 2026-11-21\n\n### Fixed\n\n- **helm:** probe path (#13)\n\n## Spring 2024\n\n- old\n",
    ],
    [
      "the oldest version first",
      "## 1.0.0\n\n- a\n\n## 1.1.0\n\n- b\n",
      [FIX],
      "## 1.0.0\n\n- a\n\n## 1.1.0\n\n- b\n\n## 1.2.0 - 2026-11-21\n\n### Fixed\n\n- **helm:** probe path (#13)\n",
    ],
  ])("keeps every byte of a file with %s", (_, current, changes, after) => {
    expect(written(release(current, kept, { changes })).text).toBe(after);
  });

  test.each<[string, string, Rules, Partial<ChangelogRelease>, string]>([
    [
      "a release page a version",
      `[1.1.0]: ${URL}/releases/tag/cavern-1.1.0`,
      {},
      { tag: "cavern-1.2.0" },
      `[1.2.0]: ${URL}/releases/tag/cavern-1.2.0\n[1.1.0]: ${URL}/releases/tag/cavern-1.1.0`,
    ],
    [
      "compare pages without Unreleased",
      `[1.1.0]: ${URL}/compare/v1.0.0...v1.1.0`,
      {},
      {},
      `[1.2.0]: ${URL}/compare/v1.1.0...v1.2.0\n[1.1.0]: ${URL}/compare/v1.0.0...v1.1.0`,
    ],
    [
      "another host and head",
      "[unreleased]: https://git.example/x/-/compare/v1.0.9...main",
      {},
      { previousTag: null },
      "[unreleased]: https://git.example/x/-/compare/v1.2.0...main\n[1.2.0]: https://git.example/x/-/compare/v1.0.9...v1.2.0",
    ],
    [
      "its own addresses",
      "[1.1.0]: <https://docs.example/1.1.0/notes> (title)",
      {},
      {},
      "[1.2.0]: https://docs.example/1.2.0/notes\n[1.1.0]: <https://docs.example/1.1.0/notes> (title)",
    ],
    [
      "definitions in rising order",
      `[1.0.0]: ${URL}/releases/tag/v1.0.0\n[1.1.0]: ${URL}/releases/tag/v1.1.0`,
      {},
      {},
      `[1.0.0]: ${URL}/releases/tag/v1.0.0\n[1.1.0]: ${URL}/releases/tag/v1.1.0\n[1.2.0]: ${URL}/releases/tag/v1.2.0`,
    ],
    [
      "the playbook's link",
      `[1.1.0]: ${URL}/releases/tag/v1.1.0`,
      { link: "https://x.example/{component}/{tag}?from={previous_tag}" },
      {},
      `[1.2.0]: https://x.example/cavern/v1.2.0?from=v1.1.0\n[1.1.0]: ${URL}/releases/tag/v1.1.0`,
    ],
    ["no definitions of versions", "[docs]: https://docs.example", {}, { repositoryUrl: URL }, "[docs]: https://docs.example"],
    ["no definitions but the playbook's link", "Bye.", { link: "https://x.example/{version}" }, {}, "Bye.\n\n[1.2.0]: https://x.example/1.2.0"],
    [
      "a definition that is there already",
      `[1.2.0]: ${URL}/mine\n[1.1.0]: ${URL}/releases/tag/v1.1.0`,
      {},
      {},
      `[1.2.0]: ${URL}/mine\n[1.1.0]: ${URL}/releases/tag/v1.1.0`,
    ],
  ])("links as a file with %s does", (_, tail, rules, own, expected) => {
    const head = "## [Unreleased]\n\n- own\n\n## [1.1.0] - 2026-01-02\n\n- old\n\n";
    const after = written(release(`${head}${tail}\n`, { ...kept, ...rules }, own)).text;
    expect(after).toBe(`${head.replace("- own", "## [1.2.0] - 2026-11-21\n\n- own")}${expected}\n`);
  });

  test("keeps CRLF and the missing newline at the end", () => {
    const current = "# Log\r\n\r\n## [Unreleased]\r\n\r\n### Added\r\n\r\n- own\r\n\r\n## [1.1.0] - 2026-01-02\r\n\r\n- old";
    const { text: after, section } = written(release(current, kept, { changes: [FEATURE] }));
    expect(after).toBe(
      "# Log\r\n\r\n## [Unreleased]\r\n\r\n## [1.2.0] - 2026-11-21\r\n\r\n### Added\r\n\r\n- own\r\n- mount volumes (#12)\r\n\r\n## [1.1.0] - 2026-01-02\r\n\r\n- old",
    );
    expect(section).toBe("## [1.2.0] - 2026-11-21\n\n### Added\n\n- own\n- mount volumes (#12)");
  });

  test.each([
    ["its number", "- told already (#12)"],
    ["its address", `- told already, ${URL}/pull/12`],
    ["its commit", "- told already 12fffff"],
    ["its words", "- Mount volumes."],
  ])("does not repeat what a person told with %s", (_, item) => {
    const { section } = written(release(`## Unreleased\n\n${item}\n`, kept, { changes: [FEATURE], repositoryUrl: URL }));
    expect(section).toBe(`## 1.2.0 - 2026-11-21\n\n${item}`);
  });

  test("marks what breaks and puts configuration and untyped changes under their own titles", () => {
    const changes = [
      aChange("feat", "new api", 1, { isBreaking: true, breakingNotes: ["call `b`\n# not `a`"] }),
      aChange("chore", "raise limits", 2, { paths: ["configs/a"], effect: "none" }),
      aChange(null, "Tidy @kim <b>", 3, { effect: "unknown" }),
      aChange("docs", "manual", 4, { effect: "none" }),
    ];
    const rules = { ...kept, configPaths: ["configs/**"], sections: { ...DEFAULT_SECTIONS["keep-a-changelog"], config: "Infrastructure Changes" } };
    expect(written(release("## Unreleased\n", rules, { changes })).section).toBe(
      text(
        "## 1.2.0 - 2026-11-21",
        "",
        "### Added",
        "",
        "- **Breaking:** new api (#1)",
        "  - call `b` # not `a`",
        "",
        "### Infrastructure Changes",
        "",
        "- raise limits (#2)",
        "",
        "### Other changes",
        "",
        "- Tidy @kim &lt;b> (#3)",
      ).trimEnd(),
    );
  });

  test.each([
    [
      null,
      "# Changelog\n\nAll notable changes to cavern are documented in this file.\nThe format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).\n\n## Unreleased\n\n## 1.2.0 - 2026-11-21\n\n### Added\n\n- mount volumes (#12)\n",
    ],
    [
      URL,
      `# Changelog\n\nAll notable changes to cavern are documented in this file.\nThe format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-21\n\n### Added\n\n- mount volumes ([#12](${URL}/pull/12))\n\n[Unreleased]: ${URL}/compare/v1.2.0...HEAD\n[1.2.0]: ${URL}/compare/v1.1.0...v1.2.0\n`,
    ],
  ])("makes a new file, with links when the repository is %j", (repositoryUrl, expected) => {
    expect(written(release(null, kept, { changes: [FEATURE], repositoryUrl })).text).toBe(expected);
  });

  test("writes the playbook's heading and knows it again", () => {
    const input = release("## Unreleased\n\n- own\n", { ...kept, heading: "## Out on {date}: {component} {version}!" });
    const { text: after, section } = written(input);
    expect(section).toBe("## Out on 2026-11-21: cavern 1.2.0!\n\n- own");
    expect(written({ ...input, current: after, date: "2026-12-01" }).text).toBe(after);
  });
});

describe("conventional sections", () => {
  const BEFORE = text(
    "# Log",
    "",
    "words",
    "",
    "## [1.1.0](x) (2026-01-02)",
    "",
    "",
    "### Features",
    "",
    "* old",
    "",
    "",
    "### Bug Fixes",
    "",
    "* old",
    "",
    "## 1.0.0",
    "",
  );

  test("go before the newest version in the layout of the file, what breaks first", () => {
    const breaking = aChange("chore", "drop Node 20", 14, { scope: "deps", isBreaking: true, effect: "major" });
    const { text: after } = written(release(BEFORE, conventional, { changes: [FIX, breaking, FEATURE], repositoryUrl: URL }));
    const reference = (number: number): string =>
      `([#${String(number)}](${URL}/pull/${String(number)})) ([${String(number)}fffff](${URL}/commit/${String(number)}fffff${"0".repeat(33)}))`;
    const section = text(
      `## [1.2.0](${URL}/compare/v1.1.0...v1.2.0) (2026-11-21)`,
      "",
      "",
      "### ⚠ BREAKING CHANGES",
      "",
      `* **deps:** drop Node 20 ${reference(14)}`,
      "",
      "",
      "### Features",
      "",
      `* mount volumes ${reference(12)}`,
      "",
      "",
      "### Bug Fixes",
      "",
      `* **helm:** probe path ${reference(13)}`,
      "",
    );
    expect(after).toBe(BEFORE.replace("## [1.1.0]", () => `${section}## [1.1.0]`));
  });

  test.each<[string, string | null, string]>([
    ["no file", null, "# Changelog\n\n## 1.2.0 (2026-11-21)\n\n### Features\n\n* mount volumes (#12) (12fffff)\n"],
    ["a title alone", "# Log", "# Log\n\n## 1.2.0 (2026-11-21)\n\n### Features\n\n* mount volumes (#12) (12fffff)"],
    ["no title", "## 1.1.0\n\n- old\n", "## 1.2.0 (2026-11-21)\n\n### Features\n\n- mount volumes (#12) (12fffff)\n\n## 1.1.0\n\n- old\n"],
    [
      "patches at level 3",
      "# Log\n\n### 1.1.1\n\n### Bug Fixes\n\n* old\n\n## 1.1.0\n",
      "# Log\n\n## 1.2.0 (2026-11-21)\n\n### Features\n\n* mount volumes (#12) (12fffff)\n\n### 1.1.1\n\n### Bug Fixes\n\n* old\n\n## 1.1.0\n",
    ],
  ])("are written with %s", (_, current, after) => {
    expect(written(release(current, conventional, { changes: [FEATURE] })).text).toBe(after);
  });

  test("say the same thing once and name every pull request and commit of it", () => {
    const again = aChange("feat", "Mount volumes", null, { sha: "abcdef1".padEnd(40, "0") });
    expect(written(release(null, conventional, { changes: [FEATURE, again] })).section).toContain("* mount volumes (#12) (12fffff) (abcdef1)");
  });

  test("warn that text under Unreleased stays behind", () => {
    const { problems } = written(release("# Log\n\n## Unreleased\n\n- own\n", conventional, { changes: [FEATURE] }));
    expect(problems.map(({ line, message }) => `${String(line)} ${message}`)).toEqual([
      "3 the Unreleased section has text that this release does not take along",
    ]);
  });
});

describe("what stops or warns", () => {
  test("unfinished text is refused at each of its places", () => {
    const current = "# Log\n\n## Unreleased\n- _Placeholder: one_\n- ok\n- _Placeholder: two_\n\n## 1.1.0\n- _Placeholder: old_\n";
    expect(refused(release(current, { ...kept, reject: "_Placeholder:" })).map(({ severity, path, line, column }) => [severity, path, line, column])).toEqual([
      ["error", "CHANGELOG.md", 4, 3],
      ["error", "CHANGELOG.md", 6, 3],
    ]);
  });

  test("unfinished text elsewhere is no concern of this release", () => {
    expect(written(release("## Unreleased\n- a\n\n## 1.1.0\n- _Placeholder: old_\n", { ...kept, reject: "_Placeholder:" })).problems).toEqual([]);
  });

  test.each([
    ["# Log\n\n```sh\nmake\n", 3],
    ["# Log\n\n## Unreleased\n\n- a\n\n<!-- note\n", 7],
    ["```", 1],
  ])("code or a comment that never ends is refused in %j", (current, line) => {
    for (const rules of [kept, conventional]) expect(refused(release(current, rules, { changes: [FIX] })).map((problem) => problem.line)).toEqual([line]);
  });

  test("code that never ends behind the newest version is no concern of this release", () => {
    expect(written(release("## Unreleased\n\n- a\n\n## 1.1.0\n\n```\n", kept)).section).toContain("- a");
  });

  test("a section that says nothing is told", () => {
    expect(written(release("## Unreleased\n", kept)).problems.map(({ severity, line }) => [severity, line])).toEqual([["warning", 3]]);
  });

  test("a version that is there already is left alone, with its line", () => {
    const current = "# Log\n\n## [1.2.0] - 2026-01-01\n\n- mine\n\n[1.2.0]: x\n";
    const { text: after, section, problems } = written(release(current, kept, { changes: [FEATURE] }));
    expect([after, section]).toEqual([current, "## [1.2.0] - 2026-01-01\n\n- mine"]);
    expect(problems.map(({ severity, line }) => [severity, line])).toEqual([["warning", 3]]);
  });
});

/** What is left of `original` after finding its characters in `text` in their order. */
function missingFrom(text: string, original: string): string {
  let at = 0;
  for (const character of text.split("")) if (character === original[at]) at += 1;
  return original.slice(at);
}

describe("any text at all", () => {
  const piece = fc.constantFrom(
    "# Log\n",
    "## [Unreleased]\n",
    "## Unreleased\r\n",
    "### Added\n",
    "### Fixed\n",
    "## [1.1.0] - 2026-01-02\n",
    "## v1.0.0\n",
    "### 1.0.1\n",
    "- item\n",
    "* item #12\n",
    "  - nested\n",
    "words\n",
    "\n",
    "\r\n",
    "```\n",
    "<!--\n",
    "-->\n",
    "---\n",
    "> quote\n",
    "[docs]: https://x.example\n",
    "no newline",
    "\uFEFF",
    "\r",
    "| a |\n",
    "1. x\n",
  );
  const anyText = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
    fc.string({ unit: "binary" }),
  );
  const anyRules = fc.constantFrom(kept, conventional, { ...kept, heading: "## {component} {version} of {date}" });

  test("is written without loss, once, and the version can be read back", () => {
    fc.assert(
      fc.property(anyText, anyRules, fc.subarray([FEATURE, FIX]), (current, rules, changes) => {
        const input = release(current, rules, { changes, repositoryUrl: URL });
        const result = writeChangelog(input);
        fc.pre(result.ok || !result.problems.every(({ message }) => message.startsWith("code or a comment begins here")));
        const first = written(input);
        const second = written({ ...input, current: first.text, date: "2027-01-01" });
        expect([second.text, second.section]).toEqual([first.text, first.section]);
        expect(missingFrom(first.text, current.trim() === "" ? "" : current)).toBe("");
      }),
      { numRuns: 2000 },
    );
  });

  test("stays in one piece before and behind a conventional section", () => {
    fc.assert(
      fc.property(anyText, (words) => {
        const current = `# Log\n${words}\n`;
        const result = writeChangelog(release(current, conventional, { changes: [FIX] }));
        const after = result.ok ? result.value.text : current;
        const before = after.split("").findIndex((character, index) => character !== current[index]);
        expect(before < 0 || after.endsWith(current.slice(before))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("of a subject cannot forge a section or a link", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("\n", "## ", "9.9.9", "- ", "[9.9.9]: ", "```", "<!--", "a", "`") }), (description) => {
        const { text: after } = written(
          release("# Log\n\n## 1.1.0\n\n- old\n", conventional, { changes: [{ ...FEATURE, description, breakingNotes: [description], isBreaking: true }] }),
        );
        expect(newestVersion(after)?.version).toBe("1.2.0");
        expect(after.match(/^ {0,3}(?:#|\[)/gm)?.length).toBe(5);
      }),
    );
  });
});
