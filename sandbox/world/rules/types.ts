// Rules of branches and tags, as rulesets and as the older branch protection: what may not be done, and by whom all the same.

/** What a ruleset refuses of a reference by itself. */
export const REF_RULES = ["creation", "update", "deletion", "non_fast_forward", "required_signatures", "required_linear_history"] as const;
export type RefRule = (typeof REF_RULES)[number];

/** Who is spared: an app, a person or a team by its id, people by their role, or the owners of the organization. */
export type Bypass = {
  readonly who:
    | { readonly is: "app"; readonly id: number }
    | { readonly is: "role"; readonly role: "maintain" | "write" | "admin" }
    | { readonly is: "person"; readonly id: number }
    | { readonly is: "team"; readonly id: number }
    | { readonly is: "owners" };
  /** Always, or only when merging a pull request. */
  readonly when: "always" | "pull request";
};
/** A check run's name or a status's context; null takes it from anybody. */
export type RequiredCheck = { readonly name: string; readonly appId: number | null };
export type PullRequestRule = {
  readonly approvals: number;
  readonly dismissesStale: boolean;
  readonly needsCodeOwners: boolean;
  readonly needsLastPushApproval: boolean;
};
/** Entries are built one after the other, each on top of those before it. */
type QueueRule = { readonly method: "merge" | "squash" | "rebase"; readonly checksWithinMinutes: number };

export type Rules = {
  readonly refuses: readonly RefRule[];
  /** Empty: none are required. */
  readonly checks: readonly RequiredCheck[];
  readonly pullRequest: PullRequestRule | null;
  readonly queue: QueueRule | null;
};
export type Ruleset = {
  readonly id: number;
  readonly name: string;
  readonly by: "ruleset" | "protection";
  readonly target: "branch" | "tag";
  /** Full names with `*` and `**`, `~ALL`, or `~DEFAULT_BRANCH`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly isActive: boolean;
  readonly bypass: readonly Bypass[];
  readonly rules: Rules;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
};
