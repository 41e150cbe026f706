// Releases that were begun, as people speak of them: one for each pull request, whatever number of components it released.
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import type { UnderWay } from "../commands/types.ts";
import { listed } from "../gates/phrases.ts";
import { releaseTitle } from "../release-title.ts";
import type { Repository } from "../repository.ts";
import { type Followed, followedReleases } from "./followed.ts";
import { isFollowed } from "./steps.ts";

/** Newest first. */
export function releasesUnderWay(repository: Repository, hosted: Hosted): readonly UnderWay[] {
  const groups = [...Map.groupBy(followed(repository, hosted), ({ record }) => `${record.line} ${String(record.pullRequest ?? record.tag)}`).values()];
  return groups.map((group) => underWay(group, repository)).toSorted((one, other) => other.startedAt - one.startedAt);
}

/** Each once. */
export function pullRequestsUnderWay(repository: Repository, hosted: Hosted): readonly OwnPullRequest[] {
  return [...new Set(followed(repository, hosted).flatMap(({ pullRequest }) => pullRequest ?? []))];
}

/** Of what nobody follows after the publication, a pull request is over with it. */
function followed(repository: Repository, hosted: Hosted): readonly Followed[] {
  return followedReleases(repository, hosted).filter(({ record }) => isFollowed(repository.playbook, record.policy));
}

function underWay(group: readonly Followed[], repository: Repository): UnderWay {
  const [first] = group;
  if (first === undefined) throw new Error("Bug: a release of nothing");
  const names = group.map(({ record }) => releaseTitle(record, repository));
  const { line, pullRequest } = first.record;
  return { line, pullRequest, title: listed(names, 3), startedAt: Math.min(...group.map(({ record }) => record.startedAt)) };
}
