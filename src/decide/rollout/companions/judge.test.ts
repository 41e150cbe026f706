import { describe, expect, test } from "@jest/globals";
import { HOUR_MS, MINUTE_MS, NOON, shaOf } from "../../../../test/fixtures/subject.ts";
import type { KeepCompanion } from "../../../model/plan.ts";
import type { Downstream, Environment } from "../../../model/playbook.ts";
import type { Elsewhere, ElsewherePull, FileState } from "../../../model/snapshot.ts";
import { companionAsked, type CompanionFinding, type CompanionQuestion, type CompanionRelease, type CompanionTarget, judgeCompanion } from "./index.ts";

const STARTED = NOON - HOUR_MS;
const [BASE, TREE, HEAD, OTHER] = [shaOf("a"), shaOf("b"), shaOf("c"), shaOf("d")];

const text = (content: string): FileState => ({ is: "text", text: content });
const filesOf = (texts: Readonly<Record<string, string | FileState>>): Elsewhere["files"] =>
  new Map(Object.entries(texts).map(([path, content]) => [path, typeof content === "string" ? text(content) : content]));

function releaseOf(repository: string, component: string, version: string, change: Partial<CompanionRelease["values"]> = {}): CompanionRelease {
  const tag = `v${version}`;
  const values = {
    component,
    path: ".",
    version,
    tag,
    previousVersion: "",
    previousTag: "",
    candidateTag: null,
    sha: shaOf("e"),
    startedAt: STARTED,
    ...change,
  };
  return { repository, title: `${component} ${version}`, url: `https://github.com/${repository}/releases/tag/${values.tag}`, values };
}

// cardinalhq/lakerunner: the chart of the app stands in another repository.
const CHART = (app: string, chart: string): string => `# kept\nname: lakerunner\nappVersion: "${app}" # the image\nversion: ${chart}\n`;
const CHARTS: Downstream = {
  repository: "cardinalhq/charts",
  files: [
    { file: "lakerunner/Chart.yaml", at: { by: "yaml", path: "appVersion" }, value: "v{version}" },
    { file: "lakerunner/Chart.yaml", at: { by: "yaml", path: "version" }, bump: "patch" },
  ],
  title: "lakerunner: chart {bumped}, appVersion v{version}",
};
const LAKERUNNER = releaseOf("cardinalhq/lakerunner", "lakerunner", "1.3.0");
const charts: CompanionTarget = { is: "downstream", downstream: CHARTS };

// llm-d: one line of a list of versions.
const INFRA: Downstream = {
  repository: "llm-d/llm-d-infra",
  files: [{ file: "versions.yaml", at: { by: "yaml", path: "wva" }, value: "v{version}" }],
  title: "Bump WVA to v{version}",
};

/** A page that says how to install a version. */
const page = (version: string): string => `# Install\n\n    helm install wva oci://ghcr.io/llm-d/wva --version ${version}\n\nNeeds Helm 3.14.0.\n`;

// 254CARBON/HMCo: one of several documents of a file.
const ARGO = (platform: string, vault: string): string =>
  [
    ["data-platform", platform],
    ["vault", vault],
  ]
    .map(
      ([chart = "", revision = ""]) =>
        `apiVersion: argoproj.io/v1alpha1\nspec:\n  source:\n    path: helm/charts/${chart} # chart\n    targetRevision: ${revision}\n`,
    )
    .join("---\n");
const APPLICATIONS = "environments/prod/argocd-applications.yaml";
const PROD: Environment = {
  name: "prod",
  after: "staging",
  of: "release",
  deploy: null,
  pin: { file: APPLICATIONS, yaml: "spec.source.targetRevision", where: { "spec.source.path": "{path}" }, value: "{tag}" },
  gates: [],
  deployed: null,
  verify: [],
  soakMs: null,
  windows: [],
  pullRequest: { labels: ["promotion", "prod"], draft: true },
  rollback: null,
};
const PLATFORM = releaseOf("254CARBON/HMCo", "data-platform", "1.0.1", { tag: "data-platform-1.0.1", path: "helm/charts/data-platform" });
const prod: CompanionTarget = { is: "promotion", environment: PROD };

