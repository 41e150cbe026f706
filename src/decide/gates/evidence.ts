// `evidence`: steps that people confirm by a tick in the checklist or by `/release evidence`, each in the role that answers
// for it. Whoever asked for the release may confirm steps, too: this is no approval.
import { sayInstant } from "../calendar/moments.ts";
import type { ChecklistItem, Words } from "../../model/plan.ts";
import type { EpochMs } from "../../model/time.ts";
import { nameOf, type Step, stepNamed, stepsOf } from "../checklist/steps.ts";
import { isBot } from "../people/handles.ts";
import { closed, defineGate, type Finding, type NamedGate, open, type OptionsOf, unknown } from "./define.ts";
import { capped, code, listed, shortened } from "./phrases.ts";
import type { Subject } from "./subject.ts";
import { knownToGitHubAlone } from "./unread.ts";

/** A link that is longer is cut, and leads nowhere. */
const LINK_MAX = 500;

type Options = OptionsOf<"evidence">;

/** What somebody did to confirm an item. `link`: what they gave; null for a tick. */
type Given = { readonly item: string; readonly by: string; readonly at: EpochMs; readonly link: Words | null };

/** Whether it counts, and why not: what people read behind the name of its author. */
type Judged = Given &
  (
    | { readonly counts: "yes" }
    | { readonly counts: "no"; readonly because: Words }
    | { readonly counts: "unknown"; readonly because: Words; readonly next: Words }
  );

export const evidence = defineGate({
  kind: "evidence",
  summary: "Every item is confirmed by somebody of the role, with a tick in the checklist or by `/release evidence`.",
  wants: (_, subject, gate) =>
    subject.people.wants(
      gate.by,
      [...new Set(givenIn(subject, gate).map(({ by }) => by))].filter((login) => !isBot(login)),
    ),
  owner: (_, { people }, gate) => people.describe(gate.by),
  evaluate(options, subject, gate) {
    const given = givenIn(subject, gate)
      .map((one) => judged(one, options, subject, gate))
      .toSorted((one, other) => other.at - one.at);
    const items = options.items.map((text) => itemOf(text, given, gate));
    if (subject.hosted === null) return { ...knownToGitHubAlone("what people confirmed"), items };
    const details = capped([...given.map((one) => detail(one, gate)), ...ambiguous(subject, gate)]);
    return finding(items, given, details, subject, gate);
  },
});

function finding(items: readonly ChecklistItem[], given: readonly Judged[], details: readonly Words[], subject: Subject, gate: NamedGate): Finding {
  const missing = items.filter(({ done }) => done === null);
  const because = summary(items, given, gate);
  const [first] = missing;
  if (first === undefined) return open(because, { details, items });
  const doubts = missing.map(({ text }) => given.find((one) => one.item === text && one.counts === "unknown"));
  const [doubt] = doubts;
  if (doubt?.counts === "unknown" && doubts.every((one) => one !== undefined)) return unknown(doubt.because, doubt.next, { details, items });
  const { logins, levels, faults } = subject.people.members(gate.by);
  const said = [...details, ...faults.map((fault) => `${fault.because}: ${fault.next}`)];
  const [fault] = faults;
  if (fault !== undefined && logins.length === 0 && levels.length === 0) {
    const why = `${because}; ${fault.because}`;
    return fault.isEmpty ? closed(why, fault.next, { details, items }) : unknown(why, fault.next, { details, items });
  }
  const name = nameOf({ gate: gate.gate, item: first.text }, stepsWith(subject, gate));
  const tick = items.length === 1 ? "tick it in the checklist" : `tick ${missing.length === items.length ? "each" : "the rest"} in the checklist`;
  return closed(because, name === null ? tick : `${tick}, or say \`/release evidence ${name} <link>\``, { details: said, items });
}

function summary(items: readonly ChecklistItem[], given: readonly Judged[], gate: NamedGate): Words {
  const [only, ...others] = items;
  const confirmed = items.filter(({ done }) => done !== null).length;
  if (only === undefined || others.length > 0) return `${String(confirmed)} of ${String(items.length)} confirmed`;
  if (only.done !== null) return `@${only.done.by} confirmed${only.done.link === null ? "" : `: ${only.done.link}`}`;
  const [newest] = given;
  return newest?.counts === "no" ? detail(newest, gate) : "nobody has confirmed";
}

function itemOf(text: string, given: readonly Judged[], gate: NamedGate): ChecklistItem {
  const found = given.find(({ item, counts }) => item === text && counts === "yes");
  const done = found === undefined ? null : { by: found.by, role: gate.by ?? "write access", at: found.at, link: found.link };
  return { gate: gate.gate, text, done };
}

function judged(given: Given, { each }: Options, { people, headSince }: Subject, { by: role }: NamedGate): Judged {
  if (isBot(given.by)) return { ...given, counts: "no", because: "does not count: it needs a person" };
  if (each === "push" && headSince === null) return { ...given, counts: "no", because: "does not count: when the branch was pushed to last is not known" };
  if (each === "push" && headSince !== null && given.at < headSince)
    return { ...given, counts: "no", because: `fell with the push of ${sayInstant(headSince)}` };
  const standing = people.standing(given.by, role);
  switch (standing.is) {
    case "in":
      return { ...given, counts: "yes" };
    case "out":
      return { ...given, counts: "no", because: `does not count: it needs ${people.describe(role)}` };
    case "unknown":
      return { ...given, counts: "unknown", because: standing.because, next: standing.next };
  }
}

function detail(one: Judged, { gate, kind, options }: NamedGate): Words {
  const item = kind === "evidence" && options.items.length === 1 ? gate : one.item;
  const what = one.link === null ? "tick of" : "evidence for";
  if (one.counts === "yes") return `@${one.by} ${one.link === null ? `ticked ${code(item)}` : `gave ${one.link} for ${code(item)}`}, ${sayInstant(one.at)}`;
  const why = one.counts === "no" ? one.because : `is not counted yet: ${one.because}`;
  return `@${one.by}'s ${what} ${code(item)} ${why}`;
}

/** Accepted once, and no longer clear: an item may have come to the playbook since. */
function ambiguous(subject: Subject, gate: NamedGate): readonly Words[] {
  const steps = stepsWith(subject, gate);
  return subject.facts.evidence.flatMap(({ by, step }) => {
    const found = stepNamed(step, steps);
    if (found.is !== "several" || found.steps.every((one) => one.gate !== gate.gate)) return [];
    return [
      `@${by}'s evidence for ${code(step)} does not count: it may be ${listed(
        found.steps.map(({ item }) => code(item)),
        5,
        "or",
      )}`,
    ];
  });
}

function givenIn(subject: Subject, gate: NamedGate): readonly Given[] {
  const steps = stepsWith(subject, gate);
  const ticked = subject.facts.ticks.filter((tick) => tick.gate === gate.gate).map(({ item, by, at }) => ({ item, by, at, link: null }));
  const said = subject.facts.evidence.flatMap(({ step, by, at, link }) => {
    const found = stepNamed(step, steps);
    return found.is === "one" && found.step.gate === gate.gate ? [{ item: found.step.item, by, at, link: shortened(link, LINK_MAX) }] : [];
  });
  const isAsked = ({ item }: Given): boolean => steps.some((step) => step.gate === gate.gate && step.item === item);
  return [...ticked, ...said].filter(isAsked);
}

function stepsWith({ playbook }: Subject, gate: NamedGate): readonly Step[] {
  return stepsOf({ ...playbook.gates, [gate.gate]: gate });
}
