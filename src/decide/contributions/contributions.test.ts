import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { gateNamed, hostedWith, NOON, shaOf } from "../../../test/fixtures/subject.ts";
import type { SayOnContributions } from "../../model/plan.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Contribution, FileState, Hosted, OwnCheck, Snapshot, Tag } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { contributionChecks, contributionWants, type ReadPlaybook } from "./index.ts";

const component = (name: string, path = `charts/${name}`, isPresent = true): Component => ({ name, path, dependents: "leave", isPresent });
const WHOLE = [component("app", ".")];
const CHARTS = [component("cavern"), component("reg"), component("sshd"), component("utils"), component("gone", "charts/gone", false)];

const by = (title: string, change: Partial<Contribution> = {}): Contribution => ({
  id: "PR_12",
  number: 12,
  title,
  author: "kim",
  labels: [],
  headSha: shaOf("a"),
  paths: ["src/a.ts"],
  checks: [],
  ...change,
});

function snapshotWith(tags: readonly Tag[], components: readonly Component[]): Snapshot {
  const ranges = new Map(
    components.map(({ name }) => [
      name,
      { since: tags.find((tag) => tag.name.startsWith(name)) ?? (components === WHOLE ? (tags[0] ?? null) : null), commits: [] },
    ]),
  );
  return {
    takenAt: NOON,
    repository: { name: "acme/app", url: "https://github.com/acme/app" },
    head: { sha: shaOf("b"), branch: "main", onDefaultBranch: true },
    tags,
    paths: new Set(),
    files: new Map(),
    ranges,
    hosted: null,
  };
}

type Scene = {
  readonly versioning?: Partial<Playbook["versioning"]>;
  readonly playbook?: Partial<Playbook>;
  readonly components?: readonly Component[];
  readonly tags?: readonly Tag[];
  readonly hosted?: Partial<Hosted>;
  readonly readPlaybook?: ReadPlaybook;
};
const right: ReadPlaybook = () => ({ ok: true, value: null });

function look(
  contributions: readonly Contribution[],
  { versioning = {}, playbook = {}, components = WHOLE, tags = [{ name: "v1.2.0", sha: shaOf("c") }], hosted = {}, readPlaybook = right }: Scene = {},
) {
  const rules: Playbook = { ...DEFAULTS, path: ".github/release-steward.yml", versioning: { ...DEFAULTS.versioning, ...versioning }, ...playbook };
  return contributionChecks({
    playbook: rules,
    components,
    snapshot: snapshotWith(tags, components),
    hosted: hostedWith({ contributions, ...hosted }),
    readPlaybook,
  });
}

function checkOf(contribution: Contribution, scene: Scene = {}) {
  const said = look([contribution], scene);
  return (said as SayOnContributions).checks[0]!.check;
}
/** A repository of charts, of which two were released. */
const SEVERAL: Scene = {
  components: CHARTS,
  tags: ["cavern-0.8.0", "reg-1.0.0"].map((name) => ({ name, sha: shaOf("c") })),
  playbook: { release: { ...DEFAULTS.release, tag: { ...DEFAULTS.release.tag, name: "{component}-{version}" } } },
};
const said = (contribution: Contribution, scene: Scene = {}) => {
  const { conclusion, title } = checkOf(contribution, scene);
  return `${String(conclusion)}: ${title}`;
};

const byChangelog = (unreleased: "require" | "optional"): Scene => ({
  versioning: { source: "changelog", unreleased },
  playbook: { changelog: { ...DEFAULTS.changelog, file: "CHANGELOG.md" } },
});

