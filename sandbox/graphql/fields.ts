// How a field gets its value: from the resolver of its type or, where a type has none (connections, payloads), from a
// property. Anything else is an error that names the field: a client must never take ignorance for null.
import { type FieldNode, type GraphQLFieldResolver, type GraphQLTypeResolver, getNamedType, Kind } from "graphql";
import { checkBounds, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";
import { resolvers } from "./resolvers.ts";

const propertyOf = (source: unknown, name: string): unknown => (typeof source === "object" && source !== null ? Reflect.get(source, name) : undefined);

/** Whoever asks for a count alone needs no bounds. */
const isOnlyCounted = ({ first, last }: PageArguments, nodes: readonly FieldNode[]): boolean =>
  (first ?? last ?? null) === null &&
  nodes.every(({ selectionSet }) => (selectionSet?.selections ?? []).every((part) => part.kind === Kind.FIELD && part.name.value === "totalCount"));

export const fieldResolver: GraphQLFieldResolver<unknown, Context> = (
  source,
  args: PageArguments,
  context,
  { parentType, fieldName, returnType, fieldNodes },
) => {
  const fields = resolvers[parentType.name];
  const resolve = fields?.[fieldName];
  const property = fields === undefined ? propertyOf(source, fieldName) : undefined;
  if (resolve === undefined && property === undefined) {
    const name = `${parentType.name}.${fieldName}`;
    context.world.unknownFields.push(name);
    throw new Error(`the stand-in does not know ${name}`);
  }
  if (getNamedType(returnType).name.endsWith("Connection") && !isOnlyCounted(args, fieldNodes)) checkBounds(fieldName, args);
  return resolve === undefined ? property : resolve(source, args, context);
};

/** Every source says of which type it is. */
export const typeResolver: GraphQLTypeResolver<unknown, Context> = (value) => {
  const is = propertyOf(value, "is");
  return typeof is === "string" ? is : undefined;
};
