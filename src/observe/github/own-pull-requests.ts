// Pull requests of this app, with everything that is decided about them. A pull request is this app's when its author
// is; titles, bodies, labels and branch names prove nothing.
import { Transient } from "../../model/errors.ts";
import type { OwnPullRequest, Sha } from "../../model/snapshot.ts";
import { CHECKS_WEIGHT, OWN_CHECKS, checksAt, checksQuestion } from "./checks.ts";
import { COMMENT, COMMENTS, COMMENTS_PAGE, readComments } from "./comments.ts";
import { EDITORS, EDITORS_WEIGHT, readWritten } from "./description.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, flagAt, nodesAt, numberAt, textAt, textOrNullAt, timeAt } from "./fields.ts";
import type { Asking, Named } from "./moment.ts";
import { PAGE, type Page, pageAt, readPages } from "./pages.ts";
import { ACTOR, type App, COMMITTER, actorAt, committerAt, personAt } from "./people.ts";
import type { Question } from "./question.ts";
import { readReviewRequests } from "./review-requests.ts";
import { REVIEWS, REVIEWS_WEIGHT, readReviews } from "./reviews.ts";

const COMMITS_MAX = 100;
const PARENTS_MAX = 8;
const LABELS_MAX = 100;
/** Of so many commits, newest first, the first that carries a check run counts. */
const CHECKED_MAX = 10;

/** Nodes that one use of the fragment counts for. */
export const PULL_WEIGHT = COMMITS_MAX * (PARENTS_MAX + 1) + LABELS_MAX + COMMENTS_PAGE + REVIEWS_WEIGHT + EDITORS_WEIGHT + CHECKED_MAX * (1 + CHECKS_WEIGHT);

/** For pull requests, as `...PullInFull`; read with `ownPullRequestAt`. */
export const PULL_IN_FULL = [
  `fragment PullInFull on PullRequest {
  id number state isDraft title body headRefName baseRefName headRefOid mergeable mergedAt closedAt
  author ${ACTOR}
  mergedBy ${ACTOR}
  mergeCommit { oid tree { oid } }
  labels(first: ${LABELS_MAX}) { nodes { name } }
  newest: commits(last: ${CHECKED_MAX}) { nodes { commit { oid ...OwnChecks } } }
  commits(last: ${COMMITS_MAX}) { nodes { commit { oid tree { oid } parents(first: ${PARENTS_MAX}) { nodes { oid } } author ${COMMITTER} committer ${COMMITTER} } } }
  ${COMMENTS}
  ${REVIEWS}
  ${EDITORS}
  timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { __typename ... on ClosedEvent { createdAt actor ${ACTOR} } } }
}`,
  COMMENT,
  OWN_CHECKS,
];

/** Of so many pull requests that were merged and changed last, those of this app are known. */
const LATELY = 20;

/** Open pull requests asked for in full at a guess while none of this app's is known: the one that it has just opened is among them. */
const GUESSED = 3;

/**
 * Every open pull request of this app, in the fields of PULL_IN_FULL, oldest first. GitHub's list may lag behind what has
 * just been opened, so those that are known by their number are read by it, whatever the list says.
 * @param known numbers of the last look, and of what was opened since
 */
export async function readOpen({ ask, learn, app }: Asking, known: readonly number[]): Promise<Fields[]> {
  const isGuessing = known.length === 0;
  const [all, guessed] = await Promise.all([readPages(ask, "open pull requests", openPage, "number"), isGuessing ? ask(LATELY_UPDATED) : []]);
  for (const pull of guessed) learn(pullQuestion(numberAt(pull, "number")), { pull });
  const own = new Set([...known, ...all.filter((pull) => isOwn(pull, app)).map((pull) => numberAt(pull, "number"))]);
  const found = await Promise.all([...own].map((number) => ask(pullQuestion(number))));
  return found.filter((pull) => isOwn(pull, app) && textAt(pull, "state") === "OPEN").sort((one, other) => numberAt(one, "number") - numberAt(other, "number"));
}