describe("what it would release", () => {
  test.each([
    ["feat: dark mode", "success: Would release: app minor (feat)"],
    ["fix(api): probe", "success: Would release: app patch (fix)"],
    ["feat!: new API", "success: Would release: app major (feat!)"],
    ["docs: readme", "neutral: Releases nothing: documentation"],
    ["Update things", "neutral: Says nothing about the next version: type its title, as in fix: …"],
  ])("%s: %s", (title, expected) => {
    expect(said(by(title))).toBe(expected);
  });

  test("labels count where pull requests decide", () => {
    const versioning = { source: "pull-requests" } as const;
    expect(said(by("Update things", { labels: ["bug"] }), { versioning })).toBe("success: Would release: app patch (label bug)");
    expect(said(by("feat: dark mode"), { versioning })).toBe("success: Would release: app minor (feat)");
    expect(said(by("Update things"), { versioning })).toBe("neutral: Says nothing about the next version: label it or type its title");
  });

  test("each component that it touches, by path, and only those that are there", () => {
    const scene = SEVERAL;
    expect(said(by("feat: mounts", { paths: ["charts/cavern/values.yaml", "README.md"] }), scene)).toBe("success: Would release: cavern minor (feat)");
    expect(said(by("feat: mounts", { paths: CHARTS.map(({ path }) => `${path}/values.yaml`) }), scene)).toBe(
      "success: Would release: cavern minor, reg minor, sshd and 1 more (feat)",
    );
    expect(said(by("feat: mounts", { paths: ["README.md", "charts/gone/a"] }), scene)).toBe("neutral: Releases nothing: it touches no component");
    expect(said(by("feat: mounts", { paths: null }), scene)).toBe("neutral: Changes more than 100 files: what it releases shows after the merge");
  });

  test("below 1.0.0 the step is the one that the release would take", () => {
    expect(said(by("feat!: new API"), { tags: [{ name: "v0.8.0", sha: shaOf("c") }] })).toBe("success: Would release: app minor (feat!)");
  });
  test("of a first release, and of one by the calendar, no step is known", () => {
    expect(said(by("feat: a"), { tags: [] })).toBe("success: Would release: app (feat)");
    expect(said(by("feat: a"), { versioning: { scheme: "calver" }, tags: [] })).toBe("success: Would release: app (feat)");
  });
  test("a path that raises it is named", () => {
    const versioning = { minimum: { minor: ["db/**"] } };
    expect(said(by("fix: index", { paths: ["src/a.ts", "db/1.sql"] }), { versioning })).toBe("success: Changes db/1.sql: app gets a minor release");
    expect(said(by("feat: index", { paths: ["db/1.sql"] }), { versioning })).toBe("success: Would release: app minor (feat)");
  });
  test("where nothing said is a patch, the path that makes it one is named", () => {
    expect(said(by("Update values", { paths: ["README.md", "charts/cavern/values.yaml"] }), { ...SEVERAL, versioning: { noSignal: "patch" } })).toBe(
      "success: Changes charts/cavern/values.yaml: cavern gets a patch release",
    );
    expect(said(by("Update values"), { versioning: { noSignal: "patch" } })).toBe("success: Changes src/a.ts: app gets a patch release");
    expect(said(by("Update values"), { versioning: { noSignal: "nothing" } })).toBe("neutral: Releases nothing: no readable type");
  });
  test("where something has to be said, nothing said fails", () => {
    const required = { unreleased: "require", source: "pull-requests" } as const;
    expect(said(by("Update things"), { versioning: required })).toBe("failure: Say what this does: label it or type its title");
    expect(said(by("Update things"), { versioning: { ...required, noSignal: "patch" } })).toMatch(/^failure/);
    expect(said(by("Update things", { paths: ["README.md"] }), { versioning: required, components: CHARTS })).toBe(
      "neutral: Releases nothing: it touches no component",
    );
    expect(said(by("docs: things"), { versioning: required })).toBe("neutral: Releases nothing: documentation");
  });
  test("where the changelog decides, it has to be written in", () => {
    expect(said(by("feat: a", { paths: ["a", "CHANGELOG.md"] }), byChangelog("require"))).toBe("success: Writes in CHANGELOG.md");
    expect(said(by("feat: a"), byChangelog("optional"))).toBe("neutral: Says nothing under Unreleased in CHANGELOG.md");
    expect(said(by("feat: a"), byChangelog("require"))).toBe("failure: Say what this does: write it under Unreleased in CHANGELOG.md");
  });
  test("no version is named, since every merge changes the next one", () => {
    const { title, summary } = checkOf(by("feat: dark mode"));
    expect(`${title} ${summary}`).not.toMatch(/\d+\.\d+/);
  });
});

