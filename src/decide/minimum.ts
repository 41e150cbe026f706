// The least bump that touched paths demand: a migration makes a release minor, whatever its commit says.
import picomatch from "picomatch";
import type { Change } from "../model/change.ts";
import type { Versioning } from "../model/playbook.ts";
import type { Bump } from "../model/version.ts";

const RANK: Readonly<Record<Change["effect"], number>> = { cancelled: -1, unknown: 0, none: 0, patch: 1, minor: 2, major: 3 };

/** The changes, raised where a path of theirs demands it, and the highest bump demanded; null when none is. */
export function withMinimum(changes: readonly Change[], rules: Versioning["minimum"]): { readonly changes: readonly Change[]; readonly minimum: Bump | null } {
  const demands = (["major", "minor", "patch"] as const).flatMap((bump) => {
    const globs = rules[bump];
    return globs === undefined || globs.length === 0 ? [] : [{ bump, matches: picomatch([...globs], { dot: true }) }];
  });
  if (demands.length === 0) return { changes, minimum: null };
  let minimum: Bump | null = null;
  const raised = changes.map((change) => {
    if (change.effect === "cancelled") return change;
    for (const { bump, matches } of demands) {
      const path = change.paths.find((one) => matches(one));
      if (path === undefined) continue;
      if (minimum === null || RANK[bump] > RANK[minimum]) minimum = bump;
      return RANK[change.effect] >= RANK[bump] ? change : { ...change, effect: bump, because: `${change.because}; touches ${path}: ${bump} at least` };
    }
    return change;
  });
  return { changes: raised, minimum };
}
