// A commit as GraphQL gives it, with the pull request that brought it.
import type { Commit, PullRequest, Sha } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, listAt, nodesAt, numberAt, textAt, textOrNullAt, timeAt } from "./fields.ts";
import type { Moment } from "./moment.ts";
import { ACTOR, COMMITTER, actorAt, committerAt } from "./people.ts";
import type { Question } from "./question.ts";

/** How many parents, pull requests and labels of each are asked for: what nearly every commit has, and what GitHub allows at once. */
const USUAL = { parents: 4, pulls: 5, labels: 20 };
const MOST = { parents: 100, pulls: 100, labels: 100 };

/** Nodes that one use of COMMIT counts for. */
export const COMMIT_WEIGHT = 1 + USUAL.parents + USUAL.pulls * (1 + USUAL.labels);

/** For commits, as `...UnreleasedCommit`; read with `commitAt`. */
export const COMMIT = fragmentOf("UnreleasedCommit", USUAL);
const WHOLE_COMMIT = fragmentOf("WholeCommit", MOST);

function fragmentOf(name: string, { parents, pulls, labels }: typeof USUAL): string {
  return `fragment ${name} on Commit {
  oid committedDate message
  author ${COMMITTER}
  parents(first: ${parents}) { totalCount nodes { oid } }
  associatedPullRequests(first: ${pulls}) {
    totalCount
    nodes { number title mergedAt baseRefName mergeCommit { oid } author ${ACTOR} labels(first: ${labels}) { totalCount nodes { name } } }
  }
}`;
}

/** Without its paths. One with more parents, pull requests or labels than usual is asked for once more. */
export async function commitAt({ ask, head }: Pick<Moment, "ask" | "head">, listed: Fields): Promise<Commit> {
  const sha = textAt(listed, "oid");
  const commit = isWhole(listed) ? listed : await ask(wholeCommit(sha));
  if (!isWhole(commit)) throw new Error(`GitHub's answer: the commit ${sha} has more parents, pull requests or labels than can be read.`);
  const author = fieldsOrNullAt(commit, "author");
  return {
    sha,
    parents: nodesAt(commit, "parents").map((parent) => textAt(parent, "oid")),
    committedAt: timeAt(commit, "committedDate"),
    authorName: author === null ? "" : (textOrNullAt(author, "name") ?? ""),
    authorLogin: committerAt(commit, "author"),
    message: textAt(commit, "message"),
    paths: [],
    pullRequest: bringing(sha, pullsAt(commit), head.branch),
  };
}

function isWhole(commit: Fields): boolean {
  const parents = fieldsAt(commit, "parents");
  // Null where GitHub could not tell; no pull request is known then, as in a local repository.
  const pulls = fieldsOrNullAt(commit, "associatedPullRequests");
  const lists = [parents, pulls, ...pullsAt(commit).map((pull) => fieldsOrNullAt(pull, "labels"))].filter((list) => list !== null);
  return lists.every((list) => numberAt(list, "totalCount") === listAt(list, "nodes").length);
}

function pullsAt(commit: Fields): Fields[] {
  const pulls = fieldsOrNullAt(commit, "associatedPullRequests");
  return pulls === null ? [] : listAt(pulls, "nodes");
}

/** Of the pull requests merged into this branch the one that this commit is the merge of, else the first that brought it. */
function bringing(sha: Sha, pulls: readonly Fields[], branch: string): PullRequest | null {
  const merged = pulls.filter((pull) => textOrNullAt(pull, "mergedAt") !== null && textAt(pull, "baseRefName") === branch);
  const isMergeOf = (pull: Fields): boolean => {
    const commit = fieldsOrNullAt(pull, "mergeCommit");
    return commit !== null && textAt(commit, "oid") === sha;
  };
  const [first] = merged.toSorted((one, other) => timeAt(one, "mergedAt") - timeAt(other, "mergedAt"));
  const pull = merged.find(isMergeOf) ?? first;
  if (pull === undefined) return null;
  const labels = fieldsOrNullAt(pull, "labels");
  return {
    number: numberAt(pull, "number"),
    title: textAt(pull, "title"),
    labels: labels === null ? [] : listAt(labels, "nodes").map((label) => textAt(label, "name")),
    author: actorAt(pull, "author"),
  };
}

function wholeCommit(sha: Sha): Question<Fields> {
  return {
    key: `commit ${sha}`,
    fields: (bind) => ({ commit: `object(oid: ${bind("GitObjectID!", sha)}) { __typename ... on Commit { ...WholeCommit } }` }),
    fragments: [WHOLE_COMMIT],
    weight: 1 + MOST.parents + MOST.pulls * (1 + MOST.labels),
    read: (answer) => fieldsAt(answer, "commit"),
    again: () => wholeCommit(sha),
  };
}
