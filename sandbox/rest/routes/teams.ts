// Teams of an organization: who is in them, what they are parts of, and what they may do in a repository.
import { z } from "zod";
import { isMemberOf, membersOf, roleOfTeam } from "../../world/teams.ts";
import { ApiError, type Repository, type Team, type User } from "../../world/types.ts";
import { type Call, found, noContent, ok, read, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { Route } from "../routes.ts";
import { apiOf } from "../shapes/links.ts";
import { fullRepositoryShape, permissionsShape } from "../shapes/repository.ts";
import { fullTeamShape, teamWithParentShape } from "../shapes/team.ts";
import { organizationShape, userShape } from "../shapes/user.ts";

const ROLES = { pull: "read", triage: "triage", push: "write", maintain: "maintain", admin: "admin" } as const;
const roleBody = z.object({ permission: z.enum(["pull", "triage", "push", "maintain", "admin"]).default("push") });

/** Apps need Members of that organization; people see the teams of organizations that they belong to. @throws ApiError 404, 403 */
const organizationOf = (call: Call): User => {
  const actor = writer(call);
  const organization = found(call.world.users.get(textOf(call, "org")));
  if (actor.is === "app") throw new ApiError(403, "Resource not accessible by integration");
  const isAt = actor.is === "installation" && actor.installation.account === organization;
  if (isAt && actor.installation.permissions["members"] === undefined) throw new ApiError(403, "Resource not accessible by integration");
  const belongs = isAt || isOwnerOf(organization, actor.user) || (organization.organization?.members.includes(actor.user) ?? false);
  return found(belongs ? organization : null);
};
const isOwnerOf = (organization: User, user: User): boolean => organization.organization?.owners.includes(user) ?? false;

const teamOf = (call: Call): Team => found(call.world.teams.get(`${organizationOf(call).login}/${textOf(call, "slug")}`.toLowerCase()));
const userOf = (call: Call): User => found(call.world.users.get(textOf(call, "login")));

const membership = (call: Call) => {
  const team = teamOf(call);
  const user = userOf(call);
  if (!isMemberOf(team, user)) throw new ApiError(404, "Not Found");
  const url = `${apiOf(call.world)}/organizations/${String(team.organization.id)}/team/${String(team.id)}/memberships/${user.login}`;
  // Owners of the organization maintain every team that they are in.
  return ok({ url, role: isOwnerOf(team.organization, user) ? "maintainer" : "member", state: "active" });
};

const repositoryOf = (call: Call): Repository => found(call.world.repositories.get(`${textOf(call, "owner")}/${textOf(call, "name")}`.toLowerCase()));

const repositoryRole = (call: Call) => {
  const repository = repositoryOf(call);
  const role = found(roleOfTeam(repository, teamOf(call)));
  if (!call.accept.includes("application/vnd.github.v3.repository+json")) return noContent();
  return ok({ ...fullRepositoryShape(call.world, repository, role), permissions: permissionsShape(role), role_name: role });
};

export const teamRoutes: readonly Route[] = [
  {
    method: "GET",
    template: "/orgs/{org}/teams",
    handle: (call) => {
      const organization = organizationOf(call);
      return paged(
        call,
        [...call.world.teams.values()].filter((team) => team.organization === organization),
        (team) => teamWithParentShape(call.world, team),
      );
    },
  },
  { method: "GET", template: "/orgs/{org}/teams/{slug}", handle: (call) => ok(fullTeamShape(call.world, teamOf(call))) },
  {
    method: "GET",
    template: "/orgs/{org}/teams/{slug}/members",
    handle: (call) => paged(call, membersOf(teamOf(call)), (user) => userShape(call.world, user)),
  },
  {
    method: "GET",
    template: "/orgs/{org}/teams/{slug}/teams",
    handle: (call) => paged(call, teamOf(call).children, (team) => teamWithParentShape(call.world, team)),
  },
  { method: "GET", template: "/orgs/{org}/teams/{slug}/memberships/{login}", handle: membership },
  { method: "GET", template: "/orgs/{org}/teams/{slug}/repos/{owner}/{name}", handle: repositoryRole },
  {
    method: "PUT",
    template: "/orgs/{org}/teams/{slug}/repos/{owner}/{name}",
    handle: async (call) => {
      await call.operations.setTeamRole(writer(call), repositoryOf(call), teamOf(call), ROLES[read(call, roleBody).permission]);
      return noContent();
    },
  },
  {
    method: "DELETE",
    template: "/orgs/{org}/teams/{slug}/repos/{owner}/{name}",
    handle: async (call) => {
      await call.operations.setTeamRole(writer(call), repositoryOf(call), teamOf(call), null);
      return noContent();
    },
  },
  {
    method: "GET",
    template: "/orgs/{org}/memberships/{login}",
    handle: (call) => {
      const organization = organizationOf(call);
      const user = userOf(call);
      const isOne = isOwnerOf(organization, user) || (organization.organization?.members.includes(user) ?? false);
      if (!isOne) throw new ApiError(404, "Not Found");
      const url = `${apiOf(call.world)}/orgs/${organization.login}`;
      const role = isOwnerOf(organization, user) ? "admin" : "member";
      return ok({
        url: `${url}/memberships/${user.login}`,
        state: "active",
        role,
        organization_url: url,
        organization: organizationShape(call.world, organization),
        user: userShape(call.world, user),
      });
    },
  },
];
