// Runs of workflows: those of a commit, one by its number, or those that this app dispatched. Whatever can't be read whole
// is not read at all, so that a run which stands somewhere is never taken for one that was not started.
import { Refused } from "../../model/errors.ts";
import { type Read, type RunsAsked, runsKey, type WorkflowRun } from "../../model/snapshot.ts";
import { REST_PAGE, readCounted } from "./counted.ts";
import { type Fields, fieldsOf, fieldsOrNullAt, numberAt, textAt, textOrNullAt, timeAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { readUnlessRefused } from "./refusal.ts";

/** What reading workflows and what they leave behind takes. */
export const ACTIONS_NEED = "actions: read";

/** GitHub hands out no more of a list that is filtered. */
const RUNS_MAX = 1000;
const OF_COMMIT = "GET /repos/{owner}/{repo}/actions/runs";
const ONE = "GET /repos/{owner}/{repo}/actions/runs/{run_id}";
const OF_WORKFLOW = "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs";
const FOLDER = ".github/workflows/";

type Place = Pick<Named, "rest" | "owner" | "repo" | "app">;

/** By `runsKey`; newest first. */
export function readWorkflowRuns(place: Place, asked: readonly RunsAsked[]): Promise<[string, Read<readonly WorkflowRun[]>][]> {
  return Promise.all(
    asked.map(async (one): Promise<[string, Read<readonly WorkflowRun[]>]> => {
      const read = await readUnlessRefused(ACTIONS_NEED, readAsked(place, one));
      return [runsKey(one), read.ok ? { ok: true, value: [...read.value].sort((run, other) => other.id - run.id) } : read];
    }),
  );
}

async function readAsked(place: Place, asked: RunsAsked): Promise<readonly WorkflowRun[]> {
  switch (asked.of) {
    case "commit":
      return readOfCommit(place, asked.sha);
    case "run":
      return readOne(place, asked.id);
    case "dispatch":
      return readDispatched(place, asked);
  }
}

async function readOfCommit({ rest, owner, repo }: Place, sha: string): Promise<readonly WorkflowRun[]> {
  const list = { what: `workflow runs of ${sha}`, list: "workflow_runs", most: RUNS_MAX };
  const runs = await readCounted(list, async (page) => (await rest(OF_COMMIT, { owner, repo, head_sha: sha, per_page: REST_PAGE, page })).data);
  return runs.map(runOf);
}

async function readOne({ rest, owner, repo }: Place, id: number): Promise<readonly WorkflowRun[]> {
  const { status, data } = await rest(ONE, { owner, repo, run_id: id }, { expected: [404] });
  return status === 404 ? [] : [runOf(fieldsOf(data, "run"))];
}

/**
 * Whose they are is told from each run: GitHub documents its filter by actor for people's logins only, and a filter that
 * does not know this app would make "none" of them.
 */
async function readDispatched({ rest, owner, repo, app }: Place, { workflow, event, since }: RunsAsked & { of: "dispatch" }): Promise<readonly WorkflowRun[]> {
  const list = { what: `runs of ${workflow}`, list: "workflow_runs", most: RUNS_MAX };
  const filter = { event, created: `>=${secondOf(since)}` };
  const runs = await readCounted(list, async (page) => {
    const { status, data } = await rest(OF_WORKFLOW, { owner, repo, workflow_id: workflow, ...filter, per_page: REST_PAGE, page }, { expected: [404] });
    if (status === 404) throw new Refused(OF_WORKFLOW, `GitHub knows no workflow ${workflow} here`, null);
    return data;
  });
  return runs.map(runOf).filter(({ actor }) => actor === app.login);
}

/** GitHub counts in seconds: what began within that second is among what is asked for. */
function secondOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, "2026-01-01T00:00:00".length)}Z`;
}

function runOf(run: Fields): WorkflowRun {
  const actor = fieldsOrNullAt(run, "actor");
  return {
    id: numberAt(run, "id"),
    workflow: fileNameOf(textAt(run, "path")),
    event: textAt(run, "event"),
    branch: textOrNullAt(run, "head_branch"),
    sha: textAt(run, "head_sha"),
    actor: actor === null ? null : textAt(actor, "login"),
    title: textAt(run, "display_title"),
    status: textAt(run, "status"),
    conclusion: textOrNullAt(run, "conclusion"),
    attempt: numberAt(run, "run_attempt"),
    url: textAt(run, "html_url"),
    createdAt: timeAt(run, "created_at"),
    startedAt: timeAt(run, "run_started_at"),
    updatedAt: timeAt(run, "updated_at"),
  };
}

/** What is no file of this repository keeps its path, whose slashes set it apart. */
function fileNameOf(path: string): string {
  const [bare = ""] = path.split("@", 1);
  return bare.startsWith(FOLDER) ? bare.slice(FOLDER.length) : bare;
}
