// Rulesets of a repository, and the rules that they come to on a branch.
import { z } from "zod";
import { may, need } from "../../world/access.ts";
import { NO_RULES } from "../../world/rules/keep.ts";
import { rulesetsOn } from "../../world/rules/binding.ts";
import { type Bypass, REF_RULES, type Rules, type Ruleset } from "../../world/rules/types.ts";
import { type Answer, created, found, noContent, numberOf, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { branchRuleShapes, ROLE_IDS, rulesetShape, shortRulesetShape } from "../shapes/ruleset.ts";

const METADATA = need("metadata", "read");
const WRITE = need("administration", "write", "admin");

const actor = z.object({
  actor_id: z.int().nullish(),
  actor_type: z.enum(["Integration", "OrganizationAdmin", "RepositoryRole", "Team", "User"]),
  bypass_mode: z.enum(["always", "pull_request"]).default("always"),
});
const pullRequest = z.object({
  type: z.literal("pull_request"),
  parameters: z
    .object({
      required_approving_review_count: z.int().min(0).max(10),
      dismiss_stale_reviews_on_push: z.boolean(),
      require_code_owner_review: z.boolean(),
      require_last_push_approval: z.boolean(),
    })
    .transform((given) => ({
      approvals: given.required_approving_review_count,
      dismissesStale: given.dismiss_stale_reviews_on_push,
      needsCodeOwners: given.require_code_owner_review,
      needsLastPushApproval: given.require_last_push_approval,
    })),
});
const checks = z.object({
  type: z.literal("required_status_checks"),
  parameters: z.object({ required_status_checks: z.array(z.object({ context: z.string(), integration_id: z.int().nullish() })) }),
});
const queue = z.object({
  type: z.literal("merge_queue"),
  parameters: z.object({ merge_method: z.enum(["MERGE", "SQUASH", "REBASE"]), check_response_timeout_minutes: z.int() }),
});
const rule = z.discriminatedUnion("type", [pullRequest, checks, queue, z.object({ type: z.enum(REF_RULES) })]);
const rulesetBody = z.object({
  name: z.string().min(1),
  target: z.enum(["branch", "tag"]).default("branch"),
  enforcement: z.enum(["active", "disabled"]),
  bypass_actors: z.array(actor).default([]),
  conditions: z.object({ ref_name: z.object({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) }) }).nullish(),
  rules: z.array(rule).default([]),
});

const METHODS = { MERGE: "merge", SQUASH: "squash", REBASE: "rebase" } as const;

const withRule = (rules: Rules, one: z.output<typeof rule>): Rules => {
  switch (one.type) {
    case "pull_request":
      return { ...rules, pullRequest: one.parameters };
    case "required_status_checks":
      return { ...rules, checks: one.parameters.required_status_checks.map(({ context, integration_id: id }) => ({ name: context, appId: id ?? null })) };
    case "merge_queue":
      return {
        ...rules,
        queue: { method: METHODS[one.parameters.merge_method], checksWithinMinutes: one.parameters.check_response_timeout_minutes },
      };
    case "creation":
    case "update":
    case "deletion":
    case "non_fast_forward":
    case "required_signatures":
    case "required_linear_history":
      return { ...rules, refuses: [...rules.refuses, one.type] };
  }
};

const bypassOf = ({ actor_id, actor_type, bypass_mode }: z.output<typeof actor>): Bypass => {
  const id = actor_id ?? 0;
  const when = bypass_mode === "always" ? "always" : "pull request";
  if (actor_type === "OrganizationAdmin") return { who: { is: "owners" }, when };
  if (actor_type === "Integration") return { who: { is: "app", id }, when };
  if (actor_type === "User") return { who: { is: "person", id }, when };
  if (actor_type === "Team") return { who: { is: "team", id }, when };
  const role = (["maintain", "write", "admin"] as const).find((name) => ROLE_IDS[name] === id);
  return { who: { is: "role", role: found(role) }, when };
};

const keep = async (call: RepositoryCall, id: number | null): Promise<Ruleset> => {
  const body = read(call, rulesetBody);
  return call.operations.keepRuleset(writer(call), call.repository, {
    id,
    name: body.name,
    by: "ruleset",
    target: body.target,
    include: body.conditions?.ref_name.include ?? [],
    exclude: body.conditions?.ref_name.exclude ?? [],
    isActive: body.enforcement === "active",
    bypass: body.bypass_actors.map(bypassOf),
    rules: body.rules.reduce(withRule, NO_RULES),
  });
};

const all = ({ repository }: RepositoryCall): Ruleset[] => repository.rulesets.filter(({ by }) => by === "ruleset");
const numbered = (call: RepositoryCall): Ruleset => {
  const number = numberOf(call, "id");
  return found(all(call).find(({ id }) => id === number));
};
const shapeOf = (call: RepositoryCall, ruleset: Ruleset) =>
  rulesetShape(call.world, call.repository, ruleset, call.actor !== null && may(call.actor, call.repository, WRITE));

export const rulesetRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/rulesets",
    needs: METADATA,
    handle: (call) => paged(call, all(call), (one) => shortRulesetShape(call.world, call.repository, one)),
  },
  { method: "POST", template: "/rulesets", needs: WRITE, handle: async (call): Promise<Answer> => created(shapeOf(call, await keep(call, null))) },
  { method: "GET", template: "/rulesets/{id}", needs: METADATA, handle: (call) => ok(shapeOf(call, numbered(call))) },
  { method: "PUT", template: "/rulesets/{id}", needs: WRITE, handle: async (call) => ok(shapeOf(call, await keep(call, numbered(call).id))) },
  {
    method: "DELETE",
    template: "/rulesets/{id}",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.deleteRuleset(writer(call), call.repository, numbered(call));
      return noContent();
    },
  },
  {
    // The rules of active rulesets; those of the older branch protection are not among them.
    method: "GET",
    template: "/rules/branches/{+branch}",
    needs: METADATA,
    handle: (call) => {
      const { repository } = call;
      const rulesets = rulesetsOn(repository, `refs/heads/${textOf(call, "branch")}`).filter(({ by }) => by === "ruleset");
      return paged(
        call,
        rulesets.flatMap((one) => branchRuleShapes(repository, one)),
        (one) => one,
      );
    },
  },
];
