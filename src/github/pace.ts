// How fast one installation's requests go out, whoever sends them: GitHub's secondary limits count an installation as a whole.
// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
import { Transient } from "../model/errors.ts";
import type { EpochMs } from "../model/time.ts";
import type { Clock } from "../wake/clock.ts";
import { createWriteTurns } from "./write-turns.ts";

/** What is known of a request before it is sent. `creates`: pieces of content that it makes, which GitHub counts apart. */
export type Nature = { readonly write: boolean; readonly creates: number };

export type Pace = {
  /**
   * Sends a request in its turn.
   * @param whose for whom, a repository as a rule: it never has all the places, however many of its requests hang
   * @throws Transient when its turn would come more than 30 s from now, or while a rate limit lasts; then nothing was sent
   */
  readonly send: <T>(nature: Nature, request: () => Promise<T>, whose?: string) => Promise<T>;
  /** A limit was reported: everything fails until then, what waits and what comes. */
  readonly limited: (until: EpochMs) => void;
  /** Requests sent so far. */
  readonly counts: () => { readonly reads: number; readonly writes: number };
};

export type PaceOptions = {
  readonly clock: Clock;
  /** From the end of a write to the start of the next; 0 leaves no pause. GitHub asks for a second. */
  readonly writeSpacingMs?: number;
  /** Requests under way, of all and of one of those for whom they are. GitHub allows a hundred. */
  readonly inFlightMax?: number;
  readonly inFlightEachMax?: number;
};

/** A job that would wait longer gives up its place: the key comes back when its turn has come. */
const WAIT_MAX_MS = 30_000;

type Waiting = {
  readonly nature: Nature;
  readonly whose: string;
  readonly start: (ended: () => void) => void;
  readonly refuse: (until: EpochMs, why: string) => void;
};

/** The pace of one installation. */
export function createPace({ clock, writeSpacingMs = 1_000, inFlightMax = 30, inFlightEachMax = 10 }: PaceOptions): Pace {
  const waiting = new Set<Waiting>();
  let reads = 0;
  let writes = 0;
  let inFlight = 0;
  const inFlightOf = new Map<string, number>();
  const writeTurns = createWriteTurns({ clock, spacingMs: writeSpacingMs, onFree: () => look() });
  let limitedUntil = 0;
  let cancelLook: (() => void) | null = null;

  /** Starts whatever may start now, in order; reads pass writes that wait for their time, no write passes another. */
  const look = (): void => {
    cancelLook?.();
    let writeMayStart = writeTurns.isFree();
    for (const one of waiting) {
      if (inFlight >= inFlightMax) return;
      if ((inFlightOf.get(one.whose) ?? 0) >= inFlightEachMax) continue;
      if (one.nature.write) {
        if (!writeMayStart) continue;
        writeMayStart = false;
        const opensAt = writeTurns.opensAt(one.nature.creates);
        if (opensAt > clock.now()) {
          cancelLook = clock.after(opensAt - clock.now(), look);
          continue;
        }
      }
      begin(one);
    }
  };

  const begin = (one: Waiting): void => {
    const { nature, whose } = one;
    waiting.delete(one);
    count(whose, 1);
    if (nature.write) writes += 1;
    else reads += 1;
    const endWrite = nature.write ? writeTurns.begin(nature.creates, whose) : () => undefined;
    one.start(() => {
      count(whose, -1);
      endWrite();
      look();
    });
  };

  const count = (whose: string, change: 1 | -1): void => {
    inFlight += change;
    const left = (inFlightOf.get(whose) ?? 0) + change;
    if (left === 0) inFlightOf.delete(whose);
    else inFlightOf.set(whose, left);
  };

  /** Resolves when the request may start, with what is to be called when it has ended. */
  const turn = (nature: Nature, whose: string): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const one: Waiting = {
        nature,
        whose,
        start: (ended) => {
          cancelWait();
          resolve(ended);
        },
        refuse: (until, why) => {
          cancelWait();
          waiting.delete(one);
          reject(new Transient(why, until));
        },
      };
      const opensAt = (): EpochMs => (nature.write ? writeTurns.opensAt(nature.creates) : 0);
      const giveUp = (): void => {
        one.refuse(Math.max(clock.now() + 1_000, opensAt()), "too many requests wait for their turn");
      };
      const cancelWait = clock.after(WAIT_MAX_MS, giveUp);
      waiting.add(one);
      if (opensAt() > clock.now() + WAIT_MAX_MS) giveUp();
      else look();
    });

  return {
    send: async (nature, request, whose = "") => {
      if (clock.now() < limitedUntil) throw new Transient("GitHub limits the requests of this installation", limitedUntil);
      const ended = await turn(nature, whose);
      try {
        return await request();
      } finally {
        ended();
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
