// What everybody's reviews say, before it is asked who they are: the latest review of each person that approves, objects
// or was dismissed decides, as on GitHub; a later comment takes nothing back.
import type { Words } from "../../../model/plan.ts";
import type { OwnPullRequest, Review } from "../../../model/snapshot.ts";
import { includesLogin, isBot, isSameLogin } from "../../people/handles.ts";
import { code, counted, shortSha } from "../phrases.ts";
import type { Subject } from "../subject.ts";
import { felledBy } from "./felled.ts";

/** What one person says of the release as it is now. `void`: an approval that counts for no role, and `fell`: not any more. */
export type Opinion = {
  readonly login: string;
  readonly is: "approves" | "objects" | "fell" | "void";
  /** A whole sentence, with the login. */
  readonly words: Words;
};

export type Ledger = {
  /** In the order of the reviews that decide. */
  readonly opinions: readonly Opinion[];
  /** Reviews that decide nothing, each said. */
  readonly beside: readonly Words[];
};

export function ledgerOf(subject: Subject, pullRequest: OwnPullRequest): Ledger {
  const opinions: Opinion[] = [];
  const beside: Words[] = [];
  const decisive = new Set(decisiveReviews(pullRequest).map(({ review }) => review));
  for (const { review, login } of decisiveReviews(pullRequest)) {
    if (review.state === "dismissed") beside.push(`@${login}'s review${of(review)} was dismissed`);
    else opinions.push({ login, ...opinionOf(login, review, subject, pullRequest) });
  }
  const comments = new Map<string, number>();
  for (const review of pullRequest.reviews) {
    const { author, state } = review;
    if (author === null) beside.push(`a review${of(review)} is not counted: the account of its author is gone`);
    else if (state === "commented") comments.set(author, (comments.get(author) ?? 0) + 1);
    else if (!decisive.has(review)) beside.push(`@${author}'s ${WHAT[state]}${of(review)} gave way to a later review`);
  }
  for (const [author, count] of comments)
    beside.push(`@${author} commented${count > 1 ? ` (${counted(count, "review")})` : ""}, which neither approves nor takes back`);
  return { opinions, beside };
}

const WHAT = { approved: "approval", "changes-requested": "request for changes", dismissed: "dismissed review" } as const;

/** Each with its person, who has an account. Oldest first. */
export function decisiveReviews({ reviews }: Pick<OwnPullRequest, "reviews">): readonly { readonly login: string; readonly review: Review }[] {
  const latest = new Map<string, { login: string; review: Review }>();
  for (const review of reviews) {
    if (review.author === null || review.state === "commented") continue;
    const key = review.author.toLowerCase();
    latest.delete(key);
    latest.set(key, { login: review.author, review });
  }
  return [...latest.values()];
}

/** Whoever asked for the release, shaped its version or pushed to its branch does not approve it. */
export function isInvolved(login: string, subject: Subject): boolean {
  return hasAsked(login, subject) || hasPushed(login, subject.pullRequest);
}

function hasAsked(login: string, { facts }: Subject): boolean {
  return facts.requesters.some(({ by }) => isSameLogin(by, login));
}

function hasPushed(login: string, pullRequest: OwnPullRequest | null): boolean {
  return pullRequest !== null && pullRequest.commits.some(({ isOwn, people }) => !isOwn && includesLogin(people, login));
}

function opinionOf(login: string, review: Review, subject: Subject, pullRequest: OwnPullRequest): Pick<Opinion, "is" | "words"> {
  const no = (because: Words): Pick<Opinion, "is" | "words"> => ({ is: "void", words: `@${login}'s approval${of(review)} is not counted: ${because}` });
  if (review.state === "changes-requested") {
    return isBot(login)
      ? { is: "void", words: `@${login} asked for changes, which is not counted: it is an app` }
      : { is: "objects", words: `@${login} asked for changes${on(review)}` };
  }
  if (isBot(login)) return no("it needs a person, and that is an app");
  if (hasAsked(login, subject)) return no(`@${login} asked for this version, so somebody else has to approve`);
  if (hasPushed(login, pullRequest)) return no(`@${login} pushed to ${code(pullRequest.branch)}, so somebody else has to approve`);
  if (review.sha === null) return no("GitHub no longer knows which commit that was");
  const approved = subject.content.at(review.sha, review.at);
  if (approved === null) return no("this app has no record of what that commit stood for at that time");
  if (approved.content !== subject.content.now)
    return { is: "fell", words: `@${login}'s approval${of(review)} fell ${felledBy(review.sha, approved.baseSha, subject, pullRequest)}` };
  return { is: "approves", words: `@${login} approved ${code(shortSha(review.sha))}${review.sha === pullRequest.headSha ? "" : ", same content"}` };
}

function of({ sha }: Review): Words {
  return sha === null ? "" : ` of ${code(shortSha(sha))}`;
}

function on({ sha }: Review): Words {
  return sha === null ? "" : ` on ${code(shortSha(sha))}`;
}
