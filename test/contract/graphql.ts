// Holds a GraphQL request and its answer to GitHub's GraphQL schema.
import { type DocumentNode, getOperationAST, getVariableValues, GraphQLError, parse, validate } from "graphql";
import { githubSchema } from "../../sandbox/graphql/schema.ts";
import { checkData } from "./graphql-data.ts";
import type { Complaint } from "./known-faults.ts";
import { type Schema, schemaCheck } from "./schemas.ts";

const parsed = new Map<string, { readonly document: DocumentNode | null; readonly faults: readonly string[] }>();

const ENVELOPE: Schema = {
  type: "object",
  properties: {
    data: { type: "object", nullable: true },
    errors: { type: "array", items: { $ref: "#/components/schemas/error" } },
    extensions: { type: "object" },
  },
  anyOf: [{ required: ["data"] }, { required: ["errors"] }],
  additionalProperties: false,
};
const ERROR: Schema = {
  type: "object",
  required: ["message"],
  properties: {
    message: { type: "string" },
    type: { type: "string" },
    path: { type: "array", items: { type: ["string", "integer"] } },
    locations: { type: "array", items: { type: "object", required: ["line", "column"] } },
    extensions: { type: "object" },
  },
  additionalProperties: false,
};
const REFUSAL: Schema = { type: "object", required: ["message"], properties: { message: { type: "string" } } };
const check = schemaCheck({ error: ERROR });

/**
 * What is wrong with a GraphQL exchange. The document must be valid and its variables fit; the answer must have GitHub's
 * envelope, and its data be what the document asked for, in the types that the schema gives.
 */
export function checkGraphql(body: unknown, response: { readonly status: number; readonly body: unknown }): Complaint[] {
  const { query, variables, operationName } = (body ?? {}) as { query?: unknown; variables?: Record<string, unknown> | null; operationName?: string | null };
  if (typeof query !== "string") return [{ place: "graphql", what: "request body: /query is missing" }];
  const { document, faults } = read(query);
  const operation = document === null ? null : getOperationAST(document, operationName ?? null);
  const place = `graphql ${operation?.name?.value ?? operation?.operation ?? ""}`.trimEnd();
  const complain = (what: string): Complaint => ({ place, what });
  if (document === null || faults.length > 0) return faults.map(complain);
  if (operation === null || operation === undefined) return [complain("no operation of that name")];

  const definitions = operation.variableDefinitions ?? [];
  const declared = new Set(definitions.map(({ variable }) => variable.name.value));
  const undeclared = Object.keys(variables ?? {}).filter((name) => !declared.has(name));
  const { errors } = getVariableValues(githubSchema(), definitions, variables ?? {});
  // Without its variables nothing can be said about what the answer should hold.
  if (errors !== undefined) return errors.map(({ message }) => complain(message));
  return [
    ...undeclared.map((name) => complain(`variable $${name} is sent, but not declared`)),
    ...checkAnswer(document, operationName ?? null, variables ?? {}, response).map((what) => ({ place: `${place} ${response.status}`, what })),
  ];
}

function read(query: string): { readonly document: DocumentNode | null; readonly faults: readonly string[] } {
  const known = parsed.get(query);
  if (known !== undefined) return known;
  const fresh = parseAndValidate(query);
  parsed.set(query, fresh);
  return fresh;
}

function parseAndValidate(query: string): { readonly document: DocumentNode | null; readonly faults: readonly string[] } {
  try {
    const document = parse(query);
    return { document, faults: validate(githubSchema(), document).map(({ message }) => message) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { document: null, faults: [error.message] };
  }
}

function checkAnswer(
  document: DocumentNode,
  operationName: string | null,
  variables: Record<string, unknown>,
  { status, body }: { readonly status: number; readonly body: unknown },
): string[] {
  if (status !== 200) return check(REFUSAL, body);
  const faults = check(ENVELOPE, body);
  const { data } = (body ?? {}) as { data?: unknown };
  if (faults.length > 0 || typeof data !== "object" || data === null) return faults;
  return checkData(githubSchema(), { document, operationName, variables }, data);
}
