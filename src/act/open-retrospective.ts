import type { OpenRetrospective } from "../model/plan.ts";
import { mutate } from "./mutation.ts";
import type { Place } from "./place.ts";

/** The body ends with the line by which the next look finds it. */
export async function openRetrospective({ title, body }: OpenRetrospective, { github, repository }: Place): Promise<void> {
  await mutate(github, [{ field: "createIssue", input: { repositoryId: repository.nodeId, title, body }, wanted: "issue { number }" }]);
}
