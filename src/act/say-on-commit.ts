import type { SayOnCommit } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { writeCheckRun } from "./check-run.ts";
import { mutate } from "./mutation.ts";

export async function sayOnCommit({ sha, check, standing }: SayOnCommit, { github, repository }: Place): Promise<void> {
  await mutate(github, [writeCheckRun(repository.nodeId, sha, check, standing)]);
}
