// `simple-user`, `private-user`, `public-user` and the organization of a webhook.
import { nodeId } from "../../world/node-id.ts";
import type { User, World } from "../../world/types.ts";
import { apiOf } from "./links.ts";
import { moment } from "./moment.ts";

const KINDS = { User: "U", Bot: "BOT", Organization: "O" } as const;
const userNodeId = (user: User): string => nodeId(KINDS[user.type], user.id);

export const userShape = (world: World, user: User) => {
  const url = `${apiOf(world)}/users/${encodeURIComponent(user.login)}`;
  const page = user.type === "Bot" ? `apps/${user.login.replace("[bot]", "")}` : user.login;
  return {
    login: user.login,
    id: user.id,
    node_id: userNodeId(user),
    avatar_url: `${world.url}/avatars/${user.id}`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    site_admin: false,
  };
};

export const userOrNullShape = (world: World, user: User | null) => (user === null ? null : userShape(world, user));

/** As everybody sees it. */
export const publicUserShape = (world: World, user: User) => ({
  ...userShape(world, user),
  name: user.name,
  company: null,
  blog: "",
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: [...world.repositories.values()].filter((repository) => repository.owner === user && !repository.isPrivate).length,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: moment(0),
  updated_at: moment(0),
});

/** As it sees itself. */
export const privateUserShape = (world: World, user: User) => ({
  ...publicUserShape(world, user),
  email: user.email,
  private_gists: 0,
  total_private_repos: 0,
  owned_private_repos: 0,
  disk_usage: 0,
  collaborators: 0,
  two_factor_authentication: true,
});

/** As a team names the organization that it belongs to. */
export const teamOrganizationShape = (world: World, user: User) => ({
  ...organizationShape(world, user),
  html_url: `${world.url}/${user.login}`,
  has_organization_projects: false,
  has_repository_projects: false,
  public_repos: publicUserShape(world, user).public_repos,
  public_gists: 0,
  followers: 0,
  following: 0,
  type: "Organization",
  created_at: moment(0),
  updated_at: moment(0),
  archived_at: null,
});

export const organizationShape = (world: World, user: User) => {
  const url = `${apiOf(world)}/orgs/${user.login}`;
  return {
    login: user.login,
    id: user.id,
    node_id: userNodeId(user),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.url}/avatars/${user.id}`,
    description: null,
  };
};