describe("labels", () => {
  const labels = gateNamed({ gate: "labels", kind: "pull_request_labels", options: { oneOf: ["type:*", "documentation"] } });
  const scene: Scene = { playbook: { gates: { labels } } };
  test("missing ones are asked for", () => {
    expect(said(by("feat: a"), scene)).toBe("failure: Needs one of type:*, documentation");
    expect(checkOf(by("feat: a"), scene).summary).toBe(
      "This pull request carries none of `type:*` and `documentation`: label it.\n\nMerging this pull request asks for a release of **app minor**: feat.\n\nIts title says so; where its commits are kept as they are, their messages count. The release counts everything that is unreleased together.",
    );
    expect(said(by("feat: a", { labels: ["type:feature"] }), scene)).toBe("success: Would release: app minor (feat)");
  });
  test("contradicting ones are named", () => {
    expect(said(by("feat: a", { labels: ["documentation"] }), scene)).toBe(
      "failure: Carries documentation and its title says feat:: correct its label or its title",
    );
  });
  test("only where some release is asked for them", () => {
    expect(said(by("feat: a"), { playbook: { gates: { labels }, policies: { minor: { automatic: false, gates: [], labels: [] } } } })).toMatch(/^success/);
    expect(said(by("feat: a"), { playbook: { gates: { labels }, policies: { major: { automatic: false, gates: ["labels"], labels: [] } } } })).toMatch(
      /^failure/,
    );
  });
  test("not where the gate is about other paths, nor where no component is touched", () => {
    expect(said(by("feat: a"), { playbook: { gates: { labels: { ...labels, whenPaths: ["charts/**"] } } } })).toMatch(/^success/);
    expect(said(by("feat: a"), { ...scene, components: CHARTS })).toMatch(/^neutral/);
  });
});

describe("a pull request that changes the playbook", () => {
  const PATH = ".github/release-steward.yml";
  const withText = (state: FileState = { is: "text", text: "schema: 1" }): Partial<Hosted> => ({ filesAt: new Map([[`${shaOf("a")}:${PATH}`, state]]) });
  const changing = by("chore: rules", { paths: [PATH] });

  test("is told that it is right", () => {
    expect(said(changing, { hosted: withText() })).toBe("neutral: Releases nothing: housekeeping; the playbook is right");
  });
  test("fails at the place that is wrong, and the rest of its problems is listed and annotated", () => {
    const problems = [
      { severity: "error", message: 'expected a duration such as 24h, found "two days"', path: PATH, line: 7, column: 12, hint: "write `soak: 48h`" },
      { severity: "error", message: "unknown key `gate`", path: PATH, line: 9, column: 1, hint: null },
    ] as const;
    const check = checkOf(changing, {
      hosted: withText(),
      readPlaybook: (text, path) => (text === "schema: 1" && path === PATH ? { ok: false, problems } : right(text, path)),
    });
    expect(check).toMatchObject({
      conclusion: "failure",
      title: '.github/release-steward.yml:7:12 expected a duration such as 24h, found "two days"',
      problems,
    });
    expect(check.summary).toContain("`.github/release-steward.yml:9:1`: unknown key `gate`");
    expect(check.summary).toContain("the playbook of the default branch goes on ruling");
  });
  test("removes it, or puts a link there", () => {
    expect(checkOf(changing, { hosted: withText({ is: "missing" }) }).summary).toMatch(/^This pull request removes the playbook/);
    expect(said(changing, { hosted: withText({ is: "symlink" }) })).toBe(
      "failure: .github/release-steward.yml:1 expected the playbook to be a text, found a symlink",
    );
  });
  test("its text is asked for at its head, and once", () => {
    const hosted = hostedWith({ contributions: [changing, by("fix: a")] });
    const wants = (path: string | null, change: Partial<Hosted> = {}) => contributionWants({ playbook: { path } }, { ...hosted, ...change });
    expect(wants(PATH)).toEqual({ files: [], contributions: false, hostedFiles: [{ sha: shaOf("a"), path: PATH }] });
    expect(wants(null)).toEqual(wants(PATH));
    expect(wants(PATH, withText())).toEqual({ files: [], contributions: false, hostedFiles: [] });
    expect(wants(PATH, { contributions: null })).toEqual({ files: [], contributions: true, hostedFiles: [] });
  });
});

