// An approval is a review of somebody in the role who neither asked for the release nor pushed to it, of exactly what
// would be released. Gates that are asked together need distinct people.
import type { Words } from "../../model/plan.ts";
import type { OwnPullRequest } from "../../model/snapshot.ts";
import { isBot } from "../people/handles.ts";
import { type ApprovalGate, askedTogether } from "./approvals/together.ts";
import { type Entry, entryOf } from "./approvals/entries.ts";
import { decisiveReviews, ledgerOf } from "./approvals/ledger.ts";
import { remedyFor } from "./approvals/remedy.ts";
import { benchOf, missingIn, seatsOf } from "./approvals/seats.ts";
import { joined, progress } from "./approvals/summary.ts";
import { closed, defineGate, type Finding, NOTHING_MORE, open, unknown, waiting } from "./define.ts";
import { capped, listed } from "./phrases.ts";
import type { Subject } from "./subject.ts";
import { knownToGitHubAlone } from "./unread.ts";

export const approval = defineGate({
  kind: "approval",
  summary: "So many people of the role have approved exactly what is released. Whoever asked for it, pushed to it or counts for another gate does not count.",
  wants(options, subject, gate) {
    const { people, hosted, pullRequest } = subject;
    if (hosted === null || pullRequest === null) return NOTHING_MORE;
    const reviews = decisiveReviews(pullRequest).filter(({ login }) => !isBot(login));
    const logins = reviews.map(({ login }) => login);
    const wants = askedTogether(subject, { ...gate, kind: "approval", options }).map((one) => people.wants(one.options.role, logins));
    const shas = reviews.flatMap(({ review }) => (review.state === "approved" && review.sha !== null ? [review.sha] : []));
    return {
      files: [...new Set(wants.flatMap(({ files }) => files))],
      teams: [...new Set(wants.flatMap(({ teams }) => teams))],
      logins: [...new Set(wants.flatMap((one) => one.logins))],
      records: [...new Set(shas)].filter((sha) => sha !== pullRequest.headSha && !hosted.records.has(sha)),
    };
  },
  evaluate(options, subject, gate) {
    if (subject.hosted === null) return knownToGitHubAlone("reviews");
    if (subject.pullRequest === null) return waiting("there is no pull request to approve yet", null);
    return judge({ ...gate, kind: "approval", options }, subject, subject.pullRequest);
  },
  owner: ({ role }, { people }) => people.describe(role),
});

function judge(gate: ApprovalGate, subject: Subject, pullRequest: OwnPullRequest): Finding {
  const { people } = subject;
  const gates = askedTogether(subject, gate);
  const { opinions, beside } = ledgerOf(subject, pullRequest);
  const approvers = opinions.flatMap(({ is, login }) => (is === "approves" ? [login] : []));
  const benches = gates.map((one) => benchOf(one, people, approvers));
  const seats = seatsOf(benches, approvers);
  const groups = benches.flatMap((bench) => (bench.gate === gate.gate ? bench.groups : []));
  const missing = benches.flatMap((bench) => (bench.gate === gate.gate ? missingIn(bench, seats) : []));
  const isFilled = groups.length > 0 && missing.length === 0;
  const entries = opinions.map((opinion) => entryOf(opinion, gate, subject, seats, isFilled));
  const faults = people.members(gate.options.role).faults.map(({ because, next }) => `${because}: ${next}`);
  const details = capped([...entries.map(({ words }) => words), ...beside, ...faults]);
  const settled = settledBy(entries, isFilled, details);
  if (settled !== null) return settled;
  const remedy = remedyFor(gate, missing, gates, seats, subject);
  const because = progress({ gate, entries, seats, missing, isDivided: groups.length > 1 }, remedy.because);
  return remedy.isUnknown ? unknown(because, remedy.next, { details }) : closed(because, remedy.next, { details });
}

/** What the reviews alone say; null when somebody is still missing. An objection outweighs every approval. */
function settledBy(entries: readonly Entry[], isFilled: boolean, details: readonly Words[]): Finding | null {
  const of = (is: Entry["is"]): readonly Entry[] => entries.filter((entry) => entry.is === is);
  const doubt = (is: Entry["is"]): Finding | null => {
    const [found] = of(is);
    return found === undefined ? null : unknown(found.words, found.next ?? "look again later", { details });
  };
  const blocking = of("blocks");
  const who = listed(blocking.map(({ login }) => `@${login}`));
  if (blocking.length > 0) return closed(joined(blocking), `ask ${who} to look again, or dismiss that review`, { details });
  const mayBlock = doubt("may-block");
  if (mayBlock !== null) return mayBlock;
  return isFilled ? open(joined([...of("counts"), ...of("fell")]), { details }) : doubt("may-count");
}
