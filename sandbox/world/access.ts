// Who may do what: the only place that decides it. Apps need a permission of their installation, people a role in the
// repository (https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps).
import { isAtLeast } from "./roles.ts";
import { isMemberOf } from "./teams.ts";
import { type Access, type Actor, ApiError, type Installation, type Permission, type Repository, type User } from "./types.ts";

/** An app needs one of `permissions` at `level`; a person needs `role`. */
export type Need = { readonly permissions: readonly string[]; readonly level: Access; readonly role: Permission };

/** What an app may ask for; the name of a permission stands for itself. */
export const need = (permissions: string | readonly string[], level: Access, role: Permission = level): Need => ({
  permissions: typeof permissions === "string" ? [permissions] : permissions,
  level,
  role,
});

/** The account itself, or an owner of the organization. */
export const isOwner = ({ owner }: Repository, user: User): boolean => owner.login === user.login || (owner.organization?.owners.includes(user) ?? false);

/** What somebody was given: by name, by each team, and as a member of the organization. */
const givenRoles = ({ owner, collaborators, teamRoles }: Repository, user: User): Permission[] => [
  collaborators.get(user.login) ?? "none",
  ...[...teamRoles].filter(([team]) => isMemberOf(team, user)).map(([, role]) => role),
  ...(owner.organization?.members.includes(user) ? [owner.organization.baseRole] : []),
];

/** The role of a person: the highest that was given; owners administer, a stranger reads what is public. */
export const roleOf = (repository: Repository, user: User): Permission => {
  if (isOwner(repository, user)) return "admin";
  const roles: readonly Permission[] = [...givenRoles(repository, user), repository.isPrivate ? "none" : "read"];
  return roles.reduce((highest, role) => (isAtLeast(highest, role) ? highest : role), "none");
};

/** Whether somebody was given a role there, and doesn't just read what everybody may. */
export const isCollaborator = (repository: Repository, user: User): boolean =>
  user.type === "User" && (isOwner(repository, user) || givenRoles(repository, user).some((role) => role !== "none"));

/** Whether the repository is one that the app was installed on, or that the token is for. */
export const covers = ({ account, only }: Installation, { owner, id }: Repository): boolean =>
  account.login === owner.login && (only === null || only.includes(id));

/** Whether the repository exists for that actor; null is nobody. What may not be read answers 404. */
export const mayRead = (actor: Actor | null, repository: Repository): boolean => {
  if (!repository.isPrivate) return true;
  if (actor === null || actor.is === "app") return false;
  return actor.is === "installation" ? covers(actor.installation, repository) : isAtLeast(roleOf(repository, actor.user), "read");
};

const installationMay = (actor: Actor & { readonly is: "installation" }, repository: Repository, wanted: Need): boolean => {
  if (!covers(actor.installation, repository)) return wanted.level === "read" && !repository.isPrivate;
  return wanted.permissions.some((name) => {
    const granted = name === "metadata" ? "read" : actor.installation.permissions[name];
    return granted === "write" || granted === wanted.level;
  });
};

/** Whether the actor has what is needed, archived or not. */
export const may = (actor: Actor, repository: Repository, wanted: Need): boolean => {
  switch (actor.is) {
    case "app":
      return false;
    case "installation":
      return installationMay(actor, repository, wanted);
    case "user":
      return isAtLeast(roleOf(repository, actor.user), wanted.role);
  }
};

/** @throws ApiError 404 for what may not be seen, 403 for what may not be done, and for what changes an archive */
export const requireAccess = (actor: Actor, repository: Repository, wanted: Need): void => {
  requirePermission(actor, repository, wanted);
  if (wanted.level === "write" && repository.isArchived) throw new ApiError(403, "Repository was archived so is read-only.");
};

/** Archived or not. @throws ApiError 404 for what may not be seen, 403 for what may not be done */
export const requirePermission = (actor: Actor, repository: Repository, wanted: Need): void => {
  if (!mayRead(actor, repository)) throw new ApiError(404, "Not Found");
  if (!may(actor, repository, wanted))
    throw new ApiError(403, actor.is === "user" ? `Must have ${wanted.role} access to repository.` : "Resource not accessible by integration");
};

export type Association = "OWNER" | "MEMBER" | "COLLABORATOR" | "NONE";
/** How GitHub describes the author of a text in that repository. */
export const associationOf = (repository: Repository, user: User): Association => {
  if (user.login === repository.owner.login) return "OWNER";
  if (!isCollaborator(repository, user)) return "NONE";
  return repository.owner.type === "Organization" ? "MEMBER" : "COLLABORATOR";
};
