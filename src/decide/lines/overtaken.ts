// Release pull requests that were merged and are not released, because somebody else tagged what they merged or what came
// after it: the commits since that tag no longer tell of them.
import type { GateReport, LineReport } from "../../model/plan.ts";
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import type { Everything } from "../plan-components.ts";
import { recordOf } from "../release-record.ts";
import type { Repository } from "../repository.ts";
import { rolloutId } from "../rollout/record.ts";
import { ownNumbers } from "./merged.ts";

type Overtaken = { readonly pullRequest: OwnPullRequest; readonly report: LineReport };

/** Of more than one line some may be overtaken at once. Each costs as much as an open one, in every look until the app's next release. */
const SEARCHED_MAX = 5;

/** Pull requests to be read; none while the app made every component's last version tag. */
export function mayBeOvertaken(repository: Repository, hosted: Hosted): readonly number[] {
  return tagsOfOthers(repository, hosted).size === 0 ? [] : hosted.mergedLately.slice(0, SEARCHED_MAX);
}

export function overtakenIn(everything: Everything, hosted: Hosted): readonly Overtaken[] {
  const { snapshot, playbook } = everything;
  const last = tagsOfOthers(everything, hosted);
  const unreleased = new Set(ownNumbers(snapshot));
  const tags = new Set(snapshot.tags.map(({ name }) => name));
  return [...hosted.mergedBefore.values()].flatMap((pullRequest): Overtaken[] => {
    const record = recordOf(pullRequest);
    if (record === null || unreleased.has(pullRequest.number) || pullRequest.base !== snapshot.head.branch) return [];
    const releases = record.releases.filter(({ component, tag }) => last.has(component) && !tags.has(tag));
    if (releases.length === 0) return [];
    return [
      {
        pullRequest,
        report: {
          line: record.line,
          title: releases.map(({ component, version }) => `${component} ${version}`).join(", "),
          releases,
          pullRequest: { number: pullRequest.number, headSha: pullRequest.headSha, isMerged: true },
          evaluatedAt: snapshot.takenAt,
          policy: { name: null, isAutomatic: false },
          gates: releases.map(({ component, version, tag }) => gate(`${component} ${version}`, tag, last.get(component) ?? "")),
          risks: [],
          notices: [],
          notActedOn: playbook.notActedOn,
        },
      },
    ];
  });
}

function gate(title: string, tag: string, last: string): GateReport {
  return {
    gate: "order",
    kind: "order",
    state: "closed",
    because: `${title} is not tagged: \`${last}\`, which this app did not make, holds what was merged here`,
    next: `nothing, if \`${last}\` is the release; to have \`${tag}\` made, delete \`${last}\``,
    opensAt: null,
    owner: null,
    details: [],
    items: [],
    problems: [],
    overridden: null,
  };
}

/** The last version tag by its component, where the commit that it leads to has no word of this app about it. */
function tagsOfOthers({ components, snapshot }: Repository, { tagged }: Hosted): ReadonlyMap<string, string> {
  return new Map(
    components.flatMap(({ name }): [string, string][] => {
      const tag = snapshot.ranges.get(name)?.since?.name ?? null;
      const known = tag === null ? undefined : tagged.get(tag);
      if (tag === null || known === undefined) return [];
      return known.checks.some(({ externalId }) => externalId === rolloutId(tag)) ? [] : [[name, tag]];
    }),
  );
}
