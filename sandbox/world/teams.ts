// Teams, and the teams that are parts of them (https://docs.github.com/en/organizations/organizing-members-into-teams/about-teams).
import { isAtLeast } from "./roles.ts";
import type { Permission, Repository, Team, User } from "./types.ts";

/** Of the team itself, or of one that is a part of it. */
export const isMemberOf = ({ members, children }: Team, user: User): boolean => members.includes(user) || children.some((child) => isMemberOf(child, user));

/** Everybody of it and of its parts, once. */
export const membersOf = (team: Team): User[] => [...new Set([...team.members, ...team.children.flatMap(membersOf)])];

/** What it may do there: a part has at least what its parents have. Null where nothing was given. */
export const roleOfTeam = (repository: Repository, team: Team): Permission | null => {
  const [own, inherited] = [repository.teamRoles.get(team) ?? null, team.parent === null ? null : roleOfTeam(repository, team.parent)];
  if (own === null || inherited === null) return own ?? inherited;
  return isAtLeast(own, inherited) ? own : inherited;
};
