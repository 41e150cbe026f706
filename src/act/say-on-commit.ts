import type { SayOnCommit } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { createCheckRun } from "./check-run.ts";
import { mutate } from "./mutation.ts";

export async function sayOnCommit({ sha, check }: SayOnCommit, { github, repository }: Place): Promise<void> {
  await mutate(github, [createCheckRun(repository.nodeId, sha, check)]);
}
