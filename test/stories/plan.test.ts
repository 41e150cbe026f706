// What `release-steward plan` says of a repository, told as things happen in it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { plan } from "../../src/cli/plan.ts";
import { planned, plannedOne, run } from "../fixtures/command.ts";
import { repositoryAt, type ScratchRepository, scratchPath, scratchRepository } from "../fixtures/repository.ts";

const PLAYBOOK_PATH = ".github/release-steward.yml";

/** One project at the root with a version in `package.json`, released as v1.2.0. */
function project(playbook: string | null = null): ScratchRepository {
  const repository = scratchRepository();
  repository.commit("feat: begin", {
    "package.json": '{ "name": "harbour", "version": "1.2.0" }\n',
    "CHANGELOG.md": "# Changelog\n\n## [1.2.0] - 2026-01-01\n\n### Added\n- Everything.\n",
    ...(playbook === null ? {} : { [PLAYBOOK_PATH]: playbook }),
  });
  repository.tag("v1.2.0");
  return repository;
}

/** Charts `common` and `gateway`, which requires it, each with a tag of its own. */
function charts(playbook: string): ScratchRepository {
  const repository = scratchRepository();
  repository.commit("feat: begin", {
    [PLAYBOOK_PATH]: playbook,
    "charts/common/Chart.yaml": "apiVersion: v2\nname: common\nversion: 0.2.0\n",
    "charts/gateway/Chart.yaml":
      "apiVersion: v2\nname: gateway\nversion: 1.4.0\ndependencies:\n  - name: common\n    version: 0.2.0\n    repository: file://../common\n",
  });
  repository.tag("common-0.2.0");
  repository.tag("gateway-1.4.0");
  return repository;
}

const CHARTS = `schema: 1
components:
  discover: { glob: "charts/*/Chart.yaml", name: { yaml: name }, dependents: cascade }
versioning:
  files: [{ file: "{path}/Chart.yaml", yaml: version }]
`;

describe("a project without a playbook", () => {
  test("gets its next version from its commits, and everything its pull request would change", async () => {
    const repository = project();
    repository.commit("fix: close the door (#7)", { "door.txt": "closed\n" });
    repository.commit("feat: open a window (#8)", { "window.txt": "open\n" });
    const { components, exit, pullRequests } = await planned(repository);
    expect(exit).toBe(0);
    expect(components).toHaveLength(1);
    expect(components[0]).toMatchObject({ decision: "release", bump: "minor", version: "1.3.0", tag: "v1.3.0", previous: { tag: "v1.2.0" } });
    expect(components[0]?.reasons.map(({ effect, subject }) => [effect, subject])).toEqual([
      ["minor", "feat: open a window (#8)"],
      ["patch", "fix: close the door (#7)"],
    ]);
    expect(components[0]?.files.map(({ path }) => path)).toEqual(["package.json", "CHANGELOG.md"]);
    expect(components[0]?.changelog).toContain("open a window");
    expect(pullRequests[0]).toMatchObject({ branch: "release/1.3.0", files: ["package.json", "CHANGELOG.md"] });
  });

  test("gets diffs that git applies, and the file changes by one value only", async () => {
    const repository = project();
    repository.commit("feat: open a window", { "window.txt": "open\n" });
    const { components } = await planned(repository);
    const patch = components.flatMap(({ files }) => files.map(({ diff }) => diff)).join("");
    repository.git(["apply", "--index", "-"], patch);
    expect(readFileSync(join(repository.directory, "package.json"), "utf8")).toBe('{ "name": "harbour", "version": "1.3.0" }\n');
    expect(readFileSync(join(repository.directory, "CHANGELOG.md"), "utf8")).toContain("# Changelog\n\n## [1.3.0]");
  });

  test("is shown the playbook that was detected, so that it can be kept", async () => {
    const { out } = await run(plan, ["--repo", project().directory]);
    expect(out).toContain("There is no playbook here.");
    expect(out).toMatch(/- file: package\.json\n +json: version\n/);
    expect(out).toContain("name: v{version}");
  });

  test("has nothing to release when only documentation changed", async () => {
    const repository = project();
    repository.commit("docs: say more", { "README.md": "more\n" });
    expect((await planned(repository)).components[0]).toMatchObject({ decision: "nothing", version: null, files: [], changelog: "" });
  });

  test("is asked about when no commit says what it is", async () => {
    const repository = project();
    const sha = repository.commit("Tune it", { "a.txt": "1\n" });
    const { components, exit, pullRequests } = await planned(repository);
    expect(components[0]).toMatchObject({ decision: "undetermined", version: null, bump: null, unparsed: [sha] });
    expect(pullRequests).toEqual([]);
    expect(exit).toBe(0);
  });

  test("without any tag gets its first version from its version file, else 0.1.0", async () => {
    const repository = scratchRepository();
    repository.commit("feat: begin", { "a.txt": "1\n" });
    expect((await planned(repository)).components[0]).toMatchObject({ decision: "release", version: "0.1.0", bump: null, previous: null });
    repository.commit("feat: a package", { "package.json": '{"version": "2.0.0"}\n' });
    expect((await planned(repository)).components[0]).toMatchObject({ decision: "release", version: "2.0.0", previous: null });
  });

  test("is the same from a working copy, a folder in it and a bare clone", async () => {
    const repository = project();
    repository.commit("feat: open a window", { "deep/window.txt": "open\n" });
    const bare = scratchPath();
    repository.git(["clone", "--quiet", "--bare", ".", bare]);
    const answers = await Promise.all([repository.directory, join(repository.directory, "deep"), bare].map(async (directory) => planned({ directory })));
    expect(answers.map(({ components }) => components[0]?.version)).toEqual(["1.3.0", "1.3.0", "1.3.0"]);
    expect(new Set(answers.map(({ head }) => head)).size).toBe(1);
  });
});

