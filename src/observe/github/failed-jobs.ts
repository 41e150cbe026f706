// Jobs of one attempt of a run that did not succeed, and the step at which each ended.
import type { FailedJob, Read } from "../../model/snapshot.ts";
import { REST_PAGE, readCounted } from "./counted.ts";
import { type Fields, listAt, textAt, textOrNullAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { readUnlessRefused } from "./refusal.ts";
import { ACTIONS_NEED } from "./workflow-runs.ts";

/** Null: it has not ended. */
const NOT_FAILED: ReadonlySet<string | null> = new Set(["success", "skipped", "neutral", null]);

type Place = Pick<Named, "rest" | "owner" | "repo">;
type Asked = { readonly run: number; readonly attempt: number };

/** By `run/attempt`; jobs in the order in which GitHub lists them. */
export function readFailedJobs(place: Place, asked: readonly Asked[]): Promise<[string, Read<readonly FailedJob[]>][]> {
  return Promise.all(
    asked.map(async (one): Promise<[string, Read<readonly FailedJob[]>]> => {
      return [`${String(one.run)}/${String(one.attempt)}`, await readUnlessRefused(ACTIONS_NEED, readFailedOf(place, one))];
    }),
  );
}

async function readFailedOf({ rest, owner, repo }: Place, { run, attempt }: Asked): Promise<readonly FailedJob[]> {
  const jobs = await readCounted({ what: `jobs of run ${String(run)}`, list: "jobs" }, async (page) => {
    const asked = { owner, repo, run_id: run, attempt_number: attempt, per_page: REST_PAGE, page };
    return (await rest("GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs", asked)).data;
  });
  return jobs.flatMap((job) => failedOf(job) ?? []);
}

function failedOf(job: Fields): FailedJob | null {
  const conclusion = textOrNullAt(job, "conclusion");
  if (conclusion === null || NOT_FAILED.has(conclusion)) return null;
  const step = stepsOf(job).find((one) => !NOT_FAILED.has(textOrNullAt(one, "conclusion")));
  return { name: textAt(job, "name"), step: step === undefined ? null : textAt(step, "name"), conclusion, url: textAt(job, "html_url") };
}

/** A job that no runner took may come without any. */
function stepsOf(job: Fields): readonly Fields[] {
  return job["steps"] === undefined ? [] : listAt(job, "steps");
}
