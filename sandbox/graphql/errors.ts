// Every refusal leaves in GitHub's shape: a type beside the message, and the path of the field that failed.
import type { GraphQLError } from "graphql";
import { StaleRef } from "../git/types.ts";
import { ApiError } from "../world/types.ts";

export type RefusalType =
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "STALE_DATA"
  | "UNPROCESSABLE"
  | "INSUFFICIENT_SCOPES"
  | "MISSING_PAGINATION_BOUNDARIES"
  | "EXCESSIVE_PAGINATION"
  | "INVALID_CURSOR_ARGUMENTS"
  | "MAX_NODE_LIMIT_EXCEEDED"
  | "RATE_LIMITED";

/** Thrown by a resolver: GitHub would answer this field with null and an error of that type. */
export class Refusal extends Error {
  readonly type: RefusalType;
  constructor(type: RefusalType, message: string) {
    super(message);
    this.type = type;
  }
}

export const unresolvedNode = (id: string): Refusal => new Refusal("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);

const typeOfStatus = (status: number): RefusalType | null => {
  if (status === 404) return "NOT_FOUND";
  if (status === 403) return "FORBIDDEN";
  if (status === 409) return "STALE_DATA";
  return status < 500 ? "UNPROCESSABLE" : null;
};

const typeOf = (cause: unknown): RefusalType | null => {
  if (cause instanceof Refusal) return cause.type;
  if (cause instanceof StaleRef) return "STALE_DATA";
  return cause instanceof ApiError ? typeOfStatus(cause.status) : null;
};

/** REST keeps the reason of a 422 in `errors`; GraphQL has the message only. */
const messageOf = (cause: unknown, message: string): string => {
  if (!(cause instanceof ApiError)) return message;
  const details = cause.errors.map((error) => error["message"]).filter((detail) => detail !== undefined);
  return [cause.message, ...details].join(": ");
};

/** One entry of `errors` in a response. An error without a type is a fault of the stand-in or of the query. */
export const githubError = (error: GraphQLError): Record<string, unknown> => {
  const type = typeOf(error.originalError);
  return {
    ...(type === null ? {} : { type }),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    message: messageOf(error.originalError, error.message),
  };
};
