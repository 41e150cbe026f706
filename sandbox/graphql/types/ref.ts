// Refs, and what two of them have between them.
import type { ComparisonCommitsArgs, RefAssociatedPullRequestsArgs, RefCompareArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import { requirePermission } from "../access.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { pullRequestsOf } from "../issue-lists.ts";
import { commitAt } from "../revision.ts";
import { commitThing, gitThing, type ComparisonThing, type RefThing } from "../things.ts";

export const refFields: Fields<RefThing> = {
  id: ({ repository, prefix, name }) => nodeId("REF", `${repository.id}:${prefix}${name}`),
  name: ({ name }) => name,
  prefix: ({ prefix }) => prefix,
  repository: ({ repository }) => ({ is: "Repository", repository }),
  target: ({ repository, sha }) => gitThing(repository, sha),
  // Null when the comparison can't be made, as the schema says: no such revision, or no commit in common.
  compare: async ({ repository, sha }, { headRef }: RefCompareArgs): Promise<ComparisonThing | null> => {
    const [base, head] = await Promise.all([commitAt(repository, sha), commitAt(repository, headRef)]);
    if (base === null || head === null || (await repository.git.mergeBase(base.sha, head.sha)) === null) return null;
    return { is: "Comparison", repository, base: base.sha, head: head.sha };
  },
  associatedPullRequests: ({ repository, prefix, name }, args: RefAssociatedPullRequestsArgs, context) => {
    requirePermission(context, repository, ["pull_requests"]);
    const branch = `${prefix}${name}`.replace("refs/heads/", "");
    const issues = [...repository.issues.values()].filter(({ pull }) => pull?.head === branch);
    return pullRequestsOf(repository, issues, args);
  },
};

const ahead = ({ repository, base, head }: ComparisonThing): Promise<readonly string[]> => repository.git.log({ include: [head], exclude: [base] });
const behind = ({ repository, base, head }: ComparisonThing): Promise<readonly string[]> => repository.git.log({ include: [base], exclude: [head] });

export const comparisonFields: Fields<ComparisonThing> = {
  id: ({ repository, base, head }) => nodeId("CMP", `${repository.id}:${base}...${head}`),
  aheadBy: async (thing) => (await ahead(thing)).length,
  behindBy: async (thing) => (await behind(thing)).length,
  baseTarget: ({ repository, base }) => commitThing(repository, base),
  headTarget: ({ repository, head }) => commitThing(repository, head),
  status: async (thing) => {
    const [aheadBy, behindBy] = [(await ahead(thing)).length, (await behind(thing)).length];
    if (aheadBy > 0) return behindBy > 0 ? "DIVERGED" : "AHEAD";
    return behindBy > 0 ? "BEHIND" : "IDENTICAL";
  },
  // Oldest first, as a pull request lists its commits.
  commits: async (thing, args: ComparisonCommitsArgs) => connection((await ahead(thing)).toReversed(), args, (sha) => commitThing(thing.repository, sha)),
};
