// Action -> GitHub: one exhaustive switch. Each action expects to find what the decision saw, is safe to repeat, and
// sends no request twice: on an ambiguous answer the whole reconcile reads again. Neighbours that write by mutations alone
// travel in one document, in their order; what GitHub refuses of one of them holds back none of the others.
import { Refused } from "../model/errors.ts";
import type { Action } from "../model/plan.ts";
import { startWorkflow } from "./start-workflow.ts";
import { rerunWorkflow } from "./rerun-workflow.ts";
import { keepReleaseNotes } from "./keep-release-notes.ts";
import { moveTag } from "./move-tag.ts";
import { keepCompanion } from "./keep-companion.ts";
import { openMilestone } from "./open-milestone.ts";
import { closeMilestone } from "./close-milestone.ts";
import { openRetrospective } from "./open-retrospective.ts";
import { tellContained } from "./tell-contained.ts";
import { keepStep } from "./keep-step.ts";
import { closeCompanion } from "./close-companion.ts";
import { answerRequest } from "./answer-request.ts";
import { closeDesk } from "./close-desk.ts";
import { closeReleasePullRequest } from "./close-release-pull-request.ts";
import { deferIssue } from "./defer-issue.ts";
import { keepDesk } from "./keep-desk.ts";
import { keepReleasePullRequest } from "./keep-release-pull-request.ts";
import { keepStatusComment } from "./keep-status-comment.ts";
import { mergeReleasePullRequest } from "./merge-release-pull-request.ts";
import { MUTATIONS_MAX, mutateEach } from "./mutation.ts";
import type { Place } from "./place.ts";
import { publishRelease } from "./publish-release.ts";
import { requestReviews } from "./request-reviews.ts";
import { sayOnCommit } from "./say-on-commit.ts";
import { sayOnContributions } from "./say-on-contributions.ts";
import { NOTHING_LEFT_TO_WRITE, type Writing } from "./writing.ts";

/**
 * @returns for each action, by position, why GitHub refused it; null for what was done
 * @throws Transient, Stale, Parked as the client does
 */
export async function act(actions: readonly Action[], place: Place): Promise<readonly (Refused | null)[]> {
  const outcomes: (Refused | null)[] = [];
  for (const neighbours of sharing(actions)) outcomes.push(...(await perform(neighbours, place)));
  return outcomes;
}

/** Done by requests of their own, one after the other. */
const ALONE: ReadonlySet<Action["kind"]> = new Set([
  "publish-release",
  "merge-release-pull-request",
  "defer-issue",
  "start-workflow",
  "rerun-workflow",
  "keep-release-notes",
  "move-tag",
  "keep-companion",
  "open-milestone",
  "close-milestone",
  "open-retrospective",
  "tell-contained",
]);

/** A release pull request takes GitHub long enough: no two of them share a document. */
function sharing(actions: readonly Action[]): Action[][] {
  const shared: Action[][] = [];
  let isOver = true;
  for (const action of actions) {
    const isAlone = ALONE.has(action.kind);
    if (isOver || isAlone || action.kind === "keep-release-pull-request") shared.push([action]);
    else shared.at(-1)?.push(action);
    isOver = isAlone;
  }
  return shared;
}

async function perform(actions: readonly Action[], place: Place): Promise<readonly (Refused | null)[]> {
  const prepared: (Refused | Writing)[] = [];
  for (const action of actions) prepared.push(await unlessRefused(prepare(action, place)));
  const outcomes = new Map<Writing, Refused | null>();
  for (const document of documentsOf(prepared.filter((one): one is Writing => !(one instanceof Refused)))) {
    for (const [one, outcome] of await send(document, place)) outcomes.set(one, outcome);
  }
  return prepared.map((one) => (one instanceof Refused ? one : (outcomes.get(one) ?? null)));
}

function documentsOf(writings: readonly Writing[]): Writing[][] {
  const documents: Writing[][] = [];
  let size = MUTATIONS_MAX;
  for (const one of writings) {
    const count = one.mutations.length;
    const last = documents.at(-1);
    if (last === undefined || size + count > MUTATIONS_MAX) {
      documents.push([one]);
      size = count;
    } else {
      last.push(one);
      size += count;
    }
  }
  return documents;
}

/** A document that is refused as a whole has done nothing, so what it held may be tried alone. */
async function send(writings: readonly Writing[], place: Place): Promise<readonly (readonly [Writing, Refused | null])[]> {
  const answers = await unlessRefused(
    mutateEach(
      place.github,
      writings.flatMap(({ mutations }) => mutations),
    ),
  );
  const [only, ...others] = writings;
  if (answers instanceof Refused) {
    if (only === undefined || others.length === 0) return writings.map((one) => [one, answers] as const);
    const alone: (readonly [Writing, Refused | null])[] = [];
    for (const one of writings) alone.push(...(await send([one], place)));
    return alone;
  }
  const outcomes: (readonly [Writing, Refused | null])[] = [];
  let from = 0;
  for (const one of writings) {
    const own = answers.slice(from, (from += one.mutations.length));
    outcomes.push([one, await finish(one, own)]);
  }
  return outcomes;
}

async function finish({ answered }: Writing, answers: Awaited<ReturnType<typeof mutateEach>>): Promise<Refused | null> {
  const refused = answers.find((one) => one instanceof Refused);
  if (refused !== undefined) return refused;
  const outcome = await unlessRefused(answered(answers.map((one) => (one instanceof Refused ? null : one.answer))));
  return outcome instanceof Refused ? outcome : null;
}

async function unlessRefused<Result>(promise: Promise<Result>): Promise<Result | Refused> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

/** Does what takes requests of its own, and hands over what can share a document. */
async function prepare(action: Action, place: Place): Promise<Writing> {
  switch (action.kind) {
    case "keep-release-pull-request":
      return await keepReleasePullRequest(action, place);
    case "close-release-pull-request":
      return closeReleasePullRequest(action);
    case "publish-release":
      await publishRelease(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "say-on-commit":
      return sayOnCommit(action, place);
    case "say-on-contributions":
      return sayOnContributions(action, place);
    case "keep-status-comment":
      return keepStatusComment(action);
    case "keep-desk":
      return keepDesk(action, place);
    case "close-desk":
      return closeDesk(action);
    case "merge-release-pull-request":
      await mergeReleasePullRequest(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "answer-request":
      return answerRequest(action);
    case "defer-issue":
      await deferIssue(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "request-reviews":
      await requestReviews(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "start-workflow":
      await startWorkflow(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "rerun-workflow":
      await rerunWorkflow(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "keep-release-notes":
      await keepReleaseNotes(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "move-tag":
      await moveTag(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "keep-companion":
      await keepCompanion(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "open-milestone":
      await openMilestone(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "close-milestone":
      await closeMilestone(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "open-retrospective":
      await openRetrospective(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "tell-contained":
      await tellContained(action, place);
      return NOTHING_LEFT_TO_WRITE;
    case "keep-step":
      return keepStep(action, place);
    case "close-companion":
      return closeCompanion(action);
  }
}
