// Who has a role, by what GitHub says at this moment. Whatever was not read, can't be read or does not exist gives
// nobody a role and says so with its remedy. Bots have no role, whatever lists them.
import type { Words } from "../../model/plan.ts";
import type { Handle, Role } from "../../model/playbook.ts";
import type { Hosted } from "../../model/snapshot.ts";
import { type Fault, faultOf, isBot, namedBy, permissionOf, standingBy } from "./handles.ts";
import { type Ownership, type Touched, ownershipOf } from "./owners.ts";
import type { Members, People, Standing } from "./types.ts";

/** The built-in role of those who own what a release touches. */
export const OWNERS: Role = "owners";

const MAX_NAMED = 5;

const LOCAL = {
  because: "who has which role is known on GitHub only, and this was read from a local repository",
  next: "look at the release on GitHub",
} as const;

/** @param hosted null in a local repository: nothing is known about anybody */
export function peopleOf({ hosted, ...touched }: Touched & { readonly hosted: Hosted | null }): People {
  const { roles } = touched.playbook;
  let known: Ownership | null = null;
  const ownership = (): Ownership => (known ??= ownershipOf(touched));
  const handlesOf = (role: Role | null): readonly Handle[] => {
    if (role === null) return ["write"];
    if (role === OWNERS) return [...new Set(ownership().groups.flatMap(({ handles }) => handles))];
    return Object.hasOwn(roles, role) ? (roles[role] ?? []) : [];
  };
  const placeOf = (handle: Handle): Words => {
    const role = Object.keys(roles).find((one) => roles[one]?.includes(handle) === true);
    return role === undefined ? ownership().placeOf(handle) : `\`roles.${role}\` in the playbook`;
  };
  const isOneOf = (login: string, handles: readonly Handle[]): Standing => standingIn(login, handles, placeOf, hosted);
  const isMissing = (role: Role | null): boolean => role !== null && role !== OWNERS && !Object.hasOwn(roles, role);
  const faultsOf = (role: Role | null): readonly Fault[] => {
    if (role !== null && isMissing(role)) return [noRole(role)];
    return role === OWNERS ? ownership().faults : [];
  };
  return {
    isOneOf,
    standing: (login, role) => {
      const standing = isOneOf(login, handlesOf(role));
      const isKnown = role === OWNERS ? ownership().isKnown : !isMissing(role);
      if (standing.is !== "out" || isKnown || isBot(login)) return standing;
      const fault = faultsOf(role).find(({ isEmpty }) => !isEmpty);
      return fault === undefined ? standing : { is: "unknown", because: fault.because, next: fault.next };
    },
    members: (role) => membersOf(handlesOf(role), faultsOf(role), placeOf, hosted),
    describe: (role) => describe(role, handlesOf(role), touched),
    groups: (role) => (role === OWNERS ? ownership().groups : [{ handles: handlesOf(role), paths: [] }]),
    wants: (role, logins) => {
      if (hosted === null) return { files: [], teams: [], logins: [] };
      const handles = handlesOf(role).map(namedBy);
      const needsLevel = handles.some(({ is }) => is === "level");
      return {
        files: role === OWNERS ? ownership().unread : [],
        teams: [...new Set(handles.flatMap((one) => (one.is === "team" && !hosted.teams.has(one.team) ? [one.team] : [])))],
        logins: needsLevel ? [...new Set(logins)].filter((login) => !isBot(login) && permissionOf(login, hosted) === undefined) : [],
      };
    },
  };
}

function standingIn(login: string, handles: readonly Handle[], placeOf: (handle: Handle) => Words, hosted: Hosted | null): Standing {
  if (isBot(login)) return { is: "out" };
  if (hosted === null) return { is: "unknown", ...LOCAL };
  const standings = handles.map((handle) => standingBy(handle, placeOf(handle), login, hosted));
  return standings.find(({ is }) => is === "in") ?? standings.find(({ is }) => is === "unknown") ?? { is: "out" };
}

function membersOf(handles: readonly Handle[], faults: readonly Fault[], placeOf: (handle: Handle) => Words, hosted: Hosted | null): Members {
  if (hosted === null) return { logins: [], levels: [], faults: [{ ...LOCAL, isEmpty: false }] };
  const logins = new Map<string, string>();
  for (const login of handles.flatMap((handle) => loginsOf(handle, hosted)))
    if (!isBot(login) && !logins.has(login.toLowerCase())) logins.set(login.toLowerCase(), login);
  return {
    logins: [...logins.values()],
    levels: handles.filter((handle) => namedBy(handle).is === "level"),
    faults: [...faults, ...handles.flatMap((handle) => faultOf(handle, placeOf(handle), hosted) ?? [])],
  };
}

function loginsOf(handle: Handle, hosted: Hosted): readonly string[] {
  const named = namedBy(handle);
  if (named.is === "login") return [named.login];
  const team = named.is === "team" ? hosted.teams.get(named.team) : undefined;
  return team?.is === "known" ? team.members : [];
}

function noRole(role: Role): Fault {
  return { because: `the playbook has no role \`${role}\``, next: `add \`roles.${role}\` to the playbook`, isEmpty: false };
}

function describe(role: Role | null, handles: readonly Handle[], { components }: Touched): Words {
  if (role === null) return "anybody with write access";
  const name = role === OWNERS ? `owners of ${listed(components.map(({ path }) => (path === "." ? "the repository" : path)))}` : role;
  return handles.length === 0
    ? name
    : `${name} (${listed(handles.map((handle) => (namedBy(handle).is === "level" ? `anybody with ${handle} access` : handle)))})`;
}

function listed(names: readonly string[]): Words {
  const more = names.length - MAX_NAMED;
  return more > 0 ? `${names.slice(0, MAX_NAMED).join(", ")} and ${more} more` : names.join(", ");
}
