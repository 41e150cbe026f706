import type { KeepStep } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { writeCheckRun } from "./check-run.ts";
import { type Writing, writing } from "./writing.ts";

export function keepStep({ sha, name, check, url, standing, say }: KeepStep, { repository }: Place): Writing {
  return writing(
    writeCheckRun(repository.nodeId, sha, check, standing, { name, url }),
    ...(say === null ? [] : [{ field: "addComment", input: { subjectId: say.subjectId, body: say.body }, wanted: "clientMutationId" }]),
  );
}
