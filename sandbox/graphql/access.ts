// Who may see what, over the rules of the world. A private repository does not exist for strangers; an installation
// needs the permission that a field asks for.
import { may, mayRead, need, roleOf } from "../world/access.ts";
import type { Actor, Permission, Repository, Team, User } from "../world/types.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";

export const maySee = (actor: Actor, repository: Repository): boolean => mayRead(actor, repository);
export const mayWrite = (actor: Actor, repository: Repository): boolean => may(actor, repository, need("contents", "write"));

/** An installation has no role: what it may do with contents stands for one. */
export const permissionOn = (actor: Actor, repository: Repository): Permission => {
  if (actor.is === "user") return roleOf(repository, actor.user);
  if (mayWrite(actor, repository)) return "write";
  return mayRead(actor, repository) ? "read" : "none";
};

const NOT_ACCESSIBLE = "Resource not accessible by integration";

/** An app needs Members of that organization. @throws Refusal */
export const requireMembers = ({ actor }: Context, organization: User): void => {
  if (actor.is === "user") return;
  const isAllowed = actor.is === "installation" && actor.installation.account === organization && actor.installation.permissions["members"] !== undefined;
  if (!isAllowed) throw new Refusal("FORBIDDEN", NOT_ACCESSIBLE);
};

/** People see the teams of organizations they belong to: as a member of one of its teams or a collaborator of one of its repositories. */
export const maySeeTeam = ({ actor, world }: Context, { organization }: Team): boolean =>
  actor.is !== "user" ||
  [...world.teams.values()].some((team) => team.organization === organization && team.members.includes(actor.user)) ||
  [...world.repositories.values()].some(({ owner, collaborators }) => owner === organization && collaborators.has(actor.user.login));

/** Any one of these permissions is enough to read. @throws Refusal */
export const requirePermission = ({ actor }: Context, repository: Repository, anyOf: readonly string[]): void => {
  if (!may(actor, repository, need(anyOf, "read"))) throw new Refusal("FORBIDDEN", NOT_ACCESSIBLE);
};
