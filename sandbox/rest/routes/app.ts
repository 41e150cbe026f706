// What an app asks about itself, by JWT, and what its installations ask with their tokens.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { repositoriesOf } from "../../hooks/envelope.ts";
import { covers } from "../../world/access.ts";
import { type Access, type App, ApiError, type Installation, type Repository, type Token } from "../../world/types.ts";
import { type Call, created, found, numberOf, ok, read, textOf } from "../call.ts";
import { paged } from "../pages.ts";
import type { Route } from "../routes.ts";
import { appShape, installationShape, selectionOf, tokenShape } from "../shapes/app.ts";
import { repositoryShape } from "../shapes/repository.ts";

const TOKEN_MS = 3_600_000;

/** @throws ApiError 401 unless the request came with a JWT */
export const askingApp = ({ actor }: Call): App => {
  if (actor?.is !== "app") throw new ApiError(401, "A JSON web token could not be decoded");
  return actor.app;
};

const ownInstallation = (call: Call): Installation => {
  const app = askingApp(call);
  const installation = found(call.world.installations.get(numberOf(call, "id")));
  return installation.app === app ? installation : found<Installation>(null);
};

const tokenBody = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
});

/** @throws ApiError 422 for more than the installation has */
const permissionsOf = (installation: Installation, wanted: Readonly<Record<string, Access>> | undefined): Installation["permissions"] => {
  if (wanted === undefined) return installation.permissions;
  for (const [name, access] of Object.entries(wanted)) {
    const granted = installation.permissions[name];
    if (granted !== "write" && granted !== access) throw new ApiError(422, "The permissions requested are not granted to this installation.");
  }
  return { metadata: "read", ...wanted };
};

/** What the token is for; null where nothing was asked for. @throws ApiError 422 for a repository that the installation is not for */
const selectedBy = (call: Call, installation: Installation): readonly Repository[] | null => {
  const { repositories, repository_ids: ids } = read(call, tokenBody);
  if (repositories === undefined && ids === undefined) return null;
  const selected = repositoriesOf(call.world, installation).filter(({ id, name }) => (ids?.includes(id) ?? false) || (repositories?.includes(name) ?? false));
  const isMissing =
    (ids ?? []).some((wanted) => selected.every(({ id }) => id !== wanted)) ||
    (repositories ?? []).some((wanted) => selected.every(({ name }) => name !== wanted));
  if (isMissing) throw new ApiError(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
  return selected;
};

const makeToken = (
  call: Call,
  installation: Installation,
  selected: readonly Repository[] | null,
): Token & { readonly actor: { readonly is: "installation" } } => {
  const { world } = call;
  if (installation.suspendedAt !== null) throw new ApiError(403, "This installation has been suspended");
  const { permissions } = read(call, tokenBody);
  // A token that asked for nothing less follows what the installation is given and loses from then on.
  const narrowed: Installation =
    permissions === undefined && selected === null
      ? installation
      : {
          ...installation,
          permissions: permissionsOf(installation, permissions),
          only: selected === null ? installation.only : selected.map(({ id }) => id),
        };
  const actor = { is: "installation", user: installation.app.bot, installation: narrowed } as const;
  const token = { text: `ghs_${randomBytes(18).toString("hex")}`, actor, expiresAt: world.now() + TOKEN_MS };
  world.tokens.set(token.text, token);
  return token;
};

export const appRoutes: readonly Route[] = [
  { method: "GET", template: "/app", handle: (call) => ok(appShape(call.world, askingApp(call))) },
  {
    method: "GET",
    template: "/apps/{slug}",
    handle: (call) => ok(appShape(call.world, found([...call.world.apps.values()].find(({ slug }) => slug === textOf(call, "slug"))))),
  },
  {
    method: "GET",
    template: "/app/installations",
    handle: (call) => {
      const app = askingApp(call);
      return paged(
        call,
        [...call.world.installations.values()].filter((installation) => installation.app === app),
        // The list leaves out what only a single installation says.
        (installation) => {
          const { client_id: _clientId, ...listed } = installationShape(call.world, installation);
          return listed;
        },
      );
    },
  },
  { method: "GET", template: "/app/installations/{id}", handle: (call) => ok(installationShape(call.world, ownInstallation(call))) },
  {
    method: "POST",
    template: "/app/installations/{id}/access_tokens",
    handle: (call) => {
      const installation = ownInstallation(call);
      const selected = selectedBy(call, installation);
      const token = makeToken(call, installation, selected);
      return created(tokenShape(call.world, token, token.actor.installation, selected));
    },
  },
  {
    method: "GET",
    template: "/installation/repositories",
    handle: (call) => {
      const { actor, world } = call;
      if (actor?.is !== "installation")
        throw new ApiError(403, "You must authenticate with an installation access token in order to list repositories for an installation.");
      return paged(
        call,
        repositoriesOf(world, actor.installation),
        (repository) => repositoryShape(world, repository),
        (page, total) => ({ total_count: total, repository_selection: selectionOf(actor.installation), repositories: page }),
      );
    },
  },
  {
    method: "GET",
    template: "/repos/{owner}/{repo}/installation",
    handle: (call) => {
      const app = askingApp(call);
      const repository = found(call.world.repositories.get(`${call.parameters["owner"]}/${call.parameters["repo"]}`.toLowerCase()));
      const installation = [...call.world.installations.values()].find((one) => one.app === app && covers(one, repository));
      return ok(installationShape(call.world, found(installation)));
    },
  },
];
