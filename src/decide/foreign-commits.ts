import type { OwnPullRequest } from "../model/snapshot.ts";

/** Commits that somebody else put on the branch and that are more than the base merged in. */
export function foreignCommits({ commits }: Pick<OwnPullRequest, "commits">): OwnPullRequest["commits"] {
  return commits.filter(({ isOwn, parents }) => !isOwn && parents.length < 2);
}
