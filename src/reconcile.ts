// Read this first: observe, decide, act. Observing is a short conversation, because what has to be read depends on
// what was read (the tags decide which commits are unreleased): ask until nothing more is wanted, then decide once.
import { decide } from "./decide/decide.ts";
import { wanted } from "./decide/wanted.ts";
import type { Plan } from "./model/plan.ts";
import type { Playbook } from "./model/playbook.ts";
import type { Snapshot, Wanted } from "./model/snapshot.ts";

/** The world as it is read: complete answers or a thrown error, never a partial one. */
export type Observer = {
  /** Head, tags and tree; no file and no range yet. */
  readonly first: () => Promise<Snapshot>;
  /** The same moment with what was wanted added to it. */
  readonly answer: (snapshot: Snapshot, wanted: Wanted) => Promise<Snapshot>;
};

/** Rounds of questions a decision may need: manifests that name components, then their files and ranges. */
const ROUNDS_MAX = 4;

/**
 * What should be, for one playbook and one moment. Reads, writes nothing.
 * @throws whatever the observer throws: nothing is decided on a failed read.
 */
export async function propose(observer: Observer, playbook: Playbook, first: Snapshot): Promise<Plan> {
  let snapshot = first;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const questions = wanted(playbook, snapshot);
    if (questions.files.length === 0 && questions.ranges.length === 0) return decide(playbook, snapshot);
    snapshot = await observer.answer(snapshot, questions);
  }
  throw new Error("Bug: the decision still wants more after it was answered; an observer left a question open.");
}
