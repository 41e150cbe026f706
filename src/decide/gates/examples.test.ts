// Every gate of the five teams' playbooks as they are in examples/, those that environments ask included: what people read
// while it keeps a release back, and what opens it.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { HOUR_MS, hostedWith, MINUTE_MS, NOON, peopleWith, pullRequestWith, reviewBy, shaOf, subjectWith } from "../../../test/fixtures/subject.ts";
import { type Facts, NOTHING_SAID } from "../../model/agreement.ts";
import type { GateReport } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { CommitCheck, FileState, OpenIssue } from "../../model/snapshot.ts";
import { readPlaybook } from "../../playbook/read.ts";
import { judgeLine } from "../agreement/judge-line.ts";
import { bareChange } from "../changes/bare-change.ts";
import type { Subject } from "./index.ts";
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

/** Of those that are asked with it, only approvals matter to each other: they want distinct people. */
function askedWith(gate: string, { gates, policies, environments }: Playbook): readonly string[] {
  if (gates[gate]?.kind !== "approval") return [gate];
  const sets = [...environments.map((one) => one.gates), ...Object.values(policies).map((one) => one.gates)];
  return (sets.find((one) => one.includes(gate)) ?? []).filter((one) => gates[one]?.kind === "approval");
}

/** The name of an environment's gate, of its first environment when there are several. */
function nameIn({ gates }: Playbook, gate: string): string {
  return Object.keys(gates).find((name) => name.endsWith(`/${gate}`)) ?? gate;
}

function reportOf(bareName: string, playbook: Playbook, change: Partial<Subject>): GateReport {
  const gate = nameIn(playbook, bareName);
  const rules = { automatic: false, gates: askedWith(gate, playbook), labels: [] };
  const { report } = judgeLine(subjectWith({ playbook, people: PEOPLE, policy: { name: null, rules }, ...change }));
  const found = report.gates.find((one) => one.gate === gate);
  if (found === undefined) throw new Error(`${gate} was not asked`);
  return found;
}

