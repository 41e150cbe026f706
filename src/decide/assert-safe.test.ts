import { expect, test } from "@jest/globals";
import { hostedRepository, playbookWith } from "../../test/fixtures/hosted.ts";
import type { Action, KeepReleasePullRequest, Plan, PublishRelease } from "../model/plan.ts";
import { assertPlanIsSafe } from "./assert-safe.ts";

function planned(): { plan: Plan; keep: KeepReleasePullRequest; check: (...actions: Action[]) => () => void } {
  const repository = hostedRepository(playbookWith());
  repository.push("feat: begin");
  const { plan, snapshot } = repository.look();
  const [keep] = plan.actions;
  if (keep?.kind !== "keep-release-pull-request") throw new Error("expected a pull request to be planned");
  return {
    plan,
    keep,
    check:
      (...actions) =>
      () =>
        assertPlanIsSafe({ ...plan, actions }, snapshot),
  };
}

test("a plan as it is made is safe", () => {
  const { keep, check } = planned();
  expect(check(keep)).not.toThrow();
});

test.each<[string, (keep: KeepReleasePullRequest) => readonly Action[]]>([
  ["two release pull requests are planned for the line app", (keep) => [keep, { ...keep, branch: "other" }]],
  ["two release pull requests are planned for the branch release/app", (keep) => [keep, { ...keep, line: "other" }]],
  ["the release branch of app is the base branch main", (keep) => [{ ...keep, branch: "main" }]],
  ["was planned for another head", (keep) => [{ ...keep, baseSha: "0".repeat(40) }]],
  ["was planned for a local repository", (keep) => [{ ...keep, found: null }]],
  ["has no title", (keep) => [{ ...keep, title: " " }]],
  ["writes outside of the repository", (keep) => [{ ...keep, files: [{ path: "a/../../b", before: null, after: "" }] }]],
  ["writes outside of the repository", (keep) => [{ ...keep, files: [{ path: ".git/config", before: null, after: "" }] }]],
  ["#7 is not this app's to close", () => [{ kind: "close-release-pull-request", pullRequest: { id: "x", number: 7, headSha: "x" }, comment: "" }]],
])("refused: %s", (message, change) => {
  const { keep, check } = planned();
  expect(check(...change(keep))).toThrow(message);
});

test.each<[string, (release: PublishRelease) => readonly Action[]]>([
  ["two releases are planned for the tag v0.1.0", (release) => [release, release]],
  ["is not on the branch", (release) => [{ ...release, sha: "0".repeat(40) }]],
  ["the tag v0.1.0 is not where it was seen", (release) => [{ ...release, found: { ...release.found, tagSha: release.sha } }]],
  ["does not name the version 9.9.9", (release) => [{ ...release, version: "9.9.9" }]],
  ["somebody else's would be published", (release) => [{ ...release, found: { ...release.found, drafts: [1] } }]],
])("refused: %s", (message, change) => {
  const repository = hostedRepository(playbookWith());
  repository.push("feat: begin");
  repository.settle();
  repository.merge();
  const { plan, snapshot } = repository.look();
  const [release] = plan.actions;
  if (release?.kind !== "publish-release") throw new Error("expected a release to be planned");
  expect(() => assertPlanIsSafe(plan, snapshot)).not.toThrow();
  expect(() => assertPlanIsSafe({ ...plan, actions: change(release) }, snapshot)).toThrow(message);
});

test("refused: a tag that would move", () => {
  const repository = hostedRepository(playbookWith());
  const first = repository.push("feat: begin");
  repository.settle();
  repository.merge();
  const { plan, snapshot } = repository.look();
  expect(() => assertPlanIsSafe(plan, { ...snapshot, tags: [{ name: "v0.1.0", sha: first }] })).toThrow("the tag v0.1.0 would move");
});

test("refused: a release that its gates do not agree to, or that nobody asked them about", () => {
  const repository = hostedRepository(playbookWith());
  repository.push("feat: begin");
  repository.settle();
  repository.merge();
  const { plan, snapshot } = repository.look();
  const shut = { gate: "ci", kind: "check", state: "unknown" } as Plan["lines"][number]["gates"][number];
  const lines = plan.lines.map((line) => ({ ...line, gates: [shut] }));
  expect(() => assertPlanIsSafe({ ...plan, lines }, snapshot)).toThrow("releasing v0.1.0 was planned although the gate ci is unknown");
  expect(() => assertPlanIsSafe({ ...plan, lines: [] }, snapshot)).toThrow("releasing v0.1.0 was planned and nobody asked its gates");
});

test("refused: a merge of another head, against a gate, or that a person has to do", () => {
  const repository = hostedRepository(playbookWith({ policies: { default: { automatic: true, gates: [], labels: [] } } }));
  repository.push("feat: begin");
  const { plan: first } = repository.look();
  for (const action of first.actions) repository.perform(action);
  const { plan, snapshot } = repository.look();
  const merge = plan.actions.find((action) => action.kind === "merge-release-pull-request");
  if (merge === undefined) throw new Error("expected a merge to be planned");
  expect(() => assertPlanIsSafe(plan, snapshot)).not.toThrow();
  const other = { ...merge, pullRequest: { ...merge.pullRequest, headSha: "0".repeat(40) } };
  expect(() => assertPlanIsSafe({ ...plan, actions: [other] }, snapshot)).toThrow("was planned for another head");
  const shut = { gate: "ci", kind: "check", state: "closed" } as Plan["lines"][number]["gates"][number];
  expect(() => assertPlanIsSafe({ ...plan, lines: plan.lines.map((line) => ({ ...line, gates: [shut] })) }, snapshot)).toThrow("the gate ci is closed");
  const byPeople = plan.lines.map((line) => ({ ...line, policy: { ...line.policy, isAutomatic: false } }));
  expect(() => assertPlanIsSafe({ ...plan, lines: byPeople }, snapshot)).toThrow("although a person has to do it");
});

test("somebody else's commits on a release branch are never written over", () => {
  const repository = hostedRepository(playbookWith());
  repository.push("feat: begin");
  const [keep] = repository.look().plan.actions;
  repository.settle();
  const { plan, snapshot } = repository.look();
  const pull = snapshot.hosted?.open[0];
  if (keep?.kind !== "keep-release-pull-request" || keep.found === null || snapshot.hosted === null || pull === undefined)
    throw new Error("expected an open pull request");
  const again: Action = { ...keep, found: { ...keep.found, pullRequest: pull, branchSha: pull.headSha }, writes: { ...keep.writes, commit: true } };
  const written = (isOwn: boolean) => ({ ...snapshot.hosted!, open: [{ ...pull, commits: [{ sha: pull.headSha, parents: ["b"], isOwn, people: ["lee"] }] }] });
  const check = (isOwn: boolean) => () => assertPlanIsSafe({ ...plan, actions: [again] }, { ...snapshot, hosted: written(isOwn) });
  expect(check(true)).not.toThrow();
  expect(check(false)).toThrow("somebody else's commits on the branch of app would be overwritten");
});
