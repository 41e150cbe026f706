// What follows a merge until a release is known to run where it should: its steps, where each of them stands, and why.
import type { GateReport, Words } from "./report.ts";
import type { Sha } from "./snapshot.ts";
import type { EpochMs } from "./time.ts";
import type { VersionText } from "./version.ts";

/**
 * `waiting`: its turn has not come, or time will tell. `ready`: it is begun next. `running`: something works on it.
 * `needs-people`: somebody has to confirm, approve or merge. `failed`: it ended badly; steps behind it are paused. `halted`:
 * nobody can tell whether it was started, or it never was: the app does nothing until a person says so. `skipped`: two
 * people passed over it. `superseded`: a newer release of the line came first. `unknown`: it could not be read.
 */
export type StepState = "waiting" | "ready" | "running" | "needs-people" | "done" | "failed" | "halted" | "skipped" | "superseded" | "unknown";

/** `tag` and `publication` are the app's own; the others come from the playbook. */
type StepKind = "tag" | "publication" | "workflow" | "environment" | "downstream" | "announcement";

/** One attempt of a workflow run, as GitHub tells it. */
export type Attempt = {
  readonly run: number;
  /** Counts from 1 within a run. */
  readonly attempt: number;
  readonly startedAt: EpochMs;
  /** Null while it runs. */
  readonly endedAt: EpochMs | null;
  /** GitHub's word: `success`, `failure`, `cancelled`, `timed_out`; null while it runs. */
  readonly conclusion: string | null;
  readonly url: string;
};

export type StepReport = {
  /** Unique within a release: an artifact's name, an environment's, `cardinalhq/charts`; what `/release retry` takes. */
  readonly step: string;
  readonly kind: StepKind;
  readonly state: StepState;
  /** What people read: `helm-publish.yml ran for 3 min 12 s`. */
  readonly because: Words;
  /** What would move it, said to whoever can; null when nobody has to do anything. */
  readonly next: Words | null;
  /** When it opens by itself or is worth another look; null when only an event can change it. */
  readonly opensAt: EpochMs | null;
  /** Steps that come directly before it. */
  readonly after: readonly string[];
  /** Page of what it is: a run, a pull request; null for none. */
  readonly url: string | null;
  /** Oldest first; empty for what is no workflow. */
  readonly attempts: readonly Attempt[];
  readonly startedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  /** Gates of an environment, in the order in which they are asked. */
  readonly gates: readonly GateReport[];
  /** For whoever wants to know more. */
  readonly details: readonly Words[];
};

/** Something that a release leaves behind, with what proves where it comes from. Nothing in it is guessed. */
export type ArtifactReport = {
  readonly kind: "image" | "chart" | "asset" | "value";
  /** `ghcr.io/acme/app:v1.2.0`; for a value its name. */
  readonly reference: string;
  /** The step that leaves it behind. */
  readonly step: string;
  /** `sha256:…`, the value, or `attached` for a file; null while it is not known. */
  readonly digest: string | null;
  /** Page of its provenance attestation; null without. */
  readonly attestation: { readonly is: "there"; readonly url: string | null } | { readonly is: "missing" | "not-asked" };
  readonly signature: { readonly is: "there"; readonly says: Words } | { readonly is: "missing" | "not-asked" };
};

/** `verified`: every step is done. `paused`: a step failed or is halted. `withdrawn`: people took it back. */
export type RolloutState = "running" | "waiting" | "paused" | "frozen" | "verified" | "superseded" | "withdrawn";

/** One release from its merge to its end, as everybody is shown it. */
export type RolloutReport = {
  /** A component's name, or `*` for all of the repository: the line of its pull request. */
  readonly line: string;
  readonly component: string;
  readonly version: VersionText;
  readonly tag: string;
  readonly sha: Sha;
  /** `cavern 0.9.0`, or `v1.2.0` where the repository is one component. */
  readonly title: string;
  readonly pullRequest: number | null;
  readonly evaluatedAt: EpochMs;
  readonly state: RolloutState;
  /** One sentence: what it waits for, or how it ended. */
  readonly because: Words;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs | null;
  /** In the order of the playbook. */
  readonly steps: readonly StepReport[];
  readonly artifacts: readonly ArtifactReport[];
  /** Tags that move along, and who moves them. */
  readonly moving: readonly Words[];
  readonly notices: readonly Words[];
};
