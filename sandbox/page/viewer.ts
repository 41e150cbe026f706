// Who is looking: a person chosen from the world's people and kept in a cookie. Nobody signs in: this is a sandbox.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mayRead } from "../world/access.ts";
import type { Repository, User, World } from "../world/types.ts";
import type { Viewer } from "./visit.ts";

const PERSON_COOKIE = "acting-as";
const SESSION_COOKIE = "sandbox-session";
const SECRET = randomBytes(32);

/** Reads the cookies. Without them: the first person who may do most in the repository, and a new session. */
export function viewerOf(request: Request, world: World, repository: Repository | null): Viewer {
  const cookies = readCookies(request.headers.get("cookie") ?? "");
  const people = [...world.users.values()].filter((user) => user.type === "User");
  const kept = cookies.get(SESSION_COOKIE) ?? "";
  const session = /^[0-9a-f]{32}$/u.test(kept) ? kept : randomBytes(16).toString("hex");
  const person = people.find((user) => user.login === cookies.get(PERSON_COOKIE)) ?? mostAble(people, repository);
  return { person, people, session, token: tokenOf(session) };
}

export function sessionCookie(viewer: Viewer): string {
  return `${SESSION_COOKIE}=${viewer.session}; Path=/; HttpOnly; SameSite=Lax`;
}

export function personCookie(login: string): string {
  return `${PERSON_COOKIE}=${encodeURIComponent(login)}; Path=/; HttpOnly; SameSite=Lax`;
}

/**
 * Why a form may not be accepted, or null when it may: the browser must say that it comes from this site, and the form
 * must hold the token that this browser was given.
 */
export function forgery(request: Request, url: URL, viewer: Viewer, token: string): string | null {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return "This form was sent from another site, so nothing was done.";
  const origin = request.headers.get("origin");
  if (site === null && origin !== null && origin !== url.origin) return "This form was sent from another site, so nothing was done.";
  const expected = Buffer.from(viewer.token);
  const given = Buffer.from(token);
  if (expected.length === given.length && timingSafeEqual(expected, given)) return null;
  return "This page was older than your session, so nothing was done. What you wrote is still here: send it again.";
}

/** Whether a person may see a repository at all. */
export function maySee(repository: Repository, person: User | null): boolean {
  return mayRead(person === null ? null : { is: "user", user: person }, repository);
}

function mostAble(people: readonly User[], repository: Repository | null): User | null {
  const owner = people.find((user) => user.login === repository?.owner.login);
  const admin = people.find((user) => repository?.collaborators.get(user.login) === "admin");
  return owner ?? admin ?? people[0] ?? null;
}

function tokenOf(session: string): string {
  return createHmac("sha256", SECRET).update(session).digest("hex");
}

function readCookies(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(";").flatMap((part) => {
    const [name = "", value = ""] = part.trim().split("=", 2);
    return [[name, decoded(value)] as const];
  });
  return new Map(pairs);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
