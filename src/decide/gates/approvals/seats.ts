// For which gate each approval counts. Gates that are asked together want distinct people, so everybody counts for one of
// them; in it, for every group of owners that they belong to.
import type { Handle } from "../../../model/playbook.ts";
import type { People } from "../../people/types.ts";
import { assign, type Slot } from "./assignment.ts";
import type { ApprovalGate } from "./together.ts";

/** Groups of which each needs `count` people: several only for owners. */
export type Bench = { readonly gate: string; readonly count: number; readonly groups: readonly Group[] };
export type Group = { readonly handles: readonly Handle[]; readonly paths: readonly string[]; readonly fits: ReadonlySet<string> };

/** Name of the gate by login. */
export type Seats = ReadonlyMap<string, string>;

/** @param logins who is asked about; of nobody else it is said whether they fit */
export function benchOf({ gate, options: { role, count } }: ApprovalGate, people: People, logins: readonly string[]): Bench {
  const groups = people.groups(role).map(({ handles, paths }) => ({
    handles,
    paths,
    fits: new Set(logins.filter((login) => people.isOneOf(login, handles).is === "in")),
  }));
  return { gate, count, groups };
}

/** Gates in the order of the benches, people in the order of `logins`; who is not needed counts for the first gate they fit. */
export function seatsOf(benches: readonly Bench[], logins: readonly string[]): Seats {
  const slots = benches.flatMap(slotsOf);
  const gateOfSlot = new Map(slots.map(({ id, gate }) => [id, gate]));
  const seats = new Map<string, string>();
  for (const [id, login] of assign(slots, logins)) seats.set(login, gateOfSlot.get(id) ?? "");
  for (const login of logins) {
    const bench = benches.find(({ groups }) => groups.some(({ fits }) => fits.has(login)));
    if (bench !== undefined && !seats.has(login)) seats.set(login, bench.gate);
  }
  return seats;
}

function slotsOf(bench: Bench): readonly (Slot & { readonly gate: string })[] {
  const { gate, count, groups } = bench;
  return groups.flatMap((group, index) => {
    if (isImplied(index, bench)) return [];
    return Array.from({ length: count }, (_, place) => ({ id: `${gate} ${index} ${place}`, gate, fits: (login: string) => group.fits.has(login) }));
  });
}

/** Whoever fills another group of the gate fills this one with it. */
function isImplied(index: number, { groups, count }: Bench): boolean {
  const own = groups[index]?.fits ?? new Set();
  return groups.some(({ fits }, other) => {
    if (other === index || fits.size < count || ![...fits].every((login) => own.has(login))) return false;
    return fits.size < own.size || other < index;
  });
}

/** Groups that still need somebody. */
export function missingIn({ gate, count, groups }: Bench, seats: Seats): readonly Group[] {
  return groups.filter(({ fits }) => [...fits].filter((login) => seats.get(login) === gate).length < count);
}
