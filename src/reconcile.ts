// Read this first: observe, decide, act. Nothing is kept between two runs: everything is read again, so a lost, doubled or
// late event costs time and never correctness. Observing is a short conversation, because what has to be read depends on
// what was read (the tags decide which commits are unreleased): ask until nothing more is wanted, then decide once.
import { assertPlanIsSafe } from "./decide/assert-safe.ts";
import type { ReadPlaybook } from "./decide/contributions/index.ts";
import { decide } from "./decide/decide.ts";
import { complaintsFor } from "./decide/lines/complaints.ts";
import { wanted } from "./decide/wanted.ts";
import { Parked, Refused } from "./model/errors.ts";
import type { Action, Plan } from "./model/plan.ts";
import type { Playbook } from "./model/playbook.ts";
import type { Problem, Result } from "./model/problem.ts";
import type { Hosted, Sha, Snapshot, Wanted } from "./model/snapshot.ts";
import type { EpochMs } from "./model/time.ts";

/** The world as it is read: complete answers or a thrown error, never a partial one. */
export type Observer = {
  /** Head, tags and tree; of a hosted repository also its playbook and its open release pull requests. No range yet. */
  readonly first: () => Promise<Snapshot>;
  /** The same moment with what was wanted added to it. */
  readonly answer: (snapshot: Snapshot, wanted: Wanted) => Promise<Snapshot>;
};

export type HostedObserver = Observer & {
  /** Where to say that the rest may not be read. */
  readonly bareHead: () => Promise<Place>;
};

/** What of a snapshot has to be known to say something on its head. */
type Place = { readonly head: { readonly sha: Sha }; readonly hosted: Pick<Hosted, "id" | "app" | "headChecks"> | null };

/** One hosted repository, to be read and written. */
export type World = HostedObserver & {
  /** The playbook in force, from the default branch; null when there is none: then the repository is left alone. */
  readonly playbook: (first: Snapshot) => Result<Playbook> | null;
  /** The newest earlier one on the default branch that can be followed, and the commit that wrote it; null when there is none. */
  readonly lastGoodPlaybook: () => Promise<{ readonly playbook: Playbook; readonly sha: Sha } | null>;
  /** For what people's pull requests make of the playbook. */
  readonly readPlaybook: ReadPlaybook;
  /** Makes actions so, in their order. Safe to repeat; refuses a stale view. Why GitHub refused one, by position; null for what was done. */
  readonly act: (actions: readonly Action[], place: Place) => Promise<readonly (Refused | null)[]>;
  readonly log: (plan: Plan) => void;
};

/**
 * Looks at a repository, decides what should be, and makes it so.
 * @returns when to look again without an event; null for only when something changes
 * @throws Transient, Stale and Parked of observing and acting: nothing is decided on a failed read
 */
export async function reconcile(world: World): Promise<EpochMs | null> {
  let seen: Place | null = null;
  try {
    const first = await world.first();
    seen = first;
    return await reconcileFrom(first, world);
  } catch (error) {
    if (!(error instanceof Refused) || !error.isForPermission) throw error;
    const place = seen ?? (await world.bareHead().catch(nowhereToSay));
    await performAll(complaintsFor(place, "GitHub refuses what has to be read", [refusal(error, READING)]), place, world);
    return null;
  }
}

/** The app does not hear of its own deeds; of these something follows. */
const FOLLOWED: ReadonlySet<Action["kind"]> = new Set([
  "publish-release",
  "keep-release-pull-request",
  "merge-release-pull-request",
  "move-tag",
  "say-on-contributions",
  "keep-companion",
]);

async function reconcileFrom(first: Snapshot, world: World): Promise<EpochMs | null> {
  const playbook = await playbookInForce(first, world);
  if (playbook === null) return null;
  const { plan, snapshot } = await decided(world, playbook, first, world.readPlaybook);
  world.log(plan);
  assertPlanIsSafe(plan, snapshot);
  const done = await performAll(plan.actions, snapshot, world);
  // What was done may ask for another look at once. What was refused would ask for ever.
  const isAtOnce = plan.wakeAt !== null && plan.wakeAt <= plan.takenAt;
  return isAtOnce && done.every(({ kind }) => !FOLLOWED.has(kind)) ? null : plan.wakeAt;
}

/** The one on the default branch; one that can't be followed is complained about there, and the last good one goes on ruling. */
async function playbookInForce(first: Snapshot, world: World): Promise<Playbook | null> {
  const read = world.playbook(first);
  if (read === null) return null;
  if (read.ok) return read.value;
  const good = await world.lastGoodPlaybook();
  const ruling = good === null ? "nothing is released" : `the one of ${good.sha.slice(0, 7)} goes on ruling`;
  await performAll(complaintsFor(first, `the playbook can't be followed, ${ruling}`, read.problems), first, world);
  return good?.playbook ?? null;
}

const WITHOUT_DESK = "or do without a desk: `release.desk: false`";

/**
 * What a permission or a rule forbids is said where a maintainer sees it; the other actions do not wait for it.
 * @returns what was done
 */
