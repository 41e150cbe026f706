// How much each client has used of its hour. The stand-in counts and never refuses.
import type { Actor, World } from "../world/types.ts";

const LIMIT = 5000;
const HOUR_MS = 3_600_000;

type Hour = { readonly endsAt: number; used: number };
const hours = new WeakMap<World, Map<string, Hour>>();

const hourOf = (world: World, actor: Actor | null): Hour => {
  const clients = hours.get(world) ?? new Map<string, Hour>();
  hours.set(world, clients);
  const name = actor === null ? "" : `${actor.is} ${actor.user.login}`;
  const known = clients.get(name);
  if (known !== undefined && known.endsAt > world.now()) return known;
  const hour = { endsAt: world.now() + HOUR_MS, used: 0 };
  clients.set(name, hour);
  return hour;
};

export const limitsOf = (world: World, actor: Actor | null) => {
  const { used, endsAt } = hourOf(world, actor);
  return { limit: LIMIT, used, remaining: Math.max(0, LIMIT - used), reset: Math.ceil(endsAt / 1000) };
};

/** Counts one request and says so, as every answer does. */
export const countRequest = (world: World, actor: Actor | null): Record<string, string> => {
  hourOf(world, actor).used += 1;
  const { limit, remaining, used, reset } = limitsOf(world, actor);
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": "core",
  };
};
