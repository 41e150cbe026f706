// The set-up: served only while no app is configured, to whoever has the token. One button has GitHub register the app
// with this server's addresses; GitHub sends the person back with a code that is worth the app's credentials.
// The way back is bound to the browser that left: a state that works once, and a cookie that only this server set.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLoopback } from "../settings/hosts.ts";
import { manifest, websiteOf } from "./manifest.ts";
import { refuse } from "./refuse.ts";
import { isRegistered, keepCredentials, redeem } from "./registration.ts";
import { askPage, donePage } from "./setup-pages.ts";

export type SetupOptions = {
  readonly token: string;
  readonly publicUrl: string;
  readonly githubApiUrl: string;
  readonly dataDirectory: string;
  readonly fetch: typeof globalThis.fetch;
  /** Told once, when the credentials are on disk. */
  readonly onRegistered: () => void;
};

const CALLBACK_PATH = "/setup/callback";
const COOKIE = "release-steward-setup";
const COOKIE_SECONDS = 3600;
const TRIES_A_MINUTE_MAX = 20;

export function addSetup(door: FastifyInstance, options: SetupOptions): void {
  const { token, publicUrl, githubApiUrl, dataDirectory, fetch, onRegistered } = options;
  const file = join(dataDirectory, ".env");
  const website = websiteOf(githubApiUrl);
  const config = { rateLimit: { max: TRIES_A_MINUTE_MAX, timeWindow: 60_000 } };
  /** Of the page that was shown last; null once used. */
  let pending: { readonly state: string; readonly browser: string } | null = null;

  door.get("/", { config }, async (request, reply) => {
    if (!isSame(parameter(request, "token"), token))
      return refuse(reply, { status: 403, because: "open this page with the address from the log: it ends in ?token=..." });
    if (isRegistered(file)) return refuse(reply, { status: 409, because: `${file} exists already: start the server again, or move the file away first` });
    const asked = parameter(request, "organization");
    const organization = /^[\da-z](-?[\da-z]){0,38}$/i.test(asked) ? asked : null;
    const origin = originOf(request, publicUrl);
    pending = { state: randomBytes(32).toString("base64url"), browser: randomBytes(32).toString("base64url") };
    const target = new URL(`${website}${organization === null ? "" : `/organizations/${organization}`}/settings/apps/new`);
    target.searchParams.set("state", pending.state);
    const secure = origin.startsWith("https:") ? "; Secure" : "";
    reply.header("set-cookie", `${COOKIE}=${pending.browser}; Path=/setup; HttpOnly; SameSite=Lax; Max-Age=${COOKIE_SECONDS}${secure}`);
    return send(
      reply,
      askPage({ target: target.href, manifest: manifest({ publicUrl, redirectUrl: origin + CALLBACK_PATH, organization }), token, organization }),
    );
  });

  door.get(CALLBACK_PATH, { config }, async (request, reply) => {
    const expected = pending;
    const fits = expected !== null && isSame(parameter(request, "state"), expected.state) && isSame(cookie(request), expected.browser);
    if (!fits) return refuse(reply, { status: 403, because: "this registration was not begun here: open the set-up page again" });
    const code = parameter(request, "code");
    if (!/^[\w-]{1,128}$/.test(code)) return refuse(reply, { status: 400, because: "GitHub sent no code: open the set-up page again" });
    // Before anything is awaited: a state works once.
    pending = null;
    if (isRegistered(file)) return refuse(reply, { status: 409, because: `${file} exists already: nothing was changed` });
    try {
      const registration = await redeem(code, githubApiUrl, fetch);
      await keepCredentials(file, registration);
      onRegistered();
      return await send(reply, donePage({ installAt: `${registration.html_url}/installations/new`, file }));
    } catch (error) {
      reply.log.error({ err: error }, "the registration was not completed");
      return refuse(reply, {
        status: 502,
        because: "the registration was not completed; the log says why. Delete the new app on GitHub and open the set-up page again",
      });
    }
  });
}

/** Where the person's browser is: the public address, or this machine's. A Host header can choose between them, nothing more. */
function originOf({ host, hostname }: FastifyRequest, publicUrl: string): string {
  return isLoopback(hostname) ? `http://${host}` : new URL(publicUrl).origin;
}

function parameter({ query }: FastifyRequest, name: string): string {
  const value: unknown = typeof query === "object" && query !== null && Object.hasOwn(query, name) ? Reflect.get(query, name) : "";
  return typeof value === "string" ? value : "";
}

function cookie({ headers }: FastifyRequest): string {
  const pair = (headers.cookie ?? "").split(/;\s*/).find((text) => text.startsWith(`${COOKIE}=`));
  return pair?.slice(COOKIE.length + 1) ?? "";
}

/** In constant time, whatever the lengths. */
function isSame(found: string, expected: string): boolean {
  return timingSafeEqual(digest(found), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function send(reply: FastifyReply, text: string): FastifyReply {
  return reply.header("cache-control", "no-store").type("text/html; charset=utf-8").send(text);
}
