// Logins as this app writes them. GraphQL's `Bot.login` lacks the `[bot]` that REST, commit messages and people use.
import { type Fields, fieldsOrNullAt, textAt, textOrNullAt } from "./fields.ts";

/** Who this app is on GitHub. */
export type App = {
  readonly id: number;
  /** `release-steward[bot]` */
  readonly login: string;
  /** Id of the bot as a user, which its noreply address begins with. */
  readonly userId: number;
  /** With what it can sign tags; null for not at all. */
  readonly signs: "pgp" | "ssh" | null;
};

const BOT = "[bot]";

/** Selection for `actorAt`. */
export const ACTOR = "{ __typename login }";

/** Login of an actor; null for one that was deleted. */
export function actorAt(of: Fields, name: string): string | null {
  const actor = fieldsOrNullAt(of, name);
  if (actor === null) return null;
  const login = textAt(actor, "login");
  return textAt(actor, "__typename") === "Bot" && !login.endsWith(BOT) ? `${login}${BOT}` : login;
}

/** Selection for `accountAt`, where GitHub's schema has a union instead of an actor. */
export const ACCOUNT = "{ __typename ... on User { login } ... on Bot { login } }";

/** Login of a user or a bot; null for any other kind of account, and for none. */
export function accountAt(of: Fields, name: string): string | null {
  const account = fieldsOrNullAt(of, name);
  return account !== null && "login" in account ? actorAt(of, name) : null;
}

/** No account of a person can hold brackets in its login. */
export function isBot(login: string): boolean {
  return login.endsWith(BOT);
}

/** Selection for `committerAt`. */
export const COMMITTER = "{ name email user { login } }";

/** Login of a commit's author or committer, bots by their noreply address where GitHub names no user; null when unknown. */
export function committerAt(of: Fields, name: string): string | null {
  const person = fieldsOrNullAt(of, name);
  if (person === null) return null;
  const user = fieldsOrNullAt(person, "user");
  const email = textOrNullAt(person, "email") ?? "";
  const bot = /^\d+\+([^@+]+\[bot\])@users\.noreply\./.exec(email)?.[1] ?? null;
  const login = user === null ? null : textAt(user, "login");
  return bot !== null && (login === null || `${login}${BOT}` === bot) ? bot : login;
}

/** Login of a commit's author or committer or, where GitHub knows none, the name that the commit gives; null when it gives none. */
export function personAt(of: Fields, name: string): string | null {
  const login = committerAt(of, name);
  const person = fieldsOrNullAt(of, name);
  return login ?? (person === null ? null : textOrNullAt(person, "name"));
}

/** What follows `Signed-off-by: ` under the app's commits: the noreply address of its bot on that host. */
export function signoffOf({ login, userId }: App, repositoryUrl: string): string {
  return `${login} <${userId}+${login}@users.noreply.${new URL(repositoryUrl).hostname}>`;
}
