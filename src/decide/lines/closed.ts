// A release pull request that a person closed stays closed until something new is merged, or `/release plan` is said there.
import type { AnswerRequest } from "../../model/plan.ts";
import type { CommandComment, Commit, Hosted, OwnPullRequest, Sha, Snapshot } from "../../model/snapshot.ts";
import { WHOLE_REPOSITORY, type Proposal } from "./proposals.ts";
import { recordOf } from "./record.ts";

export function isClosedByPerson({ line, plans }: Proposal, last: OwnPullRequest | null, snapshot: Snapshot): boolean {
  if (last === null || last.state !== "closed" || last.closed === null || last.closed.byApp) return false;
  const record = recordOf(last);
  if (record === null || record.line !== line) return false;
  return plans.every(({ name, reasons }) => {
    const commits = snapshot.ranges.get(name)?.commits ?? [];
    const known = reachable(commits, record.baseSha);
    return (
      reasons.every(({ sha, effect }) => effect === "none" || effect === "cancelled" || known.has(sha)) &&
      (line !== WHOLE_REPOSITORY || record.releases.some((one) => one.component === name))
    );
  });
}

/** Commits of the range that `from` has, itself included; none when it is not in the range. */
export function reachable(commits: readonly Commit[], from: Sha): ReadonlySet<Sha> {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const found = new Set<Sha>();
  const open = [from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    const commit = bySha.get(sha);
    if (commit === undefined || found.has(sha)) continue;
    found.add(sha);
    open.push(...commit.parents);
  }
  return found;
}

/** A line of its own, outside of code and quotes. */
function asksForPlan({ body }: CommandComment): boolean {
  let isFenced = false;
  for (const line of body.replaceAll("\r\n", "\n").split("\n")) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isFenced = !isFenced;
    else if (!isFenced && /^\/release[ \t]+plan[ \t]*$/.test(line)) return true;
  }
  return false;
}

const MAY_PLAN: ReadonlySet<string> = new Set(["admin", "maintain", "write"]);

/** Who asked for a plan, where nobody has been answered yet. Their permission has to be known. */
export function unansweredIn(last: OwnPullRequest | null): readonly CommandComment[] {
  return (last?.requests ?? []).filter((one) => one.answered === null && asksForPlan(one));
}

/** Whether a plan was asked for by someone who may, and the reactions that record each answer. Strangers get silence. */
export function requestsOf(last: OwnPullRequest | null, hosted: Hosted): { readonly answers: readonly AnswerRequest[]; readonly isReopened: boolean } {
  const accepted = (last?.requests ?? []).some((one) => one.answered === "accepted" && asksForPlan(one));
  const answers = unansweredIn(last).flatMap((one): AnswerRequest[] => {
    const permission = hosted.permissions.get(one.author);
    if (permission === undefined) throw new Error(`Bug: the permission of ${one.author} was never asked for`);
    if (permission === "none" || permission === "read") return [];
    return [{ kind: "answer-request", commentId: one.id, answer: MAY_PLAN.has(permission) ? "accepted" : "refused" }];
  });
  return { answers, isReopened: accepted || answers.some(({ answer }) => answer === "accepted") };
}
