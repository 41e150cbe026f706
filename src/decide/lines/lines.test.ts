import { describe, expect, test } from "@jest/globals";
import { hostedRepository, playbookWith } from "../../../test/fixtures/hosted.ts";
import type { HostedRepository } from "../../../test/fixtures/hosted.ts";
import type { Action, PublishRelease } from "../../model/plan.ts";
import type { Playbook } from "../../model/playbook.ts";

const VERSIONED: Partial<Playbook["versioning"]> = { files: [{ file: "VERSION.json", value: "{version}", at: { by: "json", path: "version" } }] };

function released(playbook = playbookWith({ versioning: VERSIONED, changelog: { file: "CHANGELOG.md" } })): HostedRepository {
  const repository = hostedRepository(playbook);
  repository.push("feat: begin", { write: { "VERSION.json": '{"version": "1.0.0"}\n' } });
  repository.tag("v1.0.0");
  return repository;
}
const kinds = (actions: readonly Action[]): string[] => actions.map(({ kind }) => kind);
const published = (actions: readonly Action[]): PublishRelease[] => actions.filter((action) => action.kind === "publish-release");
const KEEP = "keep-release-pull-request";

function closed(): { repository: HostedRepository; pull: ReturnType<HostedRepository["close"]> } {
  const repository = released();
  repository.push("fix: disk");
  repository.settle();
  return { repository, pull: repository.close() };
}

/** What the app says on a commit before it makes anything of its release. */
const begun = (component: string, version: string, tag: string, startedAt: number) => ({
  id: 1, nodeId: "CR_1", name: `Release ${component} ${version}`, externalId: `release/${tag}`, conclusion: null, startedAt, title: "", summary: "", text: "", url: null,
}); // prettier-ignore

