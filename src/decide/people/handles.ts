// What a handle of the playbook or of CODEOWNERS stands for, and whether somebody is meant by it. Logins, teams and
// organisations are the same in any case.
import type { Words } from "../../model/plan.ts";
import type { Handle } from "../../model/playbook.ts";
import type { Hosted, Permission, Team } from "../../model/snapshot.ts";
import type { Members, Standing } from "./types.ts";

type Named =
  | { readonly is: "login"; readonly login: string }
  /** `team`: as in `Hosted.teams`. */
  | { readonly is: "team"; readonly team: string }
  | { readonly is: "level"; readonly level: string };

export type Fault = Members["faults"][number];

const FROM_LEAST: readonly Permission[] = ["none", "read", "triage", "write", "maintain", "admin"];

export function namedBy(handle: Handle): Named {
  if (!handle.startsWith("@")) return { is: "level", level: handle };
  return handle.includes("/") ? { is: "team", team: handle.slice(1).toLowerCase() } : { is: "login", login: handle.slice(1) };
}

/** No account of a person can hold brackets in its login. */
export function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}

export function isSameLogin(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

export function includesLogin(logins: Iterable<string>, login: string): boolean {
  for (const one of logins) if (isSameLogin(one, login)) return true;
  return false;
}

/** @param place where the handle is written, for the remedy: `` `roles.sre` in the playbook `` */
export function standingBy(handle: Handle, place: Words, login: string, hosted: Hosted): Standing {
  const named = namedBy(handle);
  switch (named.is) {
    case "login":
      return { is: isSameLogin(named.login, login) ? "in" : "out" };
    case "team": {
      const team = hosted.teams.get(named.team);
      if (team?.is === "known") return { is: rosterOf(team.members).has(login.toLowerCase()) ? "in" : "out" };
      return { is: "unknown", ...teamFault(handle, team, place) };
    }
    case "level": {
      const permission = permissionOf(login, hosted);
      if (permission === undefined) return { is: "unknown", because: `what @${login} may do here has not been read yet`, next: READ_NEXT };
      return { is: includesLevel(permission, named.level) ? "in" : "out" };
    }
  }
}

/** Of each list that was asked about, its logins in lower case: a team of thousands is asked about for each of its members. */
const ROSTERS = new WeakMap<readonly string[], ReadonlySet<string>>();

function rosterOf(members: readonly string[]): ReadonlySet<string> {
  const known = ROSTERS.get(members) ?? new Set(members.map((login) => login.toLowerCase()));
  ROSTERS.set(members, known);
  return known;
}

export function permissionOf(login: string, { permissions }: Hosted): Permission | undefined {
  const exact = permissions.get(login);
  if (exact !== undefined) return exact;
  for (const [one, permission] of permissions) if (isSameLogin(one, login)) return permission;
  return undefined;
}

function includesLevel(permission: Permission, level: string): boolean {
  const least = FROM_LEAST.findIndex((one) => one === level);
  return least !== -1 && FROM_LEAST.indexOf(permission) >= least;
}

const READ_NEXT = "nothing has to be done: the app reads it next";

/** Why a team's people are not known, or null when they are. */
export function faultOf(handle: Handle, place: Words, hosted: Hosted): Fault | null {
  const named = namedBy(handle);
  if (named.is !== "team") return null;
  const team = hosted.teams.get(named.team);
  if (team?.is !== "known") return { ...teamFault(handle, team, place), isEmpty: false };
  return team.members.some((login) => !isBot(login)) ? null : { because: `nobody is in ${handle}`, next: `add somebody to ${handle}`, isEmpty: true };
}

function teamFault(handle: Handle, team: Exclude<Team, { readonly is: "known" }> | undefined, place: Words): Omit<Fault, "isEmpty"> {
  if (team === undefined) return { because: `who is in ${handle} has not been read yet`, next: READ_NEXT };
  if (team.is === "missing") return { because: `the team ${handle} does not exist, or the app may not see it`, next: `correct ${place}` };
  if (/members: read/i.test(team.because))
    return { because: `the app may not read ${handle}: it needs members: read`, next: "give the app that permission and accept it" };
  return { because: `the app may not read ${handle}: ${team.because}`, next: `let the app read who is in ${handle}` };
}
