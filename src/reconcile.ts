// Read this first: observe, decide, act. Nothing is kept between two runs: everything is read again, so a lost, doubled or
// late event costs time and never correctness. Observing is a short conversation, because what has to be read depends on
// what was read (the tags decide which commits are unreleased): ask until nothing more is wanted, then decide once.
import { assertPlanIsSafe } from "./decide/assert-safe.ts";
import { decide } from "./decide/decide.ts";
import { complaintsFor } from "./decide/lines/complaints.ts";
import { wanted } from "./decide/wanted.ts";
import { Parked, Refused } from "./model/errors.ts";
import type { Action, Plan } from "./model/plan.ts";
import type { Playbook } from "./model/playbook.ts";
import type { Problem, Result } from "./model/problem.ts";
import type { Snapshot, Wanted } from "./model/snapshot.ts";
import type { EpochMs } from "./model/time.ts";

/** The world as it is read: complete answers or a thrown error, never a partial one. */
export type Observer = {
  /** Head, tags and tree; of a hosted repository also its playbook and its open release pull requests. No range yet. */
  readonly first: () => Promise<Snapshot>;
  /** The same moment with what was wanted added to it. */
  readonly answer: (snapshot: Snapshot, wanted: Wanted) => Promise<Snapshot>;
};

/** One hosted repository, to be read and written. */
export type World = Observer & {
  /** The playbook in force, from the default branch; null when there is none: then the repository is left alone. */
  readonly playbook: (first: Snapshot) => Result<Playbook> | null;
  /** Makes an action so. Safe to repeat; refuses a stale view. */
  readonly act: (action: Action, snapshot: Snapshot) => Promise<void>;
  readonly log: (plan: Plan) => void;
};

/**
 * Looks at a repository, decides what should be, and makes it so.
 * @returns when to look again without an event; null for only when something changes
 * @throws Transient, Stale and Parked of observing and acting: nothing is decided on a failed read
 */
export async function reconcile(world: World): Promise<EpochMs | null> {
  const first = await world.first();
  const playbook = world.playbook(first);
  if (playbook === null) return null;
  if (!playbook.ok) {
    await performAll(complaintsFor(first, "the playbook can't be followed", playbook.problems), first, world);
    return null;
  }
  const { plan, snapshot } = await decided(world, playbook.value, first);
  world.log(plan);
  assertPlanIsSafe(plan, snapshot);
  await performAll(plan.actions, snapshot, world);
  return plan.wakeAt;
}

/** What a permission or a rule forbids is said where a maintainer sees it; the other actions do not wait for it. */
async function performAll(actions: readonly Action[], snapshot: Snapshot, world: World): Promise<void> {
  const refusals: Problem[] = [];
  for (const action of actions) {
    try {
      await world.act(action, snapshot);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (action.kind === "say-on-commit") throw new Parked(`there is nowhere to say it: ${error.message}`, { cause: error });
      refusals.push(refusal(error, action));
    }
  }
  if (refusals.length > 0) await performAll(complaintsFor(snapshot, "GitHub refuses what the next release needs", refusals), snapshot, world);
}

/** What each action needs of the installation, for the remedy when GitHub does not name it. */
const NEEDS: Readonly<Record<Action["kind"], string>> = {
  "keep-release-pull-request": "contents: write, pull requests: write, issues: write and checks: write",
  "close-release-pull-request": "pull requests: write",
  "publish-release": "contents: write and checks: write",
  "say-on-commit": "checks: write",
  "answer-request": "issues: write and pull requests: write",
};

function refusal({ message, permission, reason }: Refused, { kind }: Action): Problem {
  const isPermission = permission !== null || reason.includes("not accessible by integration");
  const hint = isPermission ? `give the app ${permission ?? NEEDS[kind]} and accept it for this repository` : "see what the repository's rules allow the app";
  return { severity: "error", message, path: null, line: null, column: null, hint };
}

/** Rounds of questions a decision may need, from manifests that name components to the branch of a proposal. */
const ROUNDS_MAX = 8;

/**
 * What should be, for one playbook and one moment. Reads, writes nothing.
 * @throws whatever the observer throws: nothing is decided on a failed read
 */
export async function propose(observer: Observer, playbook: Playbook, first: Snapshot): Promise<Plan> {
  return (await decided(observer, playbook, first)).plan;
}

async function decided(observer: Observer, playbook: Playbook, first: Snapshot): Promise<{ readonly plan: Plan; readonly snapshot: Snapshot }> {
  let snapshot = first;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { files, ranges, folders, hosted } = wanted(playbook, snapshot);
    if (files.length === 0 && ranges.length === 0 && hosted === null) return { plan: decide(playbook, snapshot), snapshot };
    snapshot = await observer.answer(snapshot, { files, ranges, folders, hosted });
  }
  throw new Error("Bug: the decision still wants more after it was answered; an observer left a question open.");
}