describe("the release pull request keeps itself right", () => {
  test("it opens with the first change and is written once", () => {
    const repository = released();
    repository.push("fix: disk");
    expect(kinds(repository.settle())).toEqual([KEEP]);
    expect(repository.pull()).toMatchObject({ title: "Release app 1.0.1", branch: "release/app", state: "open" });
    expect(repository.settle()).toEqual([]);
  });

  test("a later feature raises the version in the same pull request, whatever its branch is called", () => {
    const repository = released(
      playbookWith({ versioning: VERSIONED, release: { pullRequest: { ...playbookWith().release.pullRequest, branch: "release/v{version}" } } }),
    );
    repository.push("fix: disk");
    repository.settle();
    repository.push("feat: mount");
    repository.settle();
    expect(repository.pulls).toHaveLength(1);
    expect(repository.pull()).toMatchObject({ title: "Release app 1.1.0", branch: "release/v1.0.1" });
  });

  test("a change that a release does not carry writes no commit", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    repository.push("docs: say how");
    const done = repository.settle();
    expect(done.some((action) => action.kind === KEEP && action.writes.commit)).toBe(false);
  });

  test("a new day alone writes nothing", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    repository.nextDay();
    expect(repository.settle()).toEqual([]);
  });

  test("a title that a person edited stays until the version changes", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    repository.pull().title = "Disks at last";
    repository.push("fix: another");
    repository.settle();
    expect(repository.pull().title).toBe("Disks at last");
    repository.push("feat: mount");
    repository.settle();
    expect(repository.pull().title).toBe("Release app 1.1.0");
  });

  test("text in the sections of people survives every update and reaches the release", () => {
    const notes = { ...playbookWith().release.notes, sections: ["Highlights", "Known Issues"] };
    const repository = released(playbookWith({ versioning: VERSIONED, changelog: { file: "CHANGELOG.md" }, release: { notes } }));
    repository.push("fix: disk");
    repository.settle();
    const before = repository.pull().body;
    repository.describe(before.replace(/### Highlights\n[^\n]*/, "### Highlights\nDisks, @kim!").replaceAll("\n", "\r\n"));
    repository.push("feat: mount");
    repository.settle();
    expect(repository.pull().body).toContain("### Highlights\nDisks, @kim!\n");
    // The app had looked before that was saved, and wrote after it.
    repository.pull().body = before;
    repository.settle();
    expect(repository.pull().body).toContain("### Highlights\nDisks, @kim!\n");
    repository.pull().body = before;
    repository.merge();
    const [release] = published(repository.settle());
    expect(release?.body).toContain("### Highlights\nDisks, @kim!");
    expect(release?.body).not.toContain("Known Issues");
  });

  test("somebody else's commits on its branch are never overwritten, and its check says so", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    repository.pushToBranch();
    repository.push("feat: mount");
    const done = repository.settle();
    expect(done.every((action) => action.kind !== KEEP || !action.writes.commit)).toBe(true);
    expect(repository.pull().checks[0]?.title).toContain("somebody else's commits");
    expect(repository.settle()).toEqual([]);
  });

  test("the base merged into its branch by the button is no foreign work: the new head gets its check, and an update replaces it", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    repository.pushToBranch(2);
    repository.settle();
    expect(repository.pull().checkedSha).toBe(repository.pull().headSha);
    repository.push("feat: mount");
    expect(repository.settle().some((action) => action.kind === KEEP && action.writes.commit)).toBe(true);
  });

  test("a check run that GitHub refused is all that is missing: the branch is not written again", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    const { headSha } = Object.assign(repository.pull(), { checks: [], checkedSha: null });
    const done = repository.settle();
    expect(done).toMatchObject([{ kind: KEEP, writes: { commit: false, check: true } }]);
    expect(repository.pull()).toMatchObject({ headSha, checkedSha: headSha });
    expect(repository.settle()).toEqual([]);
  });

  test("a conflict with the base is written anew", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    repository.pull().isConflicting = true;
    expect(kinds(repository.settle())).toEqual([KEEP]);
    expect(repository.pull().isConflicting).toBe(false);
  });

  test("of two that are open for one line the older is kept", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    const first = repository.pull();
    repository.pulls.push({ ...first, id: "PR_9", number: 999, branch: "elsewhere" });
    expect(kinds(repository.settle())).toEqual(["close-release-pull-request"]);
    expect(repository.pulls.map(({ number, state }) => [number, state])).toEqual([
      [first.number, "open"],
      [999, "closed"],
    ]);
  });

  test("labels of the playbook are put on it and those of people are left", () => {
    const pullRequest = { ...playbookWith().release.pullRequest, labels: ["release"] };
    const repository = released(playbookWith({ versioning: VERSIONED, release: { pullRequest } }));
    repository.push("fix: disk");
    repository.settle();
    repository.pull().labels = ["mine"];
    repository.settle();
    expect(repository.pull().labels).toEqual(["mine", "release"]);
  });

  test("a commit is signed off where the playbook asks", () => {
    const pullRequest = { ...playbookWith().release.pullRequest, signoff: true };
    const repository = released(playbookWith({ versioning: VERSIONED, release: { pullRequest } }));
    repository.push("fix: disk");
    expect(repository.plan().actions[0]).toMatchObject({
      commitMessage: "chore: release app 1.0.1\n\nSigned-off-by: release-steward[bot] <1+release-steward[bot]@users.noreply.github.com>",
    });
  });

  test("it is closed, with the reason, when nothing is left to release", () => {
    const repository = released();
    const fix = repository.push("fix: disk");
    repository.settle();
    repository.push(`Revert "fix: disk"\n\nThis reverts commit ${fix}.`);
    const done = repository.settle();
    expect(done).toMatchObject([{ kind: "close-release-pull-request", comment: expect.stringContaining("Nothing is left to release") }]);
    expect(repository.settle()).toEqual([]);
    repository.push("fix: again");
    repository.settle();
    expect(repository.pull().state).toBe("open");
  });

  test("where the version can no longer be told, its check forbids the merge", () => {
    const repository = released();
    const fix = repository.push("fix: disk");
    repository.settle();
    repository.push(`Revert "fix: disk"\n\nThis reverts commit ${fix}.`);
    repository.push("something");
    repository.settle();
    expect(repository.pull().checks[0]).toMatchObject({ conclusion: "failure", title: expect.stringContaining("which version is next?") });
    expect(repository.settle()).toEqual([]);
    repository.push("fix: again");
    repository.settle();
    expect(repository.pull().checks[0]).toMatchObject({ conclusion: "success" });
  });

  test("a branch of that name which the app did not make is left alone", () => {
    const repository = released();
    repository.branches.set("release/app", "f".repeat(40));
    repository.push("fix: disk");
    expect(repository.settle()).toMatchObject([{ kind: "say-on-commit", check: { title: expect.stringContaining("`release/app` exists") } }]);
    expect(repository.pulls).toEqual([]);
  });

  test("a question is asked once, on the head of the branch", () => {
    const repository = released();
    repository.push("something");
    expect(repository.settle()).toMatchObject([{ kind: "say-on-commit", check: { conclusion: "action_required", title: "which version is next?" } }]);
    expect(repository.settle()).toEqual([]);
  });
});