async function performAll(actions: readonly Action[], place: Place, world: World): Promise<readonly Action[]> {
  const outcomes = await world.act(actions, place);
  const refusals = actions.flatMap((action, index): Problem[] => {
    const error = outcomes[index] ?? null;
    if (error === null) return [];
    if (action.kind === "say-on-commit") nowhereToSay(error);
    return [refusal(error, undertaking(action))];
  });
  if (refusals.length > 0) await performAll(complaintsFor(place, "GitHub refuses what the next release needs", refusals), place, world);
  return actions.filter((_, index) => (outcomes[index] ?? null) === null);
}

function nowhereToSay(error: unknown): never {
  if (!(error instanceof Refused)) throw error;
  throw new Parked(`there is nowhere to say it: ${error.message}`, { cause: error });
}

/** What is being done, and what of the installation it takes: for the remedy when GitHub does not name it. */
type Undertaking = { readonly doing: string; readonly needs: string; /** How to do without. */ readonly otherwise?: string };

const READING: Undertaking = { doing: "reading the repository", needs: "contents: read, pull requests: read and checks: read" };

function undertaking(action: Action): Undertaking {
  switch (action.kind) {
    case "keep-release-pull-request":
      return { doing: "the release pull request", needs: "contents: write, pull requests: write and checks: write" };
    case "close-release-pull-request":
      return { doing: `closing #${String(action.pullRequest.number)}`, needs: "pull requests: write" };
    case "publish-release":
      return { doing: `releasing ${action.component} ${action.version}`, needs: "contents: write and checks: write" };
    case "merge-release-pull-request":
      return { doing: `merging #${String(action.pullRequest.number)}`, needs: "contents: write and pull requests: write" };
    case "answer-request":
      return { doing: "answering a command", needs: "pull requests: write and issues: write" };
    case "keep-status-comment":
      return { doing: `the status comment on #${String(action.pullRequest.number)}`, needs: "pull requests: write" };
    case "keep-desk":
      return { doing: "the release desk", needs: "issues: write", otherwise: WITHOUT_DESK };
    case "close-desk":
      return { doing: `closing the second desk #${String(action.number)}`, needs: "issues: write" };
    case "defer-issue":
      return { doing: `moving #${String(action.issue)} to the milestone ${action.milestone.title}`, needs: "issues: write" };
    case "request-reviews":
      return { doing: `asking for reviews of #${String(action.pullRequest)}`, needs: "pull requests: write" };
    case "say-on-contributions":
      return { doing: "saying on pull requests what they would release", needs: "checks: write" };
    case "say-on-commit":
      return { doing: "saying so on a commit", needs: "checks: write" };
    case "keep-step":
      return { doing: `keeping ${action.name}`, needs: "checks: write" };
    case "start-workflow":
    case "rerun-workflow":
      return { doing: `starting ${action.step}`, needs: "actions: write and contents: write" };
    case "keep-release-notes":
      return { doing: `the notes of ${action.tag}`, needs: "contents: write" };
    case "move-tag":
      return { doing: `moving the tag ${action.tag}`, needs: "contents: write" };
    case "keep-companion":
    case "close-companion":
      return { doing: `the pull request in ${action.repository}`, needs: "contents: write and pull requests: write there" };
    case "open-milestone":
    case "close-milestone":
      return { doing: "the release's milestone", needs: "issues: write" };
    case "open-retrospective":
      return { doing: `the retrospective of ${action.tag}`, needs: "issues: write" };
    case "tell-contained":
      return { doing: `saying what ${action.tag} contains`, needs: "pull requests: write and issues: write" };
  }
}

/** The words are the same at each look, so that they are said once: GitHub's own depend on what was asked along with it. */
function refusal({ reason, permission, isForPermission }: Refused, { doing, needs, otherwise = "" }: Undertaking): Problem {
  return {
    severity: "error",
    message: isForPermission ? `${doing} takes a permission that the app does not have` : `${doing}: ${reason}`,
    path: null,
    line: null,
    column: null,
    hint: isForPermission
      ? `give the app ${permission ?? needs} and accept it for this repository${otherwise === "" ? "" : `, ${otherwise}`}`
      : "see what the repository's rules allow the app",
  };
}

/** Rounds of questions a decision may need, from manifests that name components to the branch of a proposal. */
const ROUNDS_MAX = 12;

/**
 * What should be, for one playbook and one moment. Reads, writes nothing.
 * @throws whatever the observer throws: nothing is decided on a failed read
 */
export async function propose(observer: Observer, playbook: Playbook, first: Snapshot): Promise<Plan> {
  return (await decided(observer, playbook, first, null)).plan;
}

async function decided(
  observer: Observer,
  playbook: Playbook,
  first: Snapshot,
  readPlaybook: ReadPlaybook | null,
): Promise<{ readonly plan: Plan; readonly snapshot: Snapshot }> {
  let snapshot = first;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { files, ranges, folders, hosted } = wanted(playbook, snapshot);
    if (files.length === 0 && ranges.length === 0 && hosted === null) return { plan: decide(playbook, snapshot, readPlaybook), snapshot };
    snapshot = await observer.answer(snapshot, { files, ranges, folders, hosted });
  }
  throw new Error("Bug: the decision still wants more after it was answered; an observer left a question open.");
}
