// Text that nobody should write, given to the parts that read or repeat people's text: commit messages, playbooks, changelogs,
// versions and tags, CODEOWNERS, comments with commands, times and zones, edited checklists, status comments. Prints the worst time of each against the limit; ends with exit code 1 when one is over it.
import { changeReader } from "../src/decide/changes/index.ts";
import { breakMentions, readUnreleased, safeLine, shorten, writeChangelog } from "../src/decide/changelog/index.ts";
import { parseWhen } from "../src/decide/calendar/moments.ts";
import { zoneNamed } from "../src/decide/calendar/zoned.ts";
import { boxesIn } from "../src/decide/checklist/boxes.ts";
import { statusCommentOf } from "../src/decide/checklist/record.ts";
import { stepNamed, type Step } from "../src/decide/checklist/steps.ts";
import { recordNow } from "../src/decide/checklist/ticks.ts";
import { commandsIn } from "../src/decide/commands/scanner.ts";
import { understand } from "../src/decide/commands/understand.ts";
import { readCodeOwners } from "../src/decide/people/codeowners.ts";
import { deskBody } from "../src/decide/prose/desk.ts";
import { statusComment, statusReply } from "../src/decide/prose/status-comment.ts";
import { classifyTags, compareVersions } from "../src/decide/versions/index.ts";
import { DEFAULTS, DEFAULT_SECTIONS } from "../src/model/defaults.ts";
import type { Changelog } from "../src/model/playbook.ts";
import type { Commit } from "../src/model/snapshot.ts";
import { parseDuration, parseMoment, parseWindow } from "../src/playbook/moments.ts";
import { readPlaybook } from "../src/playbook/read.ts";
import { nearestZone } from "../src/playbook/zones.ts";
import { gateReport, lineReport, VALUES } from "../test/fixtures/line-report.ts";

const LIMIT_MS = 50;
/** Characters of an input. */
const SIZE = 65_000;
const ROUNDS = 5;

const UNITS: Readonly<Record<string, string>> = {
  "one letter": "a",
  spaces: " ",
  "line ends": "\n",
  CRLF: "\r\n",
  tabs: "\t",
  "opening brackets": "[",
  "closing brackets": "]",
  "opening parentheses": "(",
  "links without end": "[a](",
  "images without end": "![",
  "stars and spaces": "* ",
  backticks: "`",
  "fences and text": "```\na\n",
  "mixed fences": "``` ~~~\n",
  "nested lists": "- ",
  "list items": "- a\n",
  "bullets of a squash": "* feat: a\n",
  "typed paragraphs": "feat: a\n\n",
  "BREAKING lines": "BREAKING CHANGE: a\n",
  "BREAKING without a colon": "BREAKING CHANGE ",
  footers: "Reviewed-by: a\n",
  "footers without values": "a-b: \n",
  "Release-As": "Release-As: 1.2.3\n",
  reverts: "This reverts commit 1234567.\n",
  mentions: "@a ",
  "mentions that touch": "@a@a",
  addresses: "a@b.c ",
  "pull requests": "(#1) ",
  "numbers and hashes": "#1",
  colons: ":",
  "scopes without end": "a(",
  exclamations: "!",
  emoji: "🐛",
  "joined emoji": "👩‍👩‍👧",
  shortcodes: ":bug:",
  "combining marks": "e\u0301",
  headings: "# a\n",
  "version headings": "## [1.0.0] - 2026-01-01\n",
  "underlines of headings": "a\n===\n",
  "Unreleased headings": "## [Unreleased]\n",
  "link definitions": "[a]: http://a\n",
  "comments without end": "<!--",
  tags: "<a ",
  entities: "&amp;",
  quotes: "> ",
  digits: "9",
  "digits and dots": "1.",
  "digits and dashes": "1-",
  zeros: "0",
  "YAML maps": "a: ",
  "YAML keys": "a:\n ",
  "YAML flow": "{a: ",
  "YAML sequences": "- - ",
  "YAML quotes": '"\\',
  "YAML anchors": "&a ",
  "YAML documents": "---\n",
  "YAML tags": "!!a ",
  globs: "{a,b}",
  "templates without end": "{a",
  commands: "/release hold x\n",
  "commands that are none": "/release ",
  "quoted commands": '/release hold "',
  boxes: "- [ ] backup: Database is backed up\n",
  "boxes in boxes": "- [x] - [x] ",
  "owners of paths": "/a/**/b @acme/x\n",
  "stars in paths": "/**",
  escapes: "\\\\",
  "records without end": "<!-- release-steward-record: {",
  "table cells": "a|",
  windows: "Mon-Fri 09:00-17:00 UTC ",
  days: "Mon,",
  moments: "2026-01-01 ",
  zones: "Europe/",
};

