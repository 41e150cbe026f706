import { readFileSync, readdirSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { env, stderr } from "node:process";
import { afterAll, describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { stringify } from "yaml";
import type { Problem } from "../model/problem.ts";
import { EXAMPLE } from "./example.ts";
import { readPlaybook } from "./read.ts";

const SERVER = ["schema: 1", "components: {server: {path: .}}"];
const SEVERAL = ["schema: 1", "components: {api: {path: api}, web: {path: web}}"];
const { FUZZ_RUNS } = env;
const EXAMPLES = new URL("../../examples/", import.meta.url);
const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith(".yml"));

function instant(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function told({ line, column, message, hint }: Problem): string {
  return `${String(line)}:${String(column)}: ${message}${hint === null ? "" : ` (${hint})`}`;
}

function problemsOf(text: string): readonly string[] {
  const result = readPlaybook(text, ".github/release-steward.yml");
  return result.ok ? [] : result.problems.map(told);
}

function read(...lines: readonly string[]) {
  const result = readPlaybook(`${lines.join("\n")}\n`, ".github/release-steward.yml");
  if (!result.ok) throw new Error(result.problems.map(told).join("\n"));
  return result.value;
}

function withLabel(label: string): string {
  return [...SERVER, `release: {pull_request: {labels: ['${label}']}}`].join("\n");
}

// [what is in the file, its lines, every problem as line:column: message (hint)]
const REFUSED: readonly [string, readonly string[], readonly string[]][] = [
  ["an empty file", [], ["1:1: expected a playbook, found an empty file (start with `schema: 1`)"]],
  ["a file with comments only", ["# later"], ["1:1: expected a playbook, found an empty file (start with `schema: 1`)"]],
  ["a list", ["- schema: 1"], ["1:1: expected a map, found a list"]],
  [
    "no YAML",
    ["schema: 1", "components: {a: ["],
    ["3:1: not readable as YAML: flow sequence in block collection must be sufficiently indented and end with a ]"],
  ],
  [
    "a team without quotes",
    ["schema: 1", "roles:", "  steward: @acme/stewards", "components: {server: {path: .}}"],
    ['3:12: a value can\'t start with `@` unless it is in quotes (write "@organisation/team")'],
  ],
  ["two errors in one line are one", ["a: b: c: d"], ["1:4: not readable as YAML: nested mappings are not allowed in compact mappings"]],
  [
    "an anchor and an alias, and what else is wrong",
    ["schema: 1", "components: &all {server: {path: .}}", "roles: *all", "gates: {ci: {check: [*all]}}", "versioning: {scheme: semvr}"],
    [
      "2:13: anchors (`&name`) have no place in a playbook (write the value wherever it is needed)",
      '3:8: aliases (`*name`) have no place in a playbook (write the value out; put it in quotes if it really starts with `*`, as in "*.md")',
      '4:22: aliases (`*name`) have no place in a playbook (write the value out; put it in quotes if it really starts with `*`, as in "*.md")',
      '5:22: versioning.scheme: expected `semver` or `calver`, found "semvr" (did you mean `semver`?)',
    ],
  ],
  [
    "a tag",
    ["schema: !!int 1", "components: {server: {path: .}}"],
    ["1:9: tags (`!name`) have no place in a playbook (put the value in quotes if it really starts with `!`)"],
  ],
  [
    "a directive",
    ["%YAML 1.1", "---", "schema: 1", "components: {server: {path: .}}"],
    ["1:1: directives (`%NAME`) have no place in a playbook (delete this line)"],
  ],
  ["two documents", [...SERVER, "---", "schema: 1"], ["3:1: expected one document, found the start of another (`---`) (keep one playbook a file)"]],
  [
    "a key twice",
    [...SERVER, "release:", "  retrospective: true", "  retrospective: false"],
    ["5:3: release.retrospective: this key stands here twice (the first is on line 4)"],
  ],
  [
    "keys that reach a prototype",
    [...SERVER, "artifacts:", "  - {workflow: a.yml, trigger: workflow_dispatch, inputs: {__proto__: x, constructor: y, prototype: z}}"],
    [
      "4:60: `__proto__` can't be a key (choose another name)",
      "4:74: `constructor` can't be a key (choose another name)",
      "4:90: `prototype` can't be a key (choose another name)",
    ],
  ],
  ["a key that is a list", [...SERVER, "? [a]", ": 1"], ["3:3: expected a word as a key, found a list or a map"]],
  ["a merge key", [...SERVER, "roles: {<<: {a: '@kim'}}"], ["3:9: roles.<<: expected a name that starts with a letter and has letters, digits, `-` and `_`"]],
  [
    "a byte order mark before a problem",
    ["﻿schema: 2", "components: {server: {path: .}}"],
    ["1:9: schema: expected 1, the only version of this format, found 2"],
  ],
  [
    "Windows line ends",
    ["schema: 1\r\ncomponents: {server: {path: .}}\r\nversioning:\r\n  scheme: semvr\r\n"],
    ['4:11: versioning.scheme: expected `semver` or `calver`, found "semvr" (did you mean `semver`?)'],
  ],
  [
    "nothing that has to be there",
    ["gates: {}"],
    ["1:1: schema: expected 1, the only version of this format, found nothing", "1:1: components: expected a map, found nothing"],
  ],
  ["a required key that is misspelt", ["schema: 1", "componets: {server: {path: .}}"], ["2:1: componets: there is no such key (did you mean `components`?)"]],
  [
    "a misspelt key beside the right one",
    [...SERVER, "release: {tga: {}, tag: 3}"],
    ["3:11: release.tga: there is no such key (did you mean `tag`?)", "3:25: release.tag: expected a map, found 3"],
  ],
  [
    "a changelog as source that is not there",
    [...SERVER, "versioning: {source: changelog}"],
    ["3:22: versioning.source: expected a changelog to read, found no `changelog.file` (name the file that has the Unreleased section)"],
  ],
  ["another version of the format", ["schema: 2", "components: {server: {path: .}}"], ["1:9: schema: expected 1, the only version of this format, found 2"]],
  [
    "a version of the format in quotes",
    ["schema: '1'", "components: {server: {path: .}}"],
    ['1:9: schema: expected 1, the only version of this format, found "1" (write it without quotes: 1)'],
  ],
  [
    "unknown keys on three levels",
    ["schema: 1", "componets: {}", "components: {server: {path: ., dependants: leave}}", "release:", "  tag: {nmae: x}", "  quickly: true"],
    [
      "2:1: componets: there is no such key (did you mean `components`?)",
      "3:32: components.server.dependants: there is no such key (did you mean `dependents`?)",
      "5:9: release.tag.nmae: there is no such key (did you mean `name`?)",
      "6:3: release.quickly: there is no such key (the keys here are branch, pull_request, candidate, tag, notes, train, hotfix, backport, milestone, cadence, publish, mention, retrospective, desk, commands)",
    ],
  ],
  [
    "an empty key",
    [...SERVER, "changelog:", "versioning: ~"],
    [
      "3:1: changelog: expected a map, found nothing (give it a value, or leave the key out)",
      "4:13: versioning: expected a map, found ~ (give it a value, or leave the key out)",
    ],
  ],
  [
    "a component without its folder",
    ["schema: 1", "components:", "  server: {owners: ['@kim']}"],
    ["3:3: components.server.path: expected a folder such as `charts/api`, or `.` for the whole repository, found nothing"],
  ],
  [
    "no component",
    ["schema: 1", "components: {}"],
    ["2:13: components: expected at least one component, or `discover`, found an empty map (a repository that is one component is `name: {path: .}`)"],
  ],
  [
    "components that can't be tags or share a folder",
    ["schema: 1", "components:", "  we ird: {path: a}", "  b..c: {path: b}", "  d.lock: {path: c}", "  e: {path: a}"],
    [
      '3:3: components.we ird: "we ird" can\'t be part of a tag (a name has letters, digits, `.`, `-` and `_`)',
      '4:3: components.b..c: "b..c" can\'t be part of a tag (a name has letters, digits, `.`, `-` and `_`)',
      '5:3: components.d.lock: "d.lock" can\'t be part of a tag (a name has letters, digits, `.`, `-` and `_`)',
      '6:13: components.e.path: "a" is the folder of `we ird` already',
    ],
  ],
  [
    "folders that leave the repository",
    ["schema: 1", "components:", "  a: {path: ../x}", "  b: {path: /b}", "  c: {path: ./c/}", "  d: {path: 'd\\d'}", "  e: {path: ''}"],
    [
      '3:13: components.a.path: expected a folder such as `charts/api`, or `.` for the whole repository, found "../x" (a path starts at the repository\'s root and never leaves it with `..`)',
      '4:13: components.b.path: expected a folder such as `charts/api`, or `.` for the whole repository, found "/b" (a path starts at the repository\'s root, without `/`)',
      '5:13: components.c.path: expected a folder such as `charts/api`, or `.` for the whole repository, found "./c/" (write `c`)',
      '6:13: components.d.path: expected a folder such as `charts/api`, or `.` for the whole repository, found "d\\\\d"',
      '7:13: components.e.path: expected a folder such as `charts/api`, or `.` for the whole repository, found ""',
    ],
  ],
  [
    "a discovery without glob, by an unknown name",
    ["schema: 1", "components:", "  discover: {name: folder}"],
    [
      "3:3: components.discover.glob: expected a glob such as `charts/**`, found nothing",
      '3:20: components.discover.name: expected `directory`, `yaml:name`, or a map such as `{yaml: name}`, found "folder"',
    ],
  ],
  [
    "globs that are none",
    [...SERVER, "changelog: {config_paths: ['[a', '', /abs, a/../b, '+(a|b)', './x', '{a', 'ok/**']}"],
    [
      '3:28: changelog.config_paths[0]: not a glob: missing closing: "]"',
      '3:34: changelog.config_paths[1]: expected a glob such as `charts/**`, found ""',
      "3:38: changelog.config_paths[2]: a glob starts at the repository's root, without `/`, `./` or `..`",
      "3:44: changelog.config_paths[3]: a glob starts at the repository's root, without `/`, `./` or `..`",
      "3:52: changelog.config_paths[4]: a glob has no repeated groups (`+(…)`, `*(…)`)",
      "3:62: changelog.config_paths[5]: a glob starts at the repository's root, without `/`, `./` or `..`",
      '3:69: changelog.config_paths[6]: not a glob: missing closing: "}"',
    ],
  ],
  [
    "paths of keys that are none",
    [...SERVER, "versioning:", "  files:", "    - {file: a, yaml: .version}", "    - {file: a, yaml: 'a[b]'}", "    - {file: a, yaml: 'a..b'}"],
    [
      '5:23: versioning.files[0].yaml: expected a path of keys such as `image.tag`, `dependencies[0].version` or `labels."a.b"`, found ".version"',
      '6:23: versioning.files[1].yaml: expected a path of keys such as `image.tag`, `dependencies[0].version` or `labels."a.b"`, found "a[b]"',
      '7:23: versioning.files[2].yaml: expected a path of keys such as `image.tag`, `dependencies[0].version` or `labels."a.b"`, found "a..b"',
    ],
  ],
  [
    "version files with no place, or two",
    [
      ...SERVER,
      "versioning:",
      "  files:",
      "    - {file: a.yaml}",
      "    - {file: a.yaml, yaml: version, marker: x}",
      "    - {yaml: version}",
      "    - {file: a.txt, marker: two words}",
    ],
    [
      "5:7: versioning.files[0]: expected exactly one of `yaml`, `json`, `toml`, `regex` and `marker`, found none",
      "6:7: versioning.files[1]: expected exactly one of `yaml`, `json`, `toml`, `regex` and `marker`, found `yaml` and `marker`",
      "7:7: versioning.files[2].file: expected a path such as `{path}/Chart.yaml`, found nothing",
      '8:29: versioning.files[3].marker: expected a marker of letters, digits, `-` and `_`, found "two words"',
    ],
  ],
  [
    "regular expressions",
    [
      ...SERVER,
      "versioning:",
      "  files:",
      "    - {file: a, regex: '(a'}",
      "    - {file: a, regex: 'a(?=b)(c)'}",
      "    - {file: a, regex: 'abc'}",
      "    - {file: a, regex: '(a)(b)'}",
      "    - {file: a, regex: ''}",
      "    - {file: a, regex: '(a{1000}){1000}'}",
    ],
    [
      "5:24: versioning.files[0].regex: not a regular expression: missing closing ): `(a` (the syntax is RE2: no look-around and no back-references)",
      "6:24: versioning.files[1].regex: not a regular expression: invalid or unsupported Perl syntax: `(?=` (the syntax is RE2: no look-around and no back-references)",
      "7:24: versioning.files[2].regex: expected exactly one group, which holds the value, found 0 (put `(…)` around the version)",
      "8:24: versioning.files[3].regex: expected exactly one group, which holds the value, found 2 (write `(?:…)` for groups that only group)",
      "9:24: versioning.files[4].regex: expected a regular expression of 1 to 300 characters, found 0",
      "10:24: versioning.files[5].regex: not a regular expression: invalid repeat count: `{1000}` (the syntax is RE2: no look-around and no back-references)",
    ],
  ],
  [
    "placeholders",
    [
      ...SERVER,
      "versioning: {files: [{file: '{version}/a', yaml: a, value: 'v{verison}'}, {file: a, yaml: a, value: latest}, {file: a, yaml: a, value: '{version}}'}]}",
      "release: {tag: {name: 'v{version}-{n}'}, candidate: {tag: 'v{version}-{version}-rc'}}",
    ],
    [
      "3:29: versioning.files[0].file: there is no placeholder `{version}` here (the placeholders here are {component}, {path})",
      "3:60: versioning.files[0].value: there is no placeholder `{verison}` here (did you mean `{version}`?)",
      '3:101: versioning.files[1].value: expected a value such as `v{version}`, found no `{version}` in "latest"',
      '3:136: versioning.files[2].value: a brace without its partner in "{version}}" (placeholders are written like `{version}`)',
      "4:23: release.tag.name: there is no placeholder `{n}` here (the placeholders here are {component}, {version})",
      '4:59: release.candidate.tag: expected a tag such as `v{version}-rc.{n}`, found no `{n}` in "v{version}-{version}-rc"',
    ],
  ],
  [
    "names that git refuses",
    [...SERVER, "release:", "  tag: {name: 'v {version}'}", "  pull_request: {branch: 'release/{version}.lock'}", "  hotfix: {branch: '-{issue}'}"],
    [
      '4:15: release.tag.name: expected a tag such as `v{version}`, found "v {version}" (git allows no spaces, `~^:?*[\\`, `..`, `//`, no `.` or `/` at the end and no `-` at the start)',
      '5:26: release.pull_request.branch: expected a branch such as `release/{component}`, found "release/{version}.lock" (git allows no spaces, `~^:?*[\\`, `..`, `//`, no `.` or `/` at the end and no `-` at the start)',
      '6:20: release.hotfix.branch: expected a branch such as `hotfix/{issue}`, found "-{issue}" (git allows no spaces, `~^:?*[\\`, `..`, `//`, no `.` or `/` at the end and no `-` at the start)',
    ],
  ],
  [
    "a path in a template that leaves the repository",
    [...SERVER, "changelog: {file: '../{component}.md'}"],
    [
      '3:19: changelog.file: expected a path such as `{path}/CHANGELOG.md`, found "../{component}.md" (a path starts at the repository\'s root and never leaves it with `..`)',
    ],
  ],
  [
    "what several components need",
    [
      ...SEVERAL,
      "versioning: {files: [{file: VERSION, regex: '(.*)'}]}",
      "changelog: {file: CHANGELOG.md}",
      "release:",
      "  tag: {name: 'v{version}'}",
      "  candidate: {tag: 'v{version}-rc{n}'}",
      "  pull_request: {branch: release}",
    ],
    [
      '3:29: versioning.files[0].file: expected `{path}` or `{component}` in it, found "VERSION" (there are several components, and this has to be different for each)',
      '4:19: changelog.file: expected `{path}` or `{component}` in it, found "CHANGELOG.md" (there are several components, and this has to be different for each)',
      '6:15: release.tag.name: expected `{component}` in it, found "v{version}" (there are several components, and this has to be different for each)',
      '7:20: release.candidate.tag: expected `{component}` in it, found "v{version}-rc{n}" (there are several components, and this has to be different for each)',
      '8:26: release.pull_request.branch: expected `{component}` in it, found "release" (there are several components, and this has to be different for each)',
    ],
  ],
  [
    "what one pull request for several components needs",
    [...SEVERAL, "release:", "  pull_request: {per: repository, branch: 'release/{component}', title: 'Release {version}', commit: 'chore: {component}'}"],
    [
      '4:43: release.pull_request.branch: expected a text without placeholders, found "release/{component}" (a pull request for several components has no single name or version)',
      '4:73: release.pull_request.title: expected a text without placeholders, found "Release {version}" (a pull request for several components has no single name or version)',
      '4:102: release.pull_request.commit: expected a text without placeholders, found "chore: {component}" (a pull request for several components has no single name or version)',
    ],
  ],
  [
    "versions",
    [...SERVER, "versioning: {initial: 1.0}"],
    ['3:23: versioning.initial: expected a version such as `1.0.0`, found 1.0 (write it in quotes: "1.0")'],
  ],
  ["versions of SemVer", [...SERVER, "versioning: {initial: '1.02.3'}"], ['3:23: versioning.initial: expected a SemVer version such as 1.0.0, found "1.02.3"']],
  [
    "versions of CalVer",
    [...SERVER, "versioning: {scheme: calver, calver: '{yyyy}.{0m}.{n}', initial: '2026.7.1'}"],
    ['3:66: versioning.initial: expected a version in the format `{yyyy}.{0m}.{n}`, found "2026.7.1"'],
  ],
  [
    "formats of CalVer",
    [...SERVER, "versioning: {scheme: calver, calver: '{n}'}", "release: {train: {name: '{yyyy}.{mm}{dd}', tag: '{yyyy}.{week}'}}"],
    [
      '3:38: versioning.calver: expected `{yyyy}` or `{yy}` in it, found "{n}"',
      '4:25: release.train.name: expected something between placeholders, found "{yyyy}.{mm}{dd}" (without a separator one number can be read in several ways; `{0m}` and `{0d}` have two digits)',
      "4:49: release.train.tag: there is no placeholder `{week}` here (the placeholders here are {yyyy}, {yy}, {mm}, {0m}, {dd}, {0d}, {ww}, {n})",
    ],
  ],
  [
    "choices",
    [
      ...SERVER,
      "versioning: {scheme: semvr, source: commits, no_signal: patch, before_1_0: {breaking: huge}, minimum: {mayor: {paths: a}}, labels: {nothing: docs}}",
    ],
    [
      '3:22: versioning.scheme: expected `semver` or `calver`, found "semvr" (did you mean `semver`?)',
      '3:37: versioning.source: expected `conventional-commits`, `pull-requests` or `changelog`, found "commits"',
      '3:87: versioning.before_1_0.breaking: expected `major`, `minor` or `patch`, found "huge"',
      "3:104: versioning.minimum.mayor: there is no such key (did you mean `major`?)",
      '3:142: versioning.labels.nothing: expected a list, found "docs" (write a list: [docs])',
    ],
  ],
  [
    "text that is a number or a truth value",
    [...SERVER, "changelog: {reject: 3}", "release: {notes: {require: [true], sections: ['true']}, retrospective: yes}"],
    [
      '3:21: changelog.reject: expected a line of text, found 3 (write it in quotes: "3")',
      '4:29: release.notes.require[0]: expected a line of text, found true (write it in quotes: "true")',
      '4:72: release.retrospective: expected true or false, found "yes"',
    ],
  ],
  [
    "roles",
    ["schema: 1", "components: {server: {path: ., owners: [kim]}}", "roles: {steward: kim, owners: '@kim', 'a b': '@kim', empty: []}"],
    [
      '2:41: components.server.owners[0]: expected `@login` or `@organisation/team`, found "kim"',
      '3:18: roles.steward: expected `@login`, `@organisation/team` or one of `admin`, `maintain`, `write`, `triage`, found "kim"',
      "3:23: roles.owners: `owners` is built in: the code owners of what is released (choose another name)",
      "3:39: roles.a b: expected a name that starts with a letter and has letters, digits, `-` and `_`",
      "3:61: roles.empty: expected at least one person, team or permission, found an empty list",
    ],
  ],
  [
    "permissions",
    [...SERVER, "roles: {a: maintian, b: read, c: '@admin', d: [write, '@kim', Triage]}"],
    [
      '3:12: roles.a: expected `@login`, `@organisation/team` or one of `admin`, `maintain`, `write`, `triage`, found "maintian" (did you mean `maintain`?)',
      '3:25: roles.b: expected `@login`, `@organisation/team` or one of `admin`, `maintain`, `write`, `triage`, found "read"',
      '3:63: roles.d[2]: expected `@login`, `@organisation/team` or one of `admin`, `maintain`, `write`, `triage`, found "Triage" (did you mean `triage`?)',
    ],
  ],
  [
    "the desk and its commands",
    [
      ...SERVER,
      "roles: {steward: '@kim'}",
      "release:",
      "  desk: no",
      "  commands: {hodl: steward, hold: stewart, override: owners, status: steward, thaw: [steward]}",
    ],
    [
      '5:9: release.desk: expected true, false, or a title, found "no" (write `false`)',
      "6:14: release.commands.hodl: there is no such key (did you mean `hold`?)",
      '6:35: release.commands.hold: no role is called "stewart" (did you mean `steward`?)',
      "6:62: release.commands.status: there is no such key (the keys here are plan, bump, as, hold, unhold, evidence, defer, override, freeze, thaw, retry, skip, withdraw, announce)",
      "6:85: release.commands.thaw: expected a name that starts with a letter and has letters, digits, `-` and `_`, found a list",
    ],
  ],
  [
    "a desk whose title is too long, or a number",
    [...SERVER, `release: {desk: ${"x".repeat(201)}}`],
    [`3:17: release.desk: expected a title of at most 200 characters on one line, found "${"x".repeat(59)}…`],
  ],
  ["a desk that is a number", [...SERVER, "release: {desk: 3}"], ["3:17: release.desk: expected true, false, or a title, found 3"]],
  [
    "gates that are built in",
    [...SERVER, "gates: {hold: {check: a}, frozen: {check: a}, thawed: {check: a}}"],
    [
      "3:9: gates.hold: `hold` is built in: what `/release hold` closes (choose another name)",
      "3:27: gates.frozen: `frozen` is built in: what `/release freeze` closes (choose another name)",
    ],
  ],
  [
    "checks and evidence as maps",
    [
      ...SERVER,
      "gates:",
      "  a: {check: {app: github-actions}}",
      "  b: {check: {names: [], app: GitHub Actions}}",
      "  c: {check: 3}",
      "  d: {check: {name: a}}",
      "  e: {evidence: {each: push}}",
      "  f: {evidence: {items: [a], each: commit}}",
      "  g: {evidence: [Backup taken, load test, backup taken ]}",
      "  h: {evidence: {items: [a, A, a]}}",
    ],
    [
      "4:7: gates.a.check.names: expected a name, in which `*` stands for any text or a list, found nothing",
      "5:22: gates.b.check.names: expected at least one, found an empty list",
      '5:31: gates.b.check.app: expected the slug of an app such as `github-actions`, found "GitHub Actions"',
      '6:14: gates.c.check: expected a name, a list of names, or a map such as `{names: [build], app: github-actions}`, found 3 (write it in quotes: "3")',
      "7:15: gates.d.check.name: there is no such key (did you mean `names`?)",
      "8:7: gates.e.evidence.items: expected a line of text or a list, found nothing",
      '9:36: gates.f.evidence.each: expected `release` or `push`, found "commit"',
      '10:43: gates.g.evidence[2]: this gate has the item "backup taken" already (say what is different about it)',
      '11:29: gates.h.evidence.items[1]: this gate has the item "A" already (say what is different about it)',
      '11:32: gates.h.evidence.items[2]: this gate has the item "a" already (say what is different about it)',
    ],
  ],
  [
    "scopes of issues",
    [
      ...SERVER,
      "gates:",
      "  a: {no_open_issues: {scope: component}}",
      "  b: {no_open_issues: {scope: ['{component}:{branch}', 'c:{componnet}', 'x{component']}}",
      "  c: {no_open_issues: {scope: ['component:{component}', '{branch}']}}",
    ],
    [
      '4:31: gates.a.no_open_issues.scope: expected one of `{component}` and `{branch}` in it, found "component"',
      '5:32: gates.b.no_open_issues.scope[0]: expected one of `{component}` and `{branch}` in it, found "{component}:{branch}"',
      "5:56: gates.b.no_open_issues.scope[1]: there is no placeholder `{componnet}` here (did you mean `{component}`?)",
      '5:73: gates.b.no_open_issues.scope[2]: a brace without its partner in "x{component" (placeholders are written like `{component}`)',
    ],
  ],
  [
    "time zones",
    [
      ...SERVER,
      "gates:",
      "  a: {check: x, window: 'Tue 14:00-18:00 CET'}",
      "  b: {check: x, window: ['Tue 14:00-18:00 Europe/Belrin', 'Tue 14:00-18:00 +01:00']}",
      "  c: {freeze: [{from: 2026-12-19, to: 2027-01-03, zone: Berlin}, {from: 2026-12-19, to: 2027-01-03, zone: 1}]}",
    ],
    [
      '4:25: gates.a.window: expected a time zone such as `Europe/Berlin` or `UTC`, found "CET" (write its name in the IANA time zone database; `CET` and `+01:00` know no summer time)',
      '5:26: gates.b.window[0]: expected a time zone such as `Europe/Berlin` or `UTC`, found "Europe/Belrin" (did you mean `Europe/Berlin`?)',
      '5:59: gates.b.window[1]: expected a time zone such as `Europe/Berlin` or `UTC`, found "+01:00" (write its name in the IANA time zone database; `CET` and `+01:00` know no summer time)',
      '6:57: gates.c.freeze[0].zone: expected a time zone such as `Europe/Berlin` or `UTC`, found "Berlin" (did you mean `Europe/Berlin`?)',
      "6:107: gates.c.freeze[1].zone: expected a time zone such as `Europe/Berlin` or `UTC`, found 1",
    ],
  ],
  [
    "freezes",
    [
      ...SERVER,
      "gates:",
      "  a:",
      "    freeze:",
      "      - {from: 2026-12-19 18:00, to: 2026-12-19 18:00}",
      "      - {from: 2026-12-19 24:00, to: 2026-12-20 8:00}",
      "      - {from: 2026-12-19, to: 2027-01-03, except: security}",
      "      - {from: 2026-12-19, to: 2027-01-03, except: [fast]}",
      "      - {from: 2026-12-19, to: 2027-01-03, except: {policies: [securty], label: x}}",
      "      - {from: 2026-12-19 18:00, to: 2026-12-19, zone: Europe/Berlin}",
    ],
    [
      "6:38: gates.a.freeze[0].to: expected an end after the start",
      '7:16: gates.a.freeze[1].from: expected a day such as 2026-12-24, or a moment such as 2026-12-24 18:00, found "2026-12-19 24:00"',
      '7:38: gates.a.freeze[1].to: expected a day such as 2026-12-24, or a moment such as 2026-12-24 18:00, found "2026-12-20 8:00"',
      '8:52: gates.a.freeze[2].except: expected a list of policies, or a map such as `{policies: [security], labels: [freeze-exempt]}`, found "security"',
      '9:53: gates.a.freeze[3].except[0]: expected `default`, `patch`, `minor`, `major`, `hotfix`, `rollback` or `security`, found "fast"',
      '10:64: gates.a.freeze[4].except.policies[0]: expected `default`, `patch`, `minor`, `major`, `hotfix`, `rollback` or `security`, found "securty" (did you mean `security`?)',
      "10:74: gates.a.freeze[4].except.label: there is no such key (did you mean `labels`?)",
    ],
  ],
  [
    "labels of policies",
    [...SERVER, "policies:", "  security: {labels: [urgent, Fix, urgent]}", "  hotfix: {labels: [mend, fix]}", "  patch: {labels: [small]}"],
    [
      '5:27: policies.hotfix.labels[1]: the label "fix" puts a pull request under `policies.security` already (one label names one policy: see `policies.security.labels[1]`)',
      "6:11: policies.patch.labels: there is no such key (the keys here are automatic, gates)",
    ],
  ],
  [
    "a gate of no kind, of two, of a misspelt one",
    [...SERVER, "gates:", "  none: {}", "  two: {check: a, evidence: b}", "  wrong: {chekc: a}", "  3: {check: a}"],
    [
      "4:9: gates.none: expected exactly one kind of gate, found none (the kinds are check, approval, evidence, no_open_issues, pull_request_labels, paths_together, forbid, require_yaml, freeze)",
      "5:8: gates.two: expected exactly one kind of gate, found `check` and `evidence` (the kinds are check, approval, evidence, no_open_issues, pull_request_labels, paths_together, forbid, require_yaml, freeze)",
      "6:11: gates.wrong.chekc: there is no such key (did you mean `check`?)",
      "7:3: gates.3: expected a name that starts with a letter and has letters, digits, `-` and `_`",
    ],
  ],
  [
    "options of gates",
    [
      ...SERVER,
      "gates:",
      "  a: {check: []}",
      "  b: {approval: {count: 0}}",
      "  c: {approval: [kim]}",
      "  d: {paths_together: [a]}",
      "  e: {require_yaml: {file: a.yaml, path: b}}",
      "  f: {forbid: {pattern: '(', paths: a}}",
      "  g: {freeze: [{from: 2026-02-30, to: 2026-03-01}, {from: 2026-03-02, to: 2026-03-01}]}",
      "  h: {approval: owners, by: owners}",
    ],
    [
      "4:14: gates.a.check: expected at least one, found an empty list",
      "5:7: gates.b.approval.role: expected a name that starts with a letter and has letters, digits, `-` and `_`, found nothing",
      "5:25: gates.b.approval.count: expected a number from 1, found 0",
      "6:17: gates.c.approval: expected a role, or a map such as `{role: steward, count: 2}`, found a list",
      "7:23: gates.d.paths_together: expected at least two globs, found a list",
      "8:7: gates.e.require_yaml.value: expected text, a number, true, false or null, found nothing",
      "9:25: gates.f.forbid.pattern: not a regular expression: missing closing ): `(` (the syntax is RE2: no look-around and no back-references)",
      '10:23: gates.g.freeze[0].from: expected a day such as 2026-12-24, or a moment such as 2026-12-24 18:00, found "2026-02-30"',
      "10:75: gates.g.freeze[1].to: expected the last day on or after the first",
      "11:29: gates.h.by: `by` says again who approves (delete `by`)",
    ],
  ],
  [
    "durations and windows",
    [
      ...SERVER,
      "gates:",
      "  a: {check: x, soak: two days}",
      "  b: {check: x, soak: 0h}",
      "  c: {check: x, soak: 30}",
      "  d: {check: x, window: 'Tue 14:00-18:00'}",
      "  e: {check: x, window: ['Tue 18:00-14:00 UTC', 'Dienstag 14:00-18:00 UTC', 'Tue 14:00-24:01 UTC']}",
    ],
    [
      '4:23: gates.a.soak: expected a duration such as 24h or 30m, found "two days" (write minutes, hours, days, weeks or months like 30m, 24h, 2d, 6w or 6mo)',
      '5:23: gates.b.soak: expected a duration such as 24h or 30m, found "0h" (write minutes, hours, days, weeks or months like 30m, 24h, 2d, 6w or 6mo)',
      "6:23: gates.c.soak: expected a duration such as 24h or 30m, found 30",
      '7:25: gates.d.window: expected a window such as `Tue-Thu 14:00-18:00 UTC`, found "Tue 14:00-18:00" (days, a start and a later end on the same day, a time zone; a window over midnight is two of them)',
      '8:26: gates.e.window[0]: expected a window such as `Tue-Thu 14:00-18:00 UTC`, found "Tue 18:00-14:00 UTC" (days, a start and a later end on the same day, a time zone; a window over midnight is two of them)',
      '8:49: gates.e.window[1]: expected a window such as `Tue-Thu 14:00-18:00 UTC`, found "Dienstag 14:00-18:00 UTC" (days, a start and a later end on the same day, a time zone; a window over midnight is two of them)',
      '8:77: gates.e.window[2]: expected a window such as `Tue-Thu 14:00-18:00 UTC`, found "Tue 14:00-24:01 UTC" (days, a start and a later end on the same day, a time zone; a window over midnight is two of them)',
    ],
  ],
  [
    "gates and roles that nobody named",
    [
      ...SERVER,
      "roles: {steward: '@kim'}",
      "gates: {smoke: {evidence: login, by: stewart}, lead: {approval: {role: boss}}, ok: {approval: owners}}",
      "policies: {default: {gates: [smok, lead]}, paches: {}}",
      "environments:",
      "  - {name: prod, deploy: {manual: nobody}, gates: [ok], verify: [somke]}",
    ],
    [
      '4:38: gates.smoke.by: no role is called "stewart" (did you mean `steward`?)',
      '4:72: gates.lead.approval.role: no role is called "boss" (there are owners, steward)',
      '5:30: policies.default.gates[0]: no gate is called "smok" (did you mean `smoke`?)',
      "5:44: policies.paches: there is no such key (the keys here are default, patch, minor, major, hotfix, rollback, security)",
      '7:35: environments[0].deploy.manual: no role is called "nobody" (there are owners, steward)',
      '7:66: environments[0].verify[0]: no gate is called "somke" (did you mean `smoke`?)',
    ],
  ],
  [
    "environments",
    [
      ...SERVER,
      "environments:",
      "  - {name: prod, after: staging, pin: {file: a.yaml, yaml: b}}",
      "  - {name: staging, after: staging, deploy: {workflow: deploy.yml}}",
      "  - {name: staging, after: dev}",
      "  - {name: qa, deploy: {workflow: deploy, manual: owners}}",
      "  - {name: uat, deploy: {workflow: deploy.yml, manual: owners}}",
    ],
    [
      '4:25: environments[0].after: the environment "staging" does not stand above this one (list environments in the order in which versions get there)',
      '5:28: environments[1].after: the environment "staging" does not stand above this one (list environments in the order in which versions get there)',
      "6:5: environments[2]: expected `deploy`, `pin` or both, found neither (say what puts a version there: a workflow, people, or a value that a pull request moves)",
      '6:12: environments[2].name: an environment is called "staging" already',
      '6:28: environments[2].after: no environment is called "dev" (there are prod, staging, qa, uat)',
      '7:35: environments[3].deploy.workflow: expected a file of `.github/workflows` such as `release.yml`, found "deploy"',
      "8:25: environments[4].deploy: expected either `workflow`, with `ref`, `inputs` and `timeout`, or `manual`",
    ],
  ],
  [
    "artifacts",
    [
      ...SERVER,
      "artifacts:",
      "  - {workflow: a.yml, trigger: tags}",
      "  - {workflow: b.yml, trigger: tag, inputs: {a: b}}",
      "  - {workflow: c.yml, trigger: release, event: a}",
      "  - {workflow: d.yml, trigger: repository_dispatch}",
      "  - {workflow: e.yml, trigger: repository_dispatch, event: a, ref: main}",
      "  - {on: nightly, workflow: .github/workflows/a.yml, trigger: tag}",
    ],
    [
      '4:32: artifacts[0].trigger: expected `tag`, `release`, `workflow_dispatch` or `repository_dispatch`, found "tags" (did you mean `tag`?)',
      "5:45: artifacts[1].inputs: `inputs` has no meaning for a workflow started by `tag` (it belongs to `workflow_dispatch` and `repository_dispatch`)",
      "6:48: artifacts[2].event: `event` has no meaning for a workflow started by `release` (it belongs to `trigger: repository_dispatch`)",
      "7:5: artifacts[3].event: expected the type of the event that starts the workflow, found nothing",
      "8:68: artifacts[4].ref: `ref` has no meaning for a workflow started by `repository_dispatch` (it belongs to `trigger: workflow_dispatch`)",
      '9:10: artifacts[5].on: expected `release` or `candidate`, found "nightly"',
      '9:29: artifacts[5].workflow: expected a file of `.github/workflows` such as `release.yml`, found ".github/workflows/a.yml"',
    ],
  ],
  [
    "times, files and a tag of artifacts",
    [
      ...SERVER,
      "artifacts:",
      "  - {name: a b, workflow: a.yml, trigger: tag, timeout: soon, assets: sbom.json}",
      "  - {workflow: b.yml, trigger: tag, makes: tag}",
      "  - {workflow: c.yml, trigger: release, after: b}",
      "  - {workflow: d.yml, trigger: workflow_dispatch, makes: tags, assets: ['{versoin}.json']}",
      "environments:",
      "  - {name: qa, deploy: {workflow: deploy.yml, timeout: 0m}}",
      "  - {name: uat, deploy: {manual: owners, timeout: 1h}, timeout: 1h}",
      "communications:",
      "  - {on: release, to: chat, draft: true, template: /notes.md}",
    ],
    [
      '4:12: artifacts[0].name: expected a name that starts with a letter and has letters, digits, `-` and `_`, found "a b"',
      '4:57: artifacts[0].timeout: expected a duration such as 24h or 30m, found "soon" (write minutes, hours, days, weeks or months like 30m, 24h, 2d, 6w or 6mo)',
      '4:71: artifacts[0].assets: expected a list, found "sbom.json" (write a list: [sbom.json])',
      "5:44: artifacts[1].makes: a workflow that `tag` starts can't make the tag (it belongs to `workflow_dispatch` and `repository_dispatch`)",
      "6:48: artifacts[2].after: `after` has no meaning for a workflow started by `release` (it belongs to `workflow_dispatch` and `repository_dispatch`)",
      '7:58: artifacts[3].makes: expected `tag`, found "tags" (did you mean `tag`?)',
      "7:73: artifacts[3].assets[0]: there is no placeholder `{versoin}` here (did you mean `{version}`?)",
      '9:56: environments[0].deploy.timeout: expected a duration such as 24h or 30m, found "0m" (write minutes, hours, days, weeks or months like 30m, 24h, 2d, 6w or 6mo)',
      "10:25: environments[1].deploy: expected either `workflow`, with `ref`, `inputs` and `timeout`, or `manual`",
      "10:56: environments[1].timeout: there is no such key (the keys here are name, after, of, deploy, pin, gates, verify, soak, window, pull_request, rollback)",
      '12:52: communications[0].template: expected a path such as `docs/notes.md`, found "/notes.md" (a path starts at the repository\'s root, without `/`)',
    ],
  ],
  [
    "names of steps",
    [
      ...SERVER,
      "artifacts:",
      "  - {workflow: images.yml, trigger: tag}",
      "  - {on: candidate, workflow: images.yml, trigger: tag}",
      "  - {workflow: images.yaml, trigger: release}",
      "  - {name: images, workflow: more.yml, trigger: tag}",
      "  - {workflow: tag.yml, trigger: tag}",
      "  - {name: staging, workflow: other.yml, trigger: tag}",
      "environments:",
      "  - {name: staging, deploy: {manual: owners}}",
      "  - {name: publication, deploy: {manual: owners}}",
      "  - {name: rollback, deploy: {manual: owners}}",
      "downstream:",
      "  - {repository: acme/charts, files: [{file: a.yaml, yaml: a, bump: patch}]}",
      "  - {repository: Acme/charts, files: [{file: b.yaml, yaml: a, bump: patch}]}",
    ],
    [
      '6:16: artifacts[2].workflow: an artifact with `on: release` is called "images" already (give it a `name` of its own)',
      '7:12: artifacts[3].name: an artifact with `on: release` is called "images" already (choose another name)',
      "8:16: artifacts[4].workflow: `tag` is a step of every release (give it a `name` of its own)",
      '9:12: artifacts[5].name: an environment is called "staging" (choose another name)',
      "12:12: environments[1].name: `publication` is a step of every release (choose another name)",
      "13:12: environments[2].name: `rollback` is a moment of `communications` (choose another name)",
      '16:18: downstream[1].repository: a pull request in "Acme/charts" is opened already (list all of its files in one entry)',
    ],
  ],
  [
    "the same people, told twice",
    [
      ...SERVER,
      "communications:",
      "  - {on: release, to: [mail, chat], draft: true, policies: [patch]}",
      "  - {on: release, to: [mail, chat], draft: true, policies: [minor, patch]}",
      "  - {on: release, to: mail, draft: true}",
      "  - {on: candidate, to: mail, draft: true}",
      "  - {on: release, to: mail, draft: true, policies: [patch]}",
    ],
    [
      "5:23: communications[1].to: they are told at this moment already (one entry tells them, or each says under which `policies`)",
      "8:23: communications[4].to: they are told at this moment already (one entry tells them, or each says under which `policies`)",
    ],
  ],
  [
    "what comes after what",
    [
      ...SERVER,
      "artifacts:",
      "  - {name: a, workflow: a.yml, trigger: workflow_dispatch, after: c}",
      "  - {name: b, workflow: b.yml, trigger: workflow_dispatch, after: [a, bb, images]}",
      "  - {name: c, workflow: c.yml, trigger: workflow_dispatch, after: [b]}",
      "  - {name: d, workflow: d.yml, trigger: workflow_dispatch, after: d}",
      "  - {on: candidate, name: images, workflow: e.yml, trigger: workflow_dispatch, after: image}",
    ],
    [
      "4:67: artifacts[0].after: `c` comes after `b` comes after `a`, which comes after `c` (one of them has to be first)",
      '5:71: artifacts[1].after[1]: no artifact with `on: release` is called "bb" (there are a, c, d)',
      '5:75: artifacts[1].after[2]: no artifact with `on: release` is called "images" (there are a, c, d)',
      "7:67: artifacts[3].after: an artifact can't come after itself",
      '8:87: artifacts[4].after: no artifact with `on: candidate` is called "image" (add it to `artifacts`)',
    ],
  ],
  [
    "workflows that make the tag",
    [
      ...SERVER,
      "release: {tag: {signed: required}}",
      "artifacts:",
      "  - {name: build, workflow: a.yml, trigger: workflow_dispatch}",
      "  - {workflow: b.yml, trigger: workflow_dispatch, makes: tag, after: build}",
      "  - {workflow: c.yml, trigger: repository_dispatch, event: tag, makes: tag}",
      "  - {on: candidate, workflow: d.yml, trigger: workflow_dispatch, makes: tag}",
    ],
    [
      "3:25: release.tag.signed: `artifacts[1]` makes the tag, and this app can't sign what it does not make (delete `signed`, and let the workflow sign it)",
      "6:63: artifacts[1].after: every other artifact comes after the tag that this one makes (delete `after`)",
      "7:72: artifacts[2].makes: `artifacts[1]` makes the tag already (one workflow makes it)",
      "8:73: artifacts[3].makes: a candidate's workflow can't make the tag of the release (it belongs to `on: release`)",
    ],
  ],
  [
    "a gate that one environment asks twice, and one of the name of another gate",
    [
      ...SERVER,
      "gates: {smoke: {evidence: login}, deployed: {evidence: done}}",
      "environments:",
      "  - {name: qa, deploy: {manual: owners}, gates: [smoke], verify: [deployed, smoke]}",
      "  - {name: prod, deploy: {manual: owners}, gates: [smoke]}",
    ],
    [
      "3:35: gates.deployed: `deployed` is built in: that people deployed to an environment (choose another name)",
      '5:77: environments[0].verify[1]: this environment asks the gate "smoke" already (what is asked before and after needs two gates)',
    ],
  ],
  [
    "what is made of a release on GitHub",
    [...SERVER, "release: {publish: later, mention: issues, notes: {edited: keeps}, tag: {moving: ['v{majro}', 'a b', 3]}}"],
    [
      '3:20: release.publish: expected `with-tag` or `after-artifacts`, found "later"',
      '3:36: release.mention: expected `pull-requests`, `pull-requests-and-issues` or `nobody`, found "issues"',
      '3:60: release.notes.edited: expected `keep`, `append` or `replace`, found "keeps" (did you mean `keep`?)',
      "3:83: release.tag.moving[0]: there is no placeholder `{majro}` here (did you mean `{major}`?)",
      '3:95: release.tag.moving[1]: expected a tag such as `v{major}`, found "a b" (git allows no spaces, `~^:?*[\\`, `..`, `//`, no `.` or `/` at the end and no `-` at the start)',
      "3:102: release.tag.moving[2]: expected a tag such as `v{major}`, found 3",
    ],
  ],
  [
    "tags that move and read as versions",
    [...SERVER, "release: {tag: {moving: [stable, 'v{major}', 'v{major}.{minor}', 'v{major}.{minor}.0', v1.0.0-latest]}}"],
    [
      '3:66: release.tag.moving[3]: "v{major}.{minor}.0" may read as the tag of a version, `v{version}` (a tag that moves has a name that no version has)',
      '3:88: release.tag.moving[4]: "v1.0.0-latest" may read as the tag of a version, `v{version}` (a tag that moves has a name that no version has)',
    ],
  ],
  [
    "tags that move and read as a day",
    [...SERVER, "versioning: {scheme: calver, calver: '{yy}.{0m}'}", "release: {tag: {name: '{version}', moving: ['{major}', '{major}.{minor}']}}"],
    ['4:56: release.tag.moving[1]: "{major}.{minor}" may read as the tag of a version, `{version}` (a tag that moves has a name that no version has)'],
  ],
  [
    "one tag that moves for several components",
    [...SEVERAL, "release: {tag: {moving: [stable, '{component}-{major}', '{component}-{major}.{minor}.{minor}']}}"],
    [
      '3:26: release.tag.moving[0]: expected `{component}` in it, found "stable" (there are several components, and this has to be different for each)',
      '3:57: release.tag.moving[2]: "{component}-{major}.{minor}.{minor}" may read as the tag of a version, `{component}-{version}` (a tag that moves has a name that no version has)',
    ],
  ],
  [
    "downstream and communications",
    [
      ...SERVER,
      "downstream:",
      "  - {repository: charts, files: []}",
      "  - {repository: acme/charts, files: [{file: a.yaml, yaml: b}, {file: a.yaml, value: c}]}",
      "communications:",
      "  - {on: realease, to: chat, draft: true}",
      "  - {on: release, to: chat}",
      "  - {on: release, to: mail, draft: true, workflow: a.yml}",
      "  - {on: release, to: [], draft: false, policies: [fast]}",
    ],
    [
      '4:18: downstream[0].repository: expected a repository such as `organisation/name`, found "charts"',
      "4:33: downstream[0].files: expected at least one file, found an empty list",
      "5:39: downstream[1].files[0]: expected either `value` or `bump`",
      "5:64: downstream[1].files[1]: expected exactly one of `yaml`, `json`, `toml`, `regex` and `marker`, found none",
      '7:10: communications[0].on: no moment or environment is called "realease" (did you mean `release`?)',
      "8:5: communications[1]: expected either `draft: true` or `workflow`",
      "9:5: communications[2]: expected either `draft: true` or `workflow`",
      "10:23: communications[3].to: expected at least one, found an empty list",
      "10:34: communications[3].draft: expected true, found false",
      '10:52: communications[3].policies[0]: expected `default`, `patch`, `minor`, `major`, `hotfix`, `rollback` or `security`, found "fast"',
    ],
  ],
  [
    "trains and notes",
    [...SEVERAL, "release:", "  train: {name: '{yyyy}.{n}', includes: [api, wbe]}", "  notes: {sections: [Highlights], require: [Highlight, Risks]}"],
    [
      '4:47: release.train.includes[1]: no component is called "wbe" (did you mean `web`?)',
      '5:45: release.notes.require[0]: no section is called "Highlight" (did you mean `Highlights`?)',
      '5:56: release.notes.require[1]: no section is called "Risks" (there are Highlights)',
    ],
  ],
  [
    "a message on a lightweight tag",
    [...SERVER, "release: {tag: {message: 'Release {version}'}}"],
    ["3:17: release.tag.message: a lightweight tag has no message (add `annotated: true`)"],
  ],
  [
    "another repository to inherit from",
    ["extends: acme", "schema: 1", "components: {server: {path: .}}"],
    ['1:10: extends: expected a repository such as `organisation/name`, found "acme"'],
  ],
];

describe("what is wrong with a playbook is told all at once, in file order", () => {
  test.each(REFUSED)("%s", (_, lines, problems) => {
    expect(problemsOf(`${lines.join("\n")}${lines.length > 1 ? "\n" : ""}`)).toEqual(problems);
  });

  test.each([
    ["brackets", `a: ${"[".repeat(40)}`, "1:36"],
    ["dashes", "- ".repeat(40), "1:65"],
    ["question marks", "? ".repeat(40), "1:65"],
    ["indentation", Array.from({ length: 40 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"), "34:34"],
  ])("more than 32 levels of %s are refused where they get too deep", (_, text, place) => {
    expect(problemsOf(text)).toContain(`${place}: expected at most 32 levels of lists and maps, found more`);
  });

  test("a label may have 50 characters, as on GitHub, and no more", () => {
    expect(problemsOf(withLabel("x".repeat(50)))).toEqual([]);
    expect(problemsOf(withLabel("x".repeat(51)))).toEqual([
      `3:35: release.pull_request.labels[0]: expected a label of at most 50 characters, found "${"x".repeat(51)}"`,
    ]);
  });

  test("a long value is shown by its start", () => {
    const [problem] = problemsOf([...SERVER, `versioning: {scheme: ${"x".repeat(80)}}`].join("\n"));
    expect(problem).toBe(`3:22: versioning.scheme: expected \`semver\` or \`calver\`, found "${"x".repeat(59)}…`);
  });

  test("every problem names the file and is an error", () => {
    const result = readPlaybook("schema: 2", "other.yml");
    expect(result.ok ? [] : result.problems.map(({ path, severity }) => [path, severity])).toEqual([
      ["other.yml", "error"],
      ["other.yml", "error"],
    ]);
  });

  test.each([
    ["64 KB", `${"#".repeat(65_535)}\n`, "1:1: expected a playbook, found an empty file (start with `schema: 1`)"],
    ["a byte more", `${"#".repeat(65_536)}\n`, "null:null: expected a file of at most 64 KB, found a larger one (a playbook holds rules, not data)"],
    [
      "a byte more in letters of two bytes",
      `#${"ä".repeat(32_767)}#\n`,
      "null:null: expected a file of at most 64 KB, found a larger one (a playbook holds rules, not data)",
    ],
    ["a NUL", "schema: 1\0", "null:null: expected a text file, found a binary one"],
  ])("of a file of %s at most 64 KB of text are read", (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe("what a playbook leaves out has a default", () => {
  test("two keys are enough", () => {
    const { playbook, warnings } = read(...SERVER);
    expect(warnings).toEqual([]);
    expect(playbook.components).toEqual({ named: [{ name: "server", path: ".", owners: [], dependents: "leave" }], discover: null });
    expect(playbook.versioning).toMatchObject({
      scheme: "semver",
      source: "conventional-commits",
      noSignal: "ask",
      before1: { breaking: "minor", feature: "minor" },
      initial: null,
      files: [],
      support: null,
    });
    expect(playbook.changelog).toMatchObject({ file: null, style: "conventional", sections: { feat: "Features", fix: "Bug Fixes" } });
    expect(playbook.release.tag).toEqual({ name: "v{version}", annotated: false, signed: "no", message: null, ignore: [], moving: [] });
    expect(playbook.release).toMatchObject({ candidate: null, train: null, hotfix: null, cadence: {}, retrospective: false });
    expect(playbook.release).toMatchObject({ publish: "with-tag", mention: "nobody", notes: { edited: "keep" } });
    expect(playbook.notActedOn).toEqual([]);
  });

  test.each([
    ["one for the whole repository", "{server: {path: .}}", "", "v{version}", "release/{component}", "Release {component} {version}"],
    ["one in a folder", "{server: {path: server}}", "", "{component}-{version}", "release/{component}", "Release {component} {version}"],
    ["several", "{api: {path: api}, web: {path: web}}", "", "{component}-{version}", "release/{component}", "Release {component} {version}"],
    [
      "several in one pull request",
      "{api: {path: api}, web: {path: web}}",
      "release: {pull_request: {per: repository}}",
      "{component}-{version}",
      "release/next",
      "Release",
    ],
    ["discovered ones", "{discover: {glob: '*/Chart.yaml'}}", "", "{component}-{version}", "release/{component}", "Release {component} {version}"],
  ])("names of tags and branches fit the components: %s", (_, components, release, tag, branch, title) => {
    const { playbook } = read("schema: 1", `components: ${components}`, release);
    expect([playbook.release.tag.name, playbook.release.pullRequest.branch, playbook.release.pullRequest.title]).toEqual([tag, branch, title]);
  });

  test("the sections follow the style, and those that are given replace them", () => {
    expect(read(...SERVER, "changelog: {style: keep-a-changelog}").playbook.changelog.sections).toMatchObject({ feat: "Added", fix: "Fixed" });
    expect(read(...SERVER, "changelog: {style: keep-a-changelog, sections: {fix: Mended}}").playbook.changelog.sections).toEqual({ fix: "Mended" });
  });

  test("a train's tag is its name, a signed tag is annotated, one label list leaves the others alone", () => {
    const { playbook } = read(...SERVER, "release: {train: {name: '{yyyy}.{n}'}, tag: {signed: preferred}}", "versioning: {labels: {patch: [mend]}}");
    expect(playbook.release.train).toEqual({ name: "{yyyy}.{n}", tag: "{yyyy}.{n}", annotated: false, includes: "*" });
    expect(playbook.release.tag.annotated).toBe(true);
    expect(playbook.versioning.labels).toMatchObject({ patch: ["mend"], minor: expect.arrayContaining(["enhancement", "type:feature"]) });
  });
});

describe("what a playbook says is read as it is meant", () => {
  test("every kind of gate, with times in milliseconds", () => {
    const { playbook } = read(
      ...SERVER,
      "gates:",
      "  a: {check: test, when: {paths: 'db/**'}, soak: 1d, window: ['Sat-Mon 22:00-24:00 UTC', 'Tue 09:00-10:00 europe/berlin'], by: owners}",
      "  b: {approval: {role: owners, count: 2}}",
      "  c: {evidence: [login, dashboards]}",
      "  d: {no_open_issues: {milestone: current}}",
      "  e: {pull_request_labels: {one_of: ['type:*']}}",
      "  f: {paths_together: ['a/**', 'b/**']}",
      "  g: {forbid: {pattern: ':latest', paths: 'charts/**'}}",
      "  h: {require_yaml: {file: app.yaml, path: spec.automated, value: null, where: {kind: Application}}}",
      "  i: {freeze: [{from: 1970-01-02, to: 1970-01-03, except: [security]}]}",
    );
    const plain = { whenPaths: [], soakMs: null, windows: [], by: null };
    expect(playbook.gates).toEqual({
      a: {
        kind: "check",
        options: { names: ["test"], app: null },
        whenPaths: ["db/**"],
        soakMs: 86_400_000,
        windows: [
          { days: ["Mon", "Sat", "Sun"], fromMinute: 1320, toMinute: 1440, zone: "UTC" },
          { days: ["Tue"], fromMinute: 540, toMinute: 600, zone: "Europe/Berlin" },
        ],
        by: "owners",
      },
      b: { kind: "approval", options: { role: "owners", count: 2 }, ...plain },
      c: { kind: "evidence", options: { items: ["login", "dashboards"], each: "release" }, ...plain },
      d: { kind: "no_open_issues", options: { labels: [], milestone: "current", scope: [] }, ...plain },
      e: { kind: "pull_request_labels", options: { oneOf: ["type:*"] }, ...plain },
      f: { kind: "paths_together", options: { paths: ["a/**", "b/**"] }, ...plain },
      g: { kind: "forbid", options: { pattern: ":latest", paths: ["charts/**"] }, ...plain },
      h: { kind: "require_yaml", options: { file: "app.yaml", path: "spec.automated", value: null, where: { kind: "Application" } }, ...plain },
      i: {
        kind: "freeze",
        options: { periods: [{ from: 86_400_000, until: 259_200_000, zone: "UTC", reason: null, except: { policies: ["security"], labels: [] } }] },
        ...plain,
      },
    });
  });

  test.each([
    ["{check: required}", { names: ["required"], app: null }],
    ["{check: {names: build}}", { names: ["build"], app: null }],
    ["{check: {names: [build, 'test (*)'], app: github-actions}}", { names: ["build", "test (*)"], app: "github-actions" }],
    ["{evidence: {items: login}}", { items: ["login"], each: "release" }],
    ["{evidence: {items: [login, logout], each: push}}", { items: ["login", "logout"], each: "push" }],
    ["{no_open_issues: {labels: [blocker], scope: 'component:{component}'}}", { labels: ["blocker"], milestone: null, scope: ["component:{component}"] }],
    ["{no_open_issues: {scope: ['{component}', 'branch:{branch}']}}", { labels: [], milestone: null, scope: ["{component}", "branch:{branch}"] }],
  ])("the gate %s", (text, options) => {
    expect(read(...SERVER, `gates: {a: ${text}}`).playbook.gates["a"]?.options).toEqual(options);
  });

  // [how it is written, from, until, zone]
  test.each([
    ["from: 2026-12-19, to: 2027-01-03", "2026-12-19T00:00Z", "2027-01-04T00:00Z", "UTC"],
    ["from: 2026-12-19 18:00, to: 2027-01-03", "2026-12-19T18:00Z", "2027-01-04T00:00Z", "UTC"],
    ["from: 2026-12-19, to: 2026-12-19 06:00", "2026-12-19T00:00Z", "2026-12-19T06:00Z", "UTC"],
    ["from: 2026-12-19, to: 2027-01-03, zone: Europe/Berlin", "2026-12-18T23:00Z", "2027-01-03T23:00Z", "Europe/Berlin"],
    ["from: 2026-03-28 18:00, to: 2026-03-29 18:00, zone: europe/berlin", "2026-03-28T17:00Z", "2026-03-29T16:00Z", "Europe/Berlin"],
    ["from: 2026-03-29 02:30, to: 2026-10-25 02:30, zone: Europe/Berlin", "2026-03-29T01:30Z", "2026-10-25T00:30Z", "Europe/Berlin"],
  ])("a freeze {%s} holds from %s until %s, in %s", (text, from, until, zone) => {
    const gate = read(...SERVER, `gates: {a: {freeze: [{${text}}]}}`).playbook.gates["a"];
    expect(gate?.options).toEqual({ periods: [{ from: instant(from), until: instant(until), zone, reason: null, except: { policies: [], labels: [] } }] });
  });

  test("what a freeze does not hold", () => {
    const { playbook } = read(
      ...SERVER,
      "gates: {a: {freeze: [{from: 1970-01-01, to: 1970-01-01, reason: audit, except: {policies: [hotfix], labels: [freeze-exempt]}}, {from: 1970-01-01, to: 1970-01-01, except: {}}]}}",
    );
    const { options } = playbook.gates["a"] ?? {};
    const excepted = { policies: ["hotfix"], labels: ["freeze-exempt"] };
    expect(options).toMatchObject({
      periods: [
        { reason: "audit", except: excepted },
        { reason: null, except: { policies: [], labels: [] } },
      ],
    });
  });

  test("roles are people, teams and permissions", () => {
    const { playbook } = read(...SERVER, "roles: {lead: '@kim', sre: ['@acme/sre', maintain], all: triage}");
    expect(playbook.roles).toEqual({ lead: ["@kim"], sre: ["@acme/sre", "maintain"], all: ["triage"] });
  });

  test.each([
    ["", "Release desk"],
    ["release: {desk: true}", "Release desk"],
    ["release: {desk: false}", null],
    ["release: {desk: What is next}", "What is next"],
  ])("the desk of %j is %j", (text, desk) => {
    expect(read(...SERVER, text).playbook.release.desk).toBe(desk);
  });

  test("who may say a command", () => {
    expect(read(...SERVER, "roles: {steward: write}", "release: {commands: {hold: steward, override: owners}}").playbook.release.commands).toEqual({
      hold: "steward",
      override: "owners",
    });
    expect(read(...SERVER).playbook.release.commands).toEqual({});
  });

  test("policies that people choose have labels, and may share none", () => {
    const { playbook } = read(...SERVER, "policies: {security: {labels: [security, cve]}, hotfix: {labels: [hotfix]}, patch: {automatic: true}}");
    expect(playbook.policies).toEqual({
      security: { automatic: false, gates: [], labels: ["security", "cve"] },
      hotfix: { automatic: false, gates: [], labels: ["hotfix"] },
      patch: { automatic: true, gates: [], labels: [] },
    });
  });

  test("places of the version, of every kind", () => {
    const { playbook } = read(
      ...SERVER,
      "versioning:",
      "  files:",
      "    - {file: a.yaml, yaml: 'dependencies[name=utils].version'}",
      "    - {file: a.json, json: version}",
      "    - {file: a.toml, toml: project.version}",
      "    - {file: Makefile, regex: '^TAG \\?= (.*)$', value: 'v{version}'}",
      "    - {file: README.md, marker: x-version}",
    );
    expect(playbook.versioning.files).toEqual([
      { file: "a.yaml", value: "{version}", at: { by: "yaml", path: "dependencies[name=utils].version" } },
      { file: "a.json", value: "{version}", at: { by: "json", path: "version" } },
      { file: "a.toml", value: "{version}", at: { by: "toml", path: "project.version" } },
      { file: "Makefile", value: "v{version}", at: { by: "regex", pattern: "^TAG \\?= (.*)$" } },
      { file: "README.md", value: "{version}", at: { by: "marker", word: "x-version" } },
    ]);
  });

  test("what starts a workflow, and what puts a version somewhere", () => {
    const { playbook } = read(
      ...SERVER,
      "artifacts:",
      "  - {workflow: a.yml, trigger: tag}",
      "  - {workflow: b.yml, trigger: workflow_dispatch, ref: '{tag}'}",
      "  - {workflow: c.yml, trigger: repository_dispatch, event: build, inputs: {tag: '{tag}'}}",
      "environments:",
      "  - {name: staging, of: candidate, deploy: {workflow: d.yml}}",
      "  - {name: prod, after: staging, deploy: {manual: owners}, pin: {file: a.yaml, yaml: b}, soak: 6w}",
    );
    expect(playbook.artifacts.map(({ start }) => start)).toEqual([
      { trigger: "tag" },
      { trigger: "workflow_dispatch", ref: "{tag}", inputs: {} },
      { trigger: "repository_dispatch", event: "build", inputs: { tag: "{tag}" } },
    ]);
    expect(playbook.environments.map(({ name, after, of, deploy, pin, soakMs }) => ({ name, after, of, deploy, pin, soakMs }))).toEqual([
      {
        name: "staging",
        after: null,
        of: "candidate",
        deploy: { by: "workflow", workflow: "d.yml", ref: null, inputs: {}, timeoutMs: 21_600_000 },
        pin: null,
        soakMs: null,
      },
      {
        name: "prod",
        after: "staging",
        of: "release",
        deploy: { by: "people", role: "owners" },
        pin: { file: "a.yaml", yaml: "b", where: {}, value: "{version}" },
        soakMs: 3_628_800_000,
      },
    ]);
  });

  test("what steps after the tag are called, wait for and leave behind", () => {
    const { playbook } = read(
      ...SERVER,
      "artifacts:",
      "  - {workflow: ci-release.yaml, trigger: tag}",
      "  - {name: sbom, workflow: sbom.yml, trigger: workflow_dispatch, after: ci-release, timeout: 30m, assets: ['sbom-{version}.json']}",
      "  - {on: candidate, workflow: ci-release.yaml, trigger: tag}",
      "environments: [{name: qa, deploy: {workflow: qa.yml, timeout: 2h}}]",
      "communications: [{on: qa, to: chat, draft: true, template: .github/chat.md}, {on: release, to: chat, draft: true}]",
      "release: {publish: after-artifacts, mention: nobody, notes: {edited: append}, tag: {moving: 'v{major}'}}",
    );
    const steps = playbook.artifacts.map(({ on, name, after, timeoutMs, assets, makesTag }) => ({ on, name, after, timeoutMs, assets, makesTag }));
    const plain = { after: [], timeoutMs: 21_600_000, assets: [], makesTag: false };
    expect(steps).toEqual([
      { ...plain, on: "release", name: "ci-release" },
      { ...plain, on: "release", name: "sbom", after: ["ci-release"], timeoutMs: 1_800_000, assets: ["sbom-{version}.json"] },
      { ...plain, on: "candidate", name: "ci-release" },
    ]);
    expect(playbook.environments[0]?.deploy).toMatchObject({ timeoutMs: 7_200_000 });
    expect(playbook.communications.map(({ template }) => template)).toEqual([".github/chat.md", null]);
    expect(playbook.release).toMatchObject({ publish: "after-artifacts", mention: "nobody", notes: { edited: "append" }, tag: { moving: ["v{major}"] } });
  });

  test("a workflow that makes the tag", () => {
    const { playbook } = read(...SERVER, "artifacts: [{workflow: promote.yml, makes: tag, trigger: workflow_dispatch}]");
    expect(playbook.artifacts[0]?.makesTag).toBe(true);
  });

  test("a gate that nothing asks is a warning, but not while every gate holds", () => {
    const gates = "gates: {ci: {check: a}, smoke: {evidence: login}}";
    expect(read(...SERVER, gates).warnings).toEqual([]);
    const { playbook, warnings } = read(...SERVER, gates, "policies: {default: {gates: [ci]}}");
    expect(warnings.map((problem) => [problem.severity, told(problem)])).toEqual([
      ["warning", "3:25: gates.smoke: no policy and no environment asks this gate (name it in a policy, or delete it)"],
    ]);
    expect(Object.keys(playbook.gates)).toEqual(["ci", "smoke"]);
  });

  test("keys that nothing acts on yet are listed as they stand in the file", () => {
    const { playbook } = read(
      ...SERVER,
      "gates: {ci: {check: a}}",
      "release: {retrospective: true, tag: {ignore: x, annotated: false}, candidate: {for: [minor], tag: '{version}-rc{n}'}, hotfix: {branch: 'hotfix/{issue}'}}",
      "roles: {}",
      "versioning: {support: {}, scheme: semver}",
    );
    expect(playbook.notActedOn).toEqual(["release.candidate.for", "release.hotfix", "versioning.support"]);
  });
});

describe("examples", () => {
  test("five teams have one", () => {
    expect(examples).toEqual(["hmco.yml", "lakerunner.yml", "mirador-rca.yml", "opencadc-deployments.yml", "workload-variant-autoscaler.yml"]);
  });

  test.each(examples)("%s has no problem and no warning", (name) => {
    const result = readPlaybook(readFileSync(new URL(name, EXAMPLES), "utf8"), `examples/${name}`);
    expect(result.ok ? result.value.warnings : result.problems).toEqual([]);
  });

  test("the keys that the reference page shows make one playbook", () => {
    const { playbook, warnings } = read(stringify(EXAMPLE));
    expect(warnings).toEqual([]);
    const ofProduction = ["production/deployed", "production/healthy"];
    expect(Object.keys(playbook.gates)).toEqual([
      ...Object.keys(EXAMPLE.gates).filter((name) => name !== "healthy"),
      ...ofProduction,
      "announce/production: status page, operations chat",
    ]);
  });
});

describe("whatever the text is, reading it ends in a playbook or in problems with places", () => {
  const yamlish = fc.string({
    unit: fc.constantFrom(...Array.from("ab:-?[]{},#&*!|>'\"%@`~. \n\t0\\"), "schema: 1\n", "components", "<<", "---", "__proto__", "gates: "),
    maxLength: 200,
  });

  test("any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), yamlish), (text) => expect(flawOf(text)).toBeNull()),
      { numRuns: 1000 },
    );
  });

  afterAll(() => {
    if (FUZZ_RUNS !== undefined) stderr.write(`slowest of these playbooks: ${slowestMs.toFixed(1)} ms; the limit is 50 ms\n`);
  });

  const texts = [...examples.map((name) => readFileSync(new URL(name, EXAMPLES), "utf8")), stringify(EXAMPLE)];
  test("a playbook in which a piece was replaced", () => {
    const mutation = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.nat(4000),
      length: fc.nat(30),
      insert: fc.oneof(yamlish, fc.string({ maxLength: 5 })),
    });
    const mutated = mutation.map(({ text, at, length, insert }) => text.slice(0, at % text.length) + insert + text.slice((at % text.length) + length));
    fc.assert(
      fc.property(mutated, (text) => expect(flawOf(text)).toBeNull()),
      { numRuns: Number(FUZZ_RUNS ?? 200) },
    );
  });

  const ODD_VALUES = [
    "{x}",
    "..",
    "(a",
    "[",
    "2d",
    "owners",
    "",
    null,
    "constructor",
    "toString",
    "hold",
    "frozen",
    "no",
    "admin",
    "security",
    "{component}{branch}",
  ];
  const numbers = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, "0"));
  /** What looks like a day, a moment, a window or a zone, and may be one. */
  const momentish = fc
    .tuple(
      fc.constantFrom("2026-", "1970-", "9999-", "0000-", "Sat-Mon ", "Sun 00:00-", ""),
      numbers,
      fc.constantFrom("-", ":", ""),
      numbers,
      fc.constantFrom("", " 24:00", " 02:30", " UTC", " Europe/Berlin", " Europe/Belrin", " +01:00", " a/constructor", " Etc/GMT+14"),
    )
    .map((parts) => parts.join(""));
  test("a playbook in which any value was replaced by any other", () => {
    const values: readonly (readonly (string | number)[])[] = pathsOf(EXAMPLE);
    const replaced = fc.record({
      path: fc.constantFrom(...values),
      value: fc.oneof(fc.jsonValue(), fc.constantFrom(...ODD_VALUES), momentish),
    });
    fc.assert(
      fc.property(replaced, ({ path, value }) => expect(flawOf(stringify(withValue(EXAMPLE, path, value)))).toBeNull()),
      { numRuns: Number(FUZZ_RUNS ?? 200) },
    );
  });
});

/** For whoever looks with `npm run fuzz`: of each text the faster of two readings, since a machine may be busy. */
let slowestMs = 0;

/** What is wrong with the answer itself; null when it is sound. */
function flawOf(text: string): string | null {
  const result = readPlaybook(text, "p.yml");
  if (FUZZ_RUNS !== undefined) slowestMs = Math.max(slowestMs, Math.min(readingMs(text), readingMs(text)));
  const problems = result.ok ? result.value.warnings : result.problems;
  const lengths = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => line.length);
  const outside = problems.find(({ line, column }) => line !== null && (column === null || column < 1 || column > (lengths[line - 1] ?? -1) + 1));
  if (outside !== undefined) return `outside of the file: ${told(outside)}`;
  if (problems.some(({ line }, index) => index > 0 && (line ?? 0) < (problems[index - 1]?.line ?? 0))) return "not in file order";
  return !result.ok && problems.length === 0 ? "refused without a problem" : null;
}

function readingMs(text: string): number {
  const startedAt = performance.now();
  readPlaybook(text, "p.yml");
  return performance.now() - startedAt;
}

function pathsOf(value: unknown, above: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[...above]];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [[...above], ...keys.flatMap((key) => pathsOf(Reflect.get(value, key), [...above, key]))].filter((path) => path.length > 0);
}

function withValue(value: unknown, [key, ...rest]: readonly (string | number)[], replacement: unknown): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return replacement;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? withValue(item, rest, replacement) : item));
  return { ...value, [key]: withValue(Reflect.get(value, key), rest, replacement) };
}

