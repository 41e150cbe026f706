// What one part of the work after a release still has to know, does now, and says.
import type { Action, Words } from "../../../model/plan.ts";
import type { Read } from "../../../model/snapshot.ts";
import { couldNotRead } from "../../gates/unread.ts";
import { NOTHING_MORE, type Wants } from "../../wants.ts";

export type Care = {
  readonly wants: Wants;
  readonly actions: readonly Action[];
  /** For people; null when there is nothing to tell. */
  readonly says: Words | null;
  /** Nothing is left to be done or to be found out. */
  readonly isDone: boolean;
};

export function asks(wants: Omit<Wants, "files">): Care {
  return { wants: { ...NOTHING_MORE, ...wants }, actions: [], says: null, isDone: false };
}

/** Whether it was done is seen by the next look. */
export function does(actions: readonly Action[], says: Words | null): Care {
  return { wants: NOTHING_MORE, actions, says, isDone: false };
}

export function isOver(says: Words | null = null): Care {
  return { wants: NOTHING_MORE, actions: [], says, isDone: true };
}

/** @param what in the plural: `the milestones` */
export function isUnknown(what: Words, read: Extract<Read<never>, { readonly ok: false }>): Care {
  const { because, next } = couldNotRead(what, read);
  return { wants: NOTHING_MORE, actions: [], says: next === null ? because : `${because}: ${next}`, isDone: false };
}
