// The two APIs behind one door: who asks, what they ask, and the answer with the headers that GitHub gives.
import { GRAPHQL, isFree, isRead, isUpload, resourceOf, REST, UPLOADS, VERSION } from "./addresses.ts";
import { graphqlHandler } from "./graphql/index.ts";
import { exhausted } from "./limits/hourly.ts";
import { secondaryLimits } from "./limits/secondary.ts";
import { identify, requireActive } from "./rest/authenticate.ts";
import { type Answer, answer } from "./rest/call.ts";
import { refusalAnswer, restHandler } from "./rest/handler.ts";
import type { Operations } from "./world/operations.ts";
import { type Actor, ApiError, type Delivery, type World } from "./world/types.ts";

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
  /** Parsed JSON, null without any; bytes of what is uploaded. */ readonly body: unknown;
};
export type Asked = { readonly actor: Actor | null; readonly answer: Answer };

const isGraphqlBody = (body: unknown): body is { readonly query: string } =>
  typeof body === "object" && body !== null && "query" in body && typeof body.query === "string";
const weighed = ({ method, url, body }: ApiRequest) => {
  const graphql = graphqlName(url, body);
  if (graphql !== null) return { api: "graphql", isWrite: graphql.isMutation, createsContent: graphql.isMutation } as const;
  const isOfGit = /\/(?:git\/(?:blobs|trees)|access_tokens)$/u.test(url.pathname);
  return { api: "rest", isWrite: !isRead(method), createsContent: method === "POST" && !isOfGit } as const;
};

/** @throws ApiError 400 for a version of the API that this is not */
const requireVersion = (headers: Headers): void => {
  const version = headers.get("x-github-api-version");
  if (version !== null && version !== VERSION) throw new ApiError(400, `Version ${version} of the API is not supported: ${VERSION} is.`);
};

const SECONDARY =
  "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. For more on scraping GitHub and how it may affect your rights, please review our Terms of Service.";

export const apiHandler = (
  world: World,
  operations: Operations,
  redeliver: (delivery: Delivery) => Promise<void>,
): ((request: ApiRequest) => Promise<Asked>) => {
  const rest = restHandler(world, operations, redeliver);
  const graphql = graphqlHandler(world, operations);
  const secondary = secondaryLimits(world);

  const askGraphql = async (actor: Actor | null, { method, body }: ApiRequest): Promise<Answer> => {
    if (actor === null) throw new ApiError(401, "This endpoint requires you to be authenticated.");
    if (method !== "POST") throw new ApiError(404, "Not Found");
    if (!isGraphqlBody(body)) throw new ApiError(400, "A query attribute must be specified and must be a string.");
    return answer(200, await graphql(actor, body));
  };
  const askRest = (actor: Actor | null, { method, url, headers, body }: ApiRequest): Promise<Answer> => {
    const refusal = isFree(url) ? null : exhausted(world, actor, resourceOf(url), 1);
    if (refusal !== null) throw new ApiError(403, refusal);
    return rest({
      method: method === "HEAD" ? "GET" : method,
      actor,
      path: url.pathname.slice((isUpload(url) ? UPLOADS : REST).length),
      query: url.searchParams,
      body,
      accept: headers.get("accept") ?? "",
      contentType: headers.get("content-type") ?? "application/octet-stream",
    });
  };
  const ask = async (actor: Actor | null, request: ApiRequest): Promise<Answer> => {
    const entered = secondary.enter(actor, weighed(request));
    if ("retryAfter" in entered) {
      const refused = refusalAnswer(new ApiError(403, SECONDARY));
      return { ...refused, headers: { ...refused.headers, "retry-after": String(entered.retryAfter) } };
    }
    try {
      requireVersion(request.headers);
      return await (request.url.pathname === GRAPHQL ? askGraphql(actor, request) : askRest(actor, request));
    } finally {
      entered.leave();
    }
  };

  return async (request) => {
    let actor: Actor | null = null;
    try {
      actor = identify(world, request.headers.get("authorization"));
      requireActive(world, actor);
      return { actor, answer: await ask(actor, request) };
    } catch (error) {
      if (error instanceof ApiError) return { actor, answer: refusalAnswer(error) };
      throw error;
    }
  };
};
