// How fast one installation's requests go out, whoever sends them: GitHub's secondary limits count an installation as a whole.
// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
import { Transient } from "../model/errors.ts";
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "../wake/clock.ts";
import { createBudget } from "./budget.ts";

/** What is known of a request before it is sent. `creates`: pieces of content that it makes, which GitHub counts apart. */
export type Nature = { readonly write: boolean; readonly creates: number };

export type Pace = {
  /**
   * Sends a request in its turn.
   * @throws Transient when its turn would come more than 30 s from now, or while a rate limit lasts; then nothing was sent
   */
  readonly send: <T>(nature: Nature, request: () => Promise<T>) => Promise<T>;
  /** A limit was reported: everything fails until then, what waits and what comes. */
  readonly limited: (until: EpochMs) => void;
  /** Requests sent so far. */
  readonly counts: () => { readonly reads: number; readonly writes: number };
};

export type PaceOptions = {
  readonly clock: Clock;
  /** From the end of a write to the start of the next; 0 leaves no pause. GitHub asks for a second. */
  readonly writeSpacingMs?: number;
  readonly inFlightMax?: number;
};

/** A job that would wait longer gives up its place: the key comes back when its turn has come. */
const WAIT_MAX_MS = 30_000;

const CONTENT = [
  { most: 80, inMs: 60_000 },
  { most: 500, inMs: 3_600_000 },
];

type Waiting = { readonly nature: Nature; readonly start: () => void; readonly refuse: (until: EpochMs, why: string) => void };

/** The pace of one installation. */
export function createPace({ clock, writeSpacingMs = 1_000, inFlightMax = 10 }: PaceOptions): Pace {
  const budget = createBudget(CONTENT);
  const waiting = new Set<Waiting>();
  let reads = 0;
  let writes = 0;
  let inFlight = 0;
  let writing = false;
  let nextWriteAt = 0;
  let limitedUntil = 0;
  let cancelLook: (() => void) | null = null;

  const writeOpensAt = ({ creates }: Nature): EpochMs => Math.max(nextWriteAt, budget.opensAt(creates, clock.now()));

  /** Starts whatever may start now, in order; reads pass writes that wait for their time, no write passes another. */
  const look = (): void => {
    cancelLook?.();
    let writeMayStart = !writing;
    for (const one of waiting) {
      if (inFlight >= inFlightMax) return;
      if (one.nature.write) {
        if (!writeMayStart) continue;
        writeMayStart = false;
        const opensAt = writeOpensAt(one.nature);
        if (opensAt > clock.now()) {
          cancelLook = clock.after(opensAt - clock.now(), look);
          continue;
        }
      }
      begin(one);
    }
  };

  const begin = (one: Waiting): void => {
    waiting.delete(one);
    inFlight += 1;
    if (one.nature.write) {
      writes += 1;
      writing = true;
      budget.spend(one.nature.creates, clock.now());
    } else reads += 1;
    one.start();
  };

  const ended = ({ write }: Nature): void => {
    inFlight -= 1;
    if (write) {
      writing = false;
      nextWriteAt = clock.now() + writeSpacingMs;
    }
    look();
  };

  const turn = (nature: Nature): Promise<void> =>
    new Promise((resolve, reject) => {
      const one: Waiting = {
        nature,
        start: () => {
          cancelWait();
          resolve();
        },
        refuse: (until, why) => {
          cancelWait();
          waiting.delete(one);
          reject(new Transient(why, until));
        },
      };
      const giveUp = (): void => {
        one.refuse(Math.max(clock.now() + 1_000, nature.write ? writeOpensAt(nature) : 0), "too many requests wait for their turn");
      };
      const cancelWait = clock.after(WAIT_MAX_MS, giveUp);
      waiting.add(one);
      if (nature.write && writeOpensAt(nature) > clock.now() + WAIT_MAX_MS) giveUp();
      else look();
    });

  return {
    send: async (nature, request) => {
      if (clock.now() < limitedUntil) throw new Transient("GitHub limits the requests of this installation", limitedUntil);
      await turn(nature);
      try {
        return await request();
      } finally {
        ended(nature);
      }
    },
    limited: (until) => {
      limitedUntil = Math.max(limitedUntil, until);
      for (const one of waiting) one.refuse(limitedUntil, "GitHub limits the requests of this installation");
    },
    counts: () => ({ reads, writes }),
  };
}

/** One pace for each installation, made when it is first asked for: limits of one never hold back another. */
export function pacePerInstallation(options: PaceOptions): { readonly of: (installation: number) => Pace; readonly counts: Pace["counts"] } {
  const paces = new Map<number, Pace>();
  return {
    of: (installation) => {
      const pace = paces.get(installation) ?? createPace(options);
      paces.set(installation, pace);
      return pace;
    },
    counts: () =>
      [...paces.values()].reduce(
        (sum, pace) => {
          const { reads, writes } = pace.counts();
          return { reads: sum.reads + reads, writes: sum.writes + writes };
        },
        { reads: 0, writes: 0 },
      ),
  };
}
