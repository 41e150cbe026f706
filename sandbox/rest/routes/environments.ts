// Environments, what they ask before somebody deploys, and the runs that wait for them.
import { z } from "zod";
import { waitsFor } from "../../actions/environments.ts";
import { need } from "../../world/access.ts";
import { ApiError, type Environment, type Team, type User, type WorkflowRun } from "../../world/types.ts";
import { type Answer, found, given, noContent, numberOf, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { branchPolicyShape, deploymentReviewShape, deploymentShape, environmentShape, pendingDeploymentShape } from "../shapes/deployment.ts";

const ACTIONS = need("actions", "read");
const WRITE = need("administration", "write", "admin");
const REVIEW = need("deployments", "write", "read");

const environmentBody = z.object({
  wait_timer: z.int().min(0).optional(),
  prevent_self_review: z.boolean().optional(),
  reviewers: z.array(z.object({ type: z.enum(["User", "Team"]), id: z.int() })).nullish(),
  deployment_branch_policy: z.object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() }).nullish(),
});
const branchPolicyBody = z.object({ name: z.string().min(1), type: z.enum(["branch", "tag"]).default("branch") });
const reviewBody = z.object({ environment_ids: z.array(z.int()), state: z.enum(["approved", "rejected"]), comment: z.string() });

const environmentOf = (call: RepositoryCall): Environment => found(call.repository.environments.get(textOf(call, "environment").toLowerCase()));
const runOf = (call: RepositoryCall): WorkflowRun => found(call.repository.actions.runs.get(numberOf(call, "id")));

/** @throws ApiError 422 for nobody's number */
const reviewerOf = ({ world }: RepositoryCall, { type, id }: { readonly type: "User" | "Team"; readonly id: number }): User | Team => {
  const known: readonly (User | Team)[] = [...(type === "Team" ? world.teams : world.users).values()];
  const reviewer = known.find((one) => one.id === id);
  if (reviewer === undefined) throw new ApiError(422, "Validation Failed", [{ resource: "Environment", field: "reviewers", code: "invalid" }]);
  return reviewer;
};

/** Both kinds of policy, or neither, are refused. */
const branchesOf = (policy: z.output<typeof environmentBody>["deployment_branch_policy"]): Environment["branches"] | undefined => {
  if (policy === undefined) return undefined;
  if (policy === null) return "all";
  if (policy.protected_branches === policy.custom_branch_policies)
    throw new ApiError(422, "protected_branches and custom_branch_policies cannot have the same value");
  return policy.protected_branches ? "protected" : [];
};

const keep = async (call: RepositoryCall): Promise<Answer> => {
  const body = read(call, environmentBody);
  const reviewers = body.reviewers === undefined ? undefined : (body.reviewers ?? []).map((one) => reviewerOf(call, one));
  const fields = given({
    waitMinutes: body.wait_timer,
    preventsSelfReview: body.prevent_self_review,
    reviewers,
    branches: branchesOf(body.deployment_branch_policy),
  });
  const environment = await call.operations.keepEnvironment(writer(call), call.repository, textOf(call, "environment"), fields);
  return ok(environmentShape(call.world, call.repository, environment));
};

const policiesOf = ({ branches }: Environment): Exclude<Environment["branches"], string> => (typeof branches === "string" ? [] : branches);

const addPolicy = async (call: RepositoryCall): Promise<Answer> => {
  const environment = environmentOf(call);
  const { name, type } = read(call, branchPolicyBody);
  if (typeof environment.branches === "string") throw new ApiError(404, "Not Found");
  const policy = { id: call.world.nextId(), pattern: name, type };
  await call.operations.keepEnvironment(writer(call), call.repository, environment.name, { branches: [...environment.branches, policy] });
  return ok(branchPolicyShape(policy));
};

const removePolicy = async (call: RepositoryCall): Promise<Answer> => {
  const environment = environmentOf(call);
  const number = numberOf(call, "policy");
  found(policiesOf(environment).find(({ id }) => id === number));
  const branches = policiesOf(environment).filter(({ id }) => id !== number);
  await call.operations.keepEnvironment(writer(call), call.repository, environment.name, { branches });
  return noContent();
};

const review = async (call: RepositoryCall): Promise<Answer> => {
  const { environment_ids: ids, state, comment } = read(call, reviewBody);
  const environments = [...call.repository.environments.values()].filter(({ id }) => ids.includes(id));
  const deployments = await call.operations.reviewDeployments(writer(call), call.repository, runOf(call), { environments, state, comment });
  return ok(deployments.map((deployment) => deploymentShape(call.world, call.repository, deployment)));
};

export const environmentRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/environments",
    needs: ACTIONS,
    handle: (call) =>
      paged(
        call,
        [...call.repository.environments.values()],
        (one) => environmentShape(call.world, call.repository, one),
        (page, total) => ({ total_count: total, environments: page }),
      ),
  },
  {
    method: "GET",
    template: "/environments/{environment}",
    needs: ACTIONS,
    handle: (call) => ok(environmentShape(call.world, call.repository, environmentOf(call))),
  },
  { method: "PUT", template: "/environments/{environment}", needs: WRITE, handle: keep },
  {
    method: "DELETE",
    template: "/environments/{environment}",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.deleteEnvironment(writer(call), call.repository, environmentOf(call));
      return noContent();
    },
  },
  {
    method: "GET",
    template: "/environments/{environment}/deployment-branch-policies",
    needs: ACTIONS,
    handle: (call) => paged(call, policiesOf(environmentOf(call)), branchPolicyShape, (page, total) => ({ total_count: total, branch_policies: page })),
  },
  { method: "POST", template: "/environments/{environment}/deployment-branch-policies", needs: WRITE, handle: addPolicy },
  { method: "DELETE", template: "/environments/{environment}/deployment-branch-policies/{policy}", needs: WRITE, handle: removePolicy },
  {
    method: "GET",
    template: "/actions/runs/{id}/pending_deployments",
    needs: ACTIONS,
    handle: (call) => {
      const { world, repository, actor } = call;
      const run = runOf(call);
      const asker = actor?.is === "user" ? actor.user : null;
      return ok(waitsFor(repository, run).map((environment) => pendingDeploymentShape(world, repository, run, environment, asker)));
    },
  },
  { method: "POST", template: "/actions/runs/{id}/pending_deployments", needs: REVIEW, handle: review },
  {
    method: "GET",
    template: "/actions/runs/{id}/approvals",
    needs: ACTIONS,
    handle: (call) => ok(runOf(call).reviews.map((one) => deploymentReviewShape(call.world, call.repository, one))),
  },
];
