// The buttons of a check run: its app is told, and nobody else.
import type { CheckRun } from "../../world/types.ts";
import { fieldOf, found } from "../find.ts";
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
};

function runNamed(submission: Submission): CheckRun {
  return found(submission.repository.checkRuns.get(Number(fieldOf(submission, "run"))));
}