function elsewhere(files: Elsewhere["files"], change: Partial<Elsewhere> = {}): Elsewhere {
  return {
    id: "R_2",
    databaseId: 2,
    url: "https://github.com/cardinalhq/charts",
    isArchived: false,
    isFork: false,
    branch: "main",
    sha: BASE,
    tree: TREE,
    files,
    executables: new Set(),
    head: null,
    open: null,
    over: null,
    others: [],
    ...change,
  };
}

function pullOf(number: number, files: Elsewhere["files"], change: Partial<ElsewherePull> = {}): ElsewherePull {
  return {
    id: `PR_${String(number)}`,
    number,
    url: `https://github.com/cardinalhq/charts/pull/${String(number)}`,
    state: "open",
    author: "release-steward[bot]",
    branch: "release-steward/lakerunner-lakerunner",
    headSha: HEAD,
    title: "",
    body: "",
    isDraft: false,
    isConflicting: false,
    labels: [],
    reviews: [],
    createdAt: NOON - 30 * MINUTE_MS,
    closed: null,
    files,
    ...change,
  };
}

function judged(target: CompanionTarget, release: CompanionRelease, there: Elsewhere, change: Partial<CompanionQuestion> = {}): CompanionFinding {
  const read = { ok: true, value: there } as const;
  return judgeCompanion({ step: "charts", target, release, read, takenAt: NOON, retriedAt: null, areGatesOpen: true, contents: [], signoff: null, ...change });
}

const chart = (app: string, version: string): Elsewhere["files"] => filesOf({ "lakerunner/Chart.yaml": CHART(app, version) });
const OLD = chart("v1.2.0", "3.1.4");
const NEW = chart("v1.3.0", "3.1.5");

const inCharts = (there: Partial<Elsewhere> = {}, change: Partial<CompanionQuestion> = {}, files = OLD): CompanionFinding =>
  judged(charts, LAKERUNNER, elsewhere(files, there), change);
const keep = ({ action }: CompanionFinding): KeepCompanion => {
  if (action?.kind !== "keep-companion") throw new Error(`it is ${action?.kind ?? "nothing"}`);
  return action;
};
/** The pull request as it is once it was opened. */
function opened(finding: CompanionFinding, change: Partial<ElsewherePull> = {}, files = NEW): Pick<Elsewhere, "open" | "head"> {
  const { title, body, labels, isDraft } = keep(finding);
  const open = pullOf(12, files, { title, body, labels, isDraft, ...change });
  return { open, head: { sha: open.headSha, isOwn: true, files } };
}

