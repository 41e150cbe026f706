// What all mutations share: the id of the client comes back, and repositories are named by id.
import type { Repository } from "../../world/types.ts";
import type { Context, Resolver } from "../context.ts";
import { nodeOfType } from "../nodes.ts";
import { accountThing, type AccountThing } from "../things.ts";

export type Payload = Readonly<Record<string, unknown>>;

/** A resolver of a mutation from its input alone. */
export const mutation =
  <Input extends { readonly clientMutationId?: string | null }>(act: (input: Input, context: Context) => Promise<Payload>): Resolver<unknown> =>
  async (_: unknown, { input }: { readonly input: Input }, context: Context) => ({
    clientMutationId: input.clientMutationId ?? null,
    ...(await act(input, context)),
  });

export const repositoryOf = async (context: Context, id: string): Promise<Repository> => (await nodeOfType(context, id, ["Repository"])).repository;

export const actorOf = ({ actor }: Context): AccountThing => accountThing(actor.user);
