// The primary limits: how much each client has used of its hour, for each kind of request on its own
// (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api). Counted always, refused where the
// world enforces its limits.
import type { Actor, Milliseconds, World } from "../world/types.ts";

export type Resource = "core" | "search" | "graphql";
type Budget = { readonly limit: number; readonly endsAt: Milliseconds; used: number };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SPANS_MS: Readonly<Record<Resource, Milliseconds>> = { core: HOUR_MS, graphql: HOUR_MS, search: MINUTE_MS };
const LIMITS: Readonly<Record<Resource, number>> = { core: 5000, graphql: 5000, search: 30 };
const LIMITS_OF_NOBODY: Readonly<Record<Resource, number>> = { core: 60, graphql: 0, search: 10 };

const budgets = new WeakMap<World, Map<string, Budget>>();

/** Requests of one client share their limits: of a person, an installation, an app, or of all who say no name. */
export const clientOf = (actor: Actor | null): string => {
  if (actor === null) return "nobody";
  return actor.is === "installation" ? `installation ID ${actor.installation.id}` : `${actor.is} ID ${actor.user.id}`;
};

const budgetOf = (world: World, actor: Actor | null, resource: Resource): Budget => {
  const clients = budgets.get(world) ?? new Map<string, Budget>();
  budgets.set(world, clients);
  const name = `${clientOf(actor)} ${resource}`;
  const known = clients.get(name);
  if (known !== undefined && known.endsAt > world.now()) return known;
  const budget = { limit: (actor === null ? LIMITS_OF_NOBODY : LIMITS)[resource], endsAt: world.now() + SPANS_MS[resource], used: 0 };
  clients.set(name, budget);
  return budget;
};

/** `reset` is in seconds since the epoch. */
export const limitsOf = (world: World, actor: Actor | null, resource: Resource) => {
  const { limit, used, endsAt } = budgetOf(world, actor, resource);
  return { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(endsAt / 1000) };
};

/** Requests of REST cost one each, documents of GraphQL their points. */
export const spend = (world: World, actor: Actor | null, resource: Resource, cost: number): void => {
  budgetOf(world, actor, resource).used += cost;
};

/** GitHub's words where that would be too much; null where it may be spent. */
export const exhausted = (world: World, actor: Actor | null, resource: Resource, cost: number): string | null => {
  if (world.limits !== "enforced" || limitsOf(world, actor, resource).remaining >= cost) return null;
  return `API rate limit exceeded for ${actor === null ? "127.0.0.1" : clientOf(actor)}.`;
};

/** As every answer says it. */
export const limitHeaders = (world: World, actor: Actor | null, resource: Resource): Record<string, string> => {
  const { limit, remaining, used, reset } = limitsOf(world, actor, resource);
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": resource,
  };
};
