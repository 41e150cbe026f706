import type { KeepStep } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { addComment } from "./add-comment.ts";
import { writeCheckRun } from "./check-run.ts";
import { type Writing, writing } from "./writing.ts";

export function keepStep({ sha, name, check, url, standing, say }: KeepStep, { repository }: Place): Writing {
  return writing(writeCheckRun(repository.nodeId, sha, check, standing, { name, url }), ...(say === null ? [] : [addComment(say.subjectId, say.body)]));
}
