// Teams of organizations, and what only organizations have. An app without Members is refused at each way to a team.
import type { OrganizationTeamArgs, OrganizationTeamsArgs, TeamMembersArgs } from "@octokit/graphql-schema";
import { nodeId } from "../../world/node-id.ts";
import { membersOf } from "../../world/teams.ts";
import type { World } from "../../world/types.ts";
import { maySeeTeam, requireMembers } from "../access.ts";
import { connection } from "../connection.ts";
import type { Fields } from "../context.ts";
import { accountUrl, pathOf } from "../links.ts";
import { dateTime } from "../moments.ts";
import { accountThing, teamThing, userThing, type AccountThing, type TeamThing } from "../things.ts";
import { accountFields } from "./account.ts";

const teamUrl = (world: World, { team }: TeamThing): string => `${world.url}/orgs/${team.organization.login}/teams/${team.slug}`;

/** Arguments that the stand-in would have to ignore are refused instead. */
const refuseFilters = (field: string, args: object, known: readonly string[]): void => {
  const unknown = Object.entries(args).find(([name, value]) => value !== null && !known.includes(name));
  if (unknown !== undefined) throw new Error(`the stand-in does not know ${field}(${unknown[0]}:)`);
};

const PAGE = ["first", "last", "after", "before"];

/** Nobody is an organization while asking. */
const { isViewer: _isViewer, ...sharedFields } = accountFields;

export const organizationFields: Fields<AccountThing> = {
  ...sharedFields,
  team: ({ user }, { slug }: OrganizationTeamArgs, context) => {
    requireMembers(context, user);
    const team = context.world.teams.get(`${user.login}/${slug}`.toLowerCase());
    return team === undefined || !maySeeTeam(context, team) ? null : teamThing(team);
  },
  teams: ({ user }, args: OrganizationTeamsArgs, context) => {
    requireMembers(context, user);
    refuseFilters("teams", args, [...PAGE, "rootTeamsOnly"]);
    const teams = [...context.world.teams.values()].filter((team) => team.organization === user && maySeeTeam(context, team));
    return connection(teams, args, teamThing);
  },
};

export const teamFields: Fields<TeamThing> = {
  id: ({ team }) => nodeId("TM", team.id),
  databaseId: ({ team }) => team.id,
  name: ({ team }) => team.name,
  slug: ({ team }) => team.slug,
  combinedSlug: ({ team }) => `${team.organization.login}/${team.slug}`,
  description: () => null,
  privacy: () => "VISIBLE",
  createdAt: ({ team }) => dateTime(team.createdAt),
  organization: ({ team }) => accountThing(team.organization),
  members: ({ team }, args: TeamMembersArgs) => {
    refuseFilters("members", args, [...PAGE, "membership"]);
    return connection(args.membership === "IMMEDIATE" ? team.members : membersOf(team), args, userThing);
  },
  url: (thing, _, { world }) => teamUrl(world, thing),
  resourcePath: (thing, _, { world }) => pathOf(teamUrl(world, thing)),
  membersUrl: (thing, _, { world }) => `${teamUrl(world, thing)}/members`,
  teamsUrl: ({ team }, _, { world }) => `${accountUrl(world, team.organization)}/teams`,
};
