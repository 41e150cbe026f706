// What an action writes by mutations, so that neighbours can share a document: each request costs a second of pace.
import type { Mutation } from "./mutation.ts";

export type Writing = {
  readonly mutations: readonly Mutation[];
  /** What is left to be done with their answers, by position. Not called when one of them was refused. */
  readonly answered: (answers: readonly unknown[]) => Promise<void>;
};

export function writing(...mutations: readonly Mutation[]): Writing {
  return { mutations, answered: () => Promise.resolve() };
}

/** For an action that has done everything by requests of its own. */
export const NOTHING_LEFT_TO_WRITE: Writing = writing();