describe("which release came before", () => {
  test("is the newest version that the branch contains: no candidate, no nightly, no other component's, no mis-tag", async () => {
    const repository = project();
    repository.commit("feat: a", { a: "1\n" });
    for (const tag of ["v1.3.0-rc1", "v1.3.0-rc.2", "v1.3.0-rc-10", "v1.3.0-20260101-nightly", "1.9.0", "v.1.4.0", "ls", "other-7.0.0"]) repository.tag(tag);
    const { components, oddities } = await planned(repository);
    expect(components[0]).toMatchObject({ previous: { tag: "v1.2.0" }, version: "1.3.0", candidates: ["v1.3.0-rc-10", "v1.3.0-rc.2", "v1.3.0-rc1"] });
    expect(Object.fromEntries(oddities.map(({ tag, kind }) => [tag, kind]))).toEqual({
      "v1.3.0-rc1": "candidate",
      "v1.3.0-rc.2": "candidate",
      "v1.3.0-rc-10": "candidate",
      "v1.3.0-20260101-nightly": "prerelease",
      "1.9.0": "mistagged",
      "v.1.4.0": "mistagged",
      ls: "unclaimed",
      "other-7.0.0": "unclaimed",
    });
  });

  test("is found by ancestry, not by date: a hotfix of an older line is not it", async () => {
    const repository = project();
    repository.commit("feat: a", { a: "1\n" });
    repository.tag("v1.3.0");
    repository.git(["checkout", "--quiet", "-b", "hotfix", "v1.2.0"]);
    repository.commit("fix: old", { b: "1\n" });
    repository.tag("v1.2.1");
    repository.checkout("main");
    repository.commit("fix: new", { c: "1\n" });
    expect((await planned(repository)).components[0]).toMatchObject({ previous: { tag: "v1.3.0" }, version: "1.3.1" });
  });
});

