// The releases that gates are asked about: every proposal with its pull request, and every merged one that has no tag yet.
import type { Releasing } from "../agreement/releasing.ts";
import type { Component } from "../components.ts";
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import type { MergedRelease } from "./merged.ts";
import type { Proposal } from "./proposals.ts";
import { recordOf } from "../release-record.ts";

/** The line's open pull requests, oldest first. A branch that somebody pushed to before the app could put its check run there is known by its name. */
export function openFor({ line, branch }: Pick<Proposal, "line" | "branch">, hosted: Hosted): OwnPullRequest[] {
  return hosted.open
    .filter((one) => recordOf(one)?.line === line || (recordOf(one) === null && one.branch === branch))
    .toSorted((left, right) => left.number - right.number);
}

export function proposedRelease({ line, plans, branch }: Proposal, components: readonly Component[], hosted: Hosted | null): Releasing {
  const [pullRequest = null] = hosted === null ? [] : openFor({ line, branch }, hosted);
  return {
    line,
    plans,
    components: plans.flatMap(({ name }) => components.filter((component) => component.name === name)),
    releases: plans.map(({ name, version, tag, previous }) => ({
      component: name,
      version: version ?? "",
      tag: tag ?? "",
      previousTag: previous?.tag ?? null,
    })),
    pullRequest,
    record: pullRequest === null ? null : recordOf(pullRequest),
    behind: [],
    mergedAt: null,
  };
}

/** One for each merged pull request, however many components it releases. `merged` has the oldest of a component first. */
export function mergedReleasings(merged: readonly MergedRelease[]): readonly Releasing[] {
  const byNumber = Map.groupBy(merged, ({ pullRequest }) => pullRequest.number);
  return [...byNumber.values()].flatMap((group): Releasing[] => {
    const [first] = group;
    if (first === undefined) return [];
    const record = recordOf(first.pullRequest);
    return [
      {
        line: record?.line ?? first.component.name,
        plans: [],
        components: group.map(({ component }) => component),
        releases: group.map(({ release }) => release),
        pullRequest: first.pullRequest,
        record,
        behind: group.flatMap(({ component, pullRequest }) => {
          const before = merged.find((one) => one.component.name === component.name);
          if (before === undefined || before.pullRequest.number === pullRequest.number) return [];
          return [{ component: component.name, version: before.release.version, pullRequest: before.pullRequest.number }];
        }),
        mergedAt: first.sha,
      },
    ];
  });
}
