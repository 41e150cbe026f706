// Check runs and check suites.
import { z } from "zod";
import { need } from "../../world/access.ts";
import { runsOf } from "../../world/checks.ts";
import type { CheckRunFields } from "../../world/operations.ts";
import type { CheckRun, CheckSuite } from "../../world/types.ts";
import { type Answer, created, found, given, numberOf, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { annotationShape, checkRunShape, fullSuiteShape } from "../shapes/check.ts";
import { commitNamed } from "./commits.ts";

const READ = need("checks", "read");
const WRITE = need("checks", "write");

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const annotation = z
  .object({
    path: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    start_column: z.int().nullish(),
    end_column: z.int().nullish(),
    annotation_level: z.enum(["notice", "warning", "failure"]),
    message: z.string(),
    title: z.string().nullish(),
  })
  .transform((given) => ({
    path: given.path,
    startLine: given.start_line,
    endLine: given.end_line,
    startColumn: given.start_column ?? null,
    endColumn: given.end_column ?? null,
    level: given.annotation_level,
    message: given.message,
    title: given.title ?? null,
  }));
const output = z
  .object({ title: z.string().nullish(), summary: z.string().nullish(), text: z.string().nullish(), annotations: z.array(annotation).default([]) })
  .transform((given) => ({ title: given.title ?? null, summary: given.summary ?? null, text: given.text ?? null, annotations: given.annotations }));
const action = z.object({ label: z.string().max(20), description: z.string().max(40), identifier: z.string().max(20) });
const runBody = z.object({
  name: z.string().min(1).optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z.enum(["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"]).optional(),
  started_at: moment.optional(),
  completed_at: moment.optional(),
  output: output.optional(),
  actions: z.array(action).optional(),
});
const newRun = runBody.extend({ name: z.string().min(1), head_sha: z.string() });

const fieldsOf = (body: z.output<typeof runBody>): CheckRunFields =>
  given({
    name: body.name,
    externalId: body.external_id,
    detailsUrl: body.details_url,
    status: body.status,
    conclusion: body.conclusion,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    output: body.output,
    actions: body.actions,
  });

const runOf = (call: RepositoryCall): CheckRun => found(call.repository.checkRuns.get(numberOf(call, "id")));
const suiteOf = (call: RepositoryCall): CheckSuite => found(call.repository.checkSuites.get(numberOf(call, "id")));
const shapeOf = (call: RepositoryCall, run: CheckRun) => checkRunShape(call.world, call.repository, run);

/** `filter=latest`, the usual one: the newest run of each name and suite. */
const listRuns = (call: RepositoryCall, runs: readonly CheckRun[]): Promise<Answer> => {
  const { query, repository } = call;
  const [app, name, status] = [query.get("app_id"), query.get("check_name"), query.get("status")];
  const latest = new Set([...repository.checkSuites.values()].flatMap((suite) => runsOf(repository, suite)));
  const fits = (run: CheckRun): boolean =>
    (query.get("filter") === "all" || latest.has(run)) &&
    (app === null || run.suite.app.id === Number(app)) &&
    (name === null || run.name === name) &&
    (status === null || run.status === status);
  return paged(
    call,
    runs.filter(fits).toReversed(),
    (run) => shapeOf(call, run),
    (page, total) => ({ total_count: total, check_runs: page }),
  );
};

const suitesAt = async (call: RepositoryCall): Promise<Answer> => {
  const { world, repository, query } = call;
  const sha = await commitNamed(call, textOf(call, "ref"));
  const commit = found(await repository.git.commit(sha));
  const app = query.get("app_id");
  const suites = [...repository.checkSuites.values()].filter((suite) => suite.headSha === sha && (app === null || suite.app.id === Number(app)));
  return paged(
    call,
    suites,
    (suite) => fullSuiteShape(world, repository, suite, commit),
    (page, total) => ({ total_count: total, check_suites: page }),
  );
};

export const checkRoutes: readonly RepositoryRoute[] = [
  {
    method: "POST",
    template: "/check-runs",
    needs: WRITE,
    handle: async (call) => {
      const body = read(call, newRun);
      return created(shapeOf(call, await call.operations.createCheckRun(writer(call), call.repository, body.head_sha, { ...fieldsOf(body), name: body.name })));
    },
  },
  { method: "GET", template: "/check-runs/{id}", needs: READ, handle: (call) => ok(shapeOf(call, runOf(call))) },
  {
    method: "PATCH",
    template: "/check-runs/{id}",
    needs: WRITE,
    handle: async (call) => {
      const run = runOf(call);
      await call.operations.updateCheckRun(writer(call), call.repository, run, fieldsOf(read(call, runBody)));
      return ok(shapeOf(call, run));
    },
  },
  {
    method: "GET",
    template: "/check-runs/{id}/annotations",
    needs: READ,
    handle: (call) => {
      const run = runOf(call);
      return paged(call, run.output.annotations, (one) => annotationShape(call.world, call.repository, run, one));
    },
  },
  {
    method: "POST",
    template: "/check-runs/{id}/rerequest",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.rerequestCheckRun(writer(call), call.repository, runOf(call));
      return created({});
    },
  },
  {
    method: "GET",
    template: "/check-suites/{id}",
    needs: READ,
    handle: async (call) => {
      const suite = suiteOf(call);
      return ok(fullSuiteShape(call.world, call.repository, suite, found(await call.repository.git.commit(suite.headSha))));
    },
  },
  {
    method: "POST",
    template: "/check-suites/{id}/rerequest",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.rerequestCheckSuite(writer(call), call.repository, suiteOf(call));
      return created({});
    },
  },
  {
    method: "GET",
    template: "/check-suites/{id}/check-runs",
    needs: READ,
    handle: (call) => {
      const suite = suiteOf(call);
      return listRuns(
        call,
        [...call.repository.checkRuns.values()].filter((run) => run.suite === suite),
      );
    },
  },
  {
    method: "GET",
    template: "/commits/{+ref}/check-runs",
    needs: READ,
    handle: async (call) => {
      const sha = await commitNamed(call, textOf(call, "ref"));
      return listRuns(
        call,
        [...call.repository.checkRuns.values()].filter((run) => run.headSha === sha),
      );
    },
  },
  { method: "GET", template: "/commits/{+ref}/check-suites", needs: READ, handle: suitesAt },
];
