// `label`, `milestone`, `reaction` and the count of reactions.
import { nodeId } from "../../world/node-id.ts";
import { type Label, type Milestone, type Reaction, REACTIONS, type Repository, type World } from "../../world/types.ts";
import { apiOfRepository, pageOfRepository } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { userShape } from "./user.ts";

export const labelShape = (world: World, repository: Repository, label: Label) => ({
  id: label.id,
  node_id: nodeId("LA", label.id),
  url: `${apiOfRepository(world, repository)}/labels/${encodeURIComponent(label.name)}`,
  name: label.name,
  color: label.color,
  default: false,
  description: label.description,
});

export const milestoneShape = (world: World, repository: Repository, milestone: Milestone) => {
  const url = `${apiOfRepository(world, repository)}/milestones/${milestone.number}`;
  const issues = [...repository.issues.values()].filter((issue) => issue.milestone === milestone);
  const open = issues.filter(({ state }) => state === "open").length;
  return {
    url,
    html_url: `${pageOfRepository(world, repository)}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: nodeId("MI", milestone.id),
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    creator: userShape(world, milestone.creator),
    open_issues: open,
    closed_issues: issues.length - open,
    state: milestone.state,
    created_at: moment(milestone.createdAt),
    updated_at: moment(milestone.updatedAt),
    closed_at: momentOrNull(milestone.closedAt),
    due_on: momentOrNull(milestone.dueOn),
  };
};

export const reactionShape = (world: World, reaction: Reaction) => ({
  id: reaction.id,
  node_id: nodeId("REA", reaction.id),
  user: userShape(world, reaction.user),
  content: reaction.content,
  created_at: moment(reaction.createdAt),
});

/** `url` is the address of what was reacted to. */
export const reactionCountsShape = (url: string, reactions: readonly Reaction[]) => ({
  url: `${url}/reactions`,
  total_count: reactions.length,
  ...Object.fromEntries(REACTIONS.map((content) => [content, reactions.filter((reaction) => reaction.content === content).length])),
});
