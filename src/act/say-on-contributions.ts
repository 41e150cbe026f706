import type { SayOnContributions } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { writeCheckRun } from "./check-run.ts";
import { type Writing, writing } from "./writing.ts";

export function sayOnContributions({ checks }: SayOnContributions, { repository }: Place): Writing {
  return writing(...checks.map(({ sha, check, standing }) => writeCheckRun(repository.nodeId, sha, check, standing)));
}