describe("a version that would be wrong is refused with its cause", () => {
  test("a used one, released from a branch that was never merged back", async () => {
    const repository = project();
    repository.git(["checkout", "--quiet", "-b", "release/1.2.1"]);
    repository.commit("fix: there", { a: "1\n" });
    repository.tag("v1.2.1");
    repository.checkout("main");
    repository.commit("fix: here", { b: "1\n" });
    const { components, exit } = await planned(repository);
    expect(components[0]).toMatchObject({ decision: "refused", version: null, because: expect.stringContaining("1.2.1 is used: tag v1.2.1 exists") });
    expect(exit).toBe(1);
  });

  test("one below what the version file holds already", async () => {
    const repository = project();
    repository.commit("Bump by hand", { "package.json": '{ "name": "harbour", "version": "1.4.0" }\n' });
    repository.commit("fix: a", { a: "1\n" });
    const { components, pullRequests } = await planned(repository);
    expect(components[0]).toMatchObject({ decision: "refused", problems: [expect.objectContaining({ path: "package.json", line: 1, severity: "error" })] });
    expect(components[0]?.because).toBe("package.json says 1.4.0, which is above the proposed 1.2.1: writing it would be a downgrade");
    expect(pullRequests).toEqual([]);
  });

  test("and `Release-As` is the way out", async () => {
    const repository = project();
    repository.commit("Bump by hand", { "package.json": '{ "name": "harbour", "version": "1.4.0" }\n' });
    repository.commit("fix: a\n\nRelease-As: 1.4.0", { a: "1\n" });
    expect((await planned(repository)).components[0]).toMatchObject({ decision: "release", version: "1.4.0" });
  });
});

describe("every way to merge gives the same answer", () => {
  const commits = ["feat: open a window", "fix: close the door"];

  function merged(how: "squash" | "merge" | "rebase"): ScratchRepository {
    const repository = charts(CHARTS);
    repository.git(["checkout", "--quiet", "-b", "work"]);
    for (const [index, message] of commits.entries()) repository.commit(message, { [`charts/common/${index}.txt`]: "1\n" });
    repository.checkout("main");
    repository.commit("docs: meanwhile", { "README.md": "1\n" });
    if (how === "merge") repository.git(["merge", "--quiet", "--no-ff", "-m", "Merge pull request #9 from kim/work\n\nWindows and doors", "work"]);
    if (how === "rebase") repository.git(["cherry-pick", "main..work"]);
    if (how === "squash") {
      repository.git(["merge", "--quiet", "--squash", "work"]);
      repository.commit(`Windows and doors (#9)\n\n${commits.map((one) => `* ${one}`).join("\n\n")}\n`);
    }
    return repository;
  }

  test.each(["squash", "merge", "rebase"] as const)("%s", async (how) => {
    const repository = merged(how);
    const { components } = await planned(repository);
    const [common, gateway] = components;
    expect(common).toMatchObject({ name: "common", decision: "release", version: "0.3.0", bump: "minor" });
    expect(common?.reasons.map(({ effect }) => effect).toSorted()).toEqual(["minor", "patch"]);
    expect(new Set(common?.reasons.map(({ pullRequest }) => pullRequest))).toEqual(new Set([how === "rebase" ? null : 9]));
    expect(gateway).toMatchObject({ name: "gateway", decision: "nothing" });
  });
});

test("a revert cancels what it reverts, and neither is counted or dropped", async () => {
  const repository = project();
  repository.commit("fix: keep", { a: "1\n" });
  const sha = repository.commit("feat: regret", { b: "1\n" });
  repository.commit(`Revert "feat: regret"\n\nThis reverts commit ${sha}.`, { b: null });
  const { components } = await planned(repository);
  expect(components[0]).toMatchObject({ version: "1.2.1", bump: "patch" });
  expect(components[0]?.reasons.map(({ effect }) => effect)).toEqual(["cancelled", "cancelled", "patch"]);
  expect(components[0]?.changelog).not.toContain("regret");
});

