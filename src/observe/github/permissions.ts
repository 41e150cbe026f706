// What people may do here, now: never remembered, never taken from what a webhook says about them.
import type { Permission } from "../../model/snapshot.ts";
import { fieldsOf, textAt } from "./fields.ts";
import type { Named } from "./moment.ts";

const PERMISSIONS: readonly Permission[] = ["admin", "maintain", "write", "triage", "read", "none"];

/** One request a login. Somebody whom GitHub does not know may do nothing. */
export function readPermissions({ rest, owner, repo }: Named, logins: readonly string[]): Promise<[string, Permission][]> {
  return Promise.all(
    logins.map(async (login): Promise<[string, Permission]> => {
      const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
      const { status, data } = await rest(route, { owner, repo, username: login }, { expected: [404] });
      return [login, status === 404 ? "none" : permissionOf(data)];
    }),
  );
}

/** `role_name` knows triage and maintain; a role of the organisation's own falls back to the plain permission it is built on. */
function permissionOf(data: unknown): Permission {
  const answer = fieldsOf(data, "permission");
  const names = ["role_name" in answer ? textAt(answer, "role_name") : "", textAt(answer, "permission")];
  return names.map((name) => PERMISSIONS.find((one) => one === name)).find((one) => one !== undefined) ?? "none";
}
