// What was deployed where, as somebody said, and what an environment asks before.
import type { Sha } from "../../git/types.ts";
import type { Milliseconds, Team, User, WorkflowRun } from "../types.ts";

export const DEPLOYMENT_STATES = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"] as const;
export type DeploymentStatus = {
  readonly id: number;
  /** Waiting: for somebody's approval; only runs say so. */
  readonly state: (typeof DEPLOYMENT_STATES)[number] | "waiting";
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly creator: User;
  readonly at: Milliseconds;
};
export type Deployment = {
  readonly id: number;
  readonly ref: string;
  readonly sha: Sha;
  readonly task: string;
  readonly payload: unknown;
  readonly environment: string;
  readonly description: string | null;
  readonly isTransient: boolean;
  readonly isProduction: boolean;
  readonly creator: User;
  /** Null for what no run deploys. */
  readonly run: WorkflowRun | null;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
};
export type Environment = {
  readonly id: number;
  readonly name: string;
  /** One of them is enough; of nobody none is asked. */
  reviewers: readonly (User | Team)[];
  preventsSelfReview: boolean;
  waitMinutes: number;
  /** Which branches and tags may deploy: all, protected branches, or those that fit one of these patterns. */
  branches: "all" | "protected" | readonly { readonly id: number; readonly pattern: string; readonly type: "branch" | "tag" }[];
  readonly createdAt: Milliseconds;
  updatedAt: Milliseconds;
};
/** What somebody said of environments that a run waits for. */
export type DeploymentReview = {
  readonly state: "approved" | "rejected";
  readonly environments: readonly Environment[];
  readonly user: User;
  readonly comment: string;
  readonly attempt: number;
};
