// `/release simulate`: the same repository with one thing more that has not happened, for the same decision to be made of.
import type { Words } from "../model/plan.ts";
import type { Commit, Contribution, Hosted, OwnPullRequest, Review, Snapshot } from "../model/snapshot.ts";
import type { WhatIf } from "./commands/types.ts";
import { digest } from "./fingerprint.ts";
import type { JudgedRelease } from "./lines/lines.ts";

/** `says`: what is assumed, for the answer's first line; or why it can't be. */
export type Assumed = { readonly ok: true; readonly snapshot: Snapshot; readonly says: Words } | { readonly ok: false; readonly says: Words };

/** @param releases what is proposed now: whose approval would be given */
export function assume(whatIf: WhatIf, snapshot: Snapshot, hosted: Hosted, releases: readonly JudgedRelease[]): Assumed {
  switch (whatIf.is) {
    case "at":
      return { ok: true, snapshot: { ...snapshot, takenAt: whatIf.at }, says: "nothing but time passes" };
    case "merge":
      return merged(whatIf.pullRequest, snapshot, hosted);
    case "approve":
      return approved(whatIf.who, snapshot, hosted, releases);
  }
}

function merged(number: number, snapshot: Snapshot, hosted: Hosted): Assumed {
  const contribution = hosted.contributions?.find((one) => one.number === number);
  if (contribution === undefined) {
    const own = hosted.open.some((one) => one.number === number);
    return {
      ok: false,
      says: own
        ? `#${String(number)} is the release pull request: its gates say what merging it does`
        : `#${String(number)} is no open pull request into this branch`,
    };
  }
  if (contribution.paths === null) return { ok: false, says: `#${String(number)} changes more files than are read at once` };
  const commit = commitOf(contribution, snapshot);
  return {
    ok: true,
    says: `#${String(number)} is merged`,
    snapshot: {
      ...snapshot,
      ranges: new Map([...snapshot.ranges].map(([key, range]) => [key, { ...range, commits: [commit, ...range.commits] }] as const)),
      hosted: {
        ...hosted,
        blobs: new Map([...hosted.blobs, ...contribution.paths.map((path) => [path, commit.sha] as const)]),
        contributions: (hosted.contributions ?? []).filter((one) => one !== contribution),
      },
    },
  };
}

function commitOf({ number, title, labels, author, headSha, paths }: Contribution, { head, takenAt }: Snapshot): Commit {
  return {
    sha: digest(`if ${headSha} were merged`).slice(0, 40),
    parents: [head.sha],
    committedAt: takenAt,
    authorName: author ?? "",
    authorLogin: author,
    message: `${title} (#${String(number)})`,
    paths: paths ?? [],
    pullRequest: { number, title, labels, author },
  };
}

function approved(who: string, snapshot: Snapshot, hosted: Hosted, releases: readonly JudgedRelease[]): Assumed {
  const open = releases.filter(({ releasing: { pullRequest } }) => pullRequest?.state === "open");
  const reviewers = new Map(open.flatMap((release) => reviewerFor(who, release, hosted)));
  const [first] = reviewers.values();
  if (first === undefined)
    return { ok: false, says: open.length === 0 ? "there is no pull request to approve" : `nobody is known who could approve as ${who}` };
  const withReview = (pull: OwnPullRequest): OwnPullRequest => {
    const author = reviewers.get(pull.number);
    if (author === undefined) return pull;
    const review: Review = { url: "", author, state: "approved", sha: pull.headSha, at: snapshot.takenAt };
    return { ...pull, reviews: [...pull.reviews, review] };
  };
  return {
    ok: true,
    says: `${who.startsWith("@") && !who.includes("/") ? who : `@${first} of ${who}`} approves`,
    snapshot: { ...snapshot, hosted: { ...hosted, open: hosted.open.map(withReview) } },
  };
}

/** Somebody whose approval is not there yet; one that the playbook would not count is shown as such by the ledger. */
function reviewerFor(who: string, { releasing: { pullRequest }, subject }: JudgedRelease, hosted: Hosted): [number, string][] {
  if (pullRequest === null) return [];
  const excluded = new Set(
    [
      ...pullRequest.reviews.flatMap(({ author, state }) => (author !== null && state === "approved" ? [author] : [])),
      ...subject.facts.requesters.map(({ by }) => by),
    ].map((login) => login.toLowerCase()),
  );
  const login = loginsOf(who, subject, hosted).find((one) => !excluded.has(one.toLowerCase()));
  return login === undefined ? [] : [[pullRequest.number, login]];
}

function loginsOf(who: string, { people, playbook }: JudgedRelease["subject"], hosted: Hosted): readonly string[] {
  const name = who.replace(/^@/, "");
  if (Object.hasOwn(playbook.roles, name) || name === "owners") return people.members(name).logins;
  if (!name.includes("/")) return [name];
  const team = hosted.teams.get(name.toLowerCase());
  return team?.is === "known" ? team.members : [];
}
