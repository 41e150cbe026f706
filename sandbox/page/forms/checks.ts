// The buttons of a check run, of which its app is told and nobody else, and what continuous integration reports.
import { ApiError, type CheckRun } from "../../world/types.ts";
import { choiceOf, fieldOf, found } from "../find.ts";
import { ciOf, OUTCOME_VALUES } from "../parts/report-check.ts";
import type { FormAction, Submission } from "../visit.ts";

export const checkForms: Readonly<Record<string, FormAction>> = {
  rerun: async (submission) => {
    await submission.standIn.operations.rerequestCheckRun(submission.actor, submission.repository, runNamed(submission));
    return `${submission.url.pathname}#checks`;
  },
  "check-action": async (submission) => {
    await submission.standIn.operations.requestCheckAction(submission.actor, submission.repository, runNamed(submission), fieldOf(submission, "identifier"));
    return `${submission.url.pathname}#checks`;
  },
  "report-check": async (submission) => {
    const { standIn, repository, actor } = submission;
    const outcome = choiceOf(submission, "outcome", OUTCOME_VALUES);
    const name = fieldOf(submission, "name");
    if (name === "") throw new ApiError(422, "A check needs a name.");
    const { slug } = found(ciOf(standIn.world, repository));
    const check = { name, conclusion: outcome === "running" ? null : outcome, appSlug: slug };
    await standIn.operations.reportCheck(actor, repository, fieldOf(submission, "sha"), check);
    return `${submission.url.pathname}#checks`;
  },
};

function runNamed(submission: Submission): CheckRun {
  return found(submission.repository.checkRuns.get(Number(fieldOf(submission, "run"))));
}