describe("a pull request in another repository", () => {
  test("is opened with exactly its values: every other byte is kept [L-23, M-13]", () => {
    const finding = inCharts();
    expect(finding).toMatchObject({
      state: "ready",
      because: "a pull request is opened: `lakerunner/Chart.yaml` `appVersion`: `v1.2.0` → `v1.3.0` and `lakerunner/Chart.yaml` `version`: `3.1.4` → `3.1.5`",
      opensAt: NOON,
    });
    const action = keep(finding);
    expect(action).toMatchObject({
      repository: "cardinalhq/charts",
      repositoryNodeId: "R_2",
      repositoryId: 2,
      base: "main",
      baseSha: BASE,
      branch: "release-steward/lakerunner-lakerunner",
      title: "lakerunner: chart 3.1.5, appVersion v1.3.0",
      isDraft: false,
      labels: [],
      found: { branchSha: null, pullRequest: null, baseTree: TREE, executables: [] },
      writes: { commit: true, text: true, draft: false, labels: [] },
      files: [{ path: "lakerunner/Chart.yaml", before: CHART("v1.2.0", "3.1.4"), after: CHART("v1.3.0", "3.1.5") }],
    });
    expect(action.commitMessage).toBe("lakerunner: chart 3.1.5, appVersion v1.3.0\n\nFollows https://github.com/cardinalhq/lakerunner/releases/tag/v1.3.0");
    expect(action.body).toMatchInlineSnapshot(`
"[lakerunner 1.3.0](https://github.com/cardinalhq/lakerunner/releases/tag/v1.3.0) of cardinalhq/lakerunner is released, and this follows it.

| file | value | now | then |
|---|---|---|---|
| \`lakerunner/Chart.yaml\` | \`appVersion\` | \`v1.2.0\` | \`v1.3.0\` |
| \`lakerunner/Chart.yaml\` | \`version\` | \`3.1.4\` | \`3.1.5\` |

Whoever looks after cardinalhq/charts merges it; Release Steward does not. A newer release moves this pull request on.

<sub>Kept by Release Steward until it is merged: title, text and these values are written again when they change. Commits of others on its branch are left alone.</sub>"
`);
  });

  test("of one value in a list of versions [W-41]", () => {
    const release = releaseOf("llm-d/workload-variant-autoscaler", "workload-variant-autoscaler", "0.5.0");
    const finding = judged({ is: "downstream", downstream: INFRA }, release, elsewhere(filesOf({ "versions.yaml": "gaie: v1.0.0\nwva: v0.4.0\n" })));
    expect(keep(finding)).toMatchObject({ title: "Bump WVA to v0.5.0", files: [{ after: "gaie: v1.0.0\nwva: v0.5.0\n" }] });
  });

  test("of a version within a page of prose [W-52]", () => {
    const release = releaseOf("llm-d/workload-variant-autoscaler", "workload-variant-autoscaler", "0.5.0");
    const pattern = String.raw`--version (\d+\.\d+\.\d+)`;
    const downstream: Downstream = { ...INFRA, files: [{ file: "docs/install.md", at: { by: "regex", pattern }, value: "{version}" }] };
    const finding = judged({ is: "downstream", downstream }, release, elsewhere(filesOf({ "docs/install.md": page("0.4.0") })));
    expect(keep(finding).files).toMatchObject([{ after: page("0.5.0") }]);
  });

  test("is signed off where the team's commits are", () => {
    expect(keep(inCharts({}, { signoff: "release-steward[bot] <1@x>" })).commitMessage).toMatch(/\n\nSigned-off-by: release-steward\[bot\] <1@x>$/);
  });

  test("is left alone once it is right, and looked at again, since no event of that repository comes here [L-25]", () => {
    const finding = inCharts(opened(inCharts()));
    expect(finding).toMatchObject({
      state: "needs-people",
      because: "cardinalhq/charts#12 waits to be merged",
      next: "merge https://github.com/cardinalhq/charts/pull/12",
      url: "https://github.com/cardinalhq/charts/pull/12",
      startedAt: NOON - 30 * MINUTE_MS,
      endedAt: null,
      opensAt: NOON + 10 * MINUTE_MS,
      action: null,
    });
  });

  test.each<[string, Partial<ElsewherePull>, string]>([
    [
      "who asked for changes",
      { reviews: [review("kim", "approved"), review("kim", "changes-requested"), review("lee", "approved")] },
      ": @kim asked for changes",
    ],
    ["nothing of a comment behind an approval", { reviews: [review("kim", "approved"), review("kim", "commented")] }, ""],
    ["that a person made it a draft", { isDraft: true }, ": it is a draft"],
  ])("says %s", (_, change, behind) => {
    const finding = inCharts(opened(inCharts(), change));
    expect(finding.because).toBe(`cardinalhq/charts#12 waits to be merged${behind}`);
    expect(finding.action).toBeNull();
  });

  test.each<[string, Partial<ElsewherePull>, Elsewhere["files"], Partial<KeepCompanion["writes"]>]>([
    ["a title that somebody changed", { title: "mine" }, NEW, { text: true }],
    ["a text that somebody changed", { body: "mine" }, NEW, { text: true }],
    ["an older release on its branch", {}, chart("v1.2.9", "3.1.5"), { commit: true }],
    ["a version that is not the next one", {}, chart("v1.3.0", "3.1.4"), { commit: true }],
    ["a conflict", { isConflicting: true }, NEW, { commit: true }],
  ])("is set right: %s", (_, change, files, writes) => {
    const there = opened(inCharts(), change, files);
    const action = keep(inCharts(there));
    expect(action.writes).toEqual({ commit: false, text: false, draft: false, labels: [], ...writes });
    expect(action.found).toMatchObject({ branchSha: HEAD, pullRequest: { id: "PR_12", number: 12 } });
  });

  test("line ends of GitHub are no difference", () => {
    const { body } = keep(inCharts());
    expect(inCharts(opened(inCharts(), { body: `${body.replaceAll("\n", "\r\n")}\r\n` })).action).toBeNull();
  });

  test("moves on to the next release, and is raised once however often it is looked at", () => {
    const next = releaseOf("cardinalhq/lakerunner", "lakerunner", "1.4.0");
    const action = keep(judged(charts, next, elsewhere(OLD, opened(inCharts()))));
    expect(action).toMatchObject({
      title: "lakerunner: chart 3.1.5, appVersion v1.4.0",
      writes: { commit: true, text: true },
      files: [{ after: CHART("v1.4.0", "3.1.5") }],
    });
  });

  test("is raised anew from what stands there when somebody else raised it meanwhile", () => {
    const action = keep(inCharts(opened(inCharts()), {}, chart("v1.2.0", "3.2.0")));
    expect(action).toMatchObject({ title: "lakerunner: chart 3.2.1, appVersion v1.3.0", writes: { commit: true, text: true } });
  });
});