describe("charts that require each other", () => {
  test("the requirement follows in the same pull request, whose commit asks for the other's release", async () => {
    const repository = charts(CHARTS);
    repository.commit("fix: quote", { "charts/common/a.txt": "1\n" });
    const { components, pullRequests } = await planned(repository);
    expect(components.map(({ name, decision }) => [name, decision])).toEqual([
      ["common", "release"],
      ["gateway", "nothing"],
    ]);
    expect(components[0]?.files.map(({ path }) => path)).toContain("charts/gateway/Chart.yaml");
    expect(pullRequests).toHaveLength(1);
    expect(pullRequests[0]?.commitMessage).toContain("\n\nfix(gateway): require common 0.2.1");

    // Once that commit is merged and tagged, the other chart's turn has come.
    const patch = components.flatMap(({ files }) => files.map(({ diff }) => diff)).join("");
    repository.git(["apply", "--index", "-"], patch);
    repository.commit(pullRequests[0]?.commitMessage ?? "");
    repository.tag("common-0.2.1");
    const later = await planned(repository);
    expect(later.components.map(({ name, decision, version }) => [name, decision, version])).toEqual([
      ["common", "nothing", null],
      ["gateway", "release", "1.4.1"],
    ]);
  });

  test("in one pull request for all, the other is released with it and both edits of its file come together", async () => {
    const repository = charts(`${CHARTS}release: { pull_request: { per: repository } }\n`);
    repository.commit("fix: quote", { "charts/common/a.txt": "1\n" });
    const { components, pullRequests } = await planned(repository);
    expect(components.map(({ name, version }) => [name, version])).toEqual([
      ["common", "0.2.1"],
      ["gateway", "1.4.1"],
    ]);
    expect(pullRequests).toHaveLength(1);
    expect(pullRequests[0]).toMatchObject({ components: ["common", "gateway"], branch: "release/next" });
    const patch = components.flatMap(({ files }) => files.map(({ diff }) => diff)).join("");
    repository.git(["apply", "--index", "-"], patch);
    const gateway = readFileSync(join(repository.directory, "charts/gateway/Chart.yaml"), "utf8");
    expect(gateway).toContain("version: 1.4.1\n");
    expect(gateway).toContain("version: 0.2.1\n    repository: file://../common");
  });
});

describe("in one pull request for all", () => {
  const joint = `${CHARTS}release: { pull_request: { per: repository } }\n`;

  test("nothing builds on a release that can't be proposed", async () => {
    const repository = charts(joint.replace("yaml: version }]", () => "yaml: version }, { file: '{path}/VERSION', regex: '^([0-9.]+)$' }]"));
    repository.commit("chore: a version file", { "charts/gateway/VERSION": "1.4.0\n" });
    repository.commit("fix: quote", { "charts/common/a.txt": "1\n" });
    const { components, pullRequests } = await planned(repository);
    expect(components[0]?.problems).toEqual([expect.objectContaining({ path: "charts/common/VERSION", severity: "error" })]);
    expect(pullRequests).toEqual([]);

    repository.commit("feat: route", { "charts/gateway/b.txt": "1\n" });
    const later = await planned(repository);
    expect(later.pullRequests.map((one) => one.components)).toEqual([["gateway"]]);
    expect(later.components[1]?.files[0]?.diff).toContain("+version: 1.5.0");
    expect(later.components[1]?.files[0]?.diff).not.toContain("0.2.1");
  });

  test("a chart that can't follow does not keep the others from following", async () => {
    const repository = charts(joint);
    const web = "apiVersion: v2\nname: web\nversion: 3.0.0\ndependencies:\n  - name: common\n    version: 0.2.0\n    repository: file://../common\n";
    repository.commit("chore: a chart", { "charts/web/Chart.yaml": web });
    repository.tag("web-3.0.0");
    repository.commit("Bump by hand", {
      "charts/gateway/Chart.yaml":
        "apiVersion: v2\nname: gateway\nversion: 9.0.0\ndependencies:\n  - name: common\n    version: 0.2.0\n    repository: file://../common\n",
    });
    repository.commit("fix: quote", { "charts/common/a.txt": "1\n" });
    const { components, pullRequests } = await planned(repository);
    expect(components.map(({ name, decision, version }) => [name, decision, version])).toEqual([
      ["common", "release", "0.2.1"],
      ["gateway", "refused", null],
      ["web", "release", "3.0.1"],
    ]);
    expect(pullRequests.map((one) => one.components)).toEqual([["common", "web"]]);
  });
});

function log(unreleased: string): string {
  return `# Changelog\n\n## [Unreleased]\n\n${unreleased}\n## [1.2.0] - 2026-01-01\n\n### Added\n- Everything.\n`;
}

