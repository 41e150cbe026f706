// What a team may do in a repository.
import type { Stage } from "./events.ts";
import { type Actor, ApiError, type Permission, type Repository, type Team } from "./types.ts";

/** @throws ApiError 422 for a team of another organization */
export const setTeamRole = (_stage: Stage, _actor: Actor, { owner, teamRoles }: Repository, team: Team, role: Permission | null): Promise<void> => {
  if (team.organization !== owner) throw new ApiError(422, "Validation Failed", [{ resource: "Team", field: "organization", code: "invalid" }]);
  if (role === null) teamRoles.delete(team);
  else teamRoles.set(team, role);
  return Promise.resolve();
};
