import type { KeepDesk } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { numberAt } from "./answer.ts";
import { type Writing, writing } from "./writing.ts";

export function keepDesk({ issueId, title, body }: KeepDesk, { repository, onDesk }: Place): Writing {
  const wanted = "issue { number }";
  if (issueId !== null) return writing({ field: "updateIssue", input: { id: issueId, title, body }, wanted });
  return {
    mutations: [{ field: "createIssue", input: { repositoryId: repository.nodeId, title, body }, wanted }],
    answered: async ([opened]) => {
      onDesk(numberAt(opened, "issue", "number"));
    },
  };
}
