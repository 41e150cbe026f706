// The two APIs behind one door: who asks, what they ask, and the answer with the headers that GitHub gives.
import { randomUUID } from "node:crypto";
import { graphqlHandler } from "./graphql/index.ts";
import { authenticate } from "./rest/authenticate.ts";
import { type Answer, answer } from "./rest/call.ts";
import { refusalAnswer, restHandler } from "./rest/handler.ts";
import { countRequest } from "./rest/rate.ts";
import type { Operations } from "./world/operations.ts";
import { type Actor, ApiError, type Delivery, type World } from "./world/types.ts";

const REST = "/api/v3";
const GRAPHQL = "/api/graphql";
const VERSION = "2022-11-28";

export const isApi = ({ pathname }: URL): boolean => pathname === GRAPHQL || pathname === REST || pathname.startsWith(`${REST}/`);

/** What of a document names it: its operation, or else its first field. Null for REST. */
export const graphqlName = (url: URL, body: unknown): { readonly name: string; readonly isMutation: boolean } | null => {
  if (url.pathname !== GRAPHQL) return null;
  const query = typeof body === "object" && body !== null && "query" in body && typeof body.query === "string" ? body.query : "";
  const plain = query.replace(/#[^\n]*/gu, "");
  const named = /^\s*(?:query|mutation)\s+(\w+)/u.exec(plain)?.[1];
  return { name: named ?? /\{\s*(?:\w+\s*:\s*)?(\w+)/u.exec(plain)?.[1] ?? "", isMutation: /^\s*mutation\b/u.test(plain) };
};

export type ApiRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Parsed JSON; null without any. */ readonly body: unknown;
};
export type Asked = { readonly actor: Actor | null; readonly answer: Answer };

const isGraphqlBody = (body: unknown): body is { readonly query: string } =>
  typeof body === "object" && body !== null && "query" in body && typeof body.query === "string";

export const apiHandler = (
  world: World,
  operations: Operations,
  redeliver: (delivery: Delivery) => Promise<void>,
): ((request: ApiRequest) => Promise<Asked>) => {
  const rest = restHandler(world, operations, redeliver);
  const graphql = graphqlHandler(world, operations);

  const askGraphql = async (actor: Actor | null, { method, body }: ApiRequest): Promise<Answer> => {
    if (actor === null) throw new ApiError(401, "This endpoint requires you to be authenticated.");
    if (method !== "POST") throw new ApiError(404, "Not Found");
    if (!isGraphqlBody(body)) throw new ApiError(400, "A query attribute must be specified and must be a string.");
    return answer(200, await graphql(actor, body));
  };
  const ask = async (actor: Actor | null, request: ApiRequest): Promise<Answer> => {
    if (request.url.pathname === GRAPHQL) return askGraphql(actor, request);
    const { method, url, headers, body } = request;
    return rest({ method, actor, path: url.pathname.slice(REST.length), query: url.searchParams, body, accept: headers.get("accept") ?? "" });
  };

  return async (request) => {
    let actor: Actor | null = null;
    try {
      actor = authenticate(world, request.headers.get("authorization"));
      return { actor, answer: await ask(actor, request) };
    } catch (error) {
      if (error instanceof ApiError) return { actor, answer: refusalAnswer(error) };
      throw error;
    }
  };
};

/** An answer on the wire. `date` is the world's: clients correct their clock by it. */
export const apiResponse = (world: World, { actor, answer: { status, body, headers } }: Asked): Response => {
  const isBytes = body instanceof Uint8Array;
  const text = body === null ? null : isBytes ? new Uint8Array(body) : JSON.stringify(body);
  return new Response(text, {
    status,
    headers: {
      ...(text === null ? {} : { "content-type": "application/json; charset=utf-8" }),
      date: new Date(world.now()).toUTCString(),
      "x-github-request-id": randomUUID(),
      "x-github-api-version-selected": VERSION,
      "x-github-media-type": "github.v3; format=json",
      ...countRequest(world, actor),
      ...headers,
    },
  });
};
