// Release pull requests that were merged and are not released by this app, because somebody else made their tag, or another
// one of what they merged or of what came after it: the commits since that tag no longer tell of them.
import type { GateReport, LineReport } from "../../model/plan.ts";
import type { Hosted, OwnPullRequest, Tag } from "../../model/snapshot.ts";
import { built } from "../agreement/judge-line.ts";
import type { Everything } from "../plan-components.ts";
import { closed } from "../gates/define.ts";
import { code, shortSha } from "../gates/phrases.ts";
import { type RecordedRelease, recordOf } from "../release-record.ts";
import type { Repository } from "../repository.ts";
import { rolloutId } from "../rollout/record.ts";
import { KEPT_MS } from "../rollout/tag-watch.ts";
import { ownNumbers } from "./merged.ts";
import { unjudged } from "./unjudged.ts";

type Overtaken = { readonly pullRequest: OwnPullRequest; readonly report: LineReport };

/** Of more than one line some may be overtaken at once. Each costs as much as an open one, in every look until the app's next release. */
const SEARCHED_MAX = 5;

/** Pull requests that are still to be read; none while the app made every component's last version tag. */
export function mayBeOvertaken(repository: Repository, hosted: Hosted): readonly number[] {
  if (tagsOfOthers(repository, hosted).size === 0) return [];
  return hosted.mergedLately.slice(0, SEARCHED_MAX).filter((number) => !hosted.merged.has(number) && !hosted.mergedBefore.has(number));
}

export function overtakenIn(everything: Everything, hosted: Hosted): readonly Overtaken[] {
  const { snapshot, playbook } = everything;
  const last = tagsOfOthers(everything, hosted);
  const unreleased = new Set(ownNumbers(snapshot));
  const tags = new Set(snapshot.tags.map(({ name }) => name));
  return [...new Map([...hosted.merged, ...hosted.mergedBefore]).values()].flatMap((pullRequest): Overtaken[] => {
    const record = recordOf(pullRequest);
    if (record === null || pullRequest.base !== snapshot.head.branch) return [];
    const gates = record.releases.flatMap((release): GateReport[] => {
      const tag = last.get(release.component);
      if (tag === undefined) return [];
      if (tag.name === release.tag) return [tagged(release, tag, pullRequest)];
      return tags.has(release.tag) || unreleased.has(pullRequest.number) ? [] : [overtaken(release, tag)];
    });
    return gates.length === 0 ? [] : [{ pullRequest, report: unjudged(pullRequest, record, gates, playbook, snapshot.takenAt) }];
  });
}

function tagged({ component, version, tag }: RecordedRelease, { sha }: Tag, { mergeSha }: OwnPullRequest): GateReport {
  const where = sha === mergeSha ? "" : ` on ${shortSha(sha)}, not on what was merged here`;
  return built(
    "tag",
    closed(
      `${component} ${version} is not released by this app: somebody else made ${code(tag)}${where}`,
      `nothing, if that is the release; to have the app make it, delete ${code(tag)}`,
    ),
  );
}

function overtaken({ component, version, tag }: RecordedRelease, last: Tag): GateReport {
  return built(
    "order",
    closed(
      `${component} ${version} is not tagged: ${code(last.name)}, which this app did not make, holds what was merged here`,
      `nothing, if ${code(last.name)} is the release; to have ${code(tag)} made, delete ${code(last.name)}`,
    ),
  );
}

/** The last version tag by its component, where the commit that it leads to has no word of this app about it and should have. */
function tagsOfOthers({ components, snapshot }: Repository, { tagged }: Hosted): ReadonlyMap<string, Tag> {
  return new Map(
    components.flatMap(({ name }): [string, Tag][] => {
      const tag = snapshot.ranges.get(name)?.since ?? null;
      const known = tag === null ? undefined : tagged.get(tag.name);
      if (tag === null || known === undefined || known.committedAt === null || snapshot.takenAt - known.committedAt > KEPT_MS) return [];
      return known.checks.some(({ externalId }) => externalId === rolloutId(tag.name)) ? [] : [[name, tag]];
    }),
  );
}
