// Merge queues and what waits in them.
import type { MergeQueueEntriesArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import { entriesOf, queueRuleOf } from "../../world/queue/queue.ts";
import type { Issue, Repository, World } from "../../world/types.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { pathOf, repositoryUrl } from "../links.ts";
import { dateTime } from "../moments.ts";
import { accountThing, commitThing, issueThing, type MergeQueueThing, type QueueEntryThing } from "../things.ts";

const queueUrl = (world: World, { repository, base }: MergeQueueThing): string => `${repositoryUrl(world, repository)}/queue/${base}`;
const baseOf = (issue: Issue): string => issue.pull?.base ?? "";

/** Null where the branch has none. */
export const mergeQueueThing = (repository: Repository, base: string): MergeQueueThing | null =>
  queueRuleOf(repository, base) === null ? null : { is: "MergeQueue", repository, base };

export const mergeQueueFields: Fields<MergeQueueThing> = {
  id: ({ repository, base }) => nodeId("MQ", `${String(repository.id)}:${base}`),
  entries: ({ repository, base }, args: MergeQueueEntriesArgs) =>
    connection(entriesOf(repository, base), args, (entry): QueueEntryThing => ({ is: "MergeQueueEntry", repository, entry })),
  repository: ({ repository }) => ({ is: "Repository", repository }),
  nextEntryEstimatedTimeToMerge: () => null,
  url: (thing, _, { world }) => queueUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(queueUrl(world, thing)),
};

export const queueEntryFields: Fields<QueueEntryThing> = {
  id: ({ entry }) => nodeId("MQE", entry.id),
  baseCommit: ({ repository, entry }) => (entry.group === null ? null : commitThing(repository, entry.group.baseSha)),
  headCommit: ({ repository, entry }) => (entry.group === null ? null : commitThing(repository, entry.group.headSha)),
  enqueuedAt: ({ entry }) => dateTime(entry.at),
  enqueuer: ({ entry }) => accountThing(entry.enqueuer),
  estimatedTimeToMerge: () => null,
  jump: () => false,
  solo: () => false,
  mergeQueue: ({ repository, entry }) => mergeQueueThing(repository, baseOf(entry.issue)),
  position: ({ repository, entry }) => entriesOf(repository, baseOf(entry.issue)).indexOf(entry) + 1,
  pullRequest: ({ repository, entry }) => issueThing(repository, entry.issue),
  state: ({ entry }) => (entry.group === null ? "QUEUED" : "AWAITING_CHECKS"),
};
