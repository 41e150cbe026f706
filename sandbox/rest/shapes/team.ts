// `team-simple` and `team`, which also says of which team it is a part.
import { nodeId } from "../../world/node-id.ts";
import type { Team, World } from "../../world/types.ts";
import { apiOf } from "./links.ts";

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

export const teamWithParentShape = (world: World, team: Team) => ({ ...teamShape(world, team), parent: null });