describe("text that is no playbook is given up early, with the place where it went wrong", () => {
  test.each([
    ["a bracket that closes nothing", `schema: 1\n${"]".repeat(50_000)}`, /^2:1: not readable as YAML: a bracket closes what was never opened$/],
    ["more marks than a playbook has", `schema: 1\n${"{a,b}".repeat(10_000)}`, /^2:\d+: expected at most 20480 words and marks, found more$/],
  ])("%s", (_, text, expected) => {
    const result = readPlaybook(text, "p.yml");
    const found = result.ok ? [] : result.problems.map(({ line, column, message }) => `${String(line)}:${String(column)}: ${message}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });
});

test("short forms mean what their long forms mean", () => {
  const text = [
    "schema: 1",
    "components: {discover: {glob: 'charts/*/Chart.yaml', name: 'yaml:name'}}",
    "release: {milestone: close, hotfix: {branch: 'hotfix/{issue}', version: next-patch}, notes: {sections: [Known issues], highlights: required, latest: highest}}",
  ].join("\n");
  const result = readPlaybook(text, "p.yml");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const { components, release } = result.value.playbook;
  expect(components.discover?.name).toEqual({ yaml: "name" });
  expect(release).toMatchObject({
    milestone: { close: true, openNext: null },
    hotfix: { branch: "hotfix/{issue}", version: "next-patch" },
    notes: { sections: ["Highlights", "Known issues"], require: ["Highlights"], latest: "highest" },
  });
});
