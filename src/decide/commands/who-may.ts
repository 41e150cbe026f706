// Who may say a command, by what GitHub says of them now: a level of permission, or the role that the playbook names.
import type { Words } from "../../model/plan.ts";
import type { Playbook, Role } from "../../model/playbook.ts";
import type { Permission } from "../../model/snapshot.ts";
import { listed } from "../gates/phrases.ts";
import type { People } from "../people/types.ts";
import type { Verb } from "./types.ts";
import type { AnyDefinition } from "./understand.ts";

export type Authority = {
  readonly playbook: Playbook;
  /** What each login may do here, now; a login that is not in it was not asked for yet. */
  readonly permissions: ReadonlyMap<string, Permission>;
  /** Roles, as they are for a line; null: for the whole repository. */
  readonly people: (line: string | null) => People;
};

export type May =
  | { readonly is: "may" }
  /** `because`: why not, `hold needs the role steward (@acme/stewards)`. `who`: `@ann and @lee may`; empty when nobody is known. */
  | { readonly is: "may-not"; readonly because: Words; readonly who: Words }
  | { readonly is: "unknown"; readonly because: Words };

const LEVELS = {
  triage: new Set<Permission>(["admin", "maintain", "write", "triage"]),
  write: new Set<Permission>(["admin", "maintain", "write"]),
} as const;

/** The role that the playbook names for a command; null when it leaves it to the default. */
export function roleFor(verb: Verb, { release }: Playbook): Role | null {
  return release.commands[verb] ?? null;
}

/** Somebody who gets no answer. */
export function isStranger(permission: Permission): boolean {
  return permission === "read" || permission === "none";
}

export function maySay({ verb, needs }: AnyDefinition, login: string, line: string | null, authority: Authority): May {
  const role = roleFor(verb, authority.playbook);
  if (role !== null) return hasRole(verb, role, login, line, authority);
  const permission = authority.permissions.get(login);
  if (permission === undefined) return { is: "unknown", because: `what @${login} may do here was not read yet` };
  return LEVELS[needs].has(permission) ? { is: "may" } : { is: "may-not", because: `${verb} needs ${needs} access to the repository`, who: "" };
}

/** @param what that needs the role: a command, or a step */
export function hasRole(what: Words, role: Role, login: string, line: string | null, { people }: Authority): May {
  const here = people(line);
  const standing = here.standing(login, role);
  switch (standing.is) {
    case "in":
      return { is: "may" };
    case "unknown":
      return { is: "unknown", because: `${standing.because}; ${standing.next}` };
    case "out":
      return {
        is: "may-not",
        because: `${what} needs ${role === "owners" ? "" : "the role "}${here.describe(role)}${faultsOf(here, role)}`,
        who: whoMay(here, role),
      };
  }
}

function whoMay(people: People, role: Role): Words {
  const { logins } = people.members(role);
  return logins.length === 0
    ? ""
    : `${listed(
        logins.toSorted().map((login) => `@${login}`),
        3,
      )} may`;
}

function faultsOf(people: People, role: Role): Words {
  return people
    .members(role)
    .faults.map(({ because, next }) => `; ${because}: ${next}`)
    .join("");
}
