// Reads the descriptions that GitHub publishes, from the packages that carry them. They are large: each is read when it
// is first needed, once a process.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The value of a function, made at the first call. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** OpenAPI 3.0 of api.github.com. */
export function readRestDescription(): unknown {
  return readJson(require.resolve("@octokit/openapi/generated/api.github.com.json"));
}

/** OpenAPI 3.1 of the webhooks of api.github.com. */
export function readWebhookDescription(): unknown {
  return readJson(require.resolve("@octokit/openapi-webhooks/generated/api.github.com.json"));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
