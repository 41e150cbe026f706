// What happened to an issue or a pull request, oldest first. Only what the world remembers: asking for another kind of
// item is an error, not an empty list.
import type { PullRequestTimelineItemsArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import type { LabelChange, Milliseconds, Repository, User } from "../../world/types.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { issueUrl, pathOf } from "../links.ts";
import { dateTime } from "../moments.ts";
import {
  accountThing,
  commentThing,
  commitThing,
  labelThing,
  refThing,
  type CommentThing,
  type IssueThing,
  type PullRequestThing,
  type ReviewThing,
} from "../things.ts";

type Discussion = IssueThing | PullRequestThing;
export type EventThing = {
  readonly is: "ClosedEvent" | "ReopenedEvent" | "MergedEvent";
  readonly of: Discussion;
  readonly repository: Repository;
  readonly actor: User;
  readonly at: Milliseconds;
};
export type LabelEventThing = {
  readonly is: "LabeledEvent" | "UnlabeledEvent";
  readonly of: Discussion;
  readonly repository: Repository;
  readonly change: LabelChange;
};
type Item = { readonly at: Milliseconds; readonly thing: EventThing | LabelEventThing | CommentThing | ReviewThing };

const ITEM_TYPES: Readonly<Record<string, Item["thing"]["is"]>> = {
  CLOSED_EVENT: "ClosedEvent",
  REOPENED_EVENT: "ReopenedEvent",
  MERGED_EVENT: "MergedEvent",
  LABELED_EVENT: "LabeledEvent",
  UNLABELED_EVENT: "UnlabeledEvent",
  ISSUE_COMMENT: "IssueComment",
  PULL_REQUEST_REVIEW: "PullRequestReview",
};

const event = (is: EventThing["is"], of: Discussion, actor: User, at: Milliseconds): Item => ({ at, thing: { is, of, repository: of.repository, actor, at } });

/** A merge is written down before the closing that it brings. */
const itemsOf = (of: Discussion): readonly Item[] => {
  const { repository, issue } = of;
  const { merged, reviews } = issue.pull ?? { merged: null, reviews: [] };
  const items: readonly Item[] = [
    ...[...repository.comments.values()]
      .filter((comment) => comment.issue === issue)
      .map((comment) => ({ at: comment.createdAt, thing: commentThing(repository, comment) })),
    ...reviews.flatMap((review): readonly Item[] =>
      of.is === "PullRequest" ? [{ at: review.submittedAt, thing: { is: "PullRequestReview", repository, issue, pull: of.pull, review } }] : [],
    ),
    ...(merged === null ? [] : [event("MergedEvent", of, merged.by, merged.at)]),
    ...issue.labelChanges.map((change): Item => ({
      at: change.at,
      thing: { is: change.is === "labeled" ? "LabeledEvent" : "UnlabeledEvent", of, repository, change },
    })),
    ...issue.changes.map(({ is, actor, at }) => event(is === "closed" ? "ClosedEvent" : "ReopenedEvent", of, actor, at)),
  ];
  return items.toSorted((one, other) => one.at - other.at);
};

const typesOf = (names: readonly string[] | null | undefined): readonly string[] | null =>
  names?.map((name) => {
    const type = ITEM_TYPES[name];
    if (type === undefined) throw new Error(`the stand-in does not know timeline items of type ${name}`);
    return type;
  }) ?? null;

export const timelineFields: Fields<Discussion> = {
  timelineItems: async (thing, args: PullRequestTimelineItemsArgs) => {
    const types = typesOf(args.itemTypes);
    const since = args.since ? Date.parse(args.since) : 0;
    const all = itemsOf(thing);
    const items = all.filter((item) => item.at >= since && (types === null || types.includes(item.thing.is))).slice(args.skip ?? 0);
    const page = await connection(items, args, (item) => item.thing);
    return { ...page, totalCount: all.length, filteredCount: items.length, pageCount: page.nodes.length, updatedAt: dateTime(thing.issue.updatedAt) };
  },
};

export const eventFields: Fields<EventThing> = {
  id: ({ is, of, at }) => nodeId("EV", `${of.issue.id}:${is}:${at}`),
  actor: ({ actor }) => accountThing(actor),
  createdAt: ({ at }) => dateTime(at),
  closable: ({ of }) => of,
  stateReason: ({ is, of }) => (of.is === "PullRequest" ? null : is === "ClosedEvent" ? "COMPLETED" : "REOPENED"),
  pullRequest: ({ of }) => of,
  commit: ({ of, repository }) => (of.issue.pull?.merged ? commitThing(repository, of.issue.pull.merged.sha) : null),
  mergeRef: ({ of, repository }) => refThing(repository, `refs/heads/${of.issue.pull?.base ?? ""}`),
  mergeRefName: ({ of }) => of.issue.pull?.base,
  url: ({ of, repository }, _, { world }) => issueUrl(world, repository, of.issue),
  resourcePath: ({ of, repository }, _, { world }) => pathOf(issueUrl(world, repository, of.issue)),
};

export const labelEventFields: Fields<LabelEventThing> = {
  id: ({ is, of, change }) => nodeId("EV", `${of.issue.id}:${is}:${change.label.id}:${change.at}`),
  actor: ({ change }) => accountThing(change.actor),
  createdAt: ({ change }) => dateTime(change.at),
  label: ({ repository, change }) => labelThing(repository, change.label),
  labelable: ({ of }) => of,
};
