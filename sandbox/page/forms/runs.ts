// What a person lets happen to a run.
import { requireAccess } from "../../world/access.ts";
import { choiceOf, fieldOf, found } from "../find.ts";
import { MOVE_RUNS } from "../parts/runs.ts";
import type { FormAction } from "../visit.ts";

const MOVES = ["start", "hold", "success", "failure", "timed_out", "cancel", "rerun", "rerun-failed"] as const;

export const runForms: Readonly<Record<string, FormAction>> = {
  "move-run": async (submission) => {
    const { actor, repository, standIn, url } = submission;
    const { operations } = standIn;
    requireAccess(actor, repository, MOVE_RUNS);
    const run = found(repository.actions.runs.get(Number(fieldOf(submission, "run"))));
    const move = choiceOf(submission, "move", MOVES);
    switch (move) {
      case "start":
        await operations.startRun(repository, run);
        break;
      case "hold":
        await operations.holdRun(repository, run);
        break;
      case "cancel":
        await operations.cancelRun(actor, repository, run);
        break;
      case "rerun":
      case "rerun-failed":
        await operations.rerun(actor, repository, run, move === "rerun" ? "all" : "failed");
        break;
      case "success":
      case "failure":
      case "timed_out":
        await operations.finishRun(repository, run, move);
    }
    return `${url.pathname}#run-${run.id}`;
  },
};
