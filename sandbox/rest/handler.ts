// REST: finds the repository and the route, asks for access, and turns refusals into GitHub's answers.
import { mayRead, requireAccess } from "../world/access.ts";
import type { Operations } from "../world/operations.ts";
import { type Actor, ApiError, type Delivery, type Repository, type World } from "../world/types.ts";
import { placeOf } from "../world/places.ts";
import { type Answer, answer, type Call, DOCUMENTATION, redirection } from "./call.ts";
import { manifestRoutes } from "./manifest.ts";
import { matchRoute, type Route } from "./routes.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { appRoutes } from "./routes/app.ts";
import { hookRoutes } from "./routes/hook.ts";
import { teamRoutes } from "./routes/teams.ts";
import { apiOf } from "./shapes/links.ts";
import { allRepositoryRoutes } from "./routes/index.ts";
import { searchRoutes } from "./routes/search.ts";

const NAMED = /^\/repos\/(?<owner>[^/]+)\/(?<name>[^/]+)(?<rest>\/.*)?$/u;
const NUMBERED = /^\/repositories\/(?<id>\d+)(?<rest>\/.*)?$/u;

export type RestRequest = Pick<Call, "actor" | "path" | "query" | "body" | "accept" | "contentType"> & { readonly method: string };

export const refusalAnswer = (error: ApiError): Answer =>
  answer(error.status, {
    message: error.message,
    ...(error.errors.length === 0 ? {} : { errors: error.errors }),
    documentation_url: DOCUMENTATION,
    status: String(error.status),
  });

const repositoryAt = (world: World, path: string): { readonly repository: Repository | null; readonly hasMoved: boolean; readonly rest: string } | null => {
  const named = NAMED.exec(path)?.groups;
  if (named !== undefined) {
    const place = placeOf(world, decodeURIComponent(named["owner"] ?? ""), decodeURIComponent(named["name"] ?? ""));
    return { repository: place?.repository ?? null, hasMoved: place?.hasMoved ?? false, rest: named["rest"] ?? "" };
  }
  const numbered = NUMBERED.exec(path)?.groups;
  if (numbered === undefined) return null;
  const id = Number(numbered["id"]);
  return { repository: [...world.repositories.values()].find((repository) => repository.id === id) ?? null, hasMoved: false, rest: numbered["rest"] ?? "" };
};

/** To its number, which stays. GitHub's description has 301 for reading, and for whatever is done to issues; 307 for the rest. */
const movedAnswer = ({ method, query }: RestRequest, world: World, { id }: Repository, rest: string): Answer => {
  const isPermanent = method === "GET" || /^\/issues(?:\/|$)/u.test(rest);
  const search = query.size === 0 ? "" : `?${query.toString()}`;
  const location = `${apiOf(world)}/repositories/${id}${rest}${search}`;
  return redirection(isPermanent ? 301 : 307, location);
};

const requireRouteAccess = (actor: Actor | null, repository: Repository, needs: Parameters<typeof requireAccess>[2]): void => {
  if (!mayRead(actor, repository)) throw new ApiError(404, "Not Found");
  if (actor !== null) requireAccess(actor, repository, needs);
  else if (needs.level === "write") throw new ApiError(401, "Requires authentication");
};

/** `redeliver` is how the route of that name starts another attempt. */
export const restHandler = (
  world: World,
  operations: Operations,
  redeliver: (delivery: Delivery) => Promise<void>,
): ((request: RestRequest) => Promise<Answer>) => {
  const routes: readonly Route[] = [...appRoutes, ...hookRoutes(redeliver), ...accountRoutes, ...searchRoutes, ...teamRoutes, ...manifestRoutes];
  const lost = (request: RestRequest): never => {
    world.unknownRoutes.push(`${request.method} ${request.path}`);
    throw new ApiError(404, "Not Found");
  };

  const inRepository = async (request: RestRequest): Promise<Answer> => {
    const place = repositoryAt(world, request.path);
    const match = place === null ? null : matchRoute(allRepositoryRoutes, request.method, place.rest);
    if (place === null || match === null) return lost(request);
    const { repository } = place;
    if (repository === null) throw new ApiError(404, "Not Found");
    if (place.hasMoved && mayRead(request.actor, repository)) return movedAnswer(request, world, repository, place.rest);
    requireRouteAccess(request.actor, repository, match.route.needs);
    return match.route.handle({ ...request, world, operations, repository, parameters: match.parameters });
  };

  return async (request) => {
    try {
      const match = matchRoute(routes, request.method, request.path);
      if (match !== null) return await match.route.handle({ ...request, world, operations, parameters: match.parameters });
      return await inRepository(request);
    } catch (error) {
      if (error instanceof ApiError) return refusalAnswer(error);
      throw error;
    }
  };
};
