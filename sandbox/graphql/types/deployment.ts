// Deployments and their statuses.
import type { DeploymentStatusesArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { dateTime } from "../moments.ts";
import { accountThing, commitThing, refThing, type DeploymentStatusThing, type DeploymentThing } from "../things.ts";

/** A deployment that says success is active until another one ends it. */
const stateOf = ({ deployment }: DeploymentThing): string => {
  const state = deployment.statuses.at(-1)?.state ?? "pending";
  return state === "success" ? "ACTIVE" : state.toUpperCase();
};

export const deploymentFields: Fields<DeploymentThing> = {
  id: ({ deployment }) => nodeId("DE", deployment.id),
  databaseId: ({ deployment }) => deployment.id,
  commit: ({ repository, deployment }) => commitThing(repository, deployment.sha),
  commitOid: ({ deployment }) => deployment.sha,
  createdAt: ({ deployment }) => dateTime(deployment.createdAt),
  updatedAt: ({ deployment }) => dateTime(deployment.updatedAt),
  creator: ({ deployment }) => accountThing(deployment.creator),
  description: ({ deployment }) => deployment.description,
  environment: ({ deployment }) => deployment.environment,
  latestEnvironment: ({ deployment }) => deployment.statuses.at(-1)?.environment ?? deployment.environment,
  originalEnvironment: ({ deployment }) => deployment.environment,
  payload: ({ deployment }) => (typeof deployment.payload === "string" ? deployment.payload : JSON.stringify(deployment.payload)),
  ref: ({ repository, deployment }) => refThing(repository, `refs/heads/${deployment.ref}`) ?? refThing(repository, `refs/tags/${deployment.ref}`),
  repository: ({ repository }) => ({ is: "Repository", repository }),
  state: stateOf,
  task: ({ deployment }) => deployment.task,
  latestStatus: ({ repository, deployment }): DeploymentStatusThing | null => {
    const status = deployment.statuses.at(-1);
    return status === undefined ? null : { is: "DeploymentStatus", repository, deployment, status };
  },
  statuses: ({ repository, deployment }, args: DeploymentStatusesArgs) =>
    connection(deployment.statuses.toReversed(), args, (status): DeploymentStatusThing => ({ is: "DeploymentStatus", repository, deployment, status })),
};

export const deploymentStatusFields: Fields<DeploymentStatusThing> = {
  id: ({ status }) => nodeId("DES", status.id),
  createdAt: ({ status }) => dateTime(status.at),
  updatedAt: ({ status }) => dateTime(status.at),
  creator: ({ status }) => accountThing(status.creator),
  deployment: ({ repository, deployment }): DeploymentThing => ({ is: "Deployment", repository, deployment }),
  description: ({ status }) => status.description,
  environment: ({ status }) => status.environment,
  environmentUrl: ({ status }) => (status.environmentUrl === "" ? null : status.environmentUrl),
  logUrl: ({ status }) => (status.logUrl === "" ? null : status.logUrl),
  state: ({ status }) => status.state.toUpperCase(),
};
