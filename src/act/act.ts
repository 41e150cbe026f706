// Action -> GitHub: one exhaustive switch. Each action expects to find what the decision saw, is safe to repeat, and
// sends no request twice: on an ambiguous answer the whole reconcile reads again.
import type { Action } from "../model/plan.ts";
import { answerRequest } from "./answer-request.ts";
import { closeReleasePullRequest } from "./close-release-pull-request.ts";
import { keepReleasePullRequest } from "./keep-release-pull-request.ts";
import type { Place } from "./place.ts";
import { publishRelease } from "./publish-release.ts";
import { sayOnCommit } from "./say-on-commit.ts";

/** @throws Transient, Stale, Refused, Parked as the client does */
export async function act(action: Action, place: Place): Promise<void> {
  switch (action.kind) {
    case "keep-release-pull-request":
      return await keepReleasePullRequest(action, place);
    case "close-release-pull-request":
      return await closeReleasePullRequest(action, place);
    case "publish-release":
      return await publishRelease(action, place);
    case "say-on-commit":
      return await sayOnCommit(action, place);
    case "answer-request":
      return await answerRequest(action, place);
  }
}
