// Who a commit belongs to: accounts and the addresses by which GitHub knows them.
import type { Person } from "../git/types.ts";
import type { Milliseconds, User, World } from "./types.ts";

const NOREPLY = /^(?:\d+\+)?(.+)@users\.noreply\..+$/u;
/** GitHub itself, the committer of whatever is made on its pages or signed by it. */
export const GITHUB = { name: "GitHub", email: "noreply@github.com" } as const;
/** The account that GitHub shows for that address; the number is its own. */
export const WEB_FLOW: User = { id: 19_864_447, login: "web-flow", type: "User", name: GITHUB.name, email: GITHUB.email, organization: null };

/** As on an Enterprise Server: the host stands where github.com has its own name. */
export const noreplyAddress = ({ url }: World, id: number, login: string): string => `${id}+${login}@users.noreply.${new URL(url).hostname}`;

export const personOf = (user: User, at: Milliseconds): Person => ({ name: user.name, email: user.email, at });

/** The account behind an address; null for an address that nobody claimed. */
export const userByEmail = (world: World, email: string): User | null => {
  if (email === GITHUB.email) return WEB_FLOW;
  const login = NOREPLY.exec(email)?.[1];
  if (login !== undefined) return world.users.get(login) ?? null;
  for (const user of world.users.values()) if (user.email === email) return user;
  return null;
};
