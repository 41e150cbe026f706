// How a release fares after its merge, in the words that every place shares: the board, the checks of its steps, the desk,
// the answer to `/release status` and the terminal differ in their form and never in what they say.
import type { GateReport, Words } from "../../model/plan.ts";
import type { Attempt, RolloutReport, RolloutState, StepReport, StepState } from "../../model/rollout.ts";
import type { EpochMs } from "../../model/time.ts";
import { sayInstant, sayMoment } from "../calendar/moments.ts";
import { listed, shortened } from "../gates/phrases.ts";
import { sayTook } from "../rollout/took.ts";
import { askedOf, sortedGates, waitsFor } from "./line-report.ts";

/** A mark, and the word beside it: no meaning hangs on a picture. The mark is empty where nobody has to look. */
export type Sign = { readonly mark: string; readonly word: string };

const STEP_SIGNS: Readonly<Record<StepState, Sign>> = {
  done: { mark: "✓", word: "done" },
  running: { mark: "⏳", word: "running" },
  ready: { mark: "⏳", word: "starting" },
  waiting: { mark: "⏳", word: "waits" },
  "needs-people": { mark: "✗", word: "needs people" },
  failed: { mark: "✗", word: "failed" },
  halted: { mark: "✗", word: "halted" },
  unknown: { mark: "?", word: "unknown" },
  skipped: { mark: "", word: "skipped" },
  superseded: { mark: "", word: "superseded" },
};

export function stepSign(step: StepReport, rollout: Pick<RolloutReport, "steps" | "state">): Sign {
  if (step.state === "superseded" && rollout.state === "withdrawn") return { mark: "", word: "withdrawn" };
  if (step.state !== "waiting" && step.state !== "ready") return STEP_SIGNS[step.state];
  if (isRolloutOver(rollout.state)) return { mark: "", word: "not begun" };
  return step.state === "waiting" && !isInTurn(step, rollout) ? { mark: "", word: "later" } : STEP_SIGNS[step.state];
}

/** How it ended is decided. */
export function isRolloutOver(state: RolloutState): boolean {
  return state === "verified" || state === "superseded" || state === "withdrawn";
}

/** Every step before it is done or skipped. */
function isInTurn({ after }: StepReport, { steps }: Pick<RolloutReport, "steps">): boolean {
  return steps.every(({ step, state }) => !after.includes(step) || state === "done" || state === "skipped");
}

/** Gates that are asked now: of a step that they keep back, in its turn. */
export function gatesInTurn(step: StepReport, rollout: Pick<RolloutReport, "steps" | "state">): readonly GateReport[] {
  const isKept = step.state === "waiting" || step.state === "needs-people" || step.state === "unknown";
  return isKept && !isRolloutOver(rollout.state) && rollout.state !== "frozen" && isInTurn(step, rollout) ? sortedGates(step) : [];
}

/** What is to be done about a step, unless a gate that is shown below it says so. */
export function ownNext(step: StepReport, gates: readonly GateReport[]): Words | null {
  return gates.some(({ next }) => next === step.next) ? null : step.next;
}

/** What keeps a release back, the most pressing first. */
const PRESSING: readonly StepState[] = ["failed", "halted", "needs-people", "unknown", "waiting"];

function stepsInTheWay(rollout: RolloutReport): readonly StepReport[] {
  if (isRolloutOver(rollout.state)) return [];
  return PRESSING.flatMap((state) => rollout.steps.filter((step) => step.state === state && isInTurn(step, rollout)));
}

/** Somebody has to do something. */
export function needsPeople(rollout: RolloutReport): boolean {
  if (rollout.state === "frozen" || rollout.state === "paused") return true;
  return stepsInTheWay(rollout).some(({ state }) => state !== "waiting" && state !== "unknown");
}

const SIGNS: Readonly<Record<RolloutState, Sign>> = {
  running: { mark: "⏳", word: "rolling out" },
  waiting: { mark: "⏳", word: "waits" },
  paused: { mark: "✗", word: "paused" },
  frozen: { mark: "✗", word: "frozen" },
  verified: { mark: "✓", word: "verified" },
  superseded: { mark: "", word: "superseded" },
  withdrawn: { mark: "", word: "withdrawn" },
};

export function rolloutSign(rollout: RolloutReport): Sign {
  return rollout.state === "waiting" && needsPeople(rollout) ? { mark: "✗", word: "needs people" } : SIGNS[rollout.state];
}

/** `cavern 0.9.0 is rolling out: 3 of 6 steps done`. */
export function rolloutHeadline(rollout: RolloutReport): Words {
  const standing = rolloutStanding(rollout);
  return `${rollout.title} ${DEEDS[rollout.state]}${standing === "" ? "" : `${rollout.state === "waiting" ? " at" : ":"} ${standing}`}`;
}

const DEEDS: Readonly<Record<RolloutState, Words>> = {
  running: "is rolling out",
  waiting: "waits",
  paused: "is paused",
  frozen: "is frozen",
  verified: "is verified",
  superseded: "was superseded",
  withdrawn: "was withdrawn",
};

/** `3 of 6 steps done`, `docs failed`, `production until Tue 14:00 UTC`; empty where the sign says it all. */
export function rolloutStanding(rollout: RolloutReport): Words {
  switch (rollout.state) {
    case "running":
      return [progress(rollout), ...namesOf("needs-people", rollout, "needs people", "need people")].join(", ");
    case "waiting":
      return waitsAt(rollout);
    case "paused":
      return [...namesOf("failed", rollout, "failed", "failed"), ...namesOf("halted", rollout, "is halted", "are halted")].join(", ");
    case "frozen":
      return "its tag was moved";
    case "verified":
    case "superseded":
    case "withdrawn":
      return "";
  }
}

