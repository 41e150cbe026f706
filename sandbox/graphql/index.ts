// GitHub's GraphQL endpoint over the world: the answer to one document, in GitHub's shape of data and errors.
import { type DocumentNode, execute, getOperationAST, GraphQLError, parse, validate } from "graphql";
import type { Operations } from "../world/operations.ts";
import { exhausted, limitsOf, spend } from "../limits/hourly.ts";
import type { Actor, World } from "../world/types.ts";
import type { Context } from "./context.ts";
import { githubError, Refusal } from "./errors.ts";
import { fieldResolver, typeResolver } from "./fields.ts";
import { checkNodeLimit, measured } from "./limits.ts";
import { githubSchema } from "./schema.ts";

type GraphqlBody = { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> | null; readonly operationName?: string | null };
export type GraphqlHandler = (actor: Actor, body: GraphqlBody) => Promise<unknown>;

type Checked = { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] };
const MAXIMUM_DOCUMENTS = 400;

/** GitHub merges fields of one name from types that exclude each other, whatever their own types are: its command line asks so. */
const isForgiven = ({ message }: GraphQLError): boolean => message.startsWith("Fields ") && message.includes("they return conflicting types");

const check = (query: string): Checked => {
  const document = parse(query);
  return { document, errors: validate(githubSchema(), document).filter((error) => !isForgiven(error)) };
};

/** Clients send the same few documents again and again. */
const documents = new Map<string, Checked>();
const checkedOnce = (query: string): Checked => {
  const known = documents.get(query) ?? check(query);
  // What was asked longest ago stands first.
  documents.delete(query);
  documents.set(query, known);
  const [oldest] = documents.keys();
  if (documents.size > MAXIMUM_DOCUMENTS && oldest !== undefined) documents.delete(oldest);
  return known;
};

const failure = (errors: readonly GraphQLError[]): unknown => ({ errors: errors.map(githubError) });

const withCause = (cause: Error): GraphQLError => new GraphQLError(cause.message, { originalError: cause });

/**
 * The handler of one world: takes what was posted, resolves to the whole answer. A field that fails is
 * null with its error beside it, and the other fields, later mutations too, still run.
 */
export const graphqlHandler = (world: World, operations: Operations): GraphqlHandler => {
  return async (actor, { query, variables, operationName }) => {
    try {
      const { document, errors } = checkedOnce(query);
      if (errors.length > 0) return failure(errors);
      const operation = getOperationAST(document, operationName);
      if (!operation) return failure([new GraphQLError("An operation name is required")]);
      const { nodes, cost } = measured(document, operation, variables ?? {});
      const excess = checkNodeLimit(nodes);
      if (excess !== null) return failure([withCause(excess)]);
      const refusal = exhausted(world, actor, "graphql", cost);
      if (refusal !== null) return failure([withCause(new Refusal("RATE_LIMITED", refusal))]);
      spend(world, actor, "graphql", cost);
      const context: Context = { world, operations, actor, rateLimit: { cost, nodeCount: nodes, ...limitsOf(world, actor, "graphql") } };
      const result = await execute({
        schema: githubSchema(),
        document,
        contextValue: context,
        variableValues: variables ?? {},
        operationName,
        fieldResolver,
        typeResolver,
      });
      return {
        ...(result.data === undefined ? {} : { data: result.data }),
        ...(result.errors === undefined ? {} : { errors: result.errors.map(githubError) }),
      };
    } catch (error) {
      if (error instanceof GraphQLError) return failure([error]);
      throw error;
    }
  };
};
