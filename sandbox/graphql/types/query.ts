// The ways into the graph.
import type {
  QueryNodeArgs,
  QueryNodesArgs,
  QueryOrganizationArgs,
  QueryRepositoryArgs,
  QueryRepositoryOwnerArgs,
  QuerySearchArgs,
  QueryUserArgs,
} from "@octokit/graphql-schema";
import { placeOf } from "../../world/places.ts";
import { searchIssues } from "../../world/search.ts";
import { maySee } from "../access.ts";
import { connection } from "../connection.ts";
import type { Context, Fields } from "../context.ts";
import { Refusal, unresolvedNode } from "../errors.ts";
import { dateTime } from "../moments.ts";
import { nodeOf } from "../nodes.ts";
import { accountThing, issueThing, userThing, type AccountThing, type RepositoryThing } from "../things.ts";

/** An old name leads to it, unless the query says not to follow. */
const repositoryNamed = ({ world, actor }: Context, { owner, name, followRenames }: QueryRepositoryArgs): RepositoryThing => {
  const place = placeOf(world, owner, name);
  const repository = place?.hasMoved === true && followRenames === false ? null : place?.repository;
  if (!repository || !maySee(actor, repository)) throw new Refusal("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  return { is: "Repository", repository };
};

const accountNamed = ({ world }: Context, login: string, types: readonly AccountThing["is"][]): AccountThing => {
  const user = [...world.users.values()].find((candidate) => candidate.login.toLowerCase() === login.toLowerCase() && types.includes(candidate.type));
  if (user === undefined)
    throw new Refusal("NOT_FOUND", `Could not resolve to ${types.length > 1 ? "an Account" : `a ${types[0]}`} with the login of '${login}'.`);
  return accountThing(user);
};

export const queryFields: Fields<unknown> = {
  viewer: (_, __, { actor }) => userThing(actor.user),
  repository: (_, args: QueryRepositoryArgs, context) => repositoryNamed(context, args),
  user: (_, { login }: QueryUserArgs, context) => accountNamed(context, login, ["User"]),
  organization: (_, { login }: QueryOrganizationArgs, context) => accountNamed(context, login, ["Organization"]),
  repositoryOwner: (_, { login }: QueryRepositoryOwnerArgs, context) => accountNamed(context, login, ["User", "Organization"]),
  node: async (_, { id }: QueryNodeArgs, context) => {
    const thing = await nodeOf(context, id);
    if (thing === null) throw unresolvedNode(id);
    return thing;
  },
  search: async (_, args: QuerySearchArgs, { world, actor }) => {
    if (args.type !== "ISSUE") throw new Error(`the stand-in does not search for ${args.type}`);
    const found = searchIssues(world, actor, args.query);
    const page = await connection(found, args, ({ repository, issue }) => issueThing(repository, issue));
    return { ...page, issueCount: found.length };
  },
  // An error as an element fails that element alone.
  nodes: (_, { ids }: QueryNodesArgs, context) => Promise.all(ids.map(async (id) => (await nodeOf(context, id)) ?? unresolvedNode(id))),
  rateLimit: (_, __, { rateLimit: { reset, ...counted } }) => ({ ...counted, resetAt: dateTime(reset * 1000) }),
};
