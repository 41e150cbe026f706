// Two people can take a gate upon themselves: both say so for the same head of the pull request, with a reason. A push
// ends it.
import type { Override } from "../../model/agreement.ts";
import type { GateReport } from "../../model/plan.ts";
import type { Finding } from "../gates/define.ts";
import type { Subject } from "../gates/subject.ts";

type Overridable = Finding & Pick<GateReport, "overridden">;

/** Open when two distinct people said so; closed as it was, with what is missing, when one did. */
export function overrideOf(gate: string, found: Finding, subject: Subject): Overridable {
  if (found.state === "open") return { ...found, overridden: null };
  const said = standing(gate, subject);
  const people = distinct(said);
  const [first, second] = people;
  if (first === undefined) return { ...found, overridden: null };
  if (second === undefined) {
    const asks = `@${first.by} wants to override it: ${first.reason}. A second person says \`/release override ${gate} <reason>\``;
    return { ...found, next: found.next === null ? asks : `${found.next}; ${asks}`, overridden: null };
  }
  const by = [first.by, second.by];
  return {
    ...found,
    state: "open",
    because: `overridden by @${by.join(" and @")}: ${first.reason}`,
    next: null,
    opensAt: null,
    details: [`It was ${found.state}: ${found.because}`, ...people.map(({ url }) => url), ...found.details],
    overridden: { by, reason: first.reason, was: found.state },
  };
}

/** Said for this very head, by nobody who changed it. Before the app has recorded a head nobody can have meant it. */
function standing(gate: string, { facts, headSince, pullRequest }: Subject): readonly Override[] {
  if (headSince === null || pullRequest === null) return [];
  const pushers = new Set(pullRequest.commits.flatMap(({ isOwn, people }) => (isOwn ? [] : people.map((login) => login.toLowerCase()))));
  return facts.overrides.filter((one) => one.gate === gate && one.at >= headSince && !pushers.has(one.by.toLowerCase()));
}

function distinct(said: readonly Override[]): readonly Override[] {
  const found = new Map<string, Override>();
  for (const one of said) {
    const login = one.by.toLowerCase();
    if (!found.has(login)) found.set(login, one);
  }
  return [...found.values()];
}