const HEADERS: Readonly<Record<string, string>> = { "": "", "after a subject": "feat: a subject\n\n", "inside a subject": "feat(a): " };

const STEPS: readonly Step[] = [
  { gate: "backup", item: "Database is backed up" },
  { gate: "smoke", item: "login" },
];
const RECORD = { line: "app", seen: 0, ticks: [] };
const STATUS = statusComment(lineReport([VALUES]), RECORD);
const HEARING: Parameters<typeof understand>[1] = {
  place: { subjectId: "PR_7", pullRequest: 7, line: "app", isClosed: false, isReleased: false },
  lines: ["app"],
  underWay: [],
  playbook: DEFAULTS,
  saidAt: 0,
};
const DESK = { repository: "a/b", lines: [], rollouts: [], reminders: [], plans: [], freeze: null, problems: [], oddities: [] };

type Target = { readonly name: string; readonly takes: (text: string) => unknown };

const CHANGELOGS: readonly Changelog[] = [
  { ...DEFAULTS.changelog, style: "conventional", sections: DEFAULT_SECTIONS.conventional },
  { ...DEFAULTS.changelog, style: "keep-a-changelog", sections: DEFAULT_SECTIONS["keep-a-changelog"] },
];

const TARGETS: readonly Target[] = [
  { name: "a commit message", takes: readMessage },
  { name: "a playbook", takes: (text) => readPlaybook(text, "playbook.yml") },
  { name: "a playbook's value", takes: (text) => readPlaybook(`schema: 1\nrelease:\n  branch: ${JSON.stringify(text)}\n`, "playbook.yml") },
  { name: "a playbook's key", takes: (text) => readPlaybook(`schema: 1\n${JSON.stringify(text)}: 1\n`, "playbook.yml") },
  ...CHANGELOGS.map((rules) => ({ name: `a changelog (${rules.style})`, takes: (text: string) => write(rules, text, "a change") })),
  ...CHANGELOGS.map((rules) => ({ name: `a description (${rules.style})`, takes: (text: string) => write(rules, "# Changelog\n\n## [Unreleased]\n", text) })),
  { name: "the Unreleased section", takes: (text) => readUnreleased(`# Changelog\n\n## [Unreleased]\n\n${text}`, "CHANGELOG.md") },
  { name: "mentions", takes: (text) => breakMentions(text, new Set(["lee"])) },
  { name: "one safe line", takes: safeLine },
  { name: "a text made shorter", takes: (text) => shorten(text, 60_000, "https://example.com") },
  { name: "two versions", takes: (text) => compareVersions(text, `${text}1`) },
  { name: "a tag", takes: classify },
  { name: "CODEOWNERS", takes: owners },
  { name: "a comment", takes: hear },
  { name: "a command's words", takes: (text) => hear(`/release ${text.replaceAll(/\s+/g, " ")}`) },
  { name: "an edited checklist", takes: (text) => edited(text) },
  { name: "an edited status comment", takes: (text) => edited(`${STATUS}\n${text}\n${STATUS}`) },
  { name: "a step's name", takes: (text) => stepNamed(text, STEPS) },
  { name: "a time", takes: (text) => [parseWhen(text, 0), parseMoment(text), parseDuration(text), parseWindow(text)] },
  { name: "a zone", takes: (text) => [zoneNamed(text), nearestZone(text), parseWindow(`Mon 09:00-17:00 ${text}`)] },
  { name: "a status comment", takes: (text) => statusComment(reported(text), RECORD) },
  { name: "an answer to /release status", takes: (text) => statusReply([reported(text)]) },
  { name: "the desk", takes: (text) => deskBody({ ...DESK, lines: [reported(text)] }) },
];

