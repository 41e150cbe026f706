// Of the runs of a concurrency group one runs and at most one is pending: a newer one takes the place of what was pending,
// and of what runs where the file says so (https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency).
import type { Repository, WorkflowRun } from "../world/types.ts";

const isUnder = (run: WorkflowRun): boolean => run.status !== "completed" && run.status !== "pending";

/** The others of its group that have not ended, oldest first. Names of groups do not tell capital letters apart. */
const othersOf = ({ actions }: Repository, run: WorkflowRun): WorkflowRun[] =>
  run.concurrency === null
    ? []
    : [...actions.runs.values()].filter(
        (other) => other !== run && other.status !== "completed" && other.concurrency?.group.toLowerCase() === run.concurrency?.group.toLowerCase(),
      );

/** What a new run puts an end to. */
export const supersededBy = (repository: Repository, run: WorkflowRun): WorkflowRun[] =>
  othersOf(repository, run).filter((other) => other.status === "pending" || run.concurrency?.cancelsRunning === true);

/** Whether another one of its group stands in its way. */
export const mustWait = (repository: Repository, run: WorkflowRun): boolean => othersOf(repository, run).some(isUnder);

/** Which run may begin now that this one has ended; null for none. */
export const nextAfter = (repository: Repository, ended: WorkflowRun): WorkflowRun | null =>
  mustWait(repository, ended) ? null : (othersOf(repository, ended).find(({ status }) => status === "pending") ?? null);
