// Two people can take a gate upon themselves: both say so for the same head of the pull request, with a reason. A push
// ends it.
import type { Override } from "../../model/agreement.ts";
import type { GateReport, Words } from "../../model/plan.ts";
import type { Finding } from "../gates/define.ts";
import { capped, code } from "../gates/phrases.ts";
import { includesLogin } from "../people/handles.ts";
import type { Subject } from "../gates/subject.ts";

type Overridable = Finding & Pick<GateReport, "overridden">;

/** Open when two distinct people said so; closed as it was, with what is missing, when one did. */
export function overrideOf(gate: string, found: Finding, subject: Subject): Overridable {
  if (found.state === "open") return { ...found, overridden: null };
  const said = subject.facts.overrides.filter((one) => one.gate === gate).map((one) => ({ one, isVoid: whyVoid(one, subject) }));
  const people = distinct(said.flatMap(({ one, isVoid }) => (isVoid === null ? one : [])));
  const details = capped([...said.flatMap(({ isVoid }) => isVoid ?? []), ...found.details]);
  const [first, second] = people;
  if (first === undefined) return { ...found, details, overridden: null };
  if (second === undefined) {
    const asks = `@${first.by} wants to override it: ${first.reason}. A second person says \`/release override ${gate} <reason>\``;
    return { ...found, next: found.next === null ? asks : `${found.next}; ${asks}`, details, overridden: null };
  }
  const by = [first.by, second.by];
  return {
    ...found,
    state: "open",
    because: `overridden by @${by.join(" and @")}: ${first.reason}`,
    next: null,
    opensAt: null,
    details: [`It was ${found.state}: ${found.because}`, ...people.map(({ url }) => url), ...details],
    overridden: { by, reason: first.reason, was: found.state },
  };
}

/** Null: it counts, for this very head, of somebody who did not change it. Before the app has recorded a head nobody can have meant it. */
function whyVoid({ by, at }: Override, { headSince, pullRequest }: Subject): Words | null {
  if (headSince === null || pullRequest === null) return `@${by}'s override does not count yet: since when the head is what it is was not recorded`;
  const hasPushed = pullRequest.commits.some(({ isOwn, people }) => !isOwn && includesLogin(people, by));
  if (hasPushed) return `@${by}'s override does not count: @${by} pushed to ${code(pullRequest.branch)}`;
  return at < headSince ? `@${by}'s override ended with a push: whoever still wants it says it again` : null;
}

function distinct(said: readonly Override[]): readonly Override[] {
  const found = new Map<string, Override>();
  for (const one of said) {
    const login = one.by.toLowerCase();
    if (!found.has(login)) found.set(login, one);
  }
  return [...found.values()];
}