/** Numbers of this app's pull requests among the last that were merged. */
export async function readMergedLately({ ask, app }: Pick<Asking, "ask" | "app">): Promise<readonly number[]> {
  const pulls = await ask(mergedLately());
  return pulls.filter((pull) => isOwn(pull, app)).map((pull) => numberAt(pull, "number"));
}

/** Those of the numbers that are merged pull requests of this app. */
export async function readMerged(named: Named, numbers: readonly number[]): Promise<[number, OwnPullRequest][]> {
  const found = await Promise.all(
    numbers.map(async (number): Promise<[number, OwnPullRequest][]> => {
      const pull = await named.ask(pullQuestion(number));
      return isOwn(pull, named.app) && textAt(pull, "state") === "MERGED" ? [[number, await ownPullRequestAt(named, pull)]] : [];
    }),
  );
  return found.flat();
}

export function isOwn(pull: Fields, app: App): boolean {
  return actorAt(pull, "author") === app.login;
}

/** The number that a question of `pullQuestion` is about; null for any other question. */
export function numberAsked({ key }: Question<unknown>): number | null {
  return key.startsWith(PULL) ? Number(key.slice(PULL.length)) : null;
}

const PULL = "pull ";

export function pullQuestion(number: number): Question<Fields> {
  return {
    key: `${PULL}${number}`,
    fields: (bind) => ({ pull: `pullRequest(number: ${bind("Int!", number)}) { ...PullInFull }` }),
    fragments: PULL_IN_FULL,
    weight: PULL_WEIGHT,
    read: (answer) => fieldsAt(answer, "pull"),
    again: () => pullQuestion(number),
  };
}

function openPage(after: string | null): Question<Page> {
  return {
    key: `open ${after}`,
    fields: (bind) => ({
      open: `pullRequests(states: [OPEN], first: $page, after: ${bind("String", after)}, orderBy: { field: CREATED_AT, direction: ASC }) { ${PAGE} nodes { number author ${ACTOR} } }`,
    }),
    fragments: [],
    weight: 100,
    read: (answer) => pageAt(answer, "open"),
    again: () => openPage(after),
  };
}

const LATELY_UPDATED: Question<Fields[]> = {
  key: "lately updated",
  fields: () => ({ pulls: `pullRequests(states: [OPEN], first: ${GUESSED}, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { ...PullInFull } }` }),
  fragments: PULL_IN_FULL,
  weight: GUESSED * PULL_WEIGHT,
  read: (answer) => nodesAt(answer, "pulls"),
  again: null,
};

function mergedLately(): Question<Fields[]> {
  return {
    key: "merged lately",
    fields: () => ({
      merged: `pullRequests(states: [MERGED], first: ${LATELY}, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { number author ${ACTOR} } }`,
    }),
    fragments: [],
    weight: LATELY,
    read: (answer) => nodesAt(answer, "merged"),
    again: mergedLately,
  };
}

/** @param pull with the fields of PULL_IN_FULL */
export async function ownPullRequestAt(named: Named, pull: Fields): Promise<OwnPullRequest> {
  const number = numberAt(pull, "number");
  const headSha = textAt(pull, "headRefOid");
  const state = stateAt(pull);
  // One that is not merged may have one as well: how GitHub tried whether it could be.
  const mergeCommit = state === "merged" ? fieldsOrNullAt(pull, "mergeCommit") : null;
  const commits = nodesAt(pull, "commits").map((node) => fieldsAt(node, "commit"));
  const head = commits.find((commit) => textAt(commit, "oid") === headSha);
  const [checked, conversation, written, reviews, requestedReviewers] = await Promise.all([
    readChecked(named, pull, headSha),
    readComments(named, { is: "pullRequest", number }, pull),
    readWritten(named, pull),
    readReviews(named.ask, number, pull),
    // Nobody is waited for any more once it is over.
    state === "open" ? readReviewRequests(named, number) : [],
  ]);
  return {
    id: textAt(pull, "id"),
    number,
    state,
    isDraft: flagAt(pull, "isDraft"),
    title: textAt(pull, "title"),
    body: textAt(pull, "body"),
    written,
    labels: nodesAt(pull, "labels").map((label) => textAt(label, "name")),
    branch: textAt(pull, "headRefName"),
    base: textAt(pull, "baseRefName"),
    headSha,
    headTree: head === undefined ? null : treeAt(head),
    ...checked,
    commits: commits.map((commit) => commitOf(commit, named.app)).toReversed(),
    isConflicting: textAt(pull, "mergeable") === "CONFLICTING",
    closed: state === "open" ? null : closedAt(pull, state, named.app),
    mergeSha: mergeCommit === null ? null : textAt(mergeCommit, "oid"),
    mergeTree: mergeCommit === null ? null : treeAt(mergeCommit),
    reviews,
    requestedReviewers,
    ...conversation,
  };
}

