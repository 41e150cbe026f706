// From commits to a release, as a team lives it: on the stand-in, with the real client, observer, decision and acts.
import { describe, expect, test } from "@jest/globals";
import { openPull } from "../../sandbox/scenarios/people.ts";
import type { GitHub } from "../../src/github/types.ts";
import { type MergeMethod, openTeam, type Team } from "../fixtures/story.ts";

const SINGLE = `schema: 1
components: {app: {path: .}}
versioning:
  files: [{file: package.json, json: version}]
changelog: {file: CHANGELOG.md}
release:
  pull_request: {labels: [release]}
  notes: {sections: [Highlights, Known Issues]}
`;
const PACKAGE = { "package.json": '{"name": "app", "version": "1.0.0"}\n' };

async function single(playbook = SINGLE): Promise<Team> {
  const team = await openTeam({ playbook, files: PACKAGE });
  await team.tag("v1.0.0");
  return team;
}

/** What everybody checks after a release: one tag, one published release, both at the merged commit. */
function expectReleased(team: Team, tag: string, sha: string): void {
  expect(team.tags()[tag]).toBe(sha);
  expect(team.releases().filter((release) => release.tag === tag)).toMatchObject([{ isDraft: false, isPrerelease: false }]);
}

describe("one component", () => {
  test.each(["squash", "merge", "rebase"] as const)("commits, pull request, more commits, %s, tag, release [C-11, C-24, W-47]", async (method: MergeMethod) => {
    const team = await single();
    expect(await team.settle()).toEqual([]);
    await team.contribute("fix: disk", method);
    await team.settle();
    const pull = team.releasePullRequest();
    expect(pull).toMatchObject({ title: "Release app 1.0.1", author: { login: "release-steward[bot]" } });
    expect(pull.labels.map(({ name }) => name)).toEqual(["release"]);
    const first = pull.pull?.headSha ?? "";

    await team.contribute("feat: mount", method);
    await team.settle();
    expect(team.releasePullRequest()).toMatchObject({ number: pull.number, title: "Release app 1.1.0" });
    expect(pull.pull?.headSha).not.toBe(first);
    expect(await team.read("package.json", pull.pull?.headSha)).toContain('"version": "1.1.0"');
    expect(await team.read("CHANGELOG.md", pull.pull?.headSha)).toMatch(/mount[\s\S]*disk/);
    expect(await team.settle()).toEqual([]);

    const merged = await team.merge(pull, method);
    await team.settle();
    expectReleased(team, "v1.1.0", merged);
    expect(team.releases()[0]).toMatchObject({ name: "v1.1.0", isLatest: true });
    expect(team.releases()[0]?.body).toMatch(/mount[\s\S]*disk/);
    expect(team.releasePullRequests()).toEqual([]);
    expect(team.checksOn(merged)).toMatchObject([{ name: "Release app 1.1.0", status: "completed", conclusion: "success" }]);
    team.wake();
    expect(await team.settle()).toEqual([]);

    await team.contribute("fix: next", method);
    await team.settle();
    expect(team.releasePullRequest().title).toBe("Release app 1.1.1");
  });

  test("its commit is signed by GitHub, and the check on its head says so", async () => {
    const team = await single();
    await team.push("fix: disk");
    await team.settle();
    const head = team.releasePullRequest().pull?.headSha ?? "";
    expect((await team.git.commit(head))?.signature).not.toBeNull();
    const [check] = team.checksOn(head);
    expect(check).toMatchObject({ name: "Release Steward", conclusion: "success", output: { title: "ready to merge" } });
    expect(check?.output.summary).toContain("verified");
  });

  test("its commit is signed off by its author where the playbook asks", async () => {
    const team = await single(SINGLE.replace("labels: [release]", "labels: [release], signoff: true"));
    await team.push("fix: disk");
    await team.settle();
    const commit = await team.git.commit(team.releasePullRequest().pull?.headSha ?? "");
    expect(commit?.message.trim().split("\n").at(-1)).toBe(`Signed-off-by: ${commit?.author.name ?? ""} <${commit?.author.email ?? ""}>`);
  });

  test("an edited title and edited text stay, and the release is recognised all the same", async () => {
    const team = await single();
    await team.push("fix: disk");
    await team.settle();
    const pull = team.releasePullRequest();
    await team.standIn.operations.editIssue(team.person("kim"), team.repository, pull, {
      title: "Our best yet",
      body: (pull.body ?? "").replace(/(?<=^### Highlights\n).*/m, "Disks at last."),
    });
    await team.push("fix: more");
    await team.settle();
    expect(pull.title).toBe("Our best yet");
    expect(pull.body).toContain("Disks at last.");
    expect(pull.body).toContain("more");
    const merged = await team.merge(pull, "squash", "ship it");
    await team.settle();
    expectReleased(team, "v1.0.1", merged);
    expect(team.releases()[0]?.body).toContain("### Highlights\nDisks at last.");
  });

  test("closed by a person: respected, until something new is merged", async () => {
    const team = await single();
    await team.push("fix: disk");
    await team.settle();
    const pull = team.releasePullRequest();
    await team.closePull(pull);
    await team.push("docs: say how");
    await team.settle();
    expect(team.releasePullRequests()).toEqual([]);
    await team.push("fix: more");
    await team.settle();
    expect(team.releasePullRequest().number).not.toBe(pull.number);
  });

  test("closed by a person: `/release plan` of a writer opens another and is answered, a stranger's is not", async () => {
    const team = await single();
    await team.push("fix: disk");
    await team.settle();
    const pull = team.releasePullRequest();
    await team.closePull(pull);
    const stranger = await team.say(pull, "/release plan", "jo");
    await team.settle();
    expect(team.releasePullRequests()).toEqual([]);
    expect(stranger.reactions).toEqual([]);
    const writer = await team.say(pull, "/release plan", "lee");
    await team.settle();
    expect(writer.reactions.map(({ content, user }) => `${content} by ${user.login}`)).toEqual([
      "eyes by release-steward[bot]",
      "rocket by release-steward[bot]",
    ]);
    expect(team.releasePullRequest().number).not.toBe(pull.number);
    expect(await team.settle()).toEqual([]);
  });

  test("a person's commits on the release branch are kept and released", async () => {
    const team = await single();
    await team.push("fix: disk");
    await team.settle();
    const pull = team.releasePullRequest();
    const mine = await team.pushTo(pull.pull?.head ?? "", "docs: nicer words", { "CHANGELOG.md": "# Changelog\n\n## 1.0.1\n\nNicer words.\n" });
    await team.push("fix: more");
    await team.settle();
    expect(pull.pull?.headSha).toBe(mine);
    expect(team.checksOn(mine)).toMatchObject([{ output: { title: expect.stringContaining("somebody else's commits") } }]);
    const merged = await team.merge(pull, "squash");
    await team.settle();
    expectReleased(team, "v1.0.1", merged);
    expect(team.releases()[0]?.body).toContain("Nicer words.");
  });

  test("two workers at once leave one pull request", async () => {
    const team = await single();
    await team.push("fix: disk");
    const others = [team.startProcess(), team.startProcess()];
    await Promise.allSettled(others.map((process) => team.reconcileOnce(process)));
    team.wake();
    await team.settle();
    expect(team.releasePullRequests()).toHaveLength(1);
    const merged = await team.merge(team.releasePullRequest());
    await Promise.allSettled([team.reconcileOnce(team.startProcess()), team.reconcileOnce(team.startProcess())]);
    team.wake();
    await team.settle();
    expectReleased(team, "v1.0.1", merged);
    expect(team.releases()).toHaveLength(1);
  });

  test("what is missing is said on the head commit, once, with the remedy", async () => {
    const team = await single();
    team.installation.permissions = { ...team.installation.permissions, contents: "read" };
    await team.push("fix: disk");
    await team.settle();
    const checks = team.checksOn(team.head());
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({ conclusion: "failure" });
    expect(checks[0]?.output.summary).toMatch(/contents/);
    team.wake();
    await team.settle();
    expect(team.checksOn(team.head())).toHaveLength(1);
  });

  test("a broken playbook is said at its line, and nothing else is done", async () => {
    const team = await single();
    await team.push("ci: playbook", { ".github/release-steward.yml": "schema: 1\ncomponents: {app: {path: .}}\nversioning: {scheme: semwer}\n" });
    await team.settle();
    const [check] = team.checksOn(team.head());
    expect(check).toMatchObject({ conclusion: "failure", output: { annotations: [{ path: ".github/release-steward.yml", startLine: 3 }] } });
    expect(team.releasePullRequests()).toEqual([]);
  });

  test("a playbook under another name is not passed over in silence", async () => {
    const team = await single();
    await team.push("ci: rename", { ".github/release-steward.yml": null, ".github/release-steward.yaml": SINGLE });
    await team.settle();
    expect(team.checksOn(team.head())).toMatchObject([{ conclusion: "failure", output: { summary: expect.stringContaining(".github/release-steward.yml") } }]);
  });

  test("without a playbook the repository is left alone", async () => {
    const team = await single();
    await team.push("feat: away", { ".github/release-steward.yml": null });
    await team.settle();
    expect(team.releasePullRequests()).toEqual([]);
    expect(team.checksOn(team.head())).toEqual([]);
  });

  test("a fix of an older line does not become the latest release, and an annotated tag says what it is [M-21]", async () => {
    const team = await single(SINGLE.replace("release:\n", 'release:\n  tag: {annotated: true, message: "app {version}"}\n'));
    await team.push("fix: disk");
    await team.settle();
    const merged = await team.merge(team.releasePullRequest());
    await team.settle();
    const tag = await team.git.tag(team.tags()["v1.0.1"] ?? "");
    expect(tag).toMatchObject({ target: merged, message: expect.stringContaining("app 1.0.1") });
  });
});

const story = async (team: Team): Promise<void> => {
  await team.push("fix: disk");
  await team.settle();
  await team.push("feat: mount");
  await team.settle();
  await team.merge(team.releasePullRequest());
  await team.settle();
  team.wake();
  await team.settle();
};

describe("killed at any call", () => {
  test("and restarted, it comes to one tag and one release", async () => {
    const whole = await single();
    const before = whole.calls();
    await story(whole);
    const calls = whole.calls() - before;
    expect(calls).toBeGreaterThan(10);
    let killed = 0;
    for (const effect of ["drop-before", "drop-after"] as const) {
      for (let at = 1; at <= calls; at += 1) {
        const team = await single();
        team.killAt(at, effect);
        await story(team);
        if (team.wasKilled()) killed += 1;
        const sha = team.tags()["v1.1.0"] ?? "";
        expect([at, effect, team.releases().map(({ tag, isDraft }) => [tag, isDraft]), Object.keys(team.tags()).sort()]).toEqual([
          at,
          effect,
          [["v1.1.0", false]],
          ["v1.0.0", "v1.1.0"],
        ]);
        expect(sha).toBe(team.head());
        expect(team.releasePullRequests()).toEqual([]);
      }
    }
    expect(killed).toBe(2 * calls);
  });
});

describe("other ways to keep a changelog", () => {
  test("Keep a Changelog", async () => {
    const team = await single(SINGLE.replace("{file: CHANGELOG.md}", "{file: CHANGELOG.md, style: keep-a-changelog}"));
    await team.push("feat: mount", {
      "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Mounts, written by hand.\n\n## [1.0.0] - 2025-01-01\n",
    });
    await team.settle();
    const pull = team.releasePullRequest();
    expect(await team.read("CHANGELOG.md", pull.pull?.headSha)).toMatch(
      /## \[Unreleased\]\s+## \[1\.1\.0\] - 2026-01-01\s+### Added\s+- Mounts, written by hand\./,
    );
    const merged = await team.merge(pull);
    await team.settle();
    expectReleased(team, "v1.1.0", merged);
    expect(team.releases()[0]?.body).toContain("Mounts, written by hand.");
  });

  test("the changelog decides the version", async () => {
    const team = await single(
      SINGLE.replace("versioning:\n", "versioning:\n  source: changelog\n").replace("{file: CHANGELOG.md}", "{file: CHANGELOG.md, style: keep-a-changelog}"),
    );
    await team.push("whatever", { "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- A disk.\n\n## [1.0.0] - 2025-01-01\n" });
    await team.settle();
    expect(team.releasePullRequest().title).toBe("Release app 1.0.1");
    const merged = await team.merge(team.releasePullRequest());
    await team.settle();
    expectReleased(team, "v1.0.1", merged);
  });

  test("no file at all: the notes are written from the commits", async () => {
    const team = await openTeam({ playbook: "schema: 1\ncomponents: {app: {path: .}}\n" });
    await team.push("feat: mount");
    await team.settle();
    const merged = await team.merge(team.releasePullRequest());
    await team.settle();
    expectReleased(team, "v0.1.0", merged);
    expect(team.releases()[0]?.body).toContain("mount");
  });
});

const chartsPlaybook = (rest: string): string => `schema: 1
components: {discover: {glob: "charts/*/Chart.yaml", name: directory}}
versioning: {files: [{file: "{path}/Chart.yaml", yaml: version}]}
changelog: {file: "{path}/CHANGELOG.md"}
release: {tag: {name: "{component}-{version}"}${rest}}
`;

describe("22 charts", () => {
  const names = Array.from({ length: 22 }, (_, index) => `chart${String(index + 1)}`);
  const charts = Object.fromEntries(names.map((name) => [`charts/${name}/Chart.yaml`, `apiVersion: v2\nname: ${name}\nversion: 1.0.0 # kept\n`]));
  const begin = async (rest = ""): Promise<Team> => {
    const team = await openTeam({ playbook: chartsPlaybook(rest), files: charts });
    for (const name of names) await team.tag(`${name}-1.0.0`);
    return team;
  };

  test("one pull request a chart: only what changed is proposed, each gets its own tag", async () => {
    const team = await begin();
    await team.contribute("fix: one", "squash", { "charts/chart1/values.yaml": "a: 1\n" });
    await team.contribute("feat: twenty-two", "merge", { "charts/chart22/values.yaml": "a: 1\n" });
    await team.push("docs: elsewhere", { "docs/x.md": "x\n" });
    await team.settle();
    expect(team.releasePullRequests().map(({ title }) => title)).toEqual(["Release chart1 1.0.1", "Release chart22 1.1.0"]);
    for (const pull of team.releasePullRequests()) await team.merge(pull, "rebase");
    await team.settle();
    expect(
      Object.keys(team.tags())
        .filter((name) => !name.endsWith("-1.0.0"))
        .sort(),
    ).toEqual(["chart1-1.0.1", "chart22-1.1.0"]);
    expect(team.releases().map(({ tag, isDraft }) => [tag, isDraft])).toEqual([
      ["chart1-1.0.1", false],
      ["chart22-1.1.0", false],
    ]);
    expect(await team.read("charts/chart1/Chart.yaml")).toBe("apiVersion: v2\nname: chart1\nversion: 1.0.1 # kept\n");
    team.wake();
    expect(await team.settle()).toEqual([]);
  });

  test("one for all: every chart that changed gets its tag at the one merged commit", async () => {
    const team = await begin(", pull_request: {per: repository, branch: release/next, title: Release}");
    await team.push("feat: everywhere", Object.fromEntries(names.map((name) => [`charts/${name}/values.yaml`, "a: 1\n"])));
    await team.settle();
    const merged = await team.merge(team.releasePullRequest());
    await team.settle();
    const made = Object.entries(team.tags()).filter(([name]) => name.endsWith("-1.1.0"));
    expect(made).toHaveLength(22);
    expect(new Set(made.map(([, sha]) => sha))).toEqual(new Set([merged]));
    expect(team.releases().filter(({ isDraft }) => !isDraft)).toHaveLength(22);
  });
});

/** GitHub's list of open pull requests as it was before any was opened; what is read by number is true. */
const withoutOpen = (github: GitHub): GitHub => ({
  ...github,
  async graphql(document, variables, options) {
    const answer = await github.graphql(document, variables, options);
    const empty = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
    const blinded = (value: unknown): unknown =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, /_(?:open|pulls)$/.test(name) ? empty : blinded(one)]))
        : value;
    return blinded(answer);
  },
});

