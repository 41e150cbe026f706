// Whom to ask for a review: those whose approval a gate wants, each once. Whoever has reviewed, a team of which somebody
// has, and whoever may not approve are not asked.
import type { Handle } from "../../../model/playbook.ts";
import type { Hosted } from "../../../model/snapshot.ts";
import { includesLogin, isBot, namedBy } from "../../people/handles.ts";
import type { NamedGate } from "../define.ts";
import type { Subject } from "../subject.ts";
import { isApproval } from "./together.ts";
import { isInvolved } from "./ledger.ts";

/**
 * Logins and `organisation/team` in lower case; empty while there is no open pull request. Nobody is asked for a
 * permission level. A team whose people are not known is not asked: that one of them has answered could not be seen.
 * @param gates those that the release is asked; others than approval are passed over
 */
export function reviewersWanted(subject: Subject, gates: readonly NamedGate[]): readonly string[] {
  const { pullRequest, people, hosted } = subject;
  if (hosted === null || pullRequest === null || pullRequest.state !== "open") return [];
  const done = [...pullRequest.requestedReviewers, ...pullRequest.reviews.flatMap(({ author }) => author ?? [])];
  const handles = gates.filter(isApproval).flatMap(({ options }) => people.groups(options.role).flatMap((group) => group.handles));
  const wanted = new Map<string, string>();
  for (const handle of handles) {
    const reviewer = reviewerBy(handle, subject, hosted, done);
    if (reviewer !== null && !wanted.has(reviewer.toLowerCase())) wanted.set(reviewer.toLowerCase(), reviewer);
  }
  return [...wanted.values()];
}

/** @param done who was asked or has reviewed */
function reviewerBy(handle: Handle, subject: Subject, { teams }: Hosted, done: readonly string[]): string | null {
  const named = namedBy(handle);
  if (named.is === "login") return isBot(named.login) || isInvolved(named.login, subject) || includesLogin(done, named.login) ? null : named.login;
  const team = named.is === "team" ? teams.get(named.team) : undefined;
  if (named.is !== "team" || team?.is !== "known" || team.members.length === 0) return null;
  return [named.team, ...team.members].some((one) => includesLogin(done, one)) ? null : named.team;
}
