// What every resolver is given besides its source and its arguments, and how resolvers are typed.
import type { Operations } from "../world/operations.ts";
import type { Actor, World } from "../world/types.ts";

/** `reset` is in seconds since the epoch. */
type RateLimit = {
  readonly cost: number;
  readonly nodeCount: number;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
};
export type Context = { readonly world: World; readonly operations: Operations; readonly actor: Actor; readonly rateLimit: RateLimit };

/** Compared both ways, as method parameters are: each resolver names its own source and arguments, the schema vouches for them. */
export type Resolver<Source> = { resolve(source: Source, args: unknown, context: Context): unknown }["resolve"];

/** The known fields of one GraphQL type. */
export type Fields<Source> = Readonly<Record<string, Resolver<Source>>>;
