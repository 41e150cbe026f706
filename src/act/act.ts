// Action -> GitHub: one exhaustive switch. Each action expects to find what the decision saw, is safe to repeat, and
// sends no request twice: on an ambiguous answer the whole reconcile reads again.
import type { Action } from "../model/plan.ts";
import { answerRequest } from "./answer-request.ts";
import { closeReleasePullRequest } from "./close-release-pull-request.ts";
import { deferIssue } from "./defer-issue.ts";
import { keepDesk } from "./keep-desk.ts";
import { keepReleasePullRequest } from "./keep-release-pull-request.ts";
import { keepStatusComment } from "./keep-status-comment.ts";
import { mergeReleasePullRequest } from "./merge-release-pull-request.ts";
import type { Place } from "./place.ts";
import { publishRelease } from "./publish-release.ts";
import { requestReviews } from "./request-reviews.ts";
import { sayOnCommit } from "./say-on-commit.ts";
import { sayOnContributions } from "./say-on-contributions.ts";

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
    case "say-on-contributions":
      return await sayOnContributions(action, place);
    case "keep-status-comment":
      return await keepStatusComment(action, place);
    case "keep-desk":
      return await keepDesk(action, place);
    case "merge-release-pull-request":
      return await mergeReleasePullRequest(action, place);
    case "answer-request":
      return await answerRequest(action, place);
    case "defer-issue":
      return await deferIssue(action, place);
    case "request-reviews":
      return await requestReviews(action, place);
  }
}
