import type { KeepDesk } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { numberAt } from "./answer.ts";
import { mutate } from "./mutation.ts";

export async function keepDesk({ issueId, title, body }: KeepDesk, { github, repository, onDesk }: Place): Promise<void> {
  if (issueId !== null) {
    await mutate(github, [{ field: "updateIssue", input: { id: issueId, title, body }, wanted: "issue { number }" }]);
    return;
  }
  const [opened] = await mutate(github, [{ field: "createIssue", input: { repositoryId: repository.nodeId, title, body }, wanted: "issue { number }" }]);
  onDesk(numberAt(opened, "issue", "number"));
}
