// Finds the operation of GitHub's REST description that answers a method and a path.
import type { Schema } from "./schemas.ts";

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-multi-segment"?: boolean;
};
export type ResponseDescription = { readonly content?: Content };
type Reference = { readonly $ref: string };
type Operation = {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, ResponseDescription | Reference>>;
};
export type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, ResponseDescription>>;
  };
};

export type Route = {
  /** Upper case, as in a request. */
  readonly method: string;
  /** As described, such as `/repos/{owner}/{repo}/commits/{ref}`. */
  readonly template: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly responses: ReadonlyMap<number, ResponseDescription>;
};
type Pattern = { readonly route: Route; readonly pattern: RegExp; readonly literals: number; readonly isMultiple: boolean };

/**
 * Returns a search for the route of a request. Of several that match, the one with the most literal segments answers,
 * as `releases/latest` before `releases/{release_id}`; parameters marked `x-multi-segment` span slashes.
 */
export function routeFinder(
  description: Description,
): (method: string, path: string) => { readonly route: Route; readonly values: Readonly<Record<string, string>> } | null {
  const byMethod = new Map<string, Pattern[]>();
  for (const [template, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const route = routeOf(description, method.toUpperCase(), template, operation);
      const patterns = byMethod.get(route.method) ?? [];
      byMethod.set(route.method, [...patterns, patternOf(route)]);
    }
  }
  for (const patterns of byMethod.values()) patterns.sort((one, other) => other.literals - one.literals || Number(one.isMultiple) - Number(other.isMultiple));

  return (method, path) => {
    for (const { route, pattern } of byMethod.get(method) ?? []) {
      const match = pattern.exec(byName(path));
      if (match === null) continue;
      const names = [...route.template.matchAll(/\{(.+?)\}/g)].map(([, name = ""]) => name);
      return { route, values: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")])) };
    }
    return null;
  };
}

/** GitHub's own links name a repository by its number: `/repositories/{id}/...` answers as `/repos/{owner}/{repo}/...`. */
function byName(path: string): string {
  return path.replace(/^\/repositories\/\d+(?=\/|$)/, "/repos/owner/repository");
}

function routeOf({ components }: Description, method: string, template: string, operation: Operation): Route {
  return {
    method,
    template,
    operation,
    parameters: (operation.parameters ?? []).map((parameter) => resolve(parameter, components.parameters)),
    responses: new Map(Object.entries(operation.responses).map(([status, response]) => [Number(status), resolve(response, components.responses)])),
  };
}

function resolve<T extends object>(of: T | Reference, among: Readonly<Record<string, T>>): T {
  if (!("$ref" in of)) return of;
  const found = among[of.$ref.slice(of.$ref.lastIndexOf("/") + 1)];
  if (found === undefined) throw new Error(`the description lacks ${of.$ref}`);
  return found;
}

/** What spans slashes may be nothing where it stands last: `contents` is the root folder. */
const LAST_PARAMETER = /\/\(\.\*\)\$$/;

function patternOf(route: Route): Pattern {
  const multiple = new Set(route.parameters.filter((parameter) => parameter.in === "path" && parameter["x-multi-segment"] === true).map(({ name }) => name));
  const segments = route.template.split("/").slice(1);
  const source = segments.map((segment) =>
    segment.replace(/[.+*?^$()[\]|\\]/g, "\\$&").replace(/\{(.+?)\}/g, (_, name: string) => (multiple.has(name) ? "(.*)" : "([^/]+)")),
  );
  return {
    route,
    pattern: new RegExp(`^/${source.join("/")}$`.replace(LAST_PARAMETER, "(?:/(.*))?$")),
    literals: segments.filter((segment) => !segment.includes("{")).length,
    isMultiple: multiple.size > 0,
  };
}