/** What was passed over is not counted. */
function progress({ steps }: RolloutReport): Words {
  const counted = steps.filter(({ state }) => state !== "skipped" && state !== "superseded");
  const done = counted.filter(({ state }) => state === "done").length;
  return `${String(done)} of ${String(counted.length)} ${counted.length === 1 ? "step" : "steps"} done`;
}

/** Steps that a headline names before the rest is counted, and how much of each: it has to fit into the title of a check. */
const NAMED_MAX = 3;
const NAME_MAX = 40;
const WHO_MAX = 80;

function named(steps: readonly StepReport[]): Words {
  return listed(
    steps.map(({ step }) => shortened(step, NAME_MAX)),
    NAMED_MAX,
  );
}

function namesOf(wanted: StepState, { steps }: RolloutReport, one: Words, many: Words): readonly Words[] {
  const found = steps.filter(({ state }) => state === wanted);
  return found.length === 0 ? [] : [`${named(found)} ${found.length === 1 ? one : many}`];
}

/** `production until Tue 14:00 UTC`, `staging for values, blockers`, `staging for sre (@acme/sre)`. */
function waitsAt(rollout: RolloutReport): Words {
  const inTheWay = stepsInTheWay(rollout);
  const pressing = inTheWay.filter(({ state }) => state === inTheWay[0]?.state);
  if (pressing.length === 0) return "";
  const opens = pressing.map((step) => opensAtOf(step, rollout)).filter((at) => at !== null);
  if (opens.length === pressing.length) return `${named(pressing)} until ${sayMoment(Math.max(...opens), rollout.evaluatedAt)}`;
  const kept = pressing.flatMap((step) => gatesInTurn(step, rollout).flatMap((gate) => (gate.state === "open" ? [] : [shortName(gate, step)])));
  const [only, ...others] = kept;
  if (only !== undefined) return `${named(pressing)} for ${others.length === 0 ? shortened(askedOf(only) ?? only.gate, WHO_MAX) : waitsFor({ gates: kept })}`;
  return pressing[0]?.state === "needs-people" ? `${named(pressing)} for people` : named(pressing);
}

/** Beside the name of its step, `staging/smoke` is `smoke`. */
function shortName(gate: GateReport, { step }: StepReport): GateReport {
  return gate.gate.startsWith(`${step}/`) ? { ...gate, gate: gate.gate.slice(step.length + 1) } : gate;
}

/** When time alone moves an environment on; null when anything else has to happen. Of other steps it would say when the app looks again. */
export function opensAtOf(step: StepReport, rollout: Pick<RolloutReport, "steps" | "state">): EpochMs | null {
  if (step.kind !== "environment" || step.state !== "waiting" || !isInTurn(step, rollout) || isRolloutOver(rollout.state) || rollout.state === "frozen")
    return null;
  const kept = gatesInTurn(step, rollout).filter(({ state }) => state !== "open");
  if (kept.length === 0) return step.opensAt;
  const opens = kept.flatMap(({ state, opensAt }) => (state === "waiting" && opensAt !== null ? [opensAt] : []));
  return opens.length === kept.length ? Math.max(...opens) : null;
}

/** What to do next about the most pressing step that asks for anything, and who can; nulls when nobody has to do anything. */
export function rolloutNext(rollout: RolloutReport): { readonly what: Words | null; readonly who: Words | null } {
  const asking = stepsInTheWay(rollout).map((step) => nextOf(step, rollout));
  return asking.find(({ what, who }) => what !== null || who !== null) ?? { what: null, who: null };
}

function nextOf(step: StepReport, rollout: RolloutReport): ReturnType<typeof rolloutNext> {
  const kept = gatesInTurn(step, rollout).filter(({ state }) => state !== "open");
  const owners = [...new Set(kept.flatMap((gate) => askedOf(gate) ?? []))];
  return { what: step.next ?? kept.find(({ next }) => next !== null)?.next ?? null, who: owners.length === 0 ? null : owners.join("; ") };
}

const MINUTE_MS = 60_000;

/** How long a step took that is done; null below a minute, where it is of no interest, and where no time was kept. */
export function tookMs({ state, startedAt, endedAt }: StepReport): number | null {
  if (state !== "done" || startedAt === null || endedAt === null || endedAt - startedAt < MINUTE_MS) return null;
  return endedAt - startedAt;
}

/** `attempt 2`; where a step had several runs, `run 2, attempt 1`. */
export function attemptName({ run, attempt }: Attempt, attempts: readonly Attempt[]): Words {
  const runs = [...new Set(attempts.map((one) => one.run))];
  return `${runs.length > 1 ? `run ${String(runs.indexOf(run) + 1)}, ` : ""}attempt ${String(attempt)}`;
}

/** Which attempt it is at; null for the first, and for what is no workflow. */
export function lastAttempt({ attempts }: StepReport): Words | null {
  const last = attempts.at(-1);
  return last === undefined || (attempts.length === 1 && last.attempt === 1) ? null : attemptName(last, attempts);
}

/** `began 2026-11-21 12:10 UTC, failed after 2 min 3 s`. */
export function attemptWords({ startedAt, endedAt, conclusion }: Attempt): Words {
  const end = endedAt === null ? "runs" : `${endWords(conclusion)} after ${sayTook(endedAt - startedAt)}`;
  return `began ${sayInstant(startedAt)}, ${end}`;
}

const ENDS: ReadonlyMap<string, Words> = new Map([
  ["success", "succeeded"],
  ["failure", "failed"],
  ["cancelled", "was cancelled"],
  ["timed_out", "ran out of time"],
]);

function endWords(conclusion: string | null): Words {
  return ENDS.get(conclusion ?? "") ?? `ended (${(conclusion ?? "not known how").replaceAll("_", " ")})`;
}
