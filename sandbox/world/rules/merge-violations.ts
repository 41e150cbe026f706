// What stands between a pull request and its merge, in GitHub's words: the queue, checks, reviews, code owners.
import { codeOwners, isBy, type Owner } from "../code-owners.ts";
import { opinions } from "../opinions.ts";
import type { Actor, Issue, Pull, Repository, Review, World } from "../types.ts";
import { bindingRulesets, rulesetsOn } from "./binding.ts";
import { unmetChecks } from "./required-checks.ts";
import type { PullRequestRule } from "./types.ts";

const nameOf = (owner: Owner): string => ("slug" in owner ? `${owner.organization.login}/${owner.slug}` : owner.login);
const ownersMissing = async (world: World, repository: Repository, issue: Issue, pull: Pull, approvals: readonly Review[]): Promise<string[]> => {
  const groups = await codeOwners(world, repository, issue, pull);
  const missing = groups.filter((owners) => !owners.some((owner) => approvals.some(isBy(owner))));
  return missing.length === 0 ? [] : [`Waiting on code owner review from ${[...new Set(missing.flat().map(nameOf))].join(" and/or ")}.`];
};

const unreviewed = async (world: World, repository: Repository, issue: Issue, pull: Pull, rule: PullRequestRule): Promise<string[]> => {
  const given = opinions(repository, pull, true);
  const approvals = given.filter(({ state }) => state === "APPROVED");
  const refusals = given.filter(({ state }) => state === "CHANGES_REQUESTED");
  const isFew = approvals.length < rule.approvals;
  const needed = `At least ${String(rule.approvals)} approving review${rule.approvals === 1 ? " is" : "s are"} required by reviewers with write access.`;
  const isUnseen = rule.needsLastPushApproval && !approvals.some(({ sha, author }) => sha === pull.headSha && author !== pull.lastPusher);
  return [
    ...(isFew ? [needed] : []),
    ...(refusals.length > 0 && rule.approvals > 0 ? [`${String(refusals.length)} review requesting changes by reviewers with write access.`] : []),
    ...(rule.needsCodeOwners ? await ownersMissing(world, repository, issue, pull, approvals) : []),
    ...(isUnseen ? ["New changes require approval from someone other than the last pusher."] : []),
  ];
};

/**
 * Why it may not be merged; null when nothing is in the way.
 * @param actor null: anybody, whom nothing spares
 * @param way "queue": into the queue that a direct merge would go past
 */
export const mergeRefusal = async (
  world: World,
  actor: Actor | null,
  repository: Repository,
  issue: Issue,
  pull: Pull,
  way: "direct" | "queue" = "direct",
): Promise<string | null> => {
  for (const { by, rules } of bindingRulesets(world, actor, repository, `refs/heads/${pull.base}`, "merge")) {
    const messages = [
      ...(rules.queue !== null && way === "direct" ? ["Changes must be made through the merge queue"] : []),
      ...unmetChecks(world, repository, pull.headSha, rules.checks),
      ...(rules.pullRequest === null ? [] : await unreviewed(world, repository, issue, pull, rules.pullRequest)),
    ];
    if (messages.length > 0) return by === "ruleset" ? ruleViolations(messages) : messages.join(" ");
  }
  return null;
};

/** As every API says it of a ruleset. */
export const ruleViolations = (messages: readonly string[]): string => `Repository rule violations found\n\n${messages.join("\n")}`;

const pullRequestRules = (repository: Repository, { base }: Pull): PullRequestRule[] =>
  rulesetsOn(repository, `refs/heads/${base}`).flatMap(({ rules }) => (rules.pullRequest === null ? [] : [rules.pullRequest]));

export const dismissesStale = (repository: Repository, pull: Pull): boolean => pullRequestRules(repository, pull).some((rule) => rule.dismissesStale);

/** What the reviews come to; null where none is required and none was given. */
export const reviewDecision = (repository: Repository, pull: Pull): "CHANGES_REQUESTED" | "APPROVED" | "REVIEW_REQUIRED" | null => {
  const given = opinions(repository, pull, true);
  const needed = Math.max(0, ...pullRequestRules(repository, pull).map(({ approvals }) => approvals));
  if (given.some(({ state }) => state === "CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
  if (given.length < needed) return "REVIEW_REQUIRED";
  return given.length > 0 ? "APPROVED" : null;
};
