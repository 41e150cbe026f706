// What happened, as the operations say it: hooks/ turns each into the webhooks that GitHub would send for it.
import type { Sha } from "../git/types.ts";
import type {
  Actor,
  App,
  CheckRun,
  CheckSuite,
  Comment,
  Deployment,
  DeploymentStatus,
  DequeueReason,
  Issue,
  Job,
  Label,
  MergeGroup,
  Milestone,
  Release,
  Repository,
  Review,
  Status,
  Team,
  User,
  WorkflowRun,
  World,
} from "./types.ts";

/** What a text was before: `{ from }` for each changed field, as the `changes` of an `edited` webhook. */
export type Changes = Readonly<Record<string, { readonly from: string }>>;

export type WorldEvent =
  | {
      readonly is: "push";
      readonly name: string;
      readonly before: Sha | null;
      readonly after: Sha | null;
      readonly isForced: boolean;
      /** Oldest first. */ readonly commits: readonly Sha[];
    }
  | { readonly is: "create" | "delete"; readonly name: string }
  | {
      readonly is: "repository";
      readonly action: "renamed" | "archived" | "unarchived" | "deleted" | "edited";
      /** As the webhook gives them; null without any. */ readonly changes: object | null;
    }
  | { readonly is: "repository"; readonly action: "transferred"; readonly from: User }
  | { readonly is: "issue"; readonly action: "opened" | "closed" | "reopened" | "ready_for_review" | "converted_to_draft" | "enqueued"; readonly issue: Issue }
  | { readonly is: "issue"; readonly action: "dequeued"; readonly issue: Issue; readonly reason: DequeueReason }
  | { readonly is: "issue"; readonly action: "synchronize"; readonly issue: Issue; readonly before: Sha; readonly after: Sha }
  | {
      readonly is: "issue";
      readonly action: "edited";
      readonly issue: Issue;
      readonly changes: Changes;
      readonly base: { readonly ref: string; readonly sha: Sha } | null;
    }
  | { readonly is: "issue"; readonly action: "labeled" | "unlabeled"; readonly issue: Issue; readonly label: Label }
  | { readonly is: "issue"; readonly action: "assigned" | "unassigned"; readonly issue: Issue; readonly assignee: User }
  | {
      readonly is: "issue";
      readonly action: "review_requested" | "review_request_removed";
      readonly issue: Issue;
      /** A team has a slug. */ readonly reviewer: User | Team;
    }
  | { readonly is: "issue"; readonly action: "milestoned" | "demilestoned"; readonly issue: Issue; readonly milestone: Milestone }
  | { readonly is: "comment"; readonly action: "created" | "edited" | "deleted"; readonly comment: Comment; readonly changes: Changes }
  | { readonly is: "review"; readonly action: "submitted" | "dismissed"; readonly issue: Issue; readonly review: Review }
  | { readonly is: "check run"; readonly action: "created" | "completed" | "rerequested"; readonly run: CheckRun }
  | { readonly is: "check run"; readonly action: "requested_action"; readonly run: CheckRun; readonly identifier: string }
  | { readonly is: "check suite"; readonly action: "requested" | "rerequested" | "completed"; readonly suite: CheckSuite }
  | { readonly is: "workflow run"; readonly action: "requested" | "in_progress" | "completed"; readonly run: WorkflowRun }
  | { readonly is: "workflow job"; readonly action: "queued" | "in_progress" | "completed"; readonly run: WorkflowRun; readonly job: Job }
  | { readonly is: "merge group"; readonly action: "checks_requested"; readonly group: MergeGroup }
  | { readonly is: "merge group"; readonly action: "destroyed"; readonly group: MergeGroup; readonly reason: "merged" | "invalidated" | "dequeued" }
  | { readonly is: "deployment"; readonly action: "created"; readonly deployment: Deployment }
  | { readonly is: "deployment status"; readonly action: "created"; readonly deployment: Deployment; readonly status: DeploymentStatus }
  | { readonly is: "status"; readonly status: Status }
  | { readonly is: "label"; readonly action: "created" | "edited" | "deleted"; readonly label: Label; readonly changes: Changes }
  | { readonly is: "milestone"; readonly action: "created" | "edited" | "closed" | "opened"; readonly milestone: Milestone; readonly changes: Changes }
  | {
      readonly is: "release";
      readonly action: "created" | "published" | "released" | "prereleased" | "edited" | "deleted" | "unpublished";
      readonly release: Release;
      readonly changes: Changes;
    };

/** Resolves when the state that the webhooks show was written down; it does not wait for receivers. */
export type Emit = (repository: Repository, actor: Actor, event: WorldEvent) => Promise<void>;

/** What every operation works with. */
export type Stage = { readonly world: World; readonly emit: Emit };

/** Some webhooks reach one app only: the one that owns the check. */
export const onlyReceiver = (event: WorldEvent): App | null => {
  if (event.is === "check run" && (event.action === "rerequested" || event.action === "requested_action")) return event.run.suite.app;
  if (event.is === "check suite" && event.action !== "completed") return event.suite.app;
  return null;
};
