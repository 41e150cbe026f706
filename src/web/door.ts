// The door: the only socket that listens. Nobody gets past it but GitHub's signed deliveries and readers of a few pages.
// A delivery is answered 202 after it is on disk and 500 when it could not be, so that GitHub knows what to send again.
import { fastifyHelmet } from "@fastify/helmet";
import { fastifyRateLimit } from "@fastify/rate-limit";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { fastify, LogController } from "fastify";
import { letOldestGiveWay } from "./give-way.ts";
import { closeAfter, refuse } from "./refuse.ts";
import type { Logger } from "./log.ts";
import { CONTENT_SECURITY_POLICY } from "./page.ts";

export type DoorOptions = {
  readonly log: Logger;
  /** How long a request may take to arrive. GitHub itself gives up after 10 s. */
  readonly arrivalMs?: number;
  /** Where forms of the pages may lead to, besides here. */
  readonly formTargets?: readonly string[];
};

const ARRIVAL_MS = 10_000;
const LAST_WORDS_MS = 1000;
/** Connections that wait for a request. With the large bodies counted apart this bounds the memory that strangers can cost. */
const WAITING_MAX = 256;
/** Those with a request that is being answered included; what comes on top is not listened to. */
const CONNECTIONS_MAX = 2 * WAITING_MAX;

/** A door without rooms: limits, headers, log lines and plain answers. Deliveries and pages are added to it. */
export async function openDoor({ log, arrivalMs = ARRIVAL_MS, formTargets = [] }: DoorOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = log;
  const door = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 4096,
    requestTimeout: arrivalMs,
    connectionTimeout: 2 * arrivalMs,
    keepAliveTimeout: 5000,
    // Node looks for late requests only every 30 s unless told otherwise.
    http: { headersTimeout: arrivalMs, connectionsCheckingInterval: Math.min(1000, arrivalMs), maxHeaderSize: 16 * 1024 },
    forceCloseConnections: "idle",
  });
  door.server.maxConnections = CONNECTIONS_MAX;
  letOldestGiveWay(door.server, WAITING_MAX);
  await door.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { ...CONTENT_SECURITY_POLICY, formAction: ["'self'", ...formTargets] } },
  });
  await door.register(fastifyRateLimit, { global: false, cache: 10_000 });
  door.setNotFoundHandler((_request, reply) => refuse(reply, { status: 404, because: "there is nothing here" }));
  door.setErrorHandler((error, _request, reply) => answerFailure(error, reply));
  door.addHook("onResponse", async (request, reply) => logAnswer(request, reply));
  return door;
}

/** Listens no more, lets requests end for a second, then cuts whoever is still there. */
export async function hangUp(door: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => door.server.closeAllConnections(), LAST_WORDS_MS);
  await door.close();
  clearTimeout(cut);
}

function answerFailure(error: unknown, reply: FastifyReply): FastifyReply {
  const status = error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  if (status >= 500) reply.log.error({ err: error }, "a request failed");
  return refuse(closeAfter(reply), { status, because: status >= 500 ? "this failed here; the log says why" : "the request is malformed or too large" });
}

/** The pattern of the route, never the address: addresses carry codes and tokens. */
function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions } = request;
  const isProbe = routeOptions.url === "/healthz" || routeOptions.url === "/readyz";
  const fields = { method, route: routeOptions.url ?? "none", status: reply.statusCode, tookMs: Math.round(reply.elapsedTime) };
  // What was kept has a line of its own.
  if (isProbe || reply.statusCode === 404 || reply.statusCode === 202) reply.log.debug(fields, "answered");
  else reply.log.info(fields, "answered");
}
