// The log: one JSON object a line, made of fields that are known to be harmless. A field that is not listed is dropped,
// whoever logs it: libraries hand over whole requests, bodies and errors. As the last step the finished line loses
// everything that looks like a secret.
import type { DestinationStream, Logger } from "pino";
import { destination, pino } from "pino";
import type { LogLevel } from "../settings/environment.ts";
import { redactSecrets } from "../github/redact.ts";

export type { Logger } from "pino";

const FIELDS = new Set([
  "err",
  "name",
  "msg", // who says what
  "event",
  "delivery",
  "method",
  "route",
  "status",
  "tookMs",
  "bytes", // the door
  "key",
  "repository",
  "installationId",
  "repositoryId",
  "headSha",
  "pullRequest",
  "component",
  "version",
  "tag", // the work
  "repositories",
  "everyMs",
  "listed",
  "deliveries",
  "guid",
  "times", // the sweeps
  "closed",
  "actions",
  "wakeAt",
  "failures",
  "retryAt",
  "reason",
  "permission",
  "waiting",
  "running",
  "failing",
  "remaining",
  "points",
  "count",
  "address",
  "signal",
  "problem",
  "hint",
  "file", // the process
]);

export function createLog(level: LogLevel, stream: DestinationStream = destination({ dest: 1, sync: true })): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => FIELDS.has(name))),
      },
      serializers: { err: harmlessError },
      hooks: { streamWrite: withoutSecrets },
    },
    stream,
  );
}

/** String by string, so that the line stays JSON whatever is taken out of it. */
function withoutSecrets(line: string): string {
  const fields: unknown = JSON.parse(line, (_name, value: unknown) => (typeof value === "string" ? redactSecrets(value) : value));
  return `${JSON.stringify(fields)}\n`;
}

/** An error without what libraries hang on it: requests with their headers, responses, whole events. */
function harmlessError(error: unknown): object {
  if (!(error instanceof Error)) return { message: "something that is no error was thrown" };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...("status" in error && typeof error.status === "number" ? { status: error.status } : {}),
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    ...(error.cause instanceof Error ? { cause: harmlessError(error.cause) } : {}),
    ...(error instanceof AggregateError ? { errors: error.errors.map(harmlessError) } : {}),
  };
}
