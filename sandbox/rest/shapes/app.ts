// `integration` (an app), `installation`, and the tokens of an installation.
import { nodeId } from "../../world/node-id.ts";
import type { App, Installation, Repository, Token, World } from "../../world/types.ts";
import { apiOf } from "./links.ts";
import { moment, momentOrNull } from "./moment.ts";
import { repositoryShape } from "./repository.ts";
import { userShape } from "./user.ts";

export const appShape = (world: World, app: App) => ({
  id: app.id,
  slug: app.slug,
  node_id: nodeId("A", app.id),
  client_id: app.clientId,
  owner: userShape(world, app.owner),
  name: app.slug,
  description: "",
  external_url: `${world.url}/apps/${app.slug}`,
  html_url: `${world.url}/apps/${app.slug}`,
  created_at: moment(app.createdAt),
  updated_at: moment(app.createdAt),
  permissions: app.permissions,
  events: app.events,
});

export const selectionOf = ({ only }: Installation): "all" | "selected" => (only === null ? "all" : "selected");

export const installationShape = (world: World, installation: Installation) => {
  const { app, account } = installation;
  return {
    id: installation.id,
    account: userShape(world, account),
    repository_selection: selectionOf(installation),
    access_tokens_url: `${apiOf(world)}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${apiOf(world)}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: app.clientId,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: moment(installation.createdAt),
    updated_at: moment(installation.suspendedAt ?? installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt === null ? null : userShape(world, account),
    suspended_at: momentOrNull(installation.suspendedAt),
  };
};

/** `selected` is null for a token to all repositories. */
export const tokenShape = (world: World, token: Token, installation: Installation, selected: readonly Repository[] | null) => ({
  token: token.text,
  expires_at: moment(token.expiresAt ?? 0),
  permissions: installation.permissions,
  repository_selection: selected === null ? "all" : "selected",
  ...(selected === null ? {} : { repositories: selected.map((repository) => repositoryShape(world, repository)) }),
});