describe("closed by a person", () => {
  test("it stays closed, also when something is merged that no release carries", () => {
    const { repository } = closed();
    expect(repository.settle()).toEqual([]);
    repository.push("docs: say how");
    expect(repository.settle()).toEqual([]);
  });

  test("something new to release opens another", () => {
    const { repository, pull } = closed();
    repository.push("fix: more");
    repository.settle();
    expect(repository.pull().number).not.toBe(pull.number);
  });

  test.each([
    ["write", "/release plan", "accepted"],
    ["admin", "please\r\n/release plan  \r\n", "accepted"],
    ["triage", "/release plan", "refused"],
  ] as const)("a person with %s who says %j is %s", (permission, words, answer) => {
    const { repository, pull } = closed();
    repository.permissions.set("kim", permission);
    repository.say(pull, words, "kim");
    expect(repository.settle()).toContainEqual(expect.objectContaining({ kind: "answer-request", commentId: pull.requests[0]?.id, reaction: answer }));
    expect(repository.pulls.some(({ state }) => state === "open")).toBe(answer === "accepted");
    expect(repository.settle()).toEqual([]);
  });

  test.each([
    ["a stranger", "/release plan", "read"],
    ["a quotation", "> /release plan", "write"],
    ["a code block", "```\n/release plan\n```", "write"],
  ] as const)("%s moves nothing", (_name, words, permission) => {
    const { repository, pull } = closed();
    repository.permissions.set("kim", permission);
    repository.say(pull, words, "kim");
    expect(repository.settle()).toEqual([]);
  });

  test("another command is refused with a hint, and opens nothing", () => {
    const { repository, pull } = closed();
    repository.permissions.set("kim", "write");
    repository.say(pull, "/release planning", "kim");
    expect(repository.settle()).toMatchObject([{ kind: "answer-request", reaction: "refused", reply: expect.stringContaining("there is no such command") }]);
  });
});

