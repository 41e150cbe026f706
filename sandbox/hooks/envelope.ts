// What every webhook says besides its own matter: where, by whom, and for which installation.
import { covers } from "../world/access.ts";
import { nodeId } from "../world/node-id.ts";
import type { Installation, Repository, Team, User, World } from "../world/types.ts";
import { installationShape, selectionOf } from "../rest/shapes/app.ts";
import { repositoryShape, shortRepositoryShape } from "../rest/shapes/repository.ts";
import { teamWithParentShape } from "../rest/shapes/team.ts";
import { organizationShape, userShape } from "../rest/shapes/user.ts";
import type { Webhook } from "./payloads.ts";

const organizationPart = (world: World, owner: User) => (owner.type === "Organization" ? { organization: organizationShape(world, owner) } : {});

/** `push` gives two moments of the repository as seconds since the epoch. */
const repositoryPart = (world: World, repository: Repository, event: string) => ({
  ...repositoryShape(world, repository),
  ...(event === "push" ? { created_at: Math.floor(repository.createdAt / 1000), pushed_at: Math.floor(repository.pushedAt / 1000) } : {}),
});

export const envelope = (world: World, webhook: Webhook, repository: Repository, sender: User, installation: Installation): object => ({
  ...webhook.payload,
  repository: repositoryPart(world, repository, webhook.event),
  ...organizationPart(world, repository.owner),
  sender: userShape(world, sender),
  installation: { id: installation.id, node_id: nodeId("A", `installation:${installation.id}`) },
});

export type InstallationAction = "created" | "deleted" | "suspend" | "unsuspend" | "new_permissions_accepted";

/** With the repositories that it is for by then. */
export const installationWebhook = (world: World, installation: Installation, action: InstallationAction): Webhook => ({
  event: "installation",
  action,
  payload: {
    action,
    installation: installationShape(world, installation),
    repositories: repositoriesOf(world, installation).map(shortRepositoryShape),
    requester: null,
    ...organizationPart(world, installation.account),
    sender: userShape(world, installation.account),
  },
});

const teamPayload = (world: World, { organization }: Team, installation: Installation) => ({
  organization: organizationShape(world, organization),
  sender: userShape(world, organization),
  installation: { id: installation.id, node_id: nodeId("A", `installation:${installation.id}`) },
});

export const teamCreatedWebhook = (world: World, installation: Installation, team: Team): Webhook => ({
  event: "team",
  action: "created",
  payload: { action: "created", team: teamWithParentShape(world, team), ...teamPayload(world, team, installation) },
});

/** Somebody came to a team or left it. */
export const membershipWebhook = (world: World, installation: Installation, team: Team, member: User, action: "added" | "removed"): Webhook => ({
  event: "membership",
  action,
  payload: { action, scope: "team", member: userShape(world, member), team: teamWithParentShape(world, team), ...teamPayload(world, team, installation) },
});

/** Repositories that came to an installation, and those that left it, told apart. */
export const repositoriesWebhooks = (
  world: World,
  installation: Installation,
  added: readonly Repository[],
  removed: readonly Repository[],
): readonly Webhook[] =>
  (
    [
      ["added", added, []],
      ["removed", [], removed],
    ] as const
  ).flatMap(([action, come, gone]) => {
    if (come.length + gone.length === 0) return [];
    const payload = {
      action,
      installation: installationShape(world, installation),
      repository_selection: selectionOf(installation),
      repositories_added: come.map(shortRepositoryShape),
      repositories_removed: gone.map(shortRepositoryShape),
      requester: null,
      ...organizationPart(world, installation.account),
      sender: userShape(world, installation.account),
    };
    return [{ event: "installation_repositories", action, payload }];
  });

export const repositoriesOf = (world: World, installation: Installation): Repository[] =>
  [...world.repositories.values()].filter((repository) => covers(installation, repository));