export function stateAt(pull: Fields): OwnPullRequest["state"] {
  const state = textAt(pull, "state");
  if (state === "OPEN") return "open";
  return state === "MERGED" ? "merged" : "closed";
}

/** The check runs of the newest commit that carries any. The head itself may be missing among them where GitHub has not listed the last push yet. */
async function readChecked(named: Named, pull: Fields, headSha: Sha): Promise<Pick<OwnPullRequest, "checks" | "checkedSha">> {
  const listed = nodesAt(pull, "newest").map((node) => fieldsAt(node, "commit"));
  const isListed = listed.some((commit) => textAt(commit, "oid") === headSha);
  const head = isListed ? null : await named.ask(checksQuestion(headSha));
  if (!isListed && head === null) throw new Transient(`GitHub does not find the commit ${headSha}, where a pull request ends.`);
  for (const commit of [...(head === null ? [] : [{ ...head, oid: headSha }]), ...listed.toReversed()]) {
    const sha = textAt(commit, "oid");
    const checks = await checksAt(named, commit, sha);
    if (checks.length > 0) return { checks, checkedSha: sha };
  }
  return { checks: [], checkedSha: null };
}

/**
 * A commit is this app's when the app wrote it and nobody has changed it since: a person who amends or rebases becomes
 * its committer. Commits that are made through the API have GitHub itself as their committer.
 */
function commitOf(commit: Fields, app: App): OwnPullRequest["commits"][number] {
  const isByGitHub = isCommittedByGitHub(commit);
  const people = [personAt(commit, "author"), isByGitHub ? null : personAt(commit, "committer")].flatMap((one) =>
    one === null || one === app.login ? [] : [one],
  );
  return {
    sha: textAt(commit, "oid"),
    parents: nodesAt(commit, "parents").map((parent) => textAt(parent, "oid")),
    isOwn: isOwnCommit(commit, app),
    people: [...new Set(people)],
  };
}

/** @param commit with author and committer as COMMITTER selects them */
export function isOwnCommit(commit: Fields, app: App): boolean {
  return committerAt(commit, "author") === app.login && (committerAt(commit, "committer") === app.login || isCommittedByGitHub(commit));
}

function isCommittedByGitHub(commit: Fields): boolean {
  return committerAt(commit, "committer") === "web-flow" || (textOrNullAt(fieldsAt(commit, "committer"), "email") ?? "").startsWith("noreply@");
}

function treeAt(commit: Fields): Sha {
  return textAt(fieldsAt(commit, "tree"), "oid");
}

/** @param pull with `mergedAt`, `mergedBy`, `closedAt` and its last CLOSED_EVENT */
export function closedAt(pull: Fields, state: "closed" | "merged", app: App): OwnPullRequest["closed"] {
  if (state === "merged") return { at: timeAt(pull, "mergedAt"), byApp: actorAt(pull, "mergedBy") === app.login };
  const [event] = nodesAt(pull, "timelineItems");
  return { at: timeAt(pull, "closedAt"), byApp: event !== undefined && actorAt(event, "actor") === app.login };
}