describe("installed where a hundred pull requests are open", () => {
  test("each gets its check: fifty a look, twenty a document, and no more in a minute than GitHub takes", async () => {
    const team = await single();
    await team.settle();
    for (let index = 0; index < 100; index += 1) {
      const name = `people-${String(index)}`;
      await openPull(team.standIn, team.repository, { branch: name, title: `fix: ${name}`, files: { [name]: "1\n" }, login: "lee", labels: [] });
    }
    const before = team.standIn.world.requests.length;
    const said = await team.settle();
    expect(said.map((action) => (action.kind === "say-on-contributions" ? action.checks.length : action.kind))).toEqual([50, 50]);
    const open = [...team.repository.issues.values()].filter(({ pull }) => pull !== null);
    expect(open.map(({ pull }) => team.checksOn(pull!.headSha).length)).toEqual(open.map(() => 1));
    expect(team.standIn.world.requests.slice(before).filter(({ isWrite, actor }) => isWrite && actor.includes("[bot]"))).toHaveLength(6);
    const times = [...team.repository.checkRuns.values()].map(({ startedAt }) => startedAt ?? 0);
    expect(Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length))).toBeLessThanOrEqual(80);
    team.wake();
    expect(await team.settle()).toEqual([]);
  });
});

describe("lists that lag behind", () => {
  test.each(["release/next", "release/v{version}"])("never lead to a second pull request from %s", async (branch) => {
    const team = await single(SINGLE.replace("labels: [release]", `labels: [release], branch: "${branch}"`));
    await team.push("fix: disk");
    await team.settle();
    team.through(withoutOpen);
    await team.push("feat: mount");
    await team.settle();
    expect(team.releasePullRequests().map(({ title }) => title)).toEqual(["Release app 1.1.0"]);
  });

  test("to a process that has just started either, where the branch says that there is one", async () => {
    const team = await single();
    await team.push("fix: disk");
    await team.settle();
    team.restart();
    team.through(withoutOpen);
    await team.push("feat: mount");
    await expect(team.settle()).rejects.toThrow("never becomes quiet");
    expect(team.releasePullRequests()).toHaveLength(1);
    team.through((github) => github);
    team.wake();
    await team.settle();
    expect(team.releasePullRequest().title).toBe("Release app 1.1.0");
  });
});