function review(author: string, state: "approved" | "changes-requested" | "commented"): ElsewherePull["reviews"][number] {
  return { url: "", author, state, sha: HEAD, at: NOON };
}

const merged = (files = NEW, at = NOON): Pick<Elsewhere, "over"> => ({ over: pullOf(12, files, { state: "merged", closed: { at, byApp: false } }) });

describe("it is done", () => {
  test("when the default branch has it, with the pull request that brought it", () => {
    expect(inCharts(merged(), {}, NEW)).toMatchObject({
      state: "done",
      because: "cardinalhq/charts#12 was merged: cardinalhq/charts is at `v1.3.0`",
      endedAt: NOON,
      action: null,
    });
  });

  test("whoever did it, and whatever became of the chart's own version", () => {
    expect(inCharts({}, {}, chart("v1.3.0", "4.0.0"))).toMatchObject({
      state: "done",
      because: "cardinalhq/charts is at `v1.3.0`",
      url: null,
      endedAt: null,
      action: null,
    });
  });

  test("and its own pull request is closed when somebody else did it", () => {
    expect(inCharts(opened(inCharts()), {}, NEW)).toMatchObject({
      state: "done",
      action: {
        kind: "close-companion",
        repository: "cardinalhq/charts",
        pullRequest: { id: "PR_12", number: 12 },
        comment: "Not needed any more: cardinalhq/charts is at `v1.3.0` already.",
      },
    });
  });

  test("when it was merged there, whatever became of it since", () => {
    expect(inCharts(merged())).toMatchObject({ state: "done", because: "cardinalhq/charts#12 was merged" });
  });

  test("not by a merge of an earlier release", () => {
    expect(inCharts(merged(chart("v1.2.0", "3.1.4"))).state).toBe("ready");
    expect(inCharts(merged(NEW, STARTED - 1)).state).toBe("ready");
  });

  test("where only a version is raised: by the merge since the release began, not twice", () => {
    const target: CompanionTarget = { is: "downstream", downstream: { ...CHARTS, files: CHARTS.files.slice(1) } };
    expect(judged(target, LAKERUNNER, elsewhere(OLD))).toMatchObject({ state: "ready" });
    expect(judged(target, LAKERUNNER, elsewhere(NEW, merged()))).toMatchObject({ state: "done", action: null });
    expect(judged(target, LAKERUNNER, elsewhere(NEW, merged(NEW, STARTED - 1))).state).toBe("ready");
  });
});