describe("a team whose changelog decides", () => {
  const playbook = `schema: 1
components: { harbour: { path: . } }
versioning: { source: changelog, files: [{ file: package.json, json: version }] }
changelog: { file: CHANGELOG.md, style: keep-a-changelog, reject: "_Placeholder" }
`;

  test("gets the version that the Unreleased section asks for, and the section moves", async () => {
    const repository = project(playbook);
    repository.commit("whatever", { "CHANGELOG.md": log("### Fixed\n- The door closes.\n") });
    const { components } = await planned(repository);
    expect(components[0]).toMatchObject({ decision: "release", bump: "patch", version: "1.2.1" });
    expect(components[0]?.changelog).toMatch(/^## \[1\.2\.1\] - \d{4}-\d\d-\d\d\n\n### Fixed\n- The door closes\.$/);
  });

  test("is asked when only placeholders stand there", async () => {
    const repository = project(playbook);
    repository.commit("whatever", { "CHANGELOG.md": log("### Added\n- _Placeholder: write here._\n") });
    expect((await planned(repository)).components[0]).toMatchObject({ decision: "undetermined" });
  });

  test("is refused while a placeholder stands beside a real entry, with its line", async () => {
    const repository = project(playbook);
    repository.commit("whatever", { "CHANGELOG.md": log("### Added\n- A window.\n- _Placeholder: more._\n") });
    const { components, exit } = await planned(repository);
    expect(components[0]).toMatchObject({
      decision: "refused",
      problems: expect.arrayContaining([expect.objectContaining({ path: "CHANGELOG.md", line: 7 })]),
    });
    expect(exit).toBe(1);
  });
});

describe("what the playbook adds", () => {
  test("a migration makes the release minor, whatever its commit says", async () => {
    const repository = project(`schema: 1
components: { harbour: { path: . } }
versioning: { minimum: { minor: { paths: ["db/migrations/**"] } } }
`);
    repository.commit("fix: index", { "db/migrations/7.sql": "create index\n" });
    const { components } = await planned(repository);
    expect(components[0]).toMatchObject({ bump: "minor", version: "1.3.0" });
    expect(components[0]?.reasons[0]?.because).toBe("bug fix; touches db/migrations/7.sql: minor at least");
  });

  test("a train goes by the calendar beside the components", async () => {
    const repository = charts(`${CHARTS}release: { train: { name: "{yyyy}.{n}", tag: "{yyyy}.{n}" } }\n`);
    const { takenAt } = { takenAt: new Date() };
    repository.tag(`${takenAt.getUTCFullYear()}.1`, "HEAD");
    repository.commit("fix: a", { "charts/common/a.txt": "1\n" });
    const train = await plannedOne(repository, "train");
    expect(train).toMatchObject({
      decision: "release",
      version: `${takenAt.getUTCFullYear()}.2`,
      previous: { tag: `${takenAt.getUTCFullYear()}.1` },
      bump: null,
    });
  });

  test("a component whose folder is gone has nothing to release", async () => {
    const repository = project("schema: 1\ncomponents: { gone: { path: charts/gone } }\n");
    expect((await planned(repository)).components[0]).toMatchObject({
      name: "gone",
      decision: "nothing",
      because: "`charts/gone` is not in the tree at this commit",
    });
  });

  test("a version file that is missing is said with its path, and no pull request is proposed", async () => {
    const repository = project("schema: 1\ncomponents: { harbour: { path: . } }\nversioning: { files: [{ file: Chart.yaml, yaml: version }] }\n");
    repository.commit("feat: a", { a: "1\n" });
    const { components, exit, pullRequests } = await planned(repository);
    expect(components[0]?.problems).toEqual([expect.objectContaining({ path: "Chart.yaml", severity: "error" })]);
    expect(pullRequests).toEqual([]);
    expect(exit).toBe(1);
  });

  test("keys that are not acted on yet are named", async () => {
    const repository = project(
      'schema: 1\ncomponents: { harbour: { path: . } }\ngates: { ci: { check: test } }\npolicies: { default: { gates: [ci] } }\nrelease: { hotfix: { branch: "hotfix/{issue}" } }\n',
    );
    const { out } = await run(plan, ["--repo", repository.directory]);
    expect(out).toContain("understood, not acted on yet: release.hotfix\n");
  });

  test("a broken one stops the plan with the place of its fault", async () => {
    const repository = project("schema: 1\ncomponent: { harbour: { path: . } }\n");
    const { exit, out, complaints } = await run(plan, ["--repo", repository.directory]);
    expect([exit, out]).toEqual([1, ""]);
    expect(complaints).toMatch(/^\.github\/release-steward\.yml:2:1: .*component/);
    expect(complaints).toContain("components");
  });
});

describe("what can't be planned is refused clearly", () => {
  test("no repository, no commits, an unknown ref", async () => {
    await expect(run(plan, ["--repo", scratchPath()])).rejects.toThrow(/no such (?:file|folder|directory)|does not exist|not a git repository/i);
    await expect(run(plan, ["--repo", scratchRepository().directory])).rejects.toThrow(/no commits?/i);
    await expect(run(plan, ["--repo", project().directory, "--ref", "mian"])).rejects.toThrow(/mian/);
  });

  test("a shallow clone that ends before the last release says how to complete it", async () => {
    const repository = project();
    for (const index of [1, 2, 3]) repository.commit(`fix: ${index}`, { a: `${index}\n` });
    const clone = scratchPath();
    execFileSync("git", ["clone", "--quiet", "--depth", "2", `file://${repository.directory}`, clone]);
    await expect(run(plan, ["--repo", clone])).rejects.toMatchObject({ hint: expect.stringContaining("--unshallow") });
  });

  test("wrong words on the command line are wrong usage", async () => {
    const repository = project();
    expect(await run(plan, ["--repo", repository.directory, "--format", "yaml"])).toMatchObject({
      exit: 2,
      complaints: expect.stringContaining('found "yaml"'),
    });
    expect(await run(plan, ["--repo", repository.directory, "--component", "nobody"])).toMatchObject({
      exit: 2,
      complaints: expect.stringContaining("nobody"),
    });
    await expect(run(plan, ["--frobnicate"])).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_PARSE_ARGS/) });
  });
});

