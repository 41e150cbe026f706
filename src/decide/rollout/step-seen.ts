// What one step is judged by, and what comes of it.
import type { Dispatch, StartWorkflow } from "../../model/plan.ts";
import type { Hosted } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Everything } from "../plan-components.ts";
import type { Wants } from "../wants.ts";
import type { Rollout } from "./releasing.ts";
import type { Finding } from "./step-finding.ts";
import type { StandingStep, StepRecord } from "./step-record.ts";

export type StepSeen = {
  readonly rollout: Rollout;
  readonly standing: StandingStep | null;
  readonly record: StepRecord;
  /** When somebody asked for it to be run again; null when nobody did. */
  readonly retriedAt: EpochMs | null;
  /** Runs that belong to other steps. */
  readonly taken: ReadonlySet<number>;
  readonly everything: Everything;
  readonly hosted: Hosted;
  readonly starting: (record: StepRecord, dispatch: Dispatch) => StartWorkflow;
  /** What was found of the steps before it. */
  readonly findings: ReadonlyMap<string, Finding>;
};

/** Either what it is, or what has to be read first. */
export type Stepped = { readonly found: Finding } | { readonly wants: Wants };
