// What happened, kept by an eye of its own: every request with the look that it belongs to, every change of a tag, every
// deed of the app. The invariants judge by this and by the world, and never by what the app says of itself.
import type { Sha } from "../../sandbox/git/types.ts";
import type { Fault } from "../../sandbox/faults/spoil.ts";
import type { StandIn } from "../../sandbox/stand-in.ts";
import type { WorldEvent } from "../../sandbox/world/events.ts";
import type { App, Repository } from "../../sandbox/world/types.ts";
import type { Outcome } from "../../src/wake/worker.ts";
import type { Look } from "./app-process.ts";

export type Asked = {
  readonly at: number;
  readonly look: Look | null;
  readonly method: string;
  readonly path: string;
  readonly isWrite: boolean;
  /** How it was made to go wrong. */
  readonly fault: Fault | null;
};
export type TagMove = {
  readonly at: number;
  readonly repository: Repository;
  readonly tag: string;
  readonly before: Sha | null;
  readonly after: Sha | null;
  /** Null: a person did. */
  readonly look: Look | null;
  readonly isByApp: boolean;
};
export type Happening = {
  readonly at: number;
  readonly repository: Repository;
  readonly event: WorldEvent;
  readonly isByApp: boolean;
  readonly look: Look | null;
};
/** A webhook that the app acknowledged. */
export type Acknowledged = { readonly at: number; readonly key: string };

export type Witness = {
  readonly asked: readonly Asked[];
  readonly looks: readonly Look[];
  readonly tagMoves: readonly TagMove[];
  readonly happenings: readonly Happening[];
  readonly acknowledged: readonly Acknowledged[];
  readonly outcomes: readonly Outcome[];
  readonly errors: readonly string[];
  readonly ask: (asked: Asked) => void;
  readonly look: (look: Look) => void;
  readonly acknowledge: (acknowledged: Acknowledged) => void;
  readonly outcome: (outcome: Outcome) => void;
  readonly error: (message: string) => void;
};

/** @param lookNow the look in which whatever happens now happens */
export function openWitness(standIn: StandIn, app: App, lookNow: () => Look | null): Witness {
  const { world } = standIn;
  const asked: Asked[] = [];
  const looks: Look[] = [];
  const tagMoves: TagMove[] = [];
  const happenings: Happening[] = [];
  const acknowledged: Acknowledged[] = [];
  const outcomes: Outcome[] = [];
  const errors: string[] = [];
  const refs = new Map<Repository, ReadonlyMap<string, Sha>>();

  standIn.observe({
    happened: (repository, actor, event) => {
      const isByApp = actor.user === app.bot;
      const look = isByApp ? lookNow() : null;
      happenings.push({ at: world.now(), repository, event, isByApp, look });
      const before = refs.get(repository) ?? new Map<string, Sha>();
      const after = repository.git.refs();
      if (before === after) return;
      refs.set(repository, after);
      for (const name of new Set([...before.keys(), ...after.keys()])) {
        const [from = null, to = null] = [before.get(name), after.get(name)];
        if (from !== to && name.startsWith("refs/tags/"))
          tagMoves.push({ at: world.now(), repository, tag: name.slice("refs/tags/".length), before: from, after: to, look, isByApp });
      }
    },
  });

  return {
    asked,
    looks,
    tagMoves,
    happenings,
    acknowledged,
    outcomes,
    errors,
    ask: (one) => void asked.push(one),
    look: (one) => void looks.push(one),
    acknowledge: (one) => void acknowledged.push(one),
    outcome: (one) => void outcomes.push(one),
    error: (one) => void errors.push(one),
  };
}
