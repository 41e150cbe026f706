// Rulesets, the rules of a branch, and the older protection of one.
import { unlistedNodeId } from "../../world/node-id.ts";
import type { Bypass, Rules, Ruleset } from "../../world/rules/types.ts";
import type { Repository, World } from "../../world/types.ts";
import { apiOfRepository, encodedPath, fullNameOf, pageOfRepository } from "./links.ts";
import { moment } from "./moment.ts";

/** GitHub's own numbers of the roles. */
export const ROLE_IDS = { maintain: 2, write: 4, admin: 5 } as const;
const ACTOR_TYPES = { app: "Integration", person: "User", role: "RepositoryRole", team: "Team", owners: "OrganizationAdmin" } as const;

const bypassShape = ({ who, when }: Bypass) => ({
  actor_id: who.is === "role" ? ROLE_IDS[who.role] : who.is === "owners" ? 1 : who.id,
  actor_type: ACTOR_TYPES[who.is],
  bypass_mode: when === "always" ? "always" : "pull_request",
});

/** Each rule with its parameters, in the order of the documentation. */
const ruleShapes = ({ refuses, checks, pullRequest, queue }: Rules) => [
  ...refuses.map((type) => (type === "update" ? { type, parameters: { update_allows_fetch_and_merge: false } } : { type })),
  ...(queue === null
    ? []
    : [
        {
          type: "merge_queue",
          parameters: {
            check_response_timeout_minutes: queue.checksWithinMinutes,
            grouping_strategy: "ALLGREEN",
            max_entries_to_build: 1,
            max_entries_to_merge: 1,
            merge_method: queue.method.toUpperCase(),
            min_entries_to_merge: 1,
            min_entries_to_merge_wait_minutes: 0,
          },
        },
      ]),
  ...(pullRequest === null
    ? []
    : [
        {
          type: "pull_request",
          parameters: {
            required_approving_review_count: pullRequest.approvals,
            dismiss_stale_reviews_on_push: pullRequest.dismissesStale,
            require_code_owner_review: pullRequest.needsCodeOwners,
            require_last_push_approval: pullRequest.needsLastPushApproval,
            required_review_thread_resolution: false,
            allowed_merge_methods: ["merge", "squash", "rebase"],
          },
        },
      ]),
  ...(checks.length === 0
    ? []
    : [
        {
          type: "required_status_checks",
          parameters: {
            strict_required_status_checks_policy: false,
            do_not_enforce_on_create: false,
            required_status_checks: checks.map(({ name, appId }) => ({ context: name, ...(appId === null ? {} : { integration_id: appId }) })),
          },
        },
      ]),
];

export const shortRulesetShape = (world: World, repository: Repository, ruleset: Ruleset) => {
  const { id, name, target, isActive, createdAt, updatedAt } = ruleset;
  return {
    id,
    name,
    target,
    source_type: "Repository",
    source: fullNameOf(repository),
    enforcement: isActive ? "active" : "disabled",
    node_id: unlistedNodeId("RRS", id),
    _links: {
      self: { href: `${apiOfRepository(world, repository)}/rulesets/${String(id)}` },
      html: { href: `${pageOfRepository(world, repository)}/rules/${String(id)}` },
    },
    created_at: moment(createdAt),
    updated_at: moment(updatedAt),
  };
};

/** Who is spared is told only to who administers. */
export const rulesetShape = (world: World, repository: Repository, ruleset: Ruleset, mayAdminister: boolean) => ({
  ...shortRulesetShape(world, repository, ruleset),
  ...(mayAdminister ? { bypass_actors: ruleset.bypass.map(bypassShape) } : {}),
  conditions: { ref_name: { include: ruleset.include, exclude: ruleset.exclude } },
  rules: ruleShapes(ruleset.rules),
});

export const branchRuleShapes = (repository: Repository, ruleset: Ruleset) =>
  ruleShapes(ruleset.rules).map((rule) => ({
    ...rule,
    ruleset_source_type: "Repository",
    ruleset_source: fullNameOf(repository),
    ruleset_id: ruleset.id,
  }));

export const protectionOf = ({ rulesets }: Repository, branch: string): Ruleset | null =>
  rulesets.find(({ by, name }) => by === "protection" && name === branch) ?? null;

const checkShapes = ({ checks }: Rules) => ({
  contexts: checks.map(({ name }) => name),
  checks: checks.map(({ name, appId }) => ({ context: name, app_id: appId })),
});

/** As a branch shows it to everybody, by the older branch protection only: rulesets have their own address. */
export const branchProtectionShape = (repository: Repository, branch: string) => {
  const protection = protectionOf(repository, branch);
  const rules = protection?.rules ?? { checks: [], refuses: [], pullRequest: null, queue: null };
  const isOn = rules.checks.length > 0;
  return {
    enabled: protection !== null,
    required_status_checks: { enforcement_level: isOn ? (isForAdmins(protection) ? "everyone" : "non_admins") : "off", ...checkShapes(rules) },
  };
};

const isForAdmins = (protection: Ruleset | null): boolean => protection?.bypass.every(({ who }) => who.is !== "role") ?? false;

/** As who administers sees it. */
export const fullProtectionShape = (world: World, repository: Repository, branch: string, protection: Ruleset) => {
  const url = `${apiOfRepository(world, repository)}/branches/${encodedPath(branch)}/protection`;
  const { rules } = protection;
  const { refuses, pullRequest } = rules;
  return {
    url,
    ...(rules.checks.length === 0
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: false,
            contexts_url: `${url}/required_status_checks/contexts`,
            ...checkShapes(rules),
          },
        }),
    ...(pullRequest === null
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: pullRequest.dismissesStale,
            require_code_owner_reviews: pullRequest.needsCodeOwners,
            require_last_push_approval: pullRequest.needsLastPushApproval,
            required_approving_review_count: pullRequest.approvals,
          },
        }),
    required_signatures: { url: `${url}/required_signatures`, enabled: refuses.includes("required_signatures") },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: isForAdmins(protection) },
    required_linear_history: { enabled: refuses.includes("required_linear_history") },
    allow_force_pushes: { enabled: !refuses.includes("non_fast_forward") },
    allow_deletions: { enabled: !refuses.includes("deletion") },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: refuses.includes("update") },
    allow_fork_syncing: { enabled: false },
  };
};