describe("on a terminal", () => {
  test("a commit's subject can't send control characters, nor reorder text", async () => {
    const repository = project();
    repository.commit("feat: \u001B]0;owned\u0007 \u202Egnihton", { a: "1\n" });
    const { out } = await run(plan, ["--repo", repository.directory], false);
    expect(out).toContain(String.raw`\u{1b}]0;owned\u{7} \u{202e}gnihton`);
    expect(out).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
  });

  test("colour is there when it is wanted and nowhere else", async () => {
    const repository = project();
    repository.commit("feat: a", { a: "1\n" });
    expect((await run(plan, ["--repo", repository.directory], true)).out).toContain("\u001B[32m");
    expect((await run(plan, ["--repo", repository.directory], false)).out).not.toContain("\u001B");
  });
});

test("the bundled sample shows all four decisions, and the README shows what it prints", async () => {
  const repository = scratchRepository("--bare");
  repository.git(["fast-import", "--quiet"], readFileSync(new URL("../../examples/sample.fast-import", import.meta.url)));
  repository.git(["remote", "add", "origin", "https://github.com/harbour/charts"]);
  const { components, oddities } = await planned(repositoryAt(repository.directory));
  expect(components.map(({ name, decision, version }) => [name, decision, version])).toEqual([
    ["common", "release", "0.2.1"],
    ["gateway", "release", "1.5.0"],
    ["mailer", "undetermined", null],
    ["reports", "nothing", null],
    ["search", "refused", null],
  ]);
  expect(oddities.map(({ tag }) => tag)).toEqual(expect.arrayContaining(["ls", "1.5.0-rc1", "gateway-1.5.0-rc.1"]));
  const { out } = await run(plan, ["--repo", repository.directory]);
  const [summary = ""] = out.split("\n── ");
  expect(readFileSync(new URL("../../README.md", import.meta.url), "utf8")).toContain(summary.trimEnd());
});
