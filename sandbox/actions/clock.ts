// What happens because time has passed: schedules start workflows, timers of environments run out, and so does the time of merge groups.
import type { Stage } from "../world/events.ts";
import { passTimeInQueue } from "../world/queue/follow-queue.ts";
import type { Repository } from "../world/types.ts";
import { waitsFor } from "./environments.ts";
import { startSchedules } from "./start-runs.ts";
import { goOn } from "./runs.ts";

export const passTime = async (stage: Stage, repository: Repository): Promise<void> => {
  await startSchedules(stage, repository);
  await passTimeInQueue(stage, repository);
  for (const run of repository.actions.runs.values()) if (waitsFor(repository, run).length > 0) await goOn(stage, repository, run);
};
