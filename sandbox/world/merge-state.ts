// Whether a pull request can be merged, as GitHub says it: not at once. It computes that in the background when somebody
// asks for the first time, and says so until then (https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request).
import type { GitRepository } from "../git/types.ts";
import { runsOf } from "./checks.ts";
import { baseOf, isMergeable } from "./pull-facts.ts";
import { mergeRefusal } from "./rules/merge-violations.ts";
import { combinedState, currentStatuses } from "./statuses.ts";
import type { Issue, Pull, Repository, World } from "./types.ts";

/** Pairs of base and head for which somebody has asked, and the request that asked first. */
const asked = new WeakMap<GitRepository, Map<string, object>>();

const pairOf = (repository: Repository, issue: Pick<Issue, "state">, pull: Pull): string => `${baseOf(repository, issue, pull)} ${pull.headSha}`;

/** Null to the first request that asks for these two commits, all the way through, and for what is not open. */
export const askMergeable = async (request: object, repository: Repository, issue: Pick<Issue, "state">, pull: Pull): Promise<boolean | null> => {
  const known = await knownMergeable(repository, issue, pull, request);
  if (known !== null || issue.state !== "open") return known;
  const pairs = asked.get(repository.git) ?? new Map<string, object>();
  asked.set(repository.git, pairs);
  const pair = pairOf(repository, issue, pull);
  if (!pairs.has(pair)) pairs.set(pair, request);
  return null;
};

/** As webhooks show it: without asking. */
export const knownMergeable = async (
  repository: Repository,
  issue: Pick<Issue, "state">,
  pull: Pull,
  request: object | null = null,
): Promise<boolean | null> => {
  const first = asked.get(repository.git)?.get(pairOf(repository, issue, pull)) ?? request;
  return issue.state === "open" && first !== request ? isMergeable(repository, issue, pull) : null;
};

const PASSED: ReadonlySet<string | null> = new Set(["success", "neutral", "skipped"]);

/** Nothing failed and nothing is under way, required or not. */
const isQuiet = (repository: Repository, sha: string): boolean => {
  const runs = [...repository.checkSuites.values()].filter(({ headSha }) => headSha === sha).flatMap((suite) => runsOf(repository, suite));
  const statuses = currentStatuses(repository, sha);
  return runs.every(({ conclusion }) => PASSED.has(conclusion)) && (statuses.length === 0 || combinedState(statuses) === "success");
};

export type MergeState = "unknown" | "draft" | "dirty" | "blocked" | "unstable" | "clean";
/** REST's `mergeable_state`; GraphQL writes it in capitals. `mergeable` is what was said of the same pull request. */
export const mergeStateOf = async (world: World, repository: Repository, issue: Issue, mergeable: boolean | null): Promise<MergeState> => {
  const { pull } = issue;
  if (pull === null) throw new Error(`#${issue.number} is no pull request`);
  if (mergeable === null) return "unknown";
  if (!mergeable) return "dirty";
  if (pull.isDraft) return "draft";
  if ((await mergeRefusal(world, null, repository, issue, pull)) !== null) return "blocked";
  return isQuiet(repository, pull.headSha) ? "clean" : "unstable";
};
