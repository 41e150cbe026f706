// The older protection of one branch. It forbids to force and to delete unless it says that one may, and spares
// administrators unless it says that it does not.
import { z } from "zod";
import { need } from "../../world/access.ts";
import type { RefRule, Ruleset } from "../../world/rules/types.ts";
import { ApiError } from "../../world/types.ts";
import { found, noContent, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import type { RepositoryRoute } from "../routes.ts";
import { fullProtectionShape, protectionOf } from "../shapes/ruleset.ts";

const READ = need("administration", "read", "admin");
const WRITE = need("administration", "write", "admin");
const ANY_APP = -1;

const protectionBody = z.object({
  required_status_checks: z
    .object({
      contexts: z.array(z.string()).default([]),
      checks: z.array(z.object({ context: z.string(), app_id: z.int().nullish() })).default([]),
    })
    .nullable(),
  enforce_admins: z.boolean().nullable(),
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.int().min(0).max(6).default(1),
      dismiss_stale_reviews: z.boolean().default(false),
      require_code_owner_reviews: z.boolean().default(false),
      require_last_push_approval: z.boolean().default(false),
    })
    .nullable(),
  restrictions: z.null(),
  required_linear_history: z.boolean().default(false),
  allow_force_pushes: z.boolean().nullish(),
  allow_deletions: z.boolean().default(false),
  lock_branch: z.boolean().default(false),
});

const refusesOf = (body: z.output<typeof protectionBody>): RefRule[] => [
  ...(body.allow_force_pushes === true ? [] : ["non_fast_forward" as const]),
  ...(body.allow_deletions ? [] : ["deletion" as const]),
  ...(body.required_linear_history ? ["required_linear_history" as const] : []),
  ...(body.lock_branch ? ["update" as const] : []),
];

const keep = (call: RepositoryCall, branch: string): Promise<Ruleset> => {
  const body = read(call, protectionBody);
  const { checks = [], contexts = [] } = body.required_status_checks ?? {};
  const reviews = body.required_pull_request_reviews;
  return call.operations.keepRuleset(writer(call), call.repository, {
    id: protectionOf(call.repository, branch)?.id ?? null,
    name: branch,
    by: "protection",
    target: "branch",
    include: [`refs/heads/${branch}`],
    exclude: [],
    isActive: true,
    bypass: body.enforce_admins === true ? [] : [{ who: { is: "role", role: "admin" }, when: "always" }],
    rules: {
      refuses: refusesOf(body),
      checks: [
        ...checks.map(({ context, app_id: id }) => ({ name: context, appId: id === ANY_APP ? null : (id ?? null) })),
        ...contexts.filter((name) => !checks.some(({ context }) => context === name)).map((name) => ({ name, appId: null })),
      ],
      pullRequest: reviews && {
        approvals: reviews.required_approving_review_count,
        dismissesStale: reviews.dismiss_stale_reviews,
        needsCodeOwners: reviews.require_code_owner_reviews,
        needsLastPushApproval: reviews.require_last_push_approval,
      },
      queue: null,
    },
  });
};

const protectionAt = ({ repository, parameters }: RepositoryCall): Ruleset => {
  const protection = protectionOf(repository, parameters["branch"] ?? "");
  if (protection === null) throw new ApiError(404, "Branch not protected");
  return protection;
};
const existing = (call: RepositoryCall): string => {
  const branch = textOf(call, "branch");
  found(call.repository.git.refs().get(`refs/heads/${branch}`));
  return branch;
};

export const protectionRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/branches/{+branch}/protection",
    needs: READ,
    handle: (call) => ok(fullProtectionShape(call.world, call.repository, textOf(call, "branch"), protectionAt(call))),
  },
  {
    method: "PUT",
    template: "/branches/{+branch}/protection",
    needs: WRITE,
    handle: async (call) => {
      const branch = existing(call);
      return ok(fullProtectionShape(call.world, call.repository, branch, await keep(call, branch)));
    },
  },
  {
    method: "DELETE",
    template: "/branches/{+branch}/protection",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.deleteRuleset(writer(call), call.repository, protectionAt(call));
      return noContent();
    },
  },
];
