// What happens because time has passed: a timer of an environment has run out.
import type { Stage } from "../world/events.ts";
import type { Repository } from "../world/types.ts";
import { waitsFor } from "./environments.ts";
import { goOn } from "./runs.ts";

export const passTime = async (stage: Stage, repository: Repository): Promise<void> => {
  for (const run of repository.actions.runs.values()) if (waitsFor(repository, run).length > 0) await goOn(stage, repository, run);
};
