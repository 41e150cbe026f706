// What can go wrong with the world, told apart by what happens next. A user's mistake is a Problem, a value; these are thrown.
import type { EpochMs } from "./time.ts";

/** It may work later: the whole reconcile is done again, from reading on. */
export class Transient extends Error {
  /** Not before then; null: whenever the backoff says. */
  readonly retryAt: EpochMs | null;
  constructor(message: string, retryAt: EpochMs | null = null, options?: ErrorOptions) {
    super(message, options);
    this.retryAt = retryAt;
  }
}

/** What a decision was based on has changed meanwhile: read again at once. Nothing was overwritten. */
export class Stale extends Transient {}

/** GitHub refuses because the app lacks a permission or a rule forbids it. Trying again changes nothing; a person can. */
export class Refused extends Error {
  /** What was refused, in the words of GitHub. */
  readonly reason: string;
  /** `contents: write`; null when GitHub does not say which permission is missing. */
  readonly permission: string | null;
  /** What was asked for. */
  readonly what: string;
  constructor(what: string, reason: string, permission: string | null, options?: ErrorOptions) {
    super(`${what}: ${reason}`, options);
    this.what = what;
    this.reason = reason;
    this.permission = permission;
  }
  /** Else it is a rule of the repository, or what was asked for does not exist. */
  get isForPermission(): boolean {
    return this.permission !== null || /not accessible by integration/i.test(this.reason);
  }
}

/** There is nobody to work for: uninstalled, suspended, archived, deleted. Quiet until an event says otherwise. */
export class Parked extends Error {}