const checks = (...names: readonly string[]): Partial<Subject> => checked(names.map((name) => [name, "passed"]));
const checked = (states: readonly (readonly [string, CommitCheck["state"]])[]): Partial<Subject> => {
  const value = states.map(([name, state]) => ({
    name,
    app: { slug: "github-actions", id: 15_368 },
    suite: 1,
    state,
    says: state,
    url: null,
    startedAt: NOON,
  }));
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

const carrying = (...labels: readonly string[]): Partial<Subject> => ({
  changes: [{ ...bareChange(shaOf("c"), "feat: mount"), pullRequest: { number: 12, title: "feat: mount", labels, author: "lee" } }],
});

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

const tickIt = (gate: string): string => `tick it in the checklist, or say \`/release evidence ${gate} <link>\``;
const generateAgain = (glob: string): string => `bring \`${glob}\` up to date with it: if they are generated, generate them again`;
const nothingThere = (gate: string): string => `wait for it, or correct its name in \`gates.${gate}\`: no check has reported there yet`;

type Situation = readonly [title: string, gate: string, change: Partial<Subject>, state: GateReport["state"], because: string, next: string | null];

const TEAMS: Readonly<Record<string, readonly Situation[]>> = {
  "opencadc-deployments": [
    ["no linter has reported yet [C-15]", "ci", NO_CHECK, "unknown", "`checks` has not reported on aaaaaaa", nothingThere("ci")],
    ["a linter failed [C-15]", "ci", failing("checks"), "closed", "`checks` failed on aaaaaaa", "fix or re-run it"],
    ["the linters passed [C-15]", "ci", checks("checks"), "open", "1 check green on aaaaaaa", null],
    [
      "a pull request that does not say what it is [C-13]",
      "labels",
      carrying(),
      "closed",
      "#12 carries none of `type:*`, `documentation` and `breaking-change`",
      "label #12 with one of `type:*`, `documentation` or `breaking-change`",
    ],
    [
      "a pull request that says two things [C-13]",
      "labels",
      carrying("type:feature", "type:enhancement"),
      "closed",
      "#12 carries `type:feature` and `type:enhancement` at once",
      "keep one of `type:feature` and `type:enhancement` on #12",
    ],
    ["a pull request that says what it is [C-13]", "labels", carrying("type:feature"), "open", "1 pull request labelled as wanted", null],
    [
      "a label that nobody can use any more [C-16]",
      "blockers",
      labelled({ "release-blocker": [], "production-impact": null }),
      "unknown",
      "the label `production-impact` does not exist here any more: nothing can carry it",
      "create it, or correct `gates.blockers`",
    ],
    [
      "an open blocker [C-16]",
      "blockers",
      labelled({ "release-blocker": [issue(7, "mounts hang")], "production-impact": [] }),
      "closed",
      '#7 "mounts hang", 3 days, @lee',
      "close it, take the label off, or say `/release defer #7 <reason>`",
    ],
    [
      "deferred blockers only [C-16]",
      "blockers",
      {
        ...labelled({ "release-blocker": [issue(7, "mounts hang")], "production-impact": [] }),
        ...facts({ deferred: [{ issue: 7, reason: "rare", by: "kim", at: NOON, url: "" }] }),
      },
      "open",
      "no open issue carries `release-blocker` or `production-impact`",
      null,
    ],
    ["nobody compared the values", "values", NOTHING, "closed", "nobody has confirmed", tickIt("values")],
    [
      "somebody did, before the last push",
      "values",
      ticked("sara", "values", "Overlays and Helm values match the intended rollout", NOON - 3 * HOUR_MS),
      "closed",
      "@sara's tick of `values` fell with the push of 2026-11-21 10:00 UTC",
      tickIt("values"),
    ],
    ["an owner did", "values", ticked("sara", "values", "Overlays and Helm values match the intended rollout"), "open", "@sara confirmed", null],
    ["no steward has looked [C-23]", "stewarded", NOTHING, "closed", "nobody of steward has approved yet", "approve the pull request (@kim of steward)"],
    [
      "an owner is no steward [C-23]",
      "stewarded",
      reviewed("sara"),
      "closed",
      "nobody of steward has approved yet",
      "approve the pull request (@kim of steward)",
    ],
    ["a steward has approved [C-23]", "stewarded", reviewed("kim"), "open", "@kim approved `aaaaaaa`", null],
    [
      "no owner has looked [C-06]",
      "owned",
      reviewed("kim"),
      "closed",
      "nobody of the owners has approved yet",
      "approve the pull request (@sara of the owners)",
    ],
    ["an owner has approved [C-06]", "owned", reviewed("kim", "sara"), "open", "@sara approved `aaaaaaa`", null],
    [
      "nothing was tried in staging [C-30]",
      "smoke",
      NOTHING,
      "closed",
      "0 of 4 confirmed",
      "tick each in the checklist, or say `/release evidence staging/login <link>`",
    ],
    [
      "half of the smoke tests were done [C-30]",
      "smoke",
      showed("omar", "staging/login", "staging/storage access"),
      "closed",
      "2 of 4 confirmed",
      "tick the rest in the checklist, or say `/release evidence staging/workload <link>`",
    ],
    [
      "all smoke tests were done [C-30]",
      "smoke",
      showed("omar", "staging/smoke: login", "staging/storage", "staging/workload", "staging/monitoring"),
      "open",
      "4 of 4 confirmed",
      null,
    ],
  ],
  lakerunner: [
    [
      "no Go version has reported [L-09]",
      "tests",
      NO_CHECK,
      "unknown",
      "`test (*)` and `integration-test (*)` have not reported on aaaaaaa",
      nothingThere("tests"),
    ],
    [
      "tests of one Go version failed [L-39]",
      "tests",
      checked([
        ["test (1.24.x)", "failed"],
        ["test (1.25.x)", "passed"],
        ["integration-test (1.25.x)", "passed"],
      ]),
      "closed",
      "`test (1.24.x)` failed on aaaaaaa",
      "fix or re-run it",
    ],
    [
      "the integration tests are missing [L-12]",
      "tests",
      checks("test (1.24.x)", "test (1.25.x)"),
      "unknown",
      "`integration-test (*)` has not reported on aaaaaaa",
      "wait for it, or correct its name in `gates.tests`: the checks there are `test (1.24.x)` and `test (1.25.x)`",
    ],
    [
      "tests of all Go versions passed [L-09]",
      "tests",
      checks("test (1.24.x)", "test (1.25.x)", "integration-test (1.25.x)"),
      "open",
      "3 checks green on aaaaaaa",
      null,
    ],
    [
      "a migration was changed after it was merged [L-13, L-41]",
      "migrations",
      { ...MIGRATION, ...failing("Check Migration File Integrity") },
      "closed",
      "`Check Migration File Integrity` failed on aaaaaaa",
      "fix or re-run it",
    ],
    [
      "migrations are as they were [L-13, L-41]",
      "migrations",
      { ...MIGRATION, ...checks("Check Migration File Integrity") },
      "open",
      "1 check green on aaaaaaa",
      null,
    ],
    ["nobody looked at security [L-14, L-20]", "security", NOTHING, "closed", "nobody has confirmed", tickIt("security")],
    [
      "somebody else than the lead looked at security [L-14, L-40]",
      "security",
      showed("olga", "security"),
      "closed",
      "@olga's evidence for `security` does not count: it needs lead (@kim)",
      tickIt("security"),
    ],
    ["the lead showed the security scan [L-14, L-20, L-40]", "security", showed("kim", "security"), "open", "@kim confirmed: https://example.org/run", null],
    ["nobody put load on the candidate [L-19]", "load", NOTHING, "closed", "nobody has confirmed", tickIt("load")],
    ["the lead showed the load test [L-19]", "load", showed("kim", "load"), "open", "@kim confirmed: https://example.org/run", null],
    ["the suite has not run against staging [L-17, L-24]", "staged", NOTHING, "closed", "nobody has confirmed", tickIt("staged")],
    ["the suite has run against staging [L-17, L-24, L-54]", "staged", showed("kim", "staged"), "open", "@kim confirmed: https://example.org/run", null],
    ["no customer has tried it [L-18]", "customers", NOTHING, "closed", "nobody has confirmed", tickIt("customers")],
    ["a customer has tried it [L-18]", "customers", ticked("kim", "customers", "Customer or internal validation"), "open", "@kim confirmed", null],
    ["the database has no backup [L-03]", "backup", MIGRATION, "closed", "nobody has confirmed", tickIt("backup")],
    ["the database has a backup [L-03]", "backup", { ...MIGRATION, ...showed("olga", "backup") }, "open", "@olga confirmed: https://example.org/run", null],
    [
      "the lead has not approved a minor release [L-45]",
      "led",
      NOTHING,
      "closed",
      "nobody of lead has approved yet",
      "approve the pull request (@kim of lead)",
    ],
    ["the lead has approved a minor release [L-45]", "led", reviewed("kim"), "open", "@kim approved `aaaaaaa`", null],
    [
      "no architect has looked at a major release [L-46]",
      "designed",
      reviewed("kim"),
      "closed",
      "@kim approved `aaaaaaa`, which does not count here: it needs architects (@ada)",
      "approve the pull request (@ada of architects)",
    ],
    ["an architect has approved a major release [L-46]", "designed", reviewed("ada"), "open", "@ada approved `aaaaaaa`", null],
    ["customers were not told [L-04, L-46]", "notified", NOTHING, "closed", "nobody has confirmed", tickIt("notified")],
    ["customers were told, with a guide [L-04, L-46]", "notified", showed("kim", "notified"), "open", "@kim confirmed: https://example.org/run", null],
    [
      "nobody watches production [L-29, L-31]",
      "healthy",
      NOTHING,
      "closed",
      "0 of 4 confirmed",
      "tick each in the checklist, or say `/release evidence error <link>`",
    ],
    [
      "three of four measures are within bounds [L-32, L-53]",
      "healthy",
      showed("olga", "error", "response", "database"),
      "closed",
      "3 of 4 confirmed",
      "tick the rest in the checklist, or say `/release evidence support <link>`",
    ],
    [
      "all measures are within bounds, for an hour [L-35]",
      "healthy",
      { ...showed("olga", "error", "response", "database", "support"), openSince: { "production/healthy": NOON - HOUR_MS } },
      "waiting",
      "4 of 4 confirmed; counts when it is still so Sun 11:00 UTC",
      null,
    ],
    [
      "all measures are within bounds, for a day [L-35, L-53, L-55]",
      "healthy",
      { ...showed("olga", "error", "response", "database", "support"), openSince: { "production/healthy": NOON - 24 * HOUR_MS } },
      "open",
      "4 of 4 confirmed",
      null,
    ],
  ],
  "mirador-rca": [
    ["main is not green [M-02]", "green", failing("govulncheck"), "closed", "`govulncheck` failed on aaaaaaa", "fix or re-run it"],
    [
      "one check is not configured any more [M-02]",
      "green",
      checks("lint", "test", "govulncheck"),
      "unknown",
      "`helm` has not reported on aaaaaaa",
      "wait for it, or correct its name in `gates.green`: the checks there are `govulncheck`, `lint` and `test`",
    ],
    ["main is green [M-02]", "green", checks("lint", "test", "helm", "govulncheck"), "open", "4 checks green on aaaaaaa", null],
    ["nothing ran in staging [M-03]", "staging", NOTHING, "closed", "nobody has confirmed", tickIt("staging")],
    ["integration tests ran in staging [M-03]", "staging", showed("mo", "staging"), "open", "@mo confirmed: https://example.org/run", null],
    [
      "an incident is open [M-04]",
      "incidents",
      labelled({ incident: [issue(9, "cache misses")] }),
      "closed",
      '#9 "cache misses", 3 days, @lee',
      "close it, take the label off, or say `/release defer #9 <reason>`",
    ],
    ["no incident is open [M-04]", "incidents", labelled({ incident: [] }), "open", "no open issue carries `incident`", null],
    ["runbooks were not looked at", "docs", NOTHING, "closed", "nobody has confirmed", tickIt("docs")],
    ["they were", "docs", showed("mo", "docs"), "open", "@mo confirmed: https://example.org/run", null],
    [
      "a contract changed alone [M-07]",
      "generated",
      touching("internal/grpc/proto/rca.proto"),
      "closed",
      "`internal/grpc/proto/rca.proto` changed, and nothing in `internal/grpc/generated/**`",
      generateAgain("internal/grpc/generated/**"),
    ],
    [
      "a contract changed with what is generated from it [M-07]",
      "generated",
      touching("internal/grpc/generated/rca.pb.go", "internal/grpc/proto/rca.proto"),
      "open",
      "`internal/grpc/proto/**` and `internal/grpc/generated/**` changed together",
      null,
    ],
    [
      "no digest is known",
      "image",
      NOTHING,
      "closed",
      "0 of 2 confirmed",
      'tick each in the checklist, or say `/release evidence "digest of the signed" <link>`',
    ],
    ["both are", "image", showed("mo", "digest of the signed image", "digest of the chart"), "open", "2 of 2 confirmed", null],
    ["nobody tried the canary [M-17]", "smoke", NOTHING, "closed", "0 of 3 confirmed", "tick each in the checklist, or say `/release evidence grpcurl <link>`"],
    ["somebody called it and saw the cache [M-17]", "smoke", showed("mo", "grpcurl", "GetPatterns", "cache"), "open", "3 of 3 confirmed", null],
    ["what was quiet somewhere else [M-16]", "quiet", showed("mo", "production/quiet"), "closed", "nobody has confirmed", tickIt("canary/quiet")],
    ["nobody watches the budget [M-16, M-20]", "quiet", NOTHING, "closed", "nobody has confirmed", tickIt("canary/quiet")],
    [
      "it is quiet, for a minute [M-16]",
      "quiet",
      showed("mo", "canary/quiet"),
      "waiting",
      "@mo confirmed: https://example.org/run; counts when it is still so Sat 12:30 UTC",
      null,
    ],
    [
      "it has been quiet for half an hour [M-16, M-20]",
      "quiet",
      { ...showed("mo", "canary/quiet"), openSince: { "canary/quiet": NOON - 30 * MINUTE_MS } },
      "open",
      "@mo confirmed: https://example.org/run",
      null,
    ],
  ],
  "workload-variant-autoscaler": [
    ["tests have not run [W-14, W-23]", "tests", NO_CHECK, "unknown", "`lint-and-test` has not reported on aaaaaaa", nothingThere("tests")],
    ["tests are running [W-23]", "tests", checked([["lint-and-test", "running"]]), "waiting", "`lint-and-test` is still running on aaaaaaa", null],
    ["tests or linters failed [W-14, W-16]", "tests", failing("lint-and-test"), "closed", "`lint-and-test` failed on aaaaaaa", "fix or re-run it"],
    ["tests and linters passed [W-14, W-16, W-23]", "tests", checks("lint-and-test"), "open", "1 check green on aaaaaaa", null],
    [
      "no milestone is the one of this release",
      "milestone",
      labelled({ blocking: [] }, ["v1.4.0"]),
      "unknown",
      "no open milestone names 1.3.0",
      "open one whose title names `1.3.0`, or correct `gates.milestone`: open are `v1.4.0`",
    ],
    [
      "something blocks it",
      "milestone",
      labelled({ blocking: [issue(4, "scales twice", { milestone: "v1.3.0" }), issue(5, "later", { milestone: "v1.4.0" })] }, ["v1.3.0", "v1.4.0"]),
      "closed",
      '#4 "scales twice", 3 days, @lee',
      "close it, take the label off, or say `/release defer #4 <reason>`",
    ],
    [
      "nothing does",
      "milestone",
      labelled({ blocking: [issue(5, "later", { milestone: "v1.4.0" })] }, ["v1.3.0", "v1.4.0"]),
      "open",
      "no open issue carries `blocking` in milestone `v1.3.0`",
      null,
    ],
    [
      "a definition of a resource changed, and its copy in the chart did not [W-17]",
      "crds",
      touching("config/crd/bases/variant.yaml"),
      "closed",
      "`config/crd/bases/variant.yaml` changed, and nothing in `charts/workload-variant-autoscaler/crds/**`",
      generateAgain("charts/workload-variant-autoscaler/crds/**"),
    ],
    [
      "no definition of a resource changed [W-17]",
      "crds",
      touching("internal/engine.go"),
      "open",
      "nothing changed in `config/crd/bases/**` and `charts/workload-variant-autoscaler/crds/**`",
      null,
    ],
    ["nobody looked at the documentation", "docs", NOTHING, "closed", "nobody has confirmed", tickIt("docs")],
    ["a maintainer did", "docs", showed("mo", "docs"), "open", "@mo confirmed: https://example.org/run", null],
    [
      "a maintainer asks for changes [W-25]",
      "reviewed",
      { pullRequest: pullRequestWith({ reviews: [reviewBy("mo", { state: "changes-requested" })] }) },
      "closed",
      "@mo asked for changes on `aaaaaaa`",
      "ask @mo to look again, or dismiss that review",
    ],
    ["a maintainer has approved [W-24]", "reviewed", reviewed("mo"), "open", "@mo approved `aaaaaaa`", null],
    ["nobody installed it on a clean cluster [W-34]", "installed", NOTHING, "closed", "nobody has confirmed", tickIt("installed")],
    ["a maintainer installed it on a clean cluster [W-34]", "installed", showed("mo", "installed"), "open", "@mo confirmed: https://example.org/run", null],
  ],
  hmco: [
    ["a chart is not valid [H-12, H-38]", "ci", failing("Helm Chart Validation"), "closed", "`Helm Chart Validation` failed on aaaaaaa", "fix or re-run it"],
    [
      "everything was validated [H-12, H-38]",
      "ci",
      checks("Kubernetes Manifest Validation", "Helm Chart Validation", "SBOM Generation and Signing", "End-to-End Tests"),
      "open",
      "4 checks green on aaaaaaa",
      null,
    ],
    [
      "an image floats [H-35]",
      "pinned",
      files({ "helm/charts/vault/values.yaml": "image:\n  tag: latest\n" }),
      "closed",
      "1 line holds what is forbidden: `helm/charts/vault/values.yaml:2:3`",
      "correct it, or the pattern in `gates.pinned`",
    ],
    [
      "every image is pinned [H-35]",
      "pinned",
      files({ "helm/charts/vault/values.yaml": "image:\n  tag: 1.17.2\n" }),
      "open",
      "nothing forbidden in 1 file",
      null,
    ],
    [
      "production would be synced by itself [H-17]",
      "manual-sync",
      files({ [PROD]: application("{prune: true}") }),
      "closed",
      `\`${PROD}:2:32\`: expected null or nothing at \`spec.syncPolicy.automated\`, found a mapping`,
      "remove `spec.syncPolicy.automated` there, or set it to null",
    ],
    [
      "the file of production is gone [H-17]",
      "manual-sync",
      files({}),
      "unknown",
      `\`${PROD}\` is missing`,
      "put a YAML file there, or correct `file` in `gates.manual-sync`",
    ],
    [
      "production is synced by people [H-17]",
      "manual-sync",
      files({ [PROD]: application("null") }),
      "open",
      `\`spec.syncPolicy.automated\` is null in 1 document of \`${PROD}\``,
      null,
    ],
    [
      "only the operators approved production [H-22, H-37]",
      "led",
      reviewed("sam"),
      "closed",
      "nobody of team-lead has approved yet",
      "approve the pull request (@kim of team-lead)",
    ],
    ["the lead approved production [H-20, H-22, H-37]", "led", reviewed("sam", "kim"), "open", "@kim approved `aaaaaaa`", null],
    [
      "only the lead approved production [H-22, H-37]",
      "operated",
      reviewed("kim"),
      "closed",
      "nobody of sre has approved yet",
      "approve the pull request (@sam of sre)",
    ],
    ["an operator approved production [H-20, H-22, H-37]", "operated", reviewed("kim", "sam"), "open", "@sam approved `aaaaaaa`", null],
    ["nobody told whoever is on call", "oncall", NOTHING, "closed", "nobody has confirmed", tickIt("oncall")],
    ["somebody did", "oncall", showed("sam", "oncall"), "open", "@sam confirmed: https://example.org/run", null],
    ["there is no way back", "way-back", NOTHING, "closed", "nobody has confirmed", tickIt("way-back")],
    ["there is one", "way-back", showed("kim", "way-back"), "open", "@kim confirmed: https://example.org/run", null],
    ["it was not synced", "synced", NOTHING, "closed", "nobody has confirmed", tickIt("synced")],
    ["an operator synced it", "synced", showed("sam", "synced"), "open", "@sam confirmed: https://example.org/run", null],
  ],
};

describe.each(Object.entries(TEAMS))("%s", (name, situations) => {
  const playbook = playbookFrom(textOf(name));
  test.each(situations)("%s: %s", (_title, gate, change, state, because, next) => {
    const found = reportOf(gate, playbook, change);
    expect([found.state, found.because, found.next]).toEqual([state, because, next]);
  });
  test("every gate is here, closed first and then open", () => {
    const byGate = Map.groupBy(situations, ([, gate]) => gate);
    for (const gate of Object.keys(playbook.gates)) {
      if (gate.endsWith("/deployed") || gate.startsWith("announce/")) continue;
      const states = byGate.get(gate.slice(gate.indexOf("/") + 1))?.map(([, , , state]) => state) ?? [];
      expect([gate, states[0], states.at(-1)]).toEqual([gate, expect.not.stringMatching("open"), "open"]);
    }
  });
});

describe("which gates a release is asked", () => {
  test.each([
    ["a patch asks nobody [L-01, L-02, L-44]", "lakerunner", "patch", "release", true, ["tests", "migrations"]],
    ["a minor release asks the lead [L-03, L-45]", "lakerunner", "minor", "release", false, ["tests", "migrations", "security", "load", "customers", "led"]],
    [
      "a major one never goes by itself [L-04, L-46]",
      "lakerunner",
      "major",
      "release",
      false,
      ["tests", "migrations", "security", "load", "customers", "designed", "notified"],
    ],
    ["a hotfix asks the tests and one approval [L-59, L-60]", "lakerunner", "patch", "hotfix", false, ["tests", "migrations", "led"]],
    ["a hotfix asks a maintainer and no milestone", "workload-variant-autoscaler", "patch", "hotfix", false, ["tests", "reviewed"]],
    ["a way back asks the operators", "hmco", "patch", "rollback", false, ["ci", "operated"]],
    [
      "a chart asks the same whatever changed [C-23]",
      "opencadc-deployments",
      "patch",
      "release",
      false,
      ["ci", "labels", "blockers", "values", "stewarded", "owned"],
    ],
    ["a first release is asked all of it", "mirador-rca", null, "release", false, ["green", "staging", "incidents", "docs", "generated"]],
  ] as const)("%s: %s", (_title, name, bump, kind, isAutomatic, gates) => {
    const { rules } = policyOf(playbookFrom(textOf(name)), { bump, kind, changes: [] });
    expect([rules.automatic, rules.gates]).toEqual([isAutomatic, gates]);
  });

  test.each([
    ["without a migration neither its check nor a backup is asked [L-07]", touching("cmd/main.go"), []],
    ["with a migration its check and a backup are asked [L-03, L-07]", MIGRATION, ["migrations", "production/backup"]],
  ] as const)("%s", (_title, change, expected) => {
    const playbook = playbookFrom(textOf("lakerunner"));
    const rules = { automatic: false, gates: ["migrations", "production/backup"], labels: [] };
    const { report } = judgeLine(subjectWith({ playbook, people: PEOPLE, policy: { name: "minor", rules }, ...NO_CHECK, ...change }));
    expect(report.gates.map(({ gate }) => gate)).toEqual(expected);
  });
});

describe("two approvals of production are of two people", () => {
  test("one who is lead and operator counts once [H-22, H-37]", () => {
    const playbook = playbookFrom(textOf("hmco"));
    const people = peopleWith({ "team-lead": ["kim"], sre: ["kim", "sam"] });
    const alone = { people, ...reviewed("kim") };
    expect(["led", "operated"].map((gate) => reportOf(gate, playbook, alone).state)).toEqual(["open", "closed"]);
    expect(reportOf("operated", playbook, alone).because).toBe("@kim approved, and already counts for prod/led: another person of sre is needed");
    const both = { people, ...reviewed("kim", "sam") };
    expect(["led", "operated"].map((gate) => reportOf(gate, playbook, both).state)).toEqual(["open", "open"]);
  });
});

describe("what the documents ask for beside that, as one more gate", () => {
  const DEV = "environments/dev/argocd-applications.yaml";
  const manifest = (spec: string): Partial<Subject> => files({ [PROD]: `kind: Application\nspec: ${spec}\n`, [DEV]: `kind: Application\nspec: ${spec}\n` });
  const RETRY = "{require_yaml: {file: environments/prod/argocd-applications.yaml, path: spec.syncPolicy.retry.limit, value: 3, where: {kind: Application}}}";
  const HEALED = "{require_yaml: {file: environments/dev/argocd-applications.yaml, path: spec.syncPolicy.automated.selfHeal, value: true}}";
  const EXACT = String.raw`{forbid: {pattern: 'targetRevision:\s*(main|HEAD)\b', paths: ["environments/**/*.yaml"]}}`;

  test.each([
    [
      "a performance test that nobody set up is never green [L-42]",
      "{check: performance}",
      checks("test (1.25.x)"),
      "unknown",
      "`performance` has not reported on aaaaaaa",
    ],
    ["a performance test that passed [L-42]", "{check: performance}", checks("performance"), "open", "1 check green on aaaaaaa"],
    ["documentation that does not build [L-43]", "{check: docs}", failing("docs"), "closed", "`docs` failed on aaaaaaa"],
    ["documentation that builds [L-43]", "{check: docs}", checks("docs"), "open", "1 check green on aaaaaaa"],
    ["an end-to-end run that failed [W-15]", "{check: e2e-tests}", failing("e2e-tests"), "closed", "`e2e-tests` failed on aaaaaaa"],
    [
      "an image that builds, a chart without complaints, links that lead somewhere [W-18, W-19, W-20]",
      "{check: [docker-build, helm-lint, check-docs]}",
      checks("docker-build", "helm-lint", "check-docs"),
      "open",
      "3 checks green on aaaaaaa",
    ],
    [
      "an image that does not build [W-18]",
      "{check: [docker-build, helm-lint, check-docs]}",
      failing("docker-build"),
      "closed",
      "`docker-build` failed on aaaaaaa",
    ],
    ["a chart with complaints [W-19]", "{check: [docker-build, helm-lint, check-docs]}", failing("helm-lint"), "closed", "`helm-lint` failed on aaaaaaa"],
    ["a link that leads nowhere [W-20]", "{check: [docker-build, helm-lint, check-docs]}", failing("check-docs"), "closed", "`check-docs` failed on aaaaaaa"],
    [
      "a sync that is not tried again [H-19]",
      RETRY,
      manifest("{syncPolicy: {automated: null}}"),
      "closed",
      `\`${PROD}:2:20\`: expected 3 at \`spec.syncPolicy.retry.limit\`, found nothing`,
    ],
    [
      "a sync that is tried three times [H-19]",
      RETRY,
      manifest("{syncPolicy: {retry: {limit: 3, backoff: {duration: 5s}}}}"),
      "open",
      `\`spec.syncPolicy.retry.limit\` is 3 in 1 document of \`${PROD}\``,
    ],
    [
      "development that is synced by hand [H-25]",
      HEALED,
      manifest("{syncPolicy: {automated: null}}"),
      "closed",
      `\`${DEV}:2:32\`: expected true at \`spec.syncPolicy.automated.selfHeal\`, found nothing`,
    ],
    [
      "development that heals itself [H-25]",
      HEALED,
      manifest("{syncPolicy: {automated: {selfHeal: true}}}"),
      "open",
      `\`spec.syncPolicy.automated.selfHeal\` is true in 1 document of \`${DEV}\``,
    ],
    [
      "an environment that follows a branch [H-24, H-36]",
      EXACT,
      files({ [PROD]: "spec:\n  source: {targetRevision: main}\n" }),
      "closed",
      `1 line holds what is forbidden: \`${PROD}:2:12\``,
    ],
    [
      "an environment that follows a release [H-24, H-36]",
      EXACT,
      files({ [PROD]: "spec:\n  source: {targetRevision: vault-1.0.0}\n" }),
      "open",
      "nothing forbidden in 1 file",
    ],
    [
      "metrics that nobody looked at before the next environment [H-46]",
      "{evidence: Metrics are within bounds, by: sre, soak: 1h}",
      NOTHING,
      "closed",
      "nobody has confirmed",
    ],
    [
      "metrics within bounds for an hour [H-46]",
      "{evidence: Metrics are within bounds, by: sre, soak: 1h}",
      { ...showed("sam", "extra"), openSince: { extra: NOON - HOUR_MS } },
      "open",
      "@sam confirmed: https://example.org/run",
    ],
    [
      "a regression that somebody reported [W-53]",
      "{no_open_issues: {labels: [regression]}, soak: 7d}",
      labelled({ regression: [issue(8, "scales to nothing")] }),
      "closed",
      '#8 "scales to nothing", 3 days, @lee',
    ],
    [
      "a week without a regression [W-53]",
      "{no_open_issues: {labels: [regression]}, soak: 7d}",
      { ...labelled({ regression: [] }), openSince: { extra: NOON - 168 * HOUR_MS } },
      "open",
      "no open issue carries `regression`",
    ],
  ] as const)("%s", (_title, gate, change, state, because) => {
    const playbook = playbookFrom(
      `schema: 1\ncomponents: {app: {path: .}}\nroles: {sre: "@acme/sre"}\ngates:\n  extra: ${gate}\npolicies: {default: {gates: [extra]}}\n`,
    );
    const found = reportOf("extra", playbook, change);
    expect([found.state, found.because]).toEqual([state, because]);
  });
});

test("a playbook says which schema it is written for, and of another one nothing is guessed [H-61]", () => {
  const read = readPlaybook(textOf("hmco").replace("schema: 1", "schema: 2"), ".github/release-steward.yml");
  expect(read).toMatchObject({ ok: false, problems: [{ path: ".github/release-steward.yml", line: 3, message: expect.stringContaining("1") }] });
});
