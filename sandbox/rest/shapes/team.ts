// `team-simple` and `team`, which also says of which team it is a part.
import { nodeId } from "../../world/node-id.ts";
import { membersOf, roleOfTeam } from "../../world/teams.ts";
import type { Team, World } from "../../world/types.ts";
import { apiOf } from "./links.ts";
import { moment } from "./moment.ts";
import { teamOrganizationShape } from "./user.ts";

export const teamShape = (world: World, team: Team) => {
  const url = `${apiOf(world)}/organizations/${team.organization.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId("TM", team.id),
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${world.url}/orgs/${team.organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: team.organization.id,
  };
};

export const teamWithParentShape = (world: World, team: Team) => ({
  ...teamShape(world, team),
  parent: team.parent === null ? null : teamShape(world, team.parent),
});

export const fullTeamShape = (world: World, team: Team) => ({
  ...teamWithParentShape(world, team),
  members_count: membersOf(team).length,
  repos_count: [...world.repositories.values()].filter((repository) => roleOfTeam(repository, team) !== null).length,
  created_at: moment(team.createdAt),
  updated_at: moment(team.createdAt),
  organization: teamOrganizationShape(world, team.organization),
});
