// What a run of a workflow means for the step that it is: GitHub's words for how it stands, each told apart.
import type { FailedJob, WorkflowRun } from "../../model/snapshot.ts";
import type { Attempt } from "../../model/rollout.ts";
import type { Words } from "../../model/plan.ts";
import type { EpochMs } from "../../model/time.ts";
import { sayInstant } from "../calendar/moments.ts";
import { code, listed } from "../gates/phrases.ts";
import { sayTook } from "./took.ts";
import { type Finding, finding } from "./step-finding.ts";

const WAITING_FOR_APPROVAL = new Set(["waiting"]);
const NOT_BEGUN = new Set(["queued", "requested", "pending"]);

/** `cancelled` and the others that end a run without success, in people's words. */
const ENDS: Readonly<Record<string, Words>> = {
  failure: "failed",
  cancelled: "was cancelled",
  timed_out: "ran out of time",
  startup_failure: "could not begin: its file has an error",
  skipped: "did nothing: its own conditions skipped it",
  stale: "was given up by GitHub",
};

/** @param jobs of its newest attempt, once they are known */
export function runFinding(
  run: WorkflowRun,
  { timeoutMs, takenAt, jobs }: { readonly timeoutMs: number; readonly takenAt: EpochMs; readonly jobs: readonly FailedJob[] },
): Finding {
  const { workflow, conclusion, status, url, startedAt, updatedAt, attempt } = run;
  const name = code(workflow);
  const nth = attempt === 1 ? "" : `, attempt ${String(attempt)}`;
  if (status === "completed" && (conclusion === "success" || conclusion === "neutral"))
    return finding("done", `${name} ran for ${sayTook(updatedAt - startedAt)}${nth}`, { url });
  if (status === "completed" && conclusion === "action_required")
    return finding("needs-people", `${name} waits for somebody who lets it run`, { url, next: `approve the run: ${url}` });
  if (status === "completed") {
    const where = jobs.map((job) => `${code(job.name)}${job.step === null ? "" : ` at ${code(job.step)}`}`);
    const how = ENDS[conclusion ?? ""] ?? `ended with ${code(conclusion ?? "nothing")}`;
    return finding("failed", `${name} ${how}${where.length === 0 ? "" : ` in ${listed(where, 3)}`}${nth}`, {
      url,
      details: jobs.map((job) => `${job.name}: ${job.conclusion} ${job.url}`),
    });
  }
  if (WAITING_FOR_APPROVAL.has(status))
    return finding("needs-people", `${name} waits for somebody who approves its deployment${nth}`, { url, next: `approve it: ${url}` });
  const lateAt = startedAt + timeoutMs;
  if (takenAt >= lateAt) return finding("failed", `${name} has not ended after ${sayTook(timeoutMs)}${nth}`, { url, next: `cancel it (${url}), then say` });
  const how = NOT_BEGUN.has(status) ? "waits for a runner" : "runs";
  return finding("running", `${name} ${how} since ${sayInstant(startedAt)}${nth}`, { url, opensAt: lateAt });
}

function isOver({ status }: WorkflowRun): boolean {
  return status === "completed";
}

/** The attempts with what is known of this run now. */
export function withAttempt(attempts: readonly Attempt[], run: WorkflowRun): readonly Attempt[] {
  const now: Attempt = {
    run: run.id,
    attempt: run.attempt,
    startedAt: run.startedAt,
    endedAt: isOver(run) ? run.updatedAt : null,
    conclusion: run.conclusion,
    url: run.url,
  };
  return [...attempts.filter((one) => one.run !== run.id || one.attempt !== run.attempt), now];
}
