// What people are told about a gate, the same everywhere.
import type { Problem } from "./problem.ts";
import type { EpochMs } from "./time.ts";

/**
 * Whether a gate lets a release through. `waiting`: nobody has to do anything, time or a running check will tell.
 * `unknown`: it could not be read; closed like any other, and never reported as a verdict.
 */
export type GateState = "open" | "closed" | "waiting" | "unknown";

/** Text for people on one line: plain, with code in backticks, `@login`, `#12`, and bare addresses; every renderer makes it safe for its own medium. */
export type Words = string;

export type Verdict = {
  readonly state: GateState;
  readonly because: Words;
  /** What would open it, said to whoever can; null when it is open or nobody has to do anything. */
  readonly next: Words | null;
  /** When it opens by itself or is worth another look; null when only an event can change it. */
  readonly opensAt: EpochMs | null;
};

/** One thing that a person confirms by a tick or by `/release evidence`. */
export type ChecklistItem = {
  readonly gate: string;
  /** As the playbook says it. */
  readonly text: string;
  /** Null while nobody has. `role`: in which they did; `link`: what they gave, a tick gives nothing. */
  readonly done: { readonly by: string; readonly role: string; readonly at: EpochMs; readonly link: Words | null } | null;
};

/** One gate's answer for one line, as everybody is shown it. */
export type GateReport = Verdict & {
  /** Its name in the playbook; `hold` and `frozen` for what people said by a command. */
  readonly gate: string;
  readonly kind: string;
  /** Who answers for it: `steward (@acme/stewards)`; null for nobody in particular. */
  readonly owner: Words | null;
  /** For whoever wants to know more: each review and whether it counts, each blocker, each place. */
  readonly details: readonly Words[];
  readonly items: readonly ChecklistItem[];
  /** Places in files that keep it closed. */
  readonly problems: readonly Problem[];
  /** Two people took it upon themselves; its own state was this. Null without. */
  readonly overridden: { readonly by: readonly string[]; readonly reason: string; readonly was: GateState } | null;
};