/** A gate whose every word is the text. */
function reported(text: string): ReturnType<typeof lineReport> {
  return lineReport([gateReport("it", { state: "closed", because: text, next: text, owner: text, details: [text, text] })], { title: text, risks: [text] });
}

/** The patterns, and whose a path is by them. */
function owners(text: string): unknown {
  return readCodeOwners(text).ownersOf("charts/app/values.yaml");
}

function hear(text: string): unknown {
  return commandsIn(text).map((spoken) => understand(spoken, HEARING));
}

function edited(text: string): unknown {
  const comment = {
    id: "IC",
    url: "",
    createdAt: 0,
    revisions: [
      { at: 0, editor: "app", text: STATUS },
      { at: 1, editor: "lee", text },
    ],
  };
  const found = statusCommentOf([comment, { ...comment, revisions: [{ at: 0, editor: "app", text }] }], "app");
  return [boxesIn(text, STEPS), found === null ? null : recordNow(found, "app", STEPS)];
}

function readMessage(message: string): unknown {
  const commit: Commit = { sha: "c", parents: ["b"], committedAt: 0, authorName: "Kim", authorLogin: null, message, paths: ["a"], pullRequest: null };
  return changeReader(DEFAULTS)({ commits: [commit], component: { name: "a", path: ".", others: [] }, unreleased: [] });
}

function write(playbookChangelog: Changelog, current: string, description: string): unknown {
  const change = changeWith(description);
  const release = { version: "1.1.0", tag: "v1.1.0", previousTag: "v1.0.0", date: "2026-01-01", component: "a", repositoryUrl: "https://github.com/a/b" };
  return writeChangelog({ ...release, playbookChangelog, current, path: "CHANGELOG.md", changes: [change] });
}

/** A change as it is read, with that description in place of its own. */
function changeWith(description: string): Parameters<typeof writeChangelog>[0]["changes"][number] {
  const { changes } = changeReader(DEFAULTS)({
    commits: [{ sha: "c", parents: ["b"], committedAt: 0, authorName: "Kim", authorLogin: null, message: "feat: a", paths: ["a"], pullRequest: null }],
    component: { name: "a", path: ".", others: [] },
    unreleased: [],
  });
  const [change] = changes;
  if (change === undefined) throw new Error("a typed commit is a change");
  return { ...change, description };
}

function classify(text: string): unknown {
  const tags = [`v${text}`, `v1.0.0-${text}`, text].map((name) => ({ name, sha: "c" }));
  return classifyTags(tags, { components: ["a"], release: DEFAULTS.release, versioning: DEFAULTS.versioning });
}

function inputs(): { readonly name: string; readonly text: string }[] {
  return Object.entries(UNITS).flatMap(([name, unit]) =>
    Object.entries(HEADERS).map(([where, header]) => ({
      name: where === "" ? name : `${name} ${where}`,
      text: (header + unit.repeat(Math.ceil(SIZE / unit.length))).slice(0, SIZE),
    })),
  );
}

/** The shortest of a few rounds is what the work takes; the rest is the machine. */
function shortest(work: () => unknown): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS && (round === 0 || best > LIMIT_MS / 10); round += 1) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

console.log(`${inputs().length} inputs of ${SIZE.toLocaleString("en")} characters each; limit ${LIMIT_MS} ms\n`);
for (const { name, takes } of TARGETS) {
  const times = inputs().map((input) => ({ input: input.name, took: shortest(() => takes(input.text)) }));
  const worst = times.reduce((one, other) => (other.took > one.took ? other : one));
  const over = times.filter(({ took }) => took > LIMIT_MS);
  console.log(`${name.padEnd(32)}${worst.took.toFixed(1).padStart(9)} ms  ${over.length === 0 ? "within" : "OVER  "}  ${worst.input}`);
  for (const { input, took } of over.slice(0, 10)) console.log(`${"".padEnd(32)}${took.toFixed(1).padStart(9)} ms          ${input}`);
  if (over.length > 0) process.exitCode = 1;
}
