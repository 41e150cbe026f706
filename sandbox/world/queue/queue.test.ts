import { expect, it } from "@jest/globals";
import { inScene, REPO, type Scene } from "../../fixture.ts";
import { installCi, keepRules, reportCheck } from "../../scenarios/people.ts";
import { NO_RULES } from "../rules/keep.ts";
import type { Issue } from "../types.ts";

type Queued = Scene & {
  readonly pull: (branch: string) => Promise<Issue>;
  readonly enqueue: (issue: Issue, head?: string) => Promise<unknown>;
  /** Of the first group that is checked. */
  readonly report: (conclusion: string) => Promise<unknown>;
};

/** Main has a queue that asks for `unit`; the checks of heads have passed. */
const inQueue = (use: (scene: Queued) => Promise<void>): Promise<void> =>
  inScene(async (scene) => {
    const { standIn, repository } = scene;
    const kim = standIn.actorFor("kim");
    installCi(standIn, "acme");
    Object.assign(scene.app, { events: [...scene.app.events, "merge_group"] });
    scene.installation.permissions = { ...scene.installation.permissions, merge_queues: "read" };
    const rules = { ...NO_RULES, checks: [{ name: "unit", appId: null }], queue: { method: "squash", checksWithinMinutes: 60 } } as const;
    await keepRules(standIn, repository, "kim", { name: "Queue", rules });
    await use({
      ...scene,
      async pull(branch) {
        const sha = await scene.push(branch, { [branch]: branch });
        const issue = repository.issues.get(await scene.open(branch))!;
        await reportCheck(standIn, repository, sha, "unit", "success");
        await scene.heard();
        return issue;
      },
      enqueue: (issue, head) => standIn.operations.enqueue(kim, repository, issue, head ?? null),
      report: (conclusion) => reportCheck(standIn, repository, repository.queue[0]?.group?.headSha ?? "", "unit", conclusion),
    });
  });

it("refuses a direct merge, takes the pull request, checks it merged into the base, and merges exactly that", () =>
  inQueue(async ({ kim, repository, pull, enqueue, report, heard, headOf, standIn }) => {
    const issue = await pull("topic");
    const direct = await kim("PUT", `${REPO}/pulls/1/merge`);
    expect([direct.status, direct.body.message]).toEqual([405, "Repository rule violations found\n\nChanges must be made through the merge queue"]);
    const before = headOf("main");
    await enqueue(issue);
    const { headBranch, headSha } = repository.queue[0]!.group!;
    expect(headBranch).toBe(`gh-readonly-queue/main/pr-1-${before!}`);
    expect(headOf(headBranch)).toBe(headSha);
    expect(await heard()).toEqual(["pull_request.enqueued", "create", "push", "check_suite.requested", "merge_group.checks_requested"]);
    expect(headOf("main")).toBe(before);
    await report("success");
    expect(headOf("main")).toBe(headSha);
    expect(issue.pull!.merged).toMatchObject({ sha: headSha, by: { login: "github-merge-queue[bot]" } });
    expect((await repository.git.commit(headSha))!.message).toMatch(/^feat: topic \(#1\)/u);
    expect(headOf(headBranch)).toBeNull();
    expect(await heard()).toEqual(expect.arrayContaining(["merge_group.destroyed", "pull_request.closed", "push", "delete"]));
    expect(standIn.world.unknownRoutes).toEqual([]);
  }));

it("merges several one after the other, each on top of the one before", () =>
  inQueue(async ({ repository, pull, enqueue, report, headOf }) => {
    const [one, other] = [await pull("one"), await pull("other")];
    await enqueue(one);
    await enqueue(other);
    expect(repository.queue.map(({ group }) => group !== null)).toEqual([true, false]);
    await report("success");
    expect(repository.queue.map(({ group }) => group?.baseSha)).toEqual([one.pull!.merged!.sha]);
    await report("success");
    expect(headOf("main")).toBe(other.pull!.merged!.sha);
    expect((await repository.git.commit(headOf("main")!))!.parents).toEqual([one.pull!.merged!.sha]);
  }));

it.each<[string, string, (scene: Queued, issue: Issue) => Promise<unknown>]>([
  ["its checks fail", "CI_FAILURE", ({ report }) => report("failure")],
  ["its checks take too long", "CI_TIMEOUT", ({ standIn }) => (standIn.advance(3_600_000), standIn.operations.passTime())],
  ["somebody takes it out", "MANUAL", ({ standIn, repository }, issue) => standIn.operations.dequeue(standIn.actorFor("kim"), repository, issue)],
  ["its head is pushed to", "MANUAL", ({ push }) => push("topic", { more: "more" })],
])("leaves the queue unmerged when %s, and the next one moves up", (_when, reason, act) =>
  inQueue(async (scene) => {
    const { repository, pull, enqueue, sent, heard } = scene;
    const [issue, next] = [await pull("topic"), await pull("next")];
    await enqueue(issue);
    await enqueue(next);
    await act(scene, issue);
    await heard();
    expect([issue.state, issue.pull!.merged, repository.queue.map((entry) => entry.issue.number)]).toEqual(["open", null, [next.number]]);
    expect(repository.queue[0]!.group).not.toBeNull();
    expect(sent.filter(({ delivery }) => delivery.action === "dequeued").map(({ payload }) => payload.reason)).toEqual([reason]);
  }),
);

it("builds its group anew when the base moves", () =>
  inQueue(async ({ repository, pull, enqueue, standIn, headOf }) => {
    const issue = await pull("topic");
    await enqueue(issue);
    const [ruleset] = repository.rulesets;
    await standIn.operations.keepRuleset(standIn.actorFor("kim"), repository, {
      ...ruleset!,
      bypass: [{ who: { is: "role", role: "admin" }, when: "always" }],
    });
    const sha = await repository.git.writeCommit({ ...(await repository.git.commit(headOf("main")!))!, parents: [headOf("main")!], message: "chore: past" });
    await standIn.operations.updateRefs(standIn.actorFor("kim"), repository, [{ name: "refs/heads/main", after: sha, force: false }]);
    expect(repository.queue[0]!.group!.baseSha).toBe(sha);
  }));

it("refuses what is no candidate: another head, one that is queued, one whose checks have not passed, a branch without a queue", () =>
  inQueue(async ({ pull, enqueue, push, open, repository, standIn }) => {
    const issue = await pull("topic");
    await expect(enqueue(issue, "0".repeat(40))).rejects.toThrow("Head branch was modified");
    await enqueue(issue, issue.pull!.headSha);
    await expect(enqueue(issue)).rejects.toThrow("already in the merge queue");
    await push("unchecked", { b: "b" });
    await expect(enqueue(repository.issues.get(await open("unchecked"))!)).rejects.toThrow('Required status check "unit" is expected.');
    await standIn.operations.deleteRuleset(standIn.actorFor("kim"), repository, repository.rulesets[0]!);
    await expect(enqueue(repository.issues.get(2)!)).rejects.toThrow("Merge queue is not enabled");
  }));
