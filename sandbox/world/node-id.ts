// Global node ids, as REST's `node_id` and GraphQL's `id` give them: one id for one thing, opaque to clients,
// readable here without a table.

// prettier-ignore
const KINDS = [
  "R", "U", "BOT", "O", "A", "I", "PR", "PRC", "PRR", "IC", "C", "T", "B", "TAG", "REF", "CMP", "LA", "MI", "RE", "RA", "CR", "CS", "ST", "SC", "SCR", "REA", "EV", "UCE", "TM", "RR", "RS", "DE", "DES", "MQ", "MQE",
] as const;

/** Repository, user, bot, organization, app, issue, pull request, its commit, its review, issue comment, commit, tree, blob, tag, ref, comparison, label, milestone, release, its asset, check run, check suite, status, status context, rollup, reaction, timeline event, edit, team, review request, ruleset, deployment, its status, merge queue, its entry. */
export type NodeKind = (typeof KINDS)[number];

/**
 * The node id of a thing. Numbers are what the world calls it; whatever git names needs its repository too:
 * `${repositoryId}:${sha}`, for a ref `${repositoryId}:${fullName}`.
 */
export const nodeId = (kind: NodeKind, id: string | number): string => `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;

/** What `nodeId` was given; null for text that it never made. */
export const readNodeId = (text: string): { readonly kind: NodeKind; readonly id: string } | null => {
  const separator = text.indexOf("_");
  const kind = KINDS.find((known) => known === text.slice(0, separator));
  const decoded = Buffer.from(text.slice(separator + 1), "base64url").toString();
  if (kind === undefined || !decoded.startsWith(`${kind}:`)) return null;
  const id = decoded.slice(kind.length + 1);
  return nodeId(kind, id) === text ? { kind, id } : null;
};

/** Of what GraphQL does not name here: such an id leads nowhere. */
export const unlistedNodeId = (kind: string, id: number): string => `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;
