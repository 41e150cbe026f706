// What a page offers to whom. Nothing is decided here: every operation checks access itself.
import { roleOf } from "../../world/access.ts";
import { isAtLeast } from "../../world/roles.ts";
import { isMemberOf } from "../../world/teams.ts";
import type { Permission, Pull, User } from "../../world/types.ts";
import type { Visit } from "../visit.ts";

export function mayAt({ viewer, repository }: Visit, role: Permission): boolean {
  return viewer.person !== null && isAtLeast(roleOf(repository, viewer.person), role);
}

/** GitHub lets people edit, and tick, what they wrote themselves and what they may write to. */
export function mayEdit(visit: Visit, author: User): boolean {
  return visit.viewer.person?.login === author.login || mayAt(visit, "write");
}

/** Whether the viewer is one of those who were asked for a review, alone or with a team. */
export function isAsked({ viewer: { person } }: Visit, { requestedUsers, requestedTeams }: Pull): boolean {
  return person !== null && (requestedUsers.includes(person) || requestedTeams.some((team) => isMemberOf(team, person)));
}
