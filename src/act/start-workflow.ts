// A workflow is started at most once for an intent: the intent stands on the step's check run before the request is sent,
// and the address of the run after it. What happens in between is found out by the next look, never by asking again.
import { Refused } from "../model/errors.ts";
import type { StartWorkflow } from "../model/plan.ts";
import { numberAt, valueAt } from "./answer.ts";
import { checkOutput, writeCheckRun } from "./check-run.ts";
import { mutate } from "./mutation.ts";
import type { Place } from "./place.ts";

/** What GitHub answers to a field that it does not know yet. */
const UNKNOWN_FIELD = 400;

export async function startWorkflow(action: StartWorkflow, place: Place): Promise<void> {
  const { github, repository } = place;
  const { sha, name, check, standing } = action;
  const [written] = await mutate(github, [writeCheckRun(repository.nodeId, sha, check, standing, { name, url: null })]);
  const step = numberAt(written, "checkRun", "databaseId");
  const url = await dispatchOrSay(action, step, place);
  if (url !== null) await github.rest("PATCH /repositories/{id}/check-runs/{run}", { id: repository.id, run: step, details_url: url });
}

/** A refusal has started nothing, and says so on the check run. */
async function dispatchOrSay(action: StartWorkflow, step: number, place: Place): Promise<string | null> {
  try {
    return await dispatch(action, place);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await sayRefused(action, step, error.reason, place);
    return null;
  }
}

/** Address of the run; null when GitHub does not say which one it is. */
async function dispatch({ dispatch: asked }: StartWorkflow, { github, repository }: Place): Promise<string | null> {
  const { id } = repository;
  if (asked.event === "repository_dispatch") {
    await github.rest("POST /repositories/{id}/dispatches", { id, event_type: asked.type, client_payload: asked.payload });
    return null;
  }
  const { workflow, ref, inputs } = asked;
  const route = "POST /repositories/{id}/actions/workflows/{workflow}/dispatches";
  const answer = await github.rest(route, { id, workflow, ref, inputs, return_run_details: true }, { expected: [UNKNOWN_FIELD] });
  // An older server refuses the field before it looks at anything else: nothing was started.
  if (answer.status === UNKNOWN_FIELD) await github.rest(route, { id, workflow, ref, inputs });
  const url = valueAt(answer.data, "html_url");
  return answer.status !== UNKNOWN_FIELD && typeof url === "string" ? url : null;
}

async function sayRefused({ refused }: StartWorkflow, run: number, reason: string, { github, repository }: Place): Promise<void> {
  const said = (text: string): string => text.replaceAll("{reason}", () => plain(reason));
  await github.rest("PATCH /repositories/{id}/check-runs/{run}", {
    id: repository.id,
    run,
    status: "completed",
    conclusion: refused.conclusion,
    output: checkOutput({ title: said(refused.title), summary: said(refused.summary), text: refused.text }),
  });
}

const REASON_MAX = 300;

/** GitHub's words may quote a repository's: no line breaks, no Markdown. */
function plain(reason: string): string {
  return reason
    .slice(0, REASON_MAX)
    .replaceAll(/[\s`<>@[\]|*\\]+/g, " ")
    .trim();
}
