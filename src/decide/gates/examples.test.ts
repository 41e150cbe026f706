// Every gate of the five teams' playbooks as they are in examples/, those that environments ask included: what people read
// while it keeps a release back, and what opens it.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { HOUR_MS, hostedWith, MINUTE_MS, NOON, peopleWith, pullRequestWith, reviewBy, shaOf, subjectWith } from "../../../test/fixtures/subject.ts";
import { type Facts, NOTHING_SAID } from "../../model/agreement.ts";
import type { Change } from "../../model/change.ts";
import type { GateReport } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { CommitCheck, FileState, OpenIssue } from "../../model/snapshot.ts";
import { readPlaybook } from "../../playbook/read.ts";
import { judgeLine } from "../agreement/judge-line.ts";
import { askedGate, type NamedGate, type Subject } from "./index.ts";
import { policyOf } from "./policy.ts";

const textOf = (name: string): string => readFileSync(new URL(`../../../examples/${name}.yml`, import.meta.url), "utf8");

function playbookFrom(text: string): Playbook {
  const read = readPlaybook(text, ".github/release-steward.yml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.playbook;
}

/** Who is who in each team. `write` is whoever may write. */
const PEOPLE = peopleWith({
  steward: ["kim"],
  operations: ["omar"],
  owners: ["sara"],
  lead: ["kim"],
  architects: ["ada"],
  oncall: ["olga"],
  maintainers: ["mo"],
  "team-lead": ["kim"],
  sre: ["sam"],
  write: ["lee"],
});

/** Gates that are asked with it: of its policy, or of the environment that names it. */
function askedWith(gate: string, { policies, environments }: Playbook): readonly string[] {
  const sets = [...Object.values(policies).map(({ gates }) => gates), ...environments.flatMap(({ gates, verify }) => [gates, verify])];
  return sets.find((one) => one.includes(gate)) ?? [];
}

function reportOf(gate: string, playbook: Playbook, change: Partial<Subject>): GateReport {
  const rules = { automatic: false, gates: askedWith(gate, playbook), labels: [] };
  const { report } = judgeLine(subjectWith({ playbook, people: PEOPLE, policy: { name: null, rules }, ...change }));
  const found = report.gates.find((one) => one.gate === gate);
  if (found === undefined) throw new Error(`${gate} was not asked`);
  return found;
}

const checks = (...names: readonly string[]): Partial<Subject> => checked(names.map((name) => [name, "passed"]));
const checked = (states: readonly (readonly [string, CommitCheck["state"]])[]): Partial<Subject> => {
  const value = states.map(([name, state]) => ({ name, app: { slug: "github-actions", id: 15_368 }, state, says: state, url: null, startedAt: NOON }));
  return { hosted: hostedWith({ commitChecks: new Map([[shaOf("a"), { ok: true, value }]]) }) };
};
const NO_CHECK = checked([]);
const failing = (name: string): Partial<Subject> => checked([[name, "failed"]]);

const facts = (change: Partial<Facts>): Partial<Subject> => ({ facts: { ...NOTHING_SAID, ...change } });
/** Each `step` with something to look at. */
const showed = (by: string, ...steps: readonly string[]): Partial<Subject> =>
  facts({ evidence: steps.map((step) => ({ step, by, at: NOON - MINUTE_MS, url: "https://github.test/c", link: "https://example.org/run" })) });
const ticked = (by: string, gate: string, item: string, at = NOON - MINUTE_MS): Partial<Subject> => facts({ ticks: [{ gate, item, by, at }] });
const NOTHING: Partial<Subject> = {};

const reviewed = (...logins: readonly string[]): Partial<Subject> => ({ pullRequest: pullRequestWith({ reviews: logins.map((login) => reviewBy(login)) }) });

const issue = (number: number, title: string, change: Partial<OpenIssue> = {}): OpenIssue => ({
  number,
  title,
  url: `https://github.test/acme/app/issues/${String(number)}`,
  labels: [],
  milestone: null,
  assignees: ["lee"],
  createdAt: NOON - 72 * HOUR_MS,
  ...change,
});
/** `null`: the label was deleted. */
const labelled = (issues: Readonly<Record<string, readonly OpenIssue[] | null>>, titles: readonly string[] = []): Partial<Subject> => ({
  hosted: hostedWith({
    labelled: new Map(Object.entries(issues).map(([label, some]) => [label, { ok: true, value: { exists: some !== null, issues: some ?? [] } }])),
    milestones: { ok: true, value: titles.map((title, number) => ({ number, title, dueOn: null, issues: [] })) },
  }),
});

const carrying = (...labels: readonly string[]): Partial<Subject> => {
  const change: Change = {
    sha: shaOf("c"),
    subject: "feat: mount",
    description: "mount",
    type: "feat",
    scope: null,
    isBreaking: false,
    breakingNotes: [],
    effect: "minor",
    because: "feature",
    pullRequest: { number: 12, title: "feat: mount", labels, author: "lee" },
    paths: [],
  } as unknown as Change;
  return { changes: [change] };
};

const files = (texts: Readonly<Record<string, string>>): Partial<Subject> => ({
  tree: new Set(Object.keys(texts)),
  file: (path): FileState => {
    const text = texts[path];
    return text === undefined ? { is: "missing" } : { is: "text", text };
  },
});
const touching = (...paths: readonly string[]): Partial<Subject> => ({ paths });
const MIGRATION = touching("lrdb/migrations/0042_index.up.sql");

const PROD = "environments/prod/argocd-applications.yaml";
const application = (automated: string): string => `kind: Application\nspec: {syncPolicy: {automated: ${automated}}}\n`;

type Situation = readonly [title: string, gate: string, change: Partial<Subject>, state: GateReport["state"], because: string, next: string | null];

const TEAMS: Readonly<Record<string, readonly Situation[]>> = {
  "opencadc-deployments": [
    ["no linter has reported yet [C-15]", "ci", NO_CHECK, "unknown", "`checks` has not reported on aaaaaaa", "wait for it, or correct its name in `gates.ci`: no check has reported there yet"],
    ["a linter failed [C-15]", "ci", failing("checks"), "closed", "`checks` failed on aaaaaaa", "fix or re-run it"],
    ["the linters passed [C-15]", "ci", checks("checks"), "open", "1 check green on aaaaaaa", null],
    ["a pull request that does not say what it is [C-13]", "labels", carrying(), "closed", "#12 carries none of `type:*`, `documentation` and `breaking-change`", "label #12 with one of `type:*`, `documentation` or `breaking-change`"],
    ["one that says two things [C-13]", "labels", carrying("type:fix", "type:feature"), "closed", "#12 carries `type:fix` and `type:feature` at once", "keep one of `type:fix` and `type:feature` on #12"],
    ["one that says it [C-13]", "labels", carrying("type:feature"), "open", "1 pull request labelled as wanted", null],
    ["a label that nobody can use any more [C-16]", "blockers", labelled({ "release-blocker": [], "production-impact": null }), "unknown", "the label `production-impact` does not exist here any more: nothing can carry it", "create it, or correct `gates.blockers`"],
    ["an open blocker [C-16]", "blockers", labelled({ "release-blocker": [issue(7, "mounts hang")], "production-impact": [] }), "closed", '#7 "mounts hang", 3 days, @lee', "close it, take the label off, or say `/release defer #7 <reason>`"],
    ["none, or deferred ones only [C-16]", "blockers", { ...labelled({ "release-blocker": [issue(7, "mounts hang")], "production-impact": [] }), ...facts({ deferred: [{ issue: 7, reason: "rare", by: "kim", at: NOON, url: "" }] }) }, "open", "no open issue carries `release-blocker` or `production-impact`", null],
    ["nobody compared the values", "values", NOTHING, "closed", "nobody has confirmed", "tick it in the checklist, or say `/release evidence values <link>`"],
    ["somebody did, before the last push", "values", ticked("sara", "values", "Overlays and Helm values match the intended rollout", NOON - 3 * HOUR_MS), "closed", "@sara's tick of `values` fell with the push of 2026-11-21 10:00 UTC", "tick it in the checklist, or say `/release evidence values <link>`"],
    ["an owner did", "values", ticked("sara", "values", "Overlays and Helm values match the intended rollout"), "open", "@sara confirmed", null],
    ["no steward has looked [C-23]", "stewarded", NOTHING, "closed", "nobody of steward has approved yet", "approve the pull request (@kim of steward)"],
    ["an owner is no steward [C-23]", "stewarded", reviewed("sara"), "closed", "nobody of steward has approved yet", "approve the pull request (@kim of steward)"],
    ["a steward has approved [C-23]", "stewarded", reviewed("kim"), "open", "@kim approved `aaaaaaa`", null],
    ["no owner has looked [C-06]", "owned", reviewed("kim"), "closed", "nobody of the owners has approved yet", "approve the pull request (@sara of the owners)"],
    ["an owner has approved [C-06]", "owned", reviewed("kim", "sara"), "open", "@sara approved `aaaaaaa`", null],
    ["nothing was tried in staging [C-30]", "smoke", NOTHING, "closed", "0 of 4 confirmed", "tick each in the checklist, or say `/release evidence login <link>`"],
    ["half of it was [C-30]", "smoke", showed("omar", "login", "storage access"), "closed", "2 of 4 confirmed", "tick the rest in the checklist, or say `/release evidence workload <link>`"],
    ["all of it was [C-30]", "smoke", showed("omar", "login", "storage access", "workload scheduling", "monitoring dashboards"), "open", "4 of 4 confirmed", null],
  ],
};

describe.each(Object.entries(TEAMS))("%s", (name, situations) => {
  const playbook = playbookFrom(textOf(name));
  test.each(situations)("%s: %s", (_title, gate, change, state, because, next) => {
    const found = reportOf(gate, playbook, change);
    expect([found.state, found.because, found.next]).toEqual([state, because, next]);
  });
  test("every gate is here, closed first and then open", () => {
    const states = (gate: string): readonly string[] => situations.flatMap(([, one, , state]) => (one === gate ? [state] : []));
    for (const gate of Object.keys(playbook.gates)) {
      expect([gate, states(gate)[0], states(gate).at(-1)]).toEqual([gate, expect.not.stringMatching("open"), "open"]);
    }
  });
});
