// What a route is, and how a path finds its own.
import type { Need } from "../world/access.ts";
import type { Answer, Call, RepositoryCall } from "./call.ts";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
/** `{name}` in a template is one part of the path, `{+name}` all that is left. */
export type Route = { readonly method: Method; readonly template: string; readonly handle: (call: Call) => Answer | Promise<Answer> };
/** Under `/repos/{owner}/{repo}` and `/repositories/{id}`; answered only to who has what is needed. */
export type RepositoryRoute = {
  readonly method: Method;
  readonly template: string;
  readonly needs: Need;
  readonly handle: (call: RepositoryCall) => Answer | Promise<Answer>;
};

const patterns = new Map<string, RegExp>();
const patternOf = (template: string): RegExp => {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const source = template
    .replace(/[.]/gu, String.raw`\.`)
    .replace(/\{(\+?)(\w+)\}/gu, (_all, rest: string, name: string) => `(?<${name}>${rest === "" ? "[^/]+" : ".+"})`);
  const pattern = new RegExp(`^${source}$`, "u");
  patterns.set(template, pattern);
  return pattern;
};

const decoded = (groups: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value ?? "")]));

export type Match<Any> = { readonly route: Any; readonly parameters: Readonly<Record<string, string>> };
/** The first route that fits: special ones stand before general ones. Null when there is none. */
export const matchRoute = <Any extends Pick<Route, "method" | "template">>(routes: readonly Any[], method: string, path: string): Match<Any> | null => {
  for (const route of routes) {
    const match = route.method === method ? patternOf(route.template).exec(path) : null;
    if (match !== null) return { route, parameters: decoded(match.groups ?? {}) };
  }
  return null;
};
