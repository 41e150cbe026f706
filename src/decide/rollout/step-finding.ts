// What one step turns out to be: what people are told, what the app remembers, and what it does about it now.
import type { Action, GateReport, Words } from "../../model/plan.ts";
import type { StepState } from "../../model/rollout.ts";
import type { EpochMs } from "../../model/time.ts";
import type { StepRecord } from "./step-record.ts";

export type Finding = {
  readonly state: StepState;
  readonly because: Words;
  readonly next: Words | null;
  readonly opensAt: EpochMs | null;
  readonly url: string | null;
  readonly gates: readonly GateReport[];
  readonly details: readonly Words[];
  /** Markdown that people are told when it becomes their turn; null for the usual words. */
  readonly say: string | null;
  /** Null: nothing has begun, so nothing is remembered. */
  readonly record: StepRecord | null;
  /** What moves it on; where it begins a run, that action writes the record itself. */
  readonly actions: readonly Action[];
};

type Extras = Partial<Omit<Finding, "state" | "because">>;

export function finding(state: StepState, because: Words, extras: Extras = {}): Finding {
  return { state, because, next: null, opensAt: null, url: null, gates: [], details: [], say: null, record: null, actions: [], ...extras };
}

/** The steps behind it may begin. */
export function isPassed(state: StepState): boolean {
  return state === "done" || state === "skipped";
}

/** Nothing more comes of it: it is passed, or a newer release is further already. */
export function isSettled(state: StepState): boolean {
  return isPassed(state) || state === "superseded";
}

/** It keeps the steps behind it back until a person does something about it. */
export function isStuck(state: StepState): boolean {
  return state === "failed" || state === "halted";
}
