// Whether enough people could approve at all, counted as they would be: distinct for gates that are asked together.
import type { Words } from "../../../model/plan.ts";
import type { Members, People } from "../../people/types.ts";
import { keyOfGate, listed } from "../phrases.ts";
import type { Subject } from "../subject.ts";
import { isInvolved } from "./ledger.ts";
import { type Bench, benchOf, type Group, missingIn, type Seats, seatsOf } from "./seats.ts";
import type { ApprovalGate } from "./together.ts";

export type Shortage = { readonly because: Words; readonly next: Words };

/**
 * Why the gate stays closed even if everybody who may approve did; null when it would open, or nobody can tell.
 * @param gates all that are asked together, @param seats for which of them each approval counts already
 */
export function shortageOf(gate: ApprovalGate, gates: readonly ApprovalGate[], seats: Seats, subject: Subject): Shortage | null {
  const { people } = subject;
  const able = ableIn(gates, seats, subject);
  const benches = gates.map((one) => withStrangers(benchOf(one, people, able), one, people));
  const everybody = [...able, ...benches.flatMap(({ groups }) => groups.flatMap(({ fits }) => [...fits]))];
  const potential = seatsOf(benches, [...new Set(everybody)]);
  const bench = benches.find((one) => one.gate === gate.gate);
  if (bench === undefined) return null;
  const [short] = missingIn(bench, potential);
  if (short !== undefined) return shortIn(short, gate, potential, people);
  return bench.groups.length > 0 ? null : nobodyIn(gate, people);
}

function shortIn({ handles, fits }: Group, gate: ApprovalGate, potential: Seats, people: People): Shortage {
  const { role, count } = gate.options;
  const whole = people.describe(role);
  const members = people.members(role).logins.filter((login) => people.isOneOf(login, handles).is === "in");
  if (members.length === 0) return nobodyIn(gate, people);
  if (fits.size === 0) return { because: `everybody in ${whole} asked for this version or pushed to its branch`, next: `add another person to ${whole}` };
  if (fits.size < count) {
    const many = fits.size === 1 ? "one person" : `${fits.size} people`;
    return {
      because: `${many} of ${whole} can approve, and ${count} are needed`,
      next: `add somebody to ${whole}, or lower \`count\` of \`${keyOfGate(gate.gate)}\``,
    };
  }
  const rivals = [...new Set([...fits].flatMap((login) => potential.get(login) ?? []))].filter((one) => one !== gate.gate);
  const shared = listed([...fits].map((login) => `@${login}`));
  return {
    because: `${shared} ${fits.size === 1 ? "is" : "are"} needed for ${listed(rivals)}, and each gate needs a person of its own`,
    next: `add another person to ${whole}`,
  };
}

function nobodyIn({ options: { role } }: ApprovalGate, people: People): Shortage {
  const whole = people.describe(role);
  const fault: Members["faults"][number] | undefined = people.members(role).faults[0];
  return fault === undefined ? { because: `nobody is in ${whole}`, next: `add somebody to ${whole}` } : { because: fault.because, next: fault.next };
}

/** Whoever could still be counted for one of the gates, those first who are already. */
function ableIn(gates: readonly ApprovalGate[], seats: Seats, subject: Subject): readonly string[] {
  const able = new Map([...seats.keys()].map((login) => [login.toLowerCase(), login]));
  for (const { options } of gates)
    for (const login of subject.people.members(options.role).logins)
      if (!able.has(login.toLowerCase()) && !isInvolved(login, subject)) able.set(login.toLowerCase(), login);
  return [...able.values()];
}

/** Of a role that more people have than are known, somebody unknown may fill any place. */
function withStrangers(bench: Bench, { options: { role, count } }: ApprovalGate, people: People): Bench {
  const { levels, faults } = people.members(role);
  if (levels.length === 0 && faults.every(({ isEmpty }) => isEmpty)) return bench;
  const strangers = bench.groups.map((_, index) => Array.from({ length: count }, (__, place) => `${bench.gate} ${index} ${place}`));
  return { ...bench, groups: bench.groups.map((group, index) => ({ ...group, fits: new Set([...group.fits, ...(strangers[index] ?? [])]) })) };
}
