// What the app remembers of one step, in a check run of its own on the released commit. Its link leads to the run that was
// started, which is how the run is known: an intent without a link may or may not have been carried out.
import type { OwnCheck } from "../../model/snapshot.ts";
import type { GateReport, Words } from "../../model/report.ts";
import type { ArtifactReport, Attempt, StepState } from "../../model/rollout.ts";
import type { EpochMs } from "../../model/time.ts";
import { hiddenRecord, hiddenRecordIn, isFields } from "../hidden-record.ts";

export type StepRecord = {
  readonly tag: string;
  readonly step: string;
  readonly state: StepState;
  /** As it was said last; what is done is not looked into again. */
  readonly because: Words;
  /** Of an environment: what was asked so far, and who confirmed it. */
  readonly gates: readonly GateReport[];
  /** A dispatch was intended then. `answers`: the moment of the `/release retry` that asked for it; null for the first. */
  readonly intent: { readonly at: EpochMs; readonly answers: EpochMs | null } | null;
  /** Runs that were started for earlier intents. */
  readonly before: readonly number[];
  /** Every attempt that was seen, oldest first. */
  readonly attempts: readonly Attempt[];
  readonly startedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  /** Of an environment: since when the version runs there; null while it does not. */
  readonly deployedAt: EpochMs | null;
  /** Since when gates that have to stay open for a while have been open. */
  readonly openSince: Readonly<Record<string, EpochMs>>;
  /** What it left behind, with its proofs, and the tags that it says it moved. */
  readonly artifacts: readonly ArtifactReport[];
  readonly moving: readonly Words[];
  /** What people were told last, so that they are told once. */
  readonly told: string | null;
};

/** A step's record and the check run that holds it. */
export type StandingStep = { readonly check: OwnCheck; readonly record: StepRecord };

export function stepId(tag: string, step: string): string {
  return `step/${tag}/${step}`;
}

export function newStepRecord(tag: string, step: string): StepRecord {
  return {
    tag,
    step,
    state: "waiting",
    because: "",
    gates: [],
    intent: null,
    before: [],
    attempts: [],
    startedAt: null,
    endedAt: null,
    deployedAt: null,
    openSince: {},
    artifacts: [],
    moving: [],
    told: null,
  };
}

export function stepRecordAsComment(step: StepRecord): string {
  return hiddenRecord({ step });
}

/** The newest check run of that step; null when there is none. */
export function standingStep(tag: string, step: string, checks: readonly OwnCheck[]): StandingStep | null {
  const check = checks.find(({ externalId }) => externalId === stepId(tag, step));
  if (check === undefined) return null;
  const value = hiddenRecordIn(check.text);
  const record = isFields(value) ? value["step"] : null;
  if (!isStep(record)) throw new Error(`Bug: the check run ${String(check.id)} of the step ${step} holds no record`);
  return { check, record };
}

/** Only this app writes there; a build that wrote other fields would be a bug of its own. */
function isStep(value: unknown): value is StepRecord {
  return (
    isFields(value) &&
    ["tag", "step", "state", "because"].every((key) => typeof value[key] === "string") &&
    ["gates", "before", "attempts", "artifacts", "moving"].every((key) => Array.isArray(value[key])) &&
    isFields(value["openSince"])
  );
}

/** Of the run that a check run's link leads to. */
export function runAt(url: string | null): number | null {
  const [, id] = /\/actions\/runs\/(\d{1,16})$/.exec(url ?? "") ?? [];
  return id === undefined ? null : Number(id);
}
