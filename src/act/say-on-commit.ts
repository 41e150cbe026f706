import type { SayOnCommit } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { writeCheckRun } from "./check-run.ts";
import { type Writing, writing } from "./writing.ts";

export function sayOnCommit({ sha, check, standing }: SayOnCommit, { repository }: Place): Writing {
  return writing(writeCheckRun(repository.nodeId, sha, check, standing));
}
