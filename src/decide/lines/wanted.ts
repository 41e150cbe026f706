// What of a hosted repository the decision still has to know, once files and commits are there.
import { NOTHING_HOSTED_WANTED, type Wanted } from "../../model/snapshot.ts";
import { type Everything, planComponents } from "../plan-components.ts";
import { unansweredIn } from "./closed.ts";
import { branchesToOpen, linesOf } from "./lines.ts";
import { filesToCheck, mergedReleases, ownNumbers } from "./merged.ts";

/** Null when nothing more is needed. */
export function wantedOfHost(everything: Everything): Wanted["hosted"] {
  const { components, playbook, snapshot } = everything;
  const { hosted } = snapshot;
  if (hosted === null) return null;
  const merged = ownNumbers(snapshot).filter((number) => !hosted.merged.has(number));
  const since = lastReleases(everything);
  if (merged.length > 0) return { ...NOTHING_HOSTED_WANTED, merged, tags: standing(missing(since, hosted.tagged)) };
  const releases = mergedReleases(components, snapshot, hosted);
  const coming = releases.filter(({ release }) => !hosted.tagged.has(release.tag)).map(({ release, sha }) => ({ name: release.tag, at: sha }));
  const tags = [...standing(missing(since, hosted.tagged)), ...coming];
  const files = releases.flatMap((one) => filesToCheck(one, playbook)).filter(({ sha, path }) => !hosted.filesAt.has(`${sha}:${path}`));
  if (files.length > 0 || tags.length > 0) return { ...NOTHING_HOSTED_WANTED, tags, files };
  const toOpen = branchesToOpen(linesOf(planComponents(everything), everything, hosted), hosted);
  const branches = missing(toOpen, hosted.branches);
  const logins = missing(
    toOpen.flatMap((branch) => unansweredIn(hosted.branches.get(branch)?.lastClosed ?? null).map(({ author }) => author)),
    hosted.permissions,
  );
  return branches.length === 0 && logins.length === 0 ? null : { ...NOTHING_HOSTED_WANTED, branches, logins };
}

/** Of a component that is gone, too: a release of it that was cut short after its tag is still to be ended. */
function lastReleases({ components, tags, snapshot }: Everything): string[] {
  return components.flatMap(({ name, isPresent }) => {
    const last = isPresent ? snapshot.ranges.get(name)?.since : tags.releases.get(name)?.[0]?.tag;
    return last?.name ?? [];
  });
}

function standing(names: readonly string[]): NonNullable<Wanted["hosted"]>["tags"] {
  return names.map((name) => ({ name, at: null }));
}

function missing(names: readonly string[], known: ReadonlyMap<string, unknown>): string[] {
  return [...new Set(names)].filter((name) => !known.has(name));
}
