import { describe, expect, test } from "@jest/globals";
import { ownCheck } from "../../../test/fixtures/own-check.ts";
import { HOUR_MS, hostedWith, MINUTE_MS, NOON, shaOf } from "../../../test/fixtures/subject.ts";
import { workflowRun } from "../../../test/fixtures/workflow-run.ts";
import type { Dispatch, StartWorkflow } from "../../model/plan.ts";
import type { WorkflowStart } from "../../model/playbook.ts";
import { type Read, runsKey, type WorkflowRun } from "../../model/snapshot.ts";
import type { ReleaseValues } from "./release-values.ts";
import { newStepRecord, type StandingStep, type StepRecord } from "./step-record.ts";
import { judgeWorkflow, type WorkflowStepAsked, type WorkflowStepSeen, workflowWants } from "./workflow-step.ts";

const VALUES: ReleaseValues = {
  component: "app",
  path: ".",
  version: "1.1.0",
  tag: "v1.1.0",
  previousVersion: "1.0.0",
  previousTag: "v1.0.0",
  candidateTag: null,
  sha: shaOf("a"),
  startedAt: NOON,
};
const BY_APP: WorkflowStart = { trigger: "workflow_dispatch", ref: null, inputs: { reason: "release {tag}" } };
const asked = (start: WorkflowStart = BY_APP): WorkflowStepAsked => ({
  step: "docs",
  workflow: "docs.yml",
  start,
  timeoutMs: HOUR_MS,
  more: {},
  on: { tag: "v1.1.0", sha: shaOf("a") },
  sinceAt: NOON,
});
const SINCE = NOON - MINUTE_MS;
const DISPATCHED = runsKey({ of: "dispatch", workflow: "docs.yml", event: "workflow_dispatch", since: SINCE });
const ON_COMMIT = runsKey({ of: "commit", sha: shaOf("a") });
const read = <T>(value: T): Read<T> => ({ ok: true, value });
const runs = (key: string, ...found: readonly WorkflowRun[]) => hostedWith({ runs: new Map([[key, read(found)]]), failedJobs: new Map([["71/1", read([])]]) });

/** The intent stands there since noon. */
const intended = (change: Partial<StepRecord> = {}, url: string | null = null): StandingStep => ({
  check: ownCheck({ url }),
  record: { ...newStepRecord("v1.1.0", "docs"), state: "running", intent: { at: NOON, answers: null }, startedAt: NOON, ...change },
});
const seen = (change: Partial<WorkflowStepSeen> = {}): WorkflowStepSeen => ({
  values: VALUES,
  standing: null,
  retriedAt: null,
  stopped: null,
  taken: new Set(),
  takenAt: NOON + 2 * MINUTE_MS,
  hosted: hostedWith(),
  starting: (record, dispatch): StartWorkflow => ({ kind: "start-workflow", record, dispatch }) as unknown as StartWorkflow,
  ...change,
});
const judged = (change: Partial<WorkflowStepSeen>, start: WorkflowStart = BY_APP) => {
  const { state, because, next, actions, url, opensAt } = judgeWorkflow(asked(start), seen(change));
  return { state, because, next, does: actions.map(({ kind }) => kind), url, opensAt };
};

const over = (conclusion: string) => workflowRun({ status: "completed", conclusion, updatedAt: NOON + MINUTE_MS });
const onTag = (change: Partial<WorkflowRun> = {}) => workflowRun({ event: "push", actor: "kim", ...change });

