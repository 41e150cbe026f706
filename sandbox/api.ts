// The two APIs behind one door: who asks, what they ask, and the answer with the headers that GitHub gives.
import { createHash, randomUUID } from "node:crypto";
import { graphqlHandler } from "./graphql/index.ts";
import { exhausted, limitHeaders, type Resource, spend } from "./limits/hourly.ts";
import { secondaryLimits } from "./limits/secondary.ts";
import { identify, requireActive } from "./rest/authenticate.ts";
import { type Answer, answer } from "./rest/call.ts";
import { refusalAnswer, restHandler } from "./rest/handler.ts";
import type { Operations } from "./world/operations.ts";
import { type Actor, ApiError, type Delivery, type World } from "./world/types.ts";

const REST = "/api/v3";
/** Where files go, on an Enterprise Server: the same paths under another address. */
const UPLOADS = "/api/uploads";
const GRAPHQL = "/api/graphql";
const VERSION = "2022-11-28";

const isUnder = (pathname: string, root: string): boolean => pathname === root || pathname.startsWith(`${root}/`);
export const isUpload = ({ pathname }: URL): boolean => isUnder(pathname, UPLOADS);
export const isApi = (url: URL): boolean => url.pathname === GRAPHQL || isUnder(url.pathname, REST) || isUpload(url);

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
const isRead = (method: string): boolean => method === "GET" || method === "HEAD";

const resourceOf = ({ pathname }: URL): Resource => (pathname === GRAPHQL ? "graphql" : isUnder(pathname, `${REST}/search`) ? "search" : "core");
/** How much is left may always be asked. */
const isFree = ({ pathname }: URL): boolean => pathname === `${REST}/rate_limit`;

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

const mediaType = (accept: string): string => {
  const asked = /application\/vnd\.github(?:\.v3)?\.?(?<parameter>[\w-]+)?(?:\+(?<format>\w+))?/u.exec(accept)?.groups;
  const parameter = asked?.["parameter"] === undefined ? "" : `; param=${asked["parameter"]}`;
  return `github.v3${parameter}; format=${asked?.["format"] ?? "json"}`;
};

/** Weak, as GitHub's: the same content has the same one. A client that names it need not be sent the content again. */
const etagOf = (content: string | Uint8Array): string => `W/"${createHash("sha256").update(content).digest("hex")}"`;
const hasAlready = (headers: Headers, etag: string): boolean =>
  (headers.get("if-none-match") ?? "").split(",").some((known) => known.trim().replace(/^W\//u, "") === etag.replace(/^W\//u, ""));

type Wire = { readonly url: URL; readonly method: string; readonly headers: Headers };

/** An answer on the wire. `date` is the world's: clients correct their clock by it. What a client has already is free. */
export const apiResponse = (world: World, { url, method, headers: asked }: Wire, { actor, answer: { status, body, headers } }: Asked): Response => {
  const content = body === null ? null : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
  const etag = isRead(method) && status === 200 && content !== null ? etagOf(content) : null;
  const isKnown = etag !== null && hasAlready(asked, etag);
  const resource = resourceOf(url);
  const isCounted = resource !== "graphql" && !isFree(url) && !(isKnown && actor !== null);
  if (isCounted) spend(world, actor, resource, 1);
  return new Response(isKnown ? null : content, {
    status: isKnown ? 304 : status,
    headers: {
      ...(content === null || isKnown ? {} : { "content-type": "application/json; charset=utf-8" }),
      date: new Date(world.now()).toUTCString(),
      ...(etag === null
        ? {}
        : { etag, "cache-control": `${actor === null ? "public" : "private"}, max-age=60, s-maxage=60`, vary: "Accept, Authorization, Cookie, X-GitHub-OTP" }),
      "x-github-request-id": randomUUID(),
      "x-github-api-version-selected": VERSION,
      "x-github-media-type": mediaType(asked.get("accept") ?? ""),
      ...limitHeaders(world, actor, resource),
      ...headers,
    },
  });
};
