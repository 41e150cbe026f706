// What follows from the way a job ended: what its key waits for next, and what is said about it.
import { Parked, Refused, Stale, Transient } from "../model/errors.ts";
import type { EpochMs } from "../model/time.ts";
import { BACKOFF_MAX_MS } from "./backoff.ts";
import type { Ending } from "./run.ts";

/** For metrics and logs: how often jobs end how. */
export type OutcomeKind = "done" | "parked" | "stale" | "transient" | "refused" | "bug" | "lost" | "drained" | "too long";

/** What becomes of the key. `left`: nothing is said, so the lease runs out by itself. */
type Next =
  | { readonly is: "done"; readonly again: EpochMs | null }
  | { readonly is: "failed"; readonly retryAt: EpochMs | null }
  | { readonly is: "given back" }
  | { readonly is: "left" };

export type Verdict = { readonly kind: OutcomeKind; readonly next: Next; readonly error: unknown };

/** As many times in a row a failure is answered by trying again soon; from then on a key is a nuisance to the others. */
export const PATIENCE = 5;

/** @param failures failures in a row before this job */
export function judge(ending: Ending, failures: number, now: EpochMs): Verdict {
  const { stopped, ended } = ending;
  if (stopped === "lost") return { kind: "lost", next: { is: "left" }, error: null };
  // A job that does not end may still be in the middle of a write: its lease keeps others away a while longer.
  if (ended === null) return { kind: stopped ?? "too long", next: { is: "left" }, error: null };
  if (!ended.threw) return { kind: "done", next: { is: "done", again: ended.again }, error: null };
  const { error } = ended;
  if (stopped === "drained") return { kind: "drained", next: { is: "given back" }, error };
  if (stopped === "too long") return { kind: "too long", next: failed(restAfterBug(failures, now)), error };
  if (error instanceof Parked) return { kind: "parked", next: { is: "done", again: null }, error };
  if (error instanceof Stale) return { kind: "stale", next: failed(failures < PATIENCE ? now : null), error };
  if (error instanceof Transient) return { kind: "transient", next: failed(usefulRetry(error.retryAt, failures, now)), error };
  return { kind: error instanceof Refused ? "refused" : "bug", next: failed(restAfterBug(failures, now)), error };
}

const failed = (retryAt: EpochMs | null): Next => ({ is: "failed", retryAt });

/** A time that has come already is an offer to try at once, and good for one try: then the backoff. */
const usefulRetry = (retryAt: EpochMs | null, failures: number, now: EpochMs): EpochMs | null =>
  retryAt !== null && retryAt <= now && failures > 0 ? null : retryAt;

/** Null, the backoff, while patience lasts. */
const restAfterBug = (failures: number, now: EpochMs): EpochMs | null => (failures + 1 >= PATIENCE ? now + BACKOFF_MAX_MS : null);