describe("one that the app starts", () => {
  test("is started on the tag, with its inputs filled in, and the intent is written with it", () => {
    const { state, actions } = judgeWorkflow(asked(), seen());
    const dispatch: Dispatch = { event: "workflow_dispatch", workflow: "docs.yml", ref: "v1.1.0", inputs: { reason: "release v1.1.0" } };
    expect(state).toBe("ready");
    expect(actions).toMatchObject([{ kind: "start-workflow", dispatch, record: { state: "running", intent: { at: NOON + 2 * MINUTE_MS, answers: null } } }]);
  });

  test("is not started while people have stopped the release, nor with what may not be sent", () => {
    expect(judged({ stopped: "@kim holds it: wait" })).toMatchObject({ state: "waiting", because: "@kim holds it: wait", does: [] });
    expect(judged({}, { trigger: "workflow_dispatch", ref: null, inputs: { reason: "\u001B" } })).toMatchObject({
      state: "halted",
      because: "the input `reason` holds a control character",
      does: [],
    });
    expect(judged({}, { trigger: "workflow_dispatch", ref: "{candidate_tag}", inputs: {} })).toMatchObject({ state: "needs-people", does: [] });
  });

  const mine = workflowRun();
  test.each([
    ["no run, a moment later", [], 2, "unknown", "whether `docs.yml` was started is being found out"],
    ["no run, five minutes later", [], 5, "halted", "whether `docs.yml` was started is not known: the answer was lost and no run shows"],
    ["one run", [mine], 2, "running", "`docs.yml` waits for a runner since 2026-11-21 12:00 UTC"],
    [
      "two runs",
      [mine, workflowRun({ id: 72 })],
      2,
      "halted",
      "2 runs may be it: https://github.com/acme/app/actions/runs/71, https://github.com/acme/app/actions/runs/72",
    ],
    [
      "two runs, of which one is called by the tag",
      [mine, workflowRun({ id: 72, title: "docs of v1.1.0" })],
      2,
      "running",
      "`docs.yml` waits for a runner since 2026-11-21 12:00 UTC",
    ],
  ] as const)("begun, without an answer, and %s", (_, found, minutes, state, because) => {
    expect(judged({ standing: intended(), hosted: runs(DISPATCHED, ...found), takenAt: NOON + minutes * MINUTE_MS })).toMatchObject({
      state,
      because,
      does: [],
    });
  });

  test("a run that nothing tells apart is taken for it only when those of other steps begun at that moment would show, too", () => {
    const early = { standing: intended(), takenAt: NOON + 29_000 };
    expect(judged({ ...early, hosted: runs(DISPATCHED, mine) })).toMatchObject({ state: "unknown", opensAt: NOON + 30_000, does: [] });
    expect(judged({ ...early, hosted: runs(DISPATCHED, mine, workflowRun({ id: 72 })) }).state).toBe("unknown");
    expect(judged({ ...early, hosted: runs(DISPATCHED, workflowRun({ title: "docs of v1.1.0" })) }).state).toBe("running");
    expect(judged({ ...early, hosted: runs(DISPATCHED, workflowRun({ title: "docs of v1.1.0-rc.1" })) }).state).toBe("unknown");
    expect(judged({ ...early, takenAt: NOON + 30_000, hosted: runs(DISPATCHED, mine) }).state).toBe("running");
  });

  test("is never taken for the run of another step, or of an earlier intent", () => {
    expect(judged({ standing: intended(), hosted: runs(DISPATCHED, mine), taken: new Set([71]) }).state).toBe("unknown");
    expect(judged({ standing: intended({ before: [71] }), hosted: runs(DISPATCHED, mine) }).state).toBe("unknown");
  });

  test("nobody can tell while its runs can't be read", () => {
    const hosted = hostedWith({ runs: new Map([[DISPATCHED, { ok: false, because: "Resource not accessible", permission: "actions: write" }]]) });
    expect(judged({ standing: intended(), hosted, takenAt: NOON + HOUR_MS, retriedAt: NOON + MINUTE_MS })).toMatchObject({ state: "unknown", does: [] });
  });

  test.each([
    ["before the intent", NOON - 1, []],
    ["after it", NOON + 1, ["start-workflow"]],
  ])("lost, and a person said so %s", (_, retriedAt, does) => {
    expect(judged({ standing: intended(), hosted: runs(DISPATCHED), takenAt: NOON + HOUR_MS, retriedAt }).does).toEqual(does);
  });

  test("a word counts for one start: what it asked for was done", () => {
    const retriedAt = NOON + MINUTE_MS;
    const standing = intended({ intent: { at: NOON, answers: retriedAt } });
    expect(judged({ standing, hosted: runs(DISPATCHED), takenAt: NOON + HOUR_MS, retriedAt }).does).toEqual([]);
  });

  const linked = intended({}, mine.url);
  const OF_RUN = runsKey({ of: "run", id: 71 });
  test("deleted is told apart from never started", () => {
    expect(judged({ standing: linked, hosted: runs(OF_RUN) })).toMatchObject({ state: "halted", because: "its run was deleted: how it ended is not known" });
  });

  test.each([
    ["failure", NOON + MINUTE_MS + 1, [{ kind: "rerun-workflow", step: "docs", run: 71, jobs: "failed" }]],
    ["cancelled", NOON + MINUTE_MS + 1, [{ kind: "rerun-workflow", step: "docs", run: 71, jobs: "all" }]],
    ["failure", NOON + MINUTE_MS, []],
    ["failure", null, []],
    ["success", NOON + MINUTE_MS + 1, []],
  ])("%s, retried at %s", (conclusion, retriedAt, actions) => {
    expect(judgeWorkflow(asked(), seen({ standing: linked, hosted: runs(OF_RUN, over(conclusion)), retriedAt })).actions).toEqual(actions);
  });

  test("what has ended well is not looked at again", () => {
    const standing: StandingStep = { ...intended({ state: "done", because: "it ran" }), check: ownCheck({ conclusion: "success", summary: "it ran" }) };
    expect(workflowWants(asked(), standing, { hosted: hostedWith() })).toEqual({ files: [] });
    expect(judged({ standing }).state).toBe("done");
  });
});

describe("one that GitHub starts", () => {
  test.each([
    ["its own", onTag(), "running"],
    ["one that a person started on the tag by hand", onTag({ event: "workflow_dispatch" }), "running"],
    ["another workflow's", onTag({ workflow: "images.yml" }), "halted"],
    ["one of the branch", onTag({ branch: "main" }), "halted"],
    ["one of another tag on the commit", onTag({ branch: "v1.1.0-rc.1" }), "halted"],
    ["one of an earlier commit", onTag({ sha: shaOf("b") }), "halted"],
    ["one by another event", onTag({ event: "release" }), "halted"],
  ] as const)("%s", (_, run, state) => {
    expect(judged({ hosted: runs(ON_COMMIT, run), takenAt: NOON + 10 * MINUTE_MS }, { trigger: "tag" }).state).toBe(state);
  });

  test("of several the newest counts", () => {
    expect(judged({ hosted: runs(ON_COMMIT, onTag({ id: 72 }), onTag()) }, { trigger: "tag" }).url).toBe("https://github.com/acme/app/actions/runs/72");
  });

  test("has ten minutes to begin; then people are told what to do", () => {
    const hosted = runs(ON_COMMIT);
    expect(judged({ hosted, takenAt: NOON + 10 * MINUTE_MS - 1 }, { trigger: "tag" })).toMatchObject({ state: "running", opensAt: NOON + 10 * MINUTE_MS });
    expect(judged({ hosted, takenAt: NOON + 10 * MINUTE_MS }, { trigger: "tag" })).toMatchObject({
      state: "halted",
      because: "the tag `v1.1.0` started no run of `docs.yml`",
      next: "run it on `v1.1.0` by hand, or say `/release skip docs <reason>`",
      does: [],
    });
  });
});
