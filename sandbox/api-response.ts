// An answer on the wire: its headers, and 304 for who has the content already
// (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate).
import { createHash, randomUUID } from "node:crypto";
import { isFree, isRead, resourceOf, VERSION } from "./addresses.ts";
import type { Asked } from "./api.ts";
import { limitHeaders, spend } from "./limits/hourly.ts";
import type { World } from "./world/types.ts";

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