describe("it never goes backwards", () => {
  test("a newer version on the default branch stays", () => {
    expect(inCharts({}, {}, chart("v1.4.0", "3.2.0"))).toMatchObject({
      state: "superseded",
      because: "cardinalhq/charts is at `v1.4.0` already",
      action: null,
    });
    expect(inCharts(opened(inCharts()), {}, chart("v1.4.0", "3.2.0")).action?.kind).toBe("close-companion");
  });

  test.each(["v1.10.0", "1.4.0"])("%s is newer than 1.3.0 as versions count", (version) => {
    expect(inCharts({}, {}, chart(version, "3.2.0")).state).toBe("superseded");
  });

  test.each(["v1.3.0-rc1", "v0.9.0", "latest", "", "main"])("%j is not", (version) => {
    expect(inCharts({}, {}, chart(version, "3.2.0")).state).toBe("ready");
  });

  test("the branch of a newer release is not taken back, nor its pull request closed", () => {
    const newer = { ...opened(inCharts(), {}, chart("v1.4.0", "3.1.5")) };
    expect(inCharts(newer)).toMatchObject({ state: "superseded", because: "cardinalhq/charts#12 moved on to a newer release", action: null });
    expect(inCharts(newer, {}, NEW)).toMatchObject({ state: "done", action: null });
    expect(inCharts(newer, {}, chart("v1.3.5", "3.1.5"))).toMatchObject({ state: "superseded", action: null });
    const closed = { over: pullOf(12, chart("v1.4.0", "3.1.5"), { state: "closed", closed: { at: NOON, byApp: false } }) };
    expect(inCharts(closed).state).toBe("superseded");
  });
});

describe("people", () => {
  test("who opened one with those values are waited for, and no second one is opened", () => {
    const finding = inCharts({ others: [pullOf(7, chart("v1.3.0", "3.2.0"), { author: "kim" })] });
    expect(finding).toMatchObject({
      state: "needs-people",
      because: "cardinalhq/charts#7, opened by @kim, waits to be merged",
      action: null,
      opensAt: NOON + 10 * MINUTE_MS,
    });
  });

  test("take over from this app's own, which says so and is closed", () => {
    const others = [pullOf(7, NEW, { author: "kim" })];
    expect(inCharts({ ...opened(inCharts()), others }).action).toMatchObject({
      kind: "close-companion",
      comment: "https://github.com/cardinalhq/charts/pull/7 brings the same values, so this one is not needed.",
    });
    const over = pullOf(12, NEW, { state: "closed", closed: { at: NOON, byApp: true } });
    expect(inCharts({ over, others }).action).toBeNull();
    expect(inCharts({ over }).state).toBe("ready");
  });

  test.each([
    ["other values", chart("v1.3.1", "3.1.5")],
    ["half of them", chart("v1.3.0", "3.1.4")],
    ["a file that can't be read", filesOf({ "lakerunner/Chart.yaml": { is: "binary" } })],
  ])("who opened one with %s have opened something else", (_, files) => {
    expect(inCharts({ others: [pullOf(7, files, { author: "kim" })] }).state).toBe("ready");
  });

  test("who closed it are asked, and it is not opened again until somebody says so", () => {
    const over = pullOf(12, NEW, { state: "closed", closed: { at: NOON - MINUTE_MS, byApp: false } });
    expect(inCharts({ over })).toMatchObject({
      state: "needs-people",
      because: "cardinalhq/charts#12 was closed without being merged",
      next: "reopen it, or `/release retry charts`",
      action: null,
    });
    expect(inCharts({ over }, { retriedAt: NOON - 2 * MINUTE_MS }).action).toBeNull();
    const head = { sha: HEAD, isOwn: true, files: NEW };
    expect(keep(inCharts({ over, head }, { retriedAt: NOON })).writes).toMatchObject({ commit: true, text: true });
  });

  test("who closed the one of an earlier release have said nothing about this one", () => {
    expect(inCharts({ over: pullOf(12, OLD, { state: "closed", closed: { at: STARTED - 1, byApp: false } }) }).state).toBe("ready");
  });

  test("who pushed to its branch are never overwritten; only its text is kept", () => {
    const right = opened(inCharts());
    const pushed = { open: right.open, head: { sha: OTHER, isOwn: false, files: NEW } };
    expect(inCharts(pushed)).toMatchObject({ because: "cardinalhq/charts#12 waits to be merged", action: null });
    const wrong = { open: pullOf(12, OLD, { ...right.open, isConflicting: true }), head: { sha: OTHER, isOwn: false, files: OLD } };
    expect(inCharts(wrong)).toMatchObject({
      state: "needs-people",
      because: "cardinalhq/charts#12 has commits of others, which are left as they are, and lacks `v1.3.0` and `3.1.5`",
      action: null,
    });
    const next = judged(charts, releaseOf("cardinalhq/lakerunner", "lakerunner", "1.4.0"), elsewhere(OLD, pushed));
    expect(keep(next).writes).toMatchObject({ commit: false, text: true });
  });

  test("who left a branch of that name are asked what it is for", () => {
    const head = { sha: OTHER, isOwn: false, files: OLD };
    expect(inCharts({ head })).toMatchObject({ state: "needs-people", next: "open a pull request from it, or delete it", action: null });
    // GitHub keeps what was merged: nothing is lost.
    const over = pullOf(3, OLD, { state: "merged", headSha: OTHER, closed: { at: STARTED - 1, byApp: false } });
    expect(keep(inCharts({ head, over })).found.branchSha).toBe(OTHER);
  });
});

