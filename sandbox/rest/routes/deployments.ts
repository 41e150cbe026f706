// Deployments and their statuses.
import { type Deployment, DEPLOYMENT_STATES } from "../../world/types.ts";
import { z } from "zod";
import { need } from "../../world/access.ts";
import { type Answer, answer, created, found, noContent, numberOf, ok, read, type RepositoryCall, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { deploymentShape, deploymentStatusShape } from "../shapes/deployment.ts";

const READ = need("deployments", "read");
const WRITE = need("deployments", "write");

const newDeployment = z.object({
  ref: z.string(),
  task: z.string().default("deploy"),
  auto_merge: z.boolean().default(true),
  required_contexts: z.array(z.string()).nullish(),
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).default(""),
  environment: z.string().default("production"),
  description: z.string().nullish(),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});
const newStatus = z.object({
  state: z.enum(DEPLOYMENT_STATES),
  target_url: z.string().default(""),
  log_url: z.string().default(""),
  description: z.string().default(""),
  environment: z.string().optional(),
  environment_url: z.string().default(""),
  auto_inactive: z.boolean().default(true),
});

const deploymentOf = (call: RepositoryCall): Deployment => found(call.repository.deployments.get(numberOf(call, "id")));

/** Newest first. */
const list = (call: RepositoryCall): Promise<Answer> => {
  const { query, repository, world } = call;
  const fits = (name: string, value: string): boolean => !query.has(name) || query.get(name) === value;
  const deployments = [...repository.deployments.values()].filter(
    ({ sha, ref, task, environment }) => fits("sha", sha) && fits("ref", ref) && fits("task", task) && fits("environment", environment),
  );
  return paged(call, deployments.toReversed(), (one) => deploymentShape(world, repository, one));
};

const create = async (call: RepositoryCall): Promise<Answer> => {
  const body = read(call, newDeployment);
  const made = await call.operations.createDeployment(writer(call), call.repository, {
    ref: body.ref,
    task: body.task,
    payload: body.payload,
    environment: body.environment,
    description: body.description ?? null,
    autoMerge: body.auto_merge,
    requiredContexts: body.required_contexts ?? null,
    isTransient: body.transient_environment,
    isProduction: body.production_environment ?? body.environment === "production",
  });
  if (made.is === "merged") return answer(202, { message: `Auto-merged ${call.repository.defaultBranch} into ${made.into} on deployment.` });
  return created(deploymentShape(call.world, call.repository, made.deployment));
};

const addStatus = async (call: RepositoryCall): Promise<Answer> => {
  const deployment = deploymentOf(call);
  const body = read(call, newStatus);
  const status = await call.operations.createDeploymentStatus(writer(call), call.repository, deployment, {
    state: body.state,
    description: body.description,
    environment: body.environment ?? deployment.environment,
    environmentUrl: body.environment_url,
    logUrl: body.log_url === "" ? body.target_url : body.log_url,
    endsOlder: body.auto_inactive,
  });
  return created(deploymentStatusShape(call.world, call.repository, deployment, status));
};

export const deploymentRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/deployments", needs: READ, handle: list },
  { method: "POST", template: "/deployments", needs: WRITE, handle: create },
  { method: "GET", template: "/deployments/{id}", needs: READ, handle: (call) => ok(deploymentShape(call.world, call.repository, deploymentOf(call))) },
  {
    method: "DELETE",
    template: "/deployments/{id}",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.deleteDeployment(writer(call), call.repository, deploymentOf(call));
      return noContent();
    },
  },
  {
    method: "GET",
    template: "/deployments/{id}/statuses",
    needs: READ,
    handle: (call) => {
      const deployment = deploymentOf(call);
      return paged(call, deployment.statuses.toReversed(), (status) => deploymentStatusShape(call.world, call.repository, deployment, status));
    },
  },
  { method: "POST", template: "/deployments/{id}/statuses", needs: WRITE, handle: addStatus },
  {
    method: "GET",
    template: "/deployments/{id}/statuses/{status}",
    needs: READ,
    handle: (call) => {
      const deployment = deploymentOf(call);
      const number = numberOf(call, "status");
      return ok(deploymentStatusShape(call.world, call.repository, deployment, found(deployment.statuses.find(({ id }) => id === number))));
    },
  },
];
