// Holds one request and its answer to GitHub's description of its API: REST to OpenAPI, GraphQL to the schema.
import { once, readRestDescription } from "./description.ts";
import { checkGraphql } from "./graphql.ts";
import { ANY_ROUTE_MAY_ANSWER, type Complaint, withoutKnownFaults } from "./known-faults.ts";
import { type Description, type Parameter, type ResponseDescription, type Route, routeFinder } from "./routes.ts";
import { type Schema, schemaCheck } from "./schemas.ts";
import { undeclaredKeys } from "./undeclared.ts";

export type ContractRequest = {
  readonly method: string;
  /** With its query, under `/api/v3`; `/api/graphql` for GraphQL. */
  readonly path: string;
  readonly body: unknown;
};
export type ContractResponse = { readonly status: number; readonly body: unknown };

const github = once(() => {
  const description = readRestDescription() as Description;
  const { schemas } = description.components;
  return { find: routeFinder(description), check: schemaCheck(schemas), checkAddress: schemaCheck(schemas, true), undeclared: undeclaredKeys(schemas) };
});

const ERROR_BODY: Schema = {
  type: "object",
  required: ["message"],
  properties: { message: { type: "string" }, url: { type: "string" }, documentation_url: { type: "string" }, status: { type: "string" } },
};

/** What is wrong with an exchange: empty when both sides keep to GitHub's description. */
export function checkExchange(request: ContractRequest, response: ContractResponse): string[] {
  const [path = "", query = ""] = request.path.replace(/^\/api\/(?:v3|uploads)(?=\/)/, "").split("?", 2);
  if (path === "/api/graphql" || path === "/graphql") return withoutKnownFaults(checkGraphql(request.body, response));
  // GitHub describes GET alone: HEAD is the same without the body.
  const found = github().find(request.method === "HEAD" ? "GET" : request.method, path);
  if (found === null) return [`${request.method} ${path}: GitHub has no such route`];

  const { route, values } = found;
  const place = `${route.method} ${route.template}`;
  return withoutKnownFaults([
    ...checkAddress(route, values, new URLSearchParams(query)).map((what) => ({ place, what })),
    ...checkRequestBody(route, request.body).map((what) => ({ place, what: `request body: ${what}` })),
    ...(response.body === null && (request.method === "HEAD" || (request.method === "GET" && response.status === 304))
      ? []
      : checkResponse(place, route.responses, response)),
  ]);
}

/** The template that a path belongs to, such as `GET /repos/{owner}/{repo}`; null when GitHub has no such route. */
export function routeOf(method: string, path: string): string | null {
  const found = github().find(method, path.split("?", 1)[0] ?? "");
  return found === null ? null : `${method} ${found.route.template}`;
}

function checkAddress({ parameters }: Route, values: Readonly<Record<string, string>>, query: URLSearchParams): string[] {
  const described = new Set(parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name));
  const unknown = [...new Set(query.keys())].filter((name) => !described.has(name)).map((name) => `unknown query parameter "${name}"`);
  const wrong = parameters.flatMap((parameter) => {
    const value = parameter.in === "path" ? values[parameter.name] : query.get(parameter.name);
    return checkParameter(parameter, value ?? null).map((what) => `${parameter.in} parameter "${parameter.name}" ${what}`);
  });
  return [...unknown, ...wrong];
}

const wrapped = new WeakMap<Parameter, Schema>();
function checkParameter(parameter: Parameter, value: string | null): string[] {
  if (value === null) return parameter.required === true ? ["is missing"] : [];
  // Ajv reads text as a number or a boolean only where it can replace it: inside an object.
  const schema = wrapped.get(parameter) ?? { type: "object", properties: { value: parameter.schema } };
  wrapped.set(parameter, schema);
  return github()
    .checkAddress(schema, { value })
    .map((fault) => fault.replace("/value ", ""));
}

function checkRequestBody({ operation }: Route, body: unknown): string[] {
  const isEmpty = body === null || body === undefined || body === "";
  const description = operation.requestBody;
  if (description === undefined) return isEmpty || isEmptyObject(body) ? [] : ["is sent, but this route takes none"];
  const schema = description.content["application/json"]?.schema;
  if (isEmpty) return description.required === true ? ["is missing"] : [];
  return schema === undefined ? [] : checkAll(schema, body);
}

function checkResponse(route: string, responses: ReadonlyMap<number, ResponseDescription>, { status, body }: ContractResponse): Complaint[] {
  const place = `${route} ${status}`;
  const described = responses.get(status);
  if (described === undefined && !ANY_ROUTE_MAY_ANSWER.has(status)) return [{ place, what: "this status is not described" }];
  return checkResponseBody(described, body).map((what) => ({ place, what }));
}

function checkResponseBody(described: ResponseDescription | undefined, body: unknown): string[] {
  if (described === undefined) return checkAll(ERROR_BODY, body);
  const { "application/json": json, ...others } = described.content ?? {};
  const isEmpty = body === null || body === undefined || body === "";
  if (json === undefined && Object.keys(others).length === 0) return isEmpty ? [] : ["has a body, but none is described"];
  // Raw files, patches and the like are asked for by media type, which answers with text in place of JSON.
  if (typeof body === "string" && Object.keys(others).length > 0) return [];
  return json?.schema === undefined ? [] : checkAll(json.schema, body);
}

function checkAll(schema: Schema, body: unknown): string[] {
  return [...github().check(schema, body), ...github().undeclared(schema, body)];
}

function isEmptyObject(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length === 0;
}