describe("what can't be done is said", () => {
  test.each<[string, FileState, string]>([
    ["is missing", { is: "missing" }, "`lakerunner/Chart.yaml` in cardinalhq/charts: is missing"],
    ["is a link", { is: "symlink" }, "`lakerunner/Chart.yaml` in cardinalhq/charts: is a symbolic link"],
    ["is huge", { is: "too-large", bytes: 2e6 }, "`lakerunner/Chart.yaml` in cardinalhq/charts: is too large to be read"],
    ["lacks the key", text("name: x\n\nversion: 1.0.0\n"), '`lakerunner/Chart.yaml:1:1` in cardinalhq/charts: the top level has no key "appVersion"'],
    [
      "has no version to raise",
      text("appVersion: v1.2.0\nversion: next\n"),
      '`lakerunner/Chart.yaml:2:10` in cardinalhq/charts: expected a version such as 1.2.3, found "next"',
    ],
    ["is no YAML", text("a: b: c\n"), "`lakerunner/Chart.yaml:1:4` in cardinalhq/charts: not valid YAML"],
  ])("a file that %s", (_, state, because) => {
    const finding = inCharts({}, {}, filesOf({ "lakerunner/Chart.yaml": state }));
    expect([finding.state, finding.action]).toEqual(["halted", null]);
    expect(finding.because).toContain(because);
    expect(finding.next).not.toBeNull();
  });

  test.each<[string, CompanionQuestion["read"], CompanionFinding["state"], string, string]>([
    [
      "not installed there",
      { ok: false, because: "the app is not installed on cardinalhq/charts, or may not see it", permission: null },
      "unknown",
      "the app is not installed on cardinalhq/charts, or may not see it",
      "install the app on cardinalhq/charts, or correct the playbook",
    ],
    ["a permission", { ok: false, because: "no", permission: "contents: read" }, "unknown", "no", "give the app the permission `contents: read` there"],
    ["a fork", { ok: true, value: elsewhere(OLD, { isFork: true }) }, "halted", "cardinalhq/charts is a fork", "name the repository"],
    ["an archive", { ok: true, value: elsewhere(OLD, { isArchived: true }) }, "halted", "cardinalhq/charts is archived", "unarchive it"],
  ])("%s", (_, read, state, because, next) => {
    const finding = inCharts({}, { read });
    expect([finding.state, finding.action]).toEqual([state, null]);
    expect(finding.because).toContain(because);
    expect(finding.next).toContain(next);
  });

  test("the repository itself is never its own downstream, and is not even asked for", () => {
    const target: CompanionTarget = { is: "downstream", downstream: { ...CHARTS, repository: "CardinalHQ/LakeRunner" } };
    expect(companionAsked(target, LAKERUNNER)).toBeNull();
    expect(judged(target, LAKERUNNER, elsewhere(OLD), { read: null })).toMatchObject({ state: "halted", action: null });
  });

  test("a candidate that there is none of", () => {
    const target: CompanionTarget = {
      is: "downstream",
      downstream: { ...INFRA, files: INFRA.files.map((file) => ({ file: file.file, at: file.at, value: "{candidate_tag}" })) },
    };
    expect(companionAsked(target, LAKERUNNER)).toBeNull();
    expect(judged(target, LAKERUNNER, elsewhere(OLD), { read: null }).state).toBe("halted");
  });
});

