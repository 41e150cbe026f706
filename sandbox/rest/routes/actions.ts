// Workflows, their runs and jobs, and the two dispatches.
import { z } from "zod";
import { attemptOf, jobsOf } from "../../actions/runs.ts";
import { knownWorkflows, workflowNamed } from "../../actions/workflows.ts";
import { jobLogAddress } from "../../storage.ts";
import { need } from "../../world/access.ts";
import type { Job, Milliseconds, Workflow, WorkflowRun } from "../../world/types.ts";
import { type Answer, answer, created, found, noContent, numberOf, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { jobShape, runLinks, workflowRunShape, workflowShape } from "../shapes/workflow.ts";

const READ = need("actions", "read");
const WRITE = need("actions", "write");
const CONTENTS = need("contents", "write");
const A_DAY: Milliseconds = 86_400_000;
/** `2026-01-01`, or with a time of day. */
const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const COMPARISON = /^(?<sign>>=|<=|>|<)?(?<moment>.+)$/u;

const workflowDispatch = z.object({ ref: z.string(), inputs: z.record(z.string(), z.unknown()).default({}), return_run_details: z.boolean().default(false) });
const repositoryDispatch = z.object({ event_type: z.string(), client_payload: z.record(z.string(), z.unknown()).default({}) });

const runOf = (call: RepositoryCall): WorkflowRun => found(call.repository.actions.runs.get(numberOf(call, "id")));
const runShape = async ({ world, repository }: RepositoryCall, run: WorkflowRun) =>
  workflowRunShape(world, repository, run, found(await repository.git.commit(run.headSha)));
const workflowOf = async (call: RepositoryCall): Promise<Workflow> => found(await workflowNamed(call.world, call.repository, textOf(call, "workflow")));

/** GitHub's search syntax for moments: a day or a moment, alone, compared, or two of them with `..` between. */
const fitsMoment = (wanted: string, at: Milliseconds): boolean => {
  if (wanted.includes("..")) {
    const [from = "*", to = "*"] = wanted.split("..", 2);
    return (from === "*" || fitsMoment(`>=${from}`, at)) && (to === "*" || fitsMoment(`<=${to}`, at));
  }
  const { sign = "", moment = "" } = COMPARISON.exec(wanted)?.groups ?? {};
  const begins = Date.parse(moment);
  const ends = begins + (DAY.test(moment) ? A_DAY : 1000);
  if (sign === ">=") return at >= begins;
  if (sign === "<=") return at < ends;
  if (sign === ">") return at >= ends;
  if (sign === "<") return at < begins;
  return at >= begins && at < ends;
};

/** Newest first. */
const listRuns = (call: RepositoryCall, workflow: Workflow | null): Promise<Answer> => {
  const { query, repository } = call;
  const fits = (name: string, ...values: readonly (string | null)[]): boolean => !query.has(name) || values.includes(query.get(name));
  const runs = [...repository.actions.runs.values()].filter(
    (run) =>
      (workflow === null || run.workflow === workflow) &&
      fits("event", run.event) &&
      fits("head_sha", run.headSha) &&
      fits("branch", run.headBranch) &&
      fits("status", run.status, run.conclusion) &&
      fits("actor", run.actor.login) &&
      fits("check_suite_id", String(run.suite.id)) &&
      fitsMoment(query.get("created") ?? "*..*", run.createdAt),
  );
  return paged(
    call,
    runs.toReversed(),
    (run) => runShape(call, run),
    (page, total) => ({ total_count: total, workflow_runs: page }),
  );
};

/** Of the newest attempt, unless `filter=all` asks for those of all. */
const listJobs = (call: RepositoryCall, attempt: number): Promise<Answer> => {
  const run = runOf(call);
  return paged(
    call,
    call.query.get("filter") === "all" ? run.jobs : jobsOf(run, attempt),
    (job) => jobShape(call.world, call.repository, run, job),
    (page, total) => ({ total_count: total, jobs: page }),
  );
};

const dispatch = async (call: RepositoryCall): Promise<Answer> => {
  const { world, repository, operations } = call;
  const workflow = await workflowOf(call);
  const { ref, inputs, return_run_details: wantsDetails } = read(call, workflowDispatch);
  const run = await operations.dispatchWorkflow(writer(call), repository, workflow, { ref, inputs });
  if (!wantsDetails) return noContent();
  const { url, html_url } = runLinks(world, repository, run);
  return ok({ workflow_run_id: run.id, run_url: url, html_url });
};

const rerunRoute = (path: string, which: "all" | "failed"): RepositoryRoute => ({
  method: "POST",
  template: `/actions/runs/{id}/${path}`,
  needs: WRITE,
  handle: async (call) => {
    await call.operations.rerun(writer(call), call.repository, runOf(call), which);
    return created({});
  },
});

const enablement = (path: string, isDisabled: boolean): RepositoryRoute => ({
  method: "PUT",
  template: `/actions/workflows/{workflow}/${path}`,
  needs: WRITE,
  handle: async (call) => {
    await call.operations.setWorkflowDisabled(writer(call), call.repository, await workflowOf(call), isDisabled);
    return noContent();
  },
});

/** A job has the number of its check run. */
const jobOf = ({ repository }: RepositoryCall, number: number): { readonly run: WorkflowRun; readonly job: Job } => {
  for (const run of repository.actions.runs.values()) {
    const job = run.jobs.find(({ check }) => check.id === number);
    if (job !== undefined) return { run, job };
  }
  return found<never>(null);
};

const workflowRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/actions/workflows",
    needs: READ,
    handle: async (call) =>
      paged(
        call,
        await knownWorkflows(call.world, call.repository),
        (workflow) => workflowShape(call.world, call.repository, workflow),
        (page, total) => ({ total_count: total, workflows: page }),
      ),
  },
  {
    method: "GET",
    template: "/actions/workflows/{workflow}",
    needs: READ,
    handle: async (call) => ok(workflowShape(call.world, call.repository, await workflowOf(call))),
  },
  enablement("enable", false),
  enablement("disable", true),
  { method: "GET", template: "/actions/workflows/{workflow}/runs", needs: READ, handle: async (call) => listRuns(call, await workflowOf(call)) },
  { method: "POST", template: "/actions/workflows/{workflow}/dispatches", needs: WRITE, handle: dispatch },
];

