import type { SayOnContributions } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { writeCheckRun } from "./check-run.ts";
import { mutate } from "./mutation.ts";

/** So many check runs in one document take GitHub long enough. */
const BATCH = 20;

export async function sayOnContributions({ checks }: SayOnContributions, { github, repository }: Place): Promise<void> {
  for (let from = 0; from < checks.length; from += BATCH)
    await mutate(
      github,
      checks.slice(from, from + BATCH).map(({ sha, check, standing }) => writeCheckRun(repository.nodeId, sha, check, standing)),
    );
}