describe("merged, it becomes a release", () => {
  test("but not from another branch, although its commit came to this one later", () => {
    const repository = released();
    repository.push("fix: disk (#7)");
    repository.settle();
    repository.merge();
    for (const pull of repository.pulls) pull.base = "next";
    expect(published(repository.settle())).toEqual([]);
  });

  test("tag and release at exactly the merged commit, and nothing after that", () => {
    const repository = released();
    repository.push("fix: disk (#7)");
    repository.settle();
    repository.pull().title = "whatever";
    const merged = repository.merge();
    repository.push("feat: later");
    const done = repository.settle();
    expect(published(done)).toMatchObject([{ tag: "v1.0.1", sha: merged, isLatest: true, isPrerelease: false, annotation: null }]);
    expect(published(done)[0]?.body).toContain("disk ([#7]");
    expect(repository.pull().title).toBe("Release app 1.1.0");
    expect(repository.settle()).toEqual([]);
  });

  test("what was merged after the last update is in the tag, so the notes name it", () => {
    const repository = released();
    repository.push("fix: disk (#7)");
    repository.settle();
    repository.push("fix: late (#8)");
    repository.merge();
    const [release] = published(repository.settle());
    expect(release?.body).toContain("late");
  });

  test("a version file that says something else at the merge is not tagged, and a new pull request follows", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    repository.merge({ "VERSION.json": '{"version": "7.0.0"}\n' });
    const done = repository.settle();
    expect(published(done)).toEqual([]);
    expect(done).toContainEqual(
      expect.objectContaining({
        kind: "say-on-commit",
        check: expect.objectContaining({ summary: expect.stringContaining('says "7.0.0": it is not tagged') }),
      }),
    );
  });

  test("a tag that stands already makes the merge nothing to release", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    const merged = repository.merge();
    repository.tag("v1.0.1", merged);
    expect(published(repository.settle())).toEqual([]);
  });

  test("an automatic merge that still lacks a label is looked at again at once: nobody else wakes it", () => {
    const policies = { default: { automatic: true, gates: [], labels: [] } };
    const repository = hostedRepository(playbookWith({ policies, release: { pullRequest: { ...playbookWith().release.pullRequest, labels: ["release"] } } }));
    repository.push("feat: begin");
    for (const action of repository.plan().actions) repository.perform(action);
    for (const pull of repository.pulls) pull.labels = [];
    const { actions, wakeAt, takenAt } = repository.plan();
    expect(kinds([...actions])).toEqual([KEEP]);
    expect(wakeAt).toBe(takenAt);
  });

  test("a release cut short after its tag is resumed from its draft", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    const merged = repository.merge();
    repository.tag("v1.0.1", merged);
    repository.headChecks.set(merged, [begun("app", "1.0.1", "v1.0.1", repository.plan().takenAt)]);
    repository.releases.push({ id: 500, tag: "v1.0.1", isDraft: true, isPrerelease: false, isOwn: true, body: "", assets: [] });
    expect(published(repository.settle())).toMatchObject([{ tag: "v1.0.1", sha: merged, body: null, found: { drafts: [500], tagSha: merged } }]);
    expect(repository.settle()).toEqual([]);
  });

  test("somebody else's draft is theirs", () => {
    const repository = released();
    repository.releases.push({ id: 500, tag: "v1.0.0", isDraft: true, isPrerelease: false, isOwn: false, body: "", assets: [] });
    expect(repository.settle()).toEqual([]);
  });

  test("a release that was begun and whose draft no list shows yet is waited for", () => {
    const repository = released();
    repository.push("fix: disk");
    repository.settle();
    const merged = repository.merge();
    const startedAt = repository.plan().takenAt;
    repository.headChecks.set(merged, [begun("app", "1.0.1", "v1.0.1", startedAt)]);
    expect(repository.plan()).toMatchObject({ actions: [], wakeAt: startedAt + 60_000 });
    repository.nextDay();
    expect(published([...repository.plan().actions])).toMatchObject([{ found: { begun: 1 } }]);
  });

  test("a first release below 1.0.0 and an annotated tag with its message", () => {
    const tag = { ...playbookWith().release.tag, annotated: true, message: "app v{version}" };
    const repository = hostedRepository(playbookWith({ release: { tag } }));
    repository.push("feat: begin");
    repository.settle();
    repository.merge();
    expect(published(repository.settle())).toMatchObject([{ tag: "v0.1.0", annotation: "app v0.1.0" }]);
  });
});

