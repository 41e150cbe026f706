import { describe, expect, test } from "@jest/globals";
import { workflowRun } from "../../../test/fixtures/workflow-run.ts";
import { HOUR_MS, MINUTE_MS, NOON } from "../../../test/fixtures/subject.ts";
import type { WorkflowRun } from "../../model/snapshot.ts";
import { runFinding, withAttempt } from "./run-finding.ts";

const URL = "https://github.com/acme/app/actions/runs/71";
const found = (change: Partial<WorkflowRun>, takenAt = NOON + MINUTE_MS) => runFinding(workflowRun(change), { timeoutMs: HOUR_MS, takenAt, jobs: [] });
const over = (conclusion: string | null, change: Partial<WorkflowRun> = {}) =>
  found({ status: "completed", conclusion, updatedAt: NOON + 3 * MINUTE_MS, ...change });

describe("GitHub's word for how it stands", () => {
  test.each([
    ["queued", "running", "`docs.yml` waits for a runner since 2026-11-21 12:00 UTC"],
    ["requested", "running", "`docs.yml` waits for a runner since 2026-11-21 12:00 UTC"],
    ["pending", "running", "`docs.yml` waits for a runner since 2026-11-21 12:00 UTC"],
    ["in_progress", "running", "`docs.yml` runs since 2026-11-21 12:00 UTC"],
    ["a word of next year", "running", "`docs.yml` runs since 2026-11-21 12:00 UTC"],
    ["waiting", "needs-people", "`docs.yml` waits for somebody who approves its deployment"],
  ])("%s: %s", (status, state, because) => {
    expect(found({ status })).toMatchObject({ state, because, url: URL });
  });

  test.each([
    ["success", "done", "`docs.yml` ran for 3 min"],
    ["neutral", "done", "`docs.yml` ran for 3 min"],
    ["failure", "failed", "`docs.yml` failed"],
    ["cancelled", "failed", "`docs.yml` was cancelled"],
    ["timed_out", "failed", "`docs.yml` ran out of time"],
    ["startup_failure", "failed", "`docs.yml` could not begin: its file has an error"],
    ["skipped", "failed", "`docs.yml` did nothing: its own conditions skipped it"],
    ["stale", "failed", "`docs.yml` was given up by GitHub"],
    ["exploded", "failed", "`docs.yml` ended with `exploded`"],
    [null, "failed", "`docs.yml` ended with `nothing`"],
    ["action_required", "needs-people", "`docs.yml` waits for somebody who lets it run"],
  ])("completed with %s: %s", (conclusion, state, because) => {
    expect(over(conclusion)).toMatchObject({ state, because, url: URL, opensAt: null });
  });
});

test("of a failure it names the jobs, the step at which each ended, and where to read more", () => {
  const job = (name: string, step: string | null) => ({ name, step, conclusion: "failure", url: `${URL}/job/${name}` });
  const jobs = [job("site", "Publish"), job("links", null)];
  expect(runFinding(workflowRun({ status: "completed", conclusion: "failure", attempt: 2 }), { timeoutMs: HOUR_MS, takenAt: NOON, jobs })).toMatchObject({
    because: "`docs.yml` failed in `site` at `Publish` and `links`, attempt 2",
    details: [`site: failure ${URL}/job/site`, `links: failure ${URL}/job/links`],
  });
});

test("beyond its time it is a failure, counted from the newest attempt; until then it says when to look again", () => {
  const newest = { status: "in_progress", createdAt: NOON - 9 * HOUR_MS, startedAt: NOON, attempt: 3 };
  expect(found(newest, NOON + HOUR_MS - 1)).toMatchObject({ state: "running", opensAt: NOON + HOUR_MS });
  expect(found(newest, NOON + HOUR_MS)).toMatchObject({
    state: "failed",
    because: "`docs.yml` has not ended after 1 h, attempt 3",
    next: `cancel it (${URL}), then say`,
  });
});

test("somebody who has to approve has all the time in the world", () => {
  expect(found({ status: "waiting" }, NOON + 99 * HOUR_MS)).toMatchObject({ state: "needs-people", next: `approve it: ${URL}` });
});

test("attempts are kept in order, each once, as it was seen last", () => {
  const first = withAttempt([], workflowRun({ status: "in_progress" }));
  const failed = withAttempt(first, workflowRun({ status: "completed", conclusion: "failure", updatedAt: NOON + MINUTE_MS }));
  const second = withAttempt(failed, workflowRun({ attempt: 2, startedAt: NOON + HOUR_MS }));
  expect(second.map(({ attempt, startedAt, endedAt, conclusion }) => [attempt, startedAt, endedAt, conclusion])).toEqual([
    [1, NOON, NOON + MINUTE_MS, "failure"],
    [2, NOON + HOUR_MS, null, null],
  ]);
});