describe("a promotion", () => {
  const applications = (platform: string): Elsewhere["files"] => filesOf({ [APPLICATIONS]: ARGO(platform, "vault-2.0.0") });
  const BEFORE = applications("data-platform-1.0.0");
  const AFTER = applications("data-platform-1.0.1");
  const inProd = (there: Partial<Elsewhere> = {}, change: Partial<CompanionQuestion> = {}, files = BEFORE, environment = PROD): CompanionFinding =>
    judged({ is: "promotion", environment }, PLATFORM, elsewhere(files, there), { step: "prod", ...change });
  const standing = (change: Partial<ElsewherePull> = {}, isDraft = true): Partial<Elsewhere> =>
    opened(inProd({}, { areGatesOpen: false }), { isDraft, ...change }, AFTER);

  test("moves the pin of the one document that is meant, and keeps every other byte [H-07]", () => {
    expect(companionAsked(prod, PLATFORM)).toEqual({ repository: "254CARBON/HMCo", files: [APPLICATIONS], branch: "promote/prod/data-platform" });
    const finding = inProd({}, { contents: ["#41 feat: bigger @disks <b>", "fixes #3"] });
    expect(finding).toMatchObject({ state: "ready", running: "data-platform-1.0.0" });
    const action = keep(finding);
    expect(action).toMatchObject({
      branch: "promote/prod/data-platform",
      title: "chore: promote data-platform 1.0.1 to prod",
      labels: ["promotion", "prod"],
      isDraft: false,
      writes: { labels: ["promotion", "prod"] },
      files: [{ path: APPLICATIONS, before: ARGO("data-platform-1.0.0", "vault-2.0.0"), after: ARGO("data-platform-1.0.1", "vault-2.0.0") }],
    });
    expect(action.body).toMatchInlineSnapshot(`
"Puts [data-platform 1.0.1](https://github.com/254CARBON/HMCo/releases/tag/data-platform-1.0.1) into **prod**.

| file | value | now | then |
|---|---|---|---|
| \`environments/prod/argocd-applications.yaml\` | \`spec.source.targetRevision\` | \`data-platform-1.0.0\` | \`data-platform-1.0.1\` |

### What comes with it

- #41 feat: bigger @&#8203;disks &lt;b>
- fixes <!-- -->#3

Merging it puts it there; Release Steward does not merge it. It is a draft until the gates of prod are open.

<sub>Kept by Release Steward until it is merged: title, text and these values are written again when they change. Commits of others on its branch are left alone.</sub>"
`);
  });

  test("is a draft until its gates are open, and one again when they close", () => {
    expect(keep(inProd({}, { areGatesOpen: false })).isDraft).toBe(true);
    expect(inProd(standing(), { areGatesOpen: false })).toMatchObject({
      state: "waiting",
      because: "#12 is a draft until the gates of prod are open",
      action: null,
      opensAt: null,
    });
    expect(keep(inProd(standing()))).toMatchObject({ isDraft: false, writes: { commit: false, text: false, draft: true } });
    expect(inProd(standing({}, false))).toMatchObject({ state: "needs-people", because: "#12 waits to be merged", action: null, opensAt: null });
    expect(keep(inProd(standing({}, false), { areGatesOpen: false }))).toMatchObject({ isDraft: true, writes: { draft: true } });
  });

  test("is not opened before its gates are where it may be no draft", () => {
    const environment = { ...PROD, pullRequest: { labels: [], draft: false } };
    expect(inProd({}, { areGatesOpen: false }, BEFORE, environment)).toMatchObject({
      state: "waiting",
      because: "its pull request is opened once the gates of prod are open",
      action: null,
    });
    expect(keep(inProd({}, {}, BEFORE, environment)).isDraft).toBe(false);
  });

  test("a person's own is not to be merged before the gates are open either", () => {
    const others = [pullOf(7, AFTER, { author: "kim" })];
    expect(inProd({ others }, { areGatesOpen: false })).toMatchObject({
      state: "waiting",
      because: "#7, opened by @kim, is not to be merged before the gates of prod are open",
    });
    expect(inProd({ others })).toMatchObject({ state: "needs-people", because: "#7, opened by @kim, waits to be merged", action: null });
  });

  test("is done by what the pin says, even while gates are closed", () => {
    const over = pullOf(12, AFTER, { state: "merged", closed: { at: NOON, byApp: false } });
    expect(inProd({ over }, { areGatesOpen: false }, AFTER)).toMatchObject({
      state: "done",
      because: "#12 was merged: prod is at `data-platform-1.0.1`",
      running: "data-platform-1.0.1",
      endedAt: NOON,
    });
  });

  test("that somebody took back is not made again unasked", () => {
    const over = pullOf(12, AFTER, { state: "merged", closed: { at: NOON - MINUTE_MS, byApp: false } });
    expect(inProd({ over })).toMatchObject({ state: "needs-people", because: "#12 was merged, and prod was set to `data-platform-1.0.0` since", action: null });
    expect(inProd({ over }, { retriedAt: NOON }).state).toBe("ready");
  });

  test("a pin on a branch is moved, a newer one is not", () => {
    expect(inProd({}, {}, applications("main"))).toMatchObject({ state: "ready", running: "main" });
    expect(inProd({}, {}, applications("data-platform-1.0.10"))).toMatchObject({ state: "superseded", because: "prod is at `data-platform-1.0.10` already" });
  });

  test("a label that is there is not put on again", () => {
    expect(keep(inProd(standing({ labels: ["Promotion"], title: "x" }))).writes.labels).toEqual(["prod"]);
  });

  test.each([
    [
      "none",
      ARGO("x", "y").replace("charts/data-platform", "charts/other"),
      "none of the 2 documents of this file has `spec.source.path: helm/charts/data-platform`",
    ],
    ["several", ARGO("x", "y").replace("charts/vault", "charts/data-platform"), "2 documents of this file have `spec.source.path: helm/charts/data-platform`"],
  ])("says when %s of the documents is meant", (_, content, because) => {
    const finding = inProd({}, {}, filesOf({ [APPLICATIONS]: content }));
    expect(finding.state).toBe("halted");
    expect(finding.because).toContain(because);
  });
});

test.each([
  ["data/platform", "promote/prod/data-platform"],
  ["..x..y.lock", "promote/prod/x.y-"],
  ["a b~^:?*[\\", "promote/prod/a-b-"],
])("the name %j makes a branch that git takes", (component, branch) => {
  expect(companionAsked(prod, releaseOf("254CARBON/HMCo", component, "1.0.0"))?.branch).toBe(branch);
});