describe("several components", () => {
  const components = { named: ["a", "b"].map((name) => ({ name, path: `charts/${name}`, owners: [], dependents: "leave" as const })), discover: null };
  const tag = { ...playbookWith().release.tag, name: "{component}-{version}" };
  const versioning: Partial<Playbook["versioning"]> = { files: [{ file: "{path}/Chart.yaml", value: "{version}", at: { by: "yaml", path: "version" } }] };
  const begin = (per: "component" | "repository"): HostedRepository => {
    const pullRequest = { ...playbookWith().release.pullRequest, per, ...(per === "repository" ? { branch: "release/next", title: "Release" } : {}) };
    const repository = hostedRepository(playbookWith({ components, versioning, release: { tag, pullRequest } }));
    repository.push("feat: begin", { write: { "charts/a/Chart.yaml": "version: 1.0.0\n", "charts/b/Chart.yaml": "version: 1.0.0\n" } });
    repository.tag("a-1.0.0");
    repository.tag("b-1.0.0");
    repository.push("fix: a", { paths: ["charts/a/x"] });
    repository.push("feat: b", { paths: ["charts/b/x"] });
    repository.settle();
    return repository;
  };

  test("one pull request each, one tag each", () => {
    const repository = begin("component");
    expect(repository.pulls.map(({ title }) => title)).toEqual(["Release a 1.0.1", "Release b 1.1.0"]);
    repository.merge();
    expect(published(repository.settle()).map((one) => one.tag)).toEqual(["b-1.1.0"]);
    repository.merge();
    expect(published(repository.settle()).map((one) => one.tag)).toEqual(["a-1.0.1"]);
  });

  test("many that nobody can tell the next version of are counted in the title and named below", () => {
    const names = ["a", "b", "c", "d", "e"];
    const many = { named: names.map((name) => ({ name, path: name, owners: [], dependents: "leave" as const })), discover: null };
    const repository = hostedRepository(playbookWith({ components: many, release: { tag } }));
    for (const name of names) repository.push("Update", { write: { [`${name}/x`]: "" } });
    const [said] = repository.settle();
    expect(said).toMatchObject({ kind: "say-on-commit", check: { title: "which versions are next for a, b, c and 2 more?" } });
    expect(said).toMatchObject({ check: { summary: expect.stringContaining("Which version of e is next?") } });
  });

  test("one that is gone from the tree keeps nobody from being released, and its own last release is still ended", () => {
    const repository = hostedRepository(playbookWith({ components, versioning, release: { tag } }));
    repository.push("feat: begin", { write: { "charts/a/Chart.yaml": "version: 1.0.0\n" } });
    repository.tag("a-1.0.0");
    repository.tag("b-1.0.0");
    repository.push("fix: a", { paths: ["charts/a/x"] });
    expect(kinds(repository.settle())).toEqual([KEEP]);
    const [at] = repository.tags.filter(({ name }) => name === "b-1.0.0").map(({ sha }) => sha);
    repository.headChecks.set(at ?? "", [begun("b", "1.0.0", "b-1.0.0", repository.plan().takenAt)]);
    repository.releases.push({ id: 500, tag: "b-1.0.0", isDraft: true, isPrerelease: false, isOwn: true, body: "", assets: [] });
    expect(published(repository.settle())).toMatchObject([{ tag: "b-1.0.0", found: { drafts: [500] } }]);
  });

  test("one pull request for all, a tag for each at the same commit", () => {
    const repository = begin("repository");
    expect(repository.pulls).toHaveLength(1);
    const merged = repository.merge();
    const done = published(repository.settle());
    expect(done.map((one) => [one.tag, one.sha])).toEqual([
      ["a-1.0.1", merged],
      ["b-1.1.0", merged],
    ]);
    expect(repository.settle()).toEqual([]);
  });

  test("a merge that was cut short after one of its tags makes the others", () => {
    const repository = begin("repository");
    repository.merge();
    const [first] = repository.plan().actions;
    if (first !== undefined) repository.perform(first);
    expect(published(repository.settle()).map((one) => one.tag)).toEqual(["b-1.1.0"]);
  });
});

test("whoever merges is told which keys of the playbook nothing enforces", () => {
  const repository = released({ ...playbookWith({ versioning: VERSIONED }), notActedOn: ["environments", "artifacts"] });
  repository.push("fix: disk");
  repository.settle();
  const [check] = repository.pull().checks;
  expect(check?.title).toBe("ready to merge");
  expect(check?.text).toContain("`environments`, `artifacts`");
});
