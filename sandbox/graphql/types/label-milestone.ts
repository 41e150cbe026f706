// What issues and pull requests are sorted by: labels and milestones.
import type { LabelIssuesArgs, LabelPullRequestsArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import type { Issue, World } from "../../world/types.ts";
import { requirePermission } from "../access.ts";
import type { Fields } from "../context.ts";
import { issuesOf, pullRequestsOf } from "../issue-lists.ts";
import { pathOf, repositoryUrl } from "../links.ts";
import { dateTime, dateTimeOrNull } from "../moments.ts";
import { accountThing, type LabelThing, type MilestoneThing } from "../things.ts";

/** The lists of those issues that the thing holds together. */
const listsOf = <Source extends LabelThing | MilestoneThing>(holds: (source: Source, issue: Issue) => boolean): Fields<Source> => {
  const held = (source: Source): readonly Issue[] => [...source.repository.issues.values()].filter((issue) => holds(source, issue));
  return {
    repository: ({ repository }) => ({ is: "Repository", repository }),
    issues: (source, args: LabelIssuesArgs, context) => {
      requirePermission(context, source.repository, ["issues"]);
      return issuesOf(source.repository, held(source), args);
    },
    pullRequests: (source, args: LabelPullRequestsArgs, context) => {
      requirePermission(context, source.repository, ["pull_requests"]);
      return pullRequestsOf(source.repository, held(source), args);
    },
  };
};

const labelUrl = (world: World, { repository, label }: LabelThing): string => `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`;

export const labelFields: Fields<LabelThing> = {
  ...listsOf<LabelThing>(({ label }, issue) => issue.labels.includes(label)),
  id: ({ label }) => nodeId("LA", label.id),
  name: ({ label }) => label.name,
  color: ({ label }) => label.color,
  description: ({ label }) => label.description,
  isDefault: () => false,
  url: (thing, _, { world }) => labelUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(labelUrl(world, thing)),
};

const milestoneUrl = (world: World, { repository, milestone }: MilestoneThing): string => `${repositoryUrl(world, repository)}/milestone/${milestone.number}`;

export const milestoneFields: Fields<MilestoneThing> = {
  ...listsOf<MilestoneThing>(({ milestone }, issue) => issue.milestone === milestone),
  id: ({ milestone }) => nodeId("MI", milestone.id),
  number: ({ milestone }) => milestone.number,
  title: ({ milestone }) => milestone.title,
  description: ({ milestone }) => milestone.description,
  state: ({ milestone }) => milestone.state.toUpperCase(),
  closed: ({ milestone }) => milestone.state === "closed",
  closedAt: ({ milestone }) => dateTimeOrNull(milestone.closedAt),
  createdAt: ({ milestone }) => dateTime(milestone.createdAt),
  updatedAt: ({ milestone }) => dateTime(milestone.updatedAt),
  dueOn: ({ milestone }) => dateTimeOrNull(milestone.dueOn),
  creator: ({ milestone }) => accountThing(milestone.creator),
  progressPercentage: ({ repository, milestone }) => {
    const issues = [...repository.issues.values()].filter((issue) => issue.milestone === milestone);
    const closed = issues.filter(({ state }) => state === "closed");
    return issues.length === 0 ? 0 : (100 * closed.length) / issues.length;
  },
  url: (thing, _, { world }) => milestoneUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(milestoneUrl(world, thing)),
};