const standing = (externalId: string, change: Partial<OwnCheck> = {}): OwnCheck => ({
  id: 1,
  nodeId: "CR_1",
  name: "Release Steward",
  externalId,
  conclusion: "success",
  startedAt: NOON,
  title: "",
  summary: "",
  text: "",
  url: null,
  ...change,
});

describe("what is written", () => {
  test("nothing while nothing was asked for, and nothing a second time", () => {
    expect(look([], { hosted: { contributions: null } })).toBeNull();
    expect(look([])).toBeNull();
    const { externalId } = checkOf(by("feat: a"));
    expect(externalId).toMatch(/^contribution\/[0-9a-f]{16}$/);
    expect(look([by("feat: a", { checks: [standing(externalId)] })])).toBeNull();
  });
  test("over the newest of its own checks there, whatever else stands", () => {
    const checks = [standing("head/1", { nodeId: "CR_3" }), standing("contribution/new", { nodeId: "CR_2" }), standing("contribution/old")];
    expect(look([by("feat: a", { checks })])?.checks).toMatchObject([{ number: 12, sha: shaOf("a"), standing: "CR_2" }]);
    const { externalId } = checkOf(by("feat: a"));
    expect(look([by("feat: a", { checks: [standing("contribution/new", { nodeId: "CR_2" }), standing(externalId)] })])?.checks).toHaveLength(1);
  });
  test("the oldest 50 at once; the others with the next look", () => {
    const all = Array.from({ length: 60 }, (_, index) => by("feat: a", { number: index + 1 }));
    expect(look(all)?.checks.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    const { externalId } = checkOf(by("feat: a"));
    expect(look(all.map((one) => (one.number <= 50 ? { ...one, checks: [standing(externalId)] } : one)))?.checks).toHaveLength(10);
  });
  test("two pull requests of one commit are told apart", () => {
    expect(look([by("feat: a"), by("fix: a", { number: 13 })])?.checks.map(({ check }) => check.title)).toEqual([
      "Would release: app minor (feat)",
      "Would release: app patch (fix)",
    ]);
  });
  test("what strangers write notifies nobody and is no Markdown of its own", () => {
    const versioning = { noSignal: "patch", source: "pull-requests", labels: { ...DEFAULTS.versioning.labels, patch: ["<b>@octocat"] } } as const;
    expect(checkOf(by("Update", { labels: ["<b>@octocat"] }), { versioning }).summary).toContain("label &lt;b>@&#8203;octocat");
    expect(checkOf(by("Update", { paths: ["src/`<b> @octocat\n# x.ts"] }), { versioning }).summary).toContain("`src/'<b> @octocat # x.ts`");
  });
  test("any title and any labels get a check in one line", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), fc.constantFrom("pull-requests", "conventional-commits"), (title, labels, source) => {
        const check = checkOf(by(title, { labels, paths: [title] }), {
          versioning: { source, noSignal: "patch" },
          playbook: { gates: { labels: gateNamed({ gate: "labels", kind: "pull_request_labels", options: { oneOf: ["*:*", ...labels] } }) } },
        });
        expect(check.title).toMatch(/^[^\n]{1,400}$/);
      }),
      { numRuns: 500 },
    );
  });
});
