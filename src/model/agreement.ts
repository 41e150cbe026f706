// What people have said about a line by commands and ticks, folded from the conversations in the order in which it was
// said. Only what was authorised and accepted is in here: the app's own reaction on the comment recorded that.
import type { Bump, VersionText } from "./version.ts";
import type { EpochMs } from "./time.ts";

/** Who said something, when, and where it can be read. */
export type Said = { readonly by: string; readonly at: EpochMs; readonly url: string };

/** A step confirmed by `/release evidence`. */
export type Evidence = Said & {
  /** Id of a gate, or the text of one of its items, as it was written; which item is meant is worked out by the gate. */
  readonly step: string;
  /** A link or words. */
  readonly link: string;
};

/** A box that a person ticked in the checklist, worked out from who edited the comment when. The newest per item. */
export type Tick = {
  readonly gate: string;
  readonly item: string;
  readonly by: string;
  readonly at: EpochMs;
};

export type Override = Said & { readonly gate: string; readonly reason: string };

export type Facts = {
  /** Null: not held. What was said on the desk is ended on the desk. */
  readonly hold: (Said & { readonly reason: string; readonly isAtDesk: boolean }) | null;
  /** The whole repository is frozen by a command, until then or until somebody says thaw. */
  readonly freeze: (Said & { readonly reason: string; readonly until: EpochMs | null }) | null;
  /** The version that people asked for: the last word counts. */
  readonly version: (Said & ({ readonly is: "bump"; readonly level: Bump } | { readonly is: "as"; readonly version: VersionText })) | null;
  /** Oldest first. */
  readonly evidence: readonly Evidence[];
  readonly ticks: readonly Tick[];
  /** Oldest first; whether two people agree and for which head is worked out where gates are judged. */
  readonly overrides: readonly Override[];
  readonly deferred: readonly (Said & { readonly issue: number; readonly reason: string })[];
  /** Steps of a release to run again, oldest first; null: whatever failed. */
  readonly retries: readonly (Said & { readonly step: string | null })[];
  /** Steps of a release to pass over, oldest first; it takes two people. */
  readonly skips: readonly (Said & { readonly step: string; readonly reason: string })[];
  /** The release is taken back: nothing more is done for it. */
  readonly withdrawn: (Said & { readonly reason: string }) | null;
  /** People who asked for this release or shaped its version: they don't approve it. */
  readonly requesters: readonly (Said & { readonly command: string })[];
  /** What was accepted and was edited away since, or no longer fits the playbook: sentences for people. */
  readonly lapsed: readonly string[];
  /** Why what was said on the desk is not known; null when it is. A hold may stand there. */
  readonly unread: string | null;
};

export const NOTHING_SAID: Facts = {
  hold: null,
  freeze: null,
  version: null,
  evidence: [],
  ticks: [],
  overrides: [],
  deferred: [],
  retries: [],
  skips: [],
  withdrawn: null,
  requesters: [],
  lapsed: [],
  unread: null,
};