export const actionRoutes: readonly RepositoryRoute[] = [
  ...workflowRoutes,
  { method: "GET", template: "/actions/runs", needs: READ, handle: (call) => listRuns(call, null) },
  { method: "GET", template: "/actions/runs/{id}", needs: READ, handle: async (call) => ok(await runShape(call, runOf(call))) },
  {
    method: "DELETE",
    template: "/actions/runs/{id}",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.deleteRun(writer(call), call.repository, runOf(call));
      return noContent();
    },
  },
  {
    method: "GET",
    template: "/actions/runs/{id}/attempts/{attempt}",
    needs: READ,
    handle: async (call) => ok(await runShape(call, found(attemptOf(runOf(call), numberOf(call, "attempt"))))),
  },
  {
    method: "GET",
    template: "/actions/jobs/{id}",
    needs: READ,
    handle: (call) => {
      const { run, job } = jobOf(call, numberOf(call, "id"));
      return ok(jobShape(call.world, call.repository, run, job));
    },
  },
  {
    method: "GET",
    template: "/actions/jobs/{id}/logs",
    needs: READ,
    handle: (call) => answer(302, null, { location: jobLogAddress(call.world, jobOf(call, numberOf(call, "id")).job) }),
  },
  { method: "GET", template: "/actions/runs/{id}/jobs", needs: READ, handle: (call) => listJobs(call, runOf(call).attempt) },
  {
    method: "GET",
    template: "/actions/runs/{id}/attempts/{attempt}/jobs",
    needs: READ,
    handle: (call) => listJobs(call, numberOf(call, "attempt")),
  },
  rerunRoute("rerun", "all"),
  rerunRoute("rerun-failed-jobs", "failed"),
  {
    method: "POST",
    template: "/actions/runs/{id}/cancel",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.cancelRun(writer(call), call.repository, runOf(call));
      return answer(202, {});
    },
  },
  {
    method: "POST",
    template: "/dispatches",
    needs: CONTENTS,
    handle: async (call) => {
      const { event_type: type, client_payload: payload } = read(call, repositoryDispatch);
      await call.operations.dispatchRepository(writer(call), call.repository, { type, payload });
      return noContent();
    },
  },
];
