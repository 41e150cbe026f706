// `release.cadence`: a word for the desk when the last release of a size is older than the team wants. Dates are those of
// the commits that the snapshot knows; of what it does not know, nothing is said.
import type { Words } from "../../../model/plan.ts";
import type { Playbook } from "../../../model/playbook.ts";
import type { Hosted } from "../../../model/snapshot.ts";
import type { EpochMs } from "../../../model/time.ts";
import type { Bump } from "../../../model/version.ts";
import { counted } from "../../gates/phrases.ts";
import { isPrerelease, type VersionTag } from "../../versions/index.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Smallest first: a larger release is one of a smaller size, too. */
const SIZES: readonly Bump[] = ["patch", "minor", "major"];

/**
 * One line a size that is overdue.
 * @param releases of one component, newest first
 * @param name of the component; null where the repository is one
 */
export function cadenceWords(
  name: string | null,
  releases: readonly VersionTag[],
  { cadence }: Pick<Playbook["release"], "cadence">,
  { tagged }: Pick<Hosted, "tagged">,
  now: EpochMs,
): readonly Words[] {
  const finals = releases.filter(({ version }) => !isPrerelease(version));
  return SIZES.flatMap((size): readonly Words[] => {
    const everyMs = cadence[size];
    const last = finals.findIndex((one, index) => isOfSize(one, finals[index + 1], size));
    if (everyMs === undefined || last === -1) return [];
    // The oldest known date since then: the release itself is that old at least.
    const known = finals.slice(0, last + 1).findLast(({ tag }) => committedAt(tag.name, tagged) !== null);
    const at = known === undefined ? null : committedAt(known.tag.name, tagged);
    if (at === null || now - at < everyMs + DAY_MS) return [];
    const age = said(now - at, everyMs);
    const old = known === finals[last] ? `is ${age} old` : `is more than ${age} old`;
    return [`the last ${size} release${name === null ? "" : ` of ${name}`} ${old}; the playbook wants one every ${said(everyMs, everyMs)}`];
  });
}

function committedAt(tag: string, tagged: Hosted["tagged"]): EpochMs | null {
  return tagged.get(tag)?.committedAt ?? null;
}

/** By the first number that differs from the release before; a first release is of every size. */
function isOfSize({ version }: VersionTag, before: VersionTag | undefined, size: Bump): boolean {
  if (before === undefined) return true;
  const [numbers, earlier] = [numbersOf(version), numbersOf(before.version)];
  const place = numbers.findIndex((number, index) => number !== earlier[index]);
  return place <= 2 - SIZES.indexOf(size);
}

function numbersOf(version: string): readonly string[] {
  return version.split(/[+-]/)[0]?.split(".") ?? [];
}

/** In whole weeks where the playbook counts in weeks and the weeks alone show that it is too long, else in days. */
function said(lengthMs: number, everyMs: number): Words {
  const weeks = Math.floor(lengthMs / WEEK_MS);
  const isInWeeks = everyMs % WEEK_MS === 0 && (lengthMs === everyMs || weeks > everyMs / WEEK_MS);
  return isInWeeks ? counted(weeks, "week") : counted(Math.max(1, Math.floor(lengthMs / DAY_MS)), "day");
}
