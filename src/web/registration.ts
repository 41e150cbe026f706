// The end of the set-up: GitHub's one-time code becomes the app's credentials, and these a file that nobody else reads.
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { z } from "zod";

/** What GitHub answers to a conversion (POST /app-manifests/{code}/conversions), as far as it is used. */
const Registration = z.object({
  id: z.int().positive(),
  html_url: z.url({ protocol: /^https?$/ }),
  pem: z.string().startsWith("-----BEGIN"),
  webhook_secret: z.string().min(16),
});
export type Registration = z.infer<typeof Registration>;

/** A code works once and for an hour. */
export async function redeem(code: string, githubApiUrl: string, fetch: typeof globalThis.fetch): Promise<Registration> {
  const answer = await fetch(`${githubApiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json", "user-agent": "release-steward" },
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.status !== 201) throw new Error(`GitHub answered ${answer.status} to the registration's code`);
  const registration = Registration.safeParse(await answer.json());
  // What came is withheld: it holds the key.
  if (!registration.success) throw new Error("GitHub's answer to the registration's code lacks a field");
  return registration.data;
}

/** Whether there is something that must not be overwritten. */
export function isRegistered(path: string): boolean {
  return existsSync(path);
}

/** @throws when the file exists: credentials are never overwritten. */
export async function keepCredentials(path: string, { id, pem, webhook_secret: secret }: Registration): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(`APP_ID=${id}\nPRIVATE_KEY=${Buffer.from(pem).toString("base64")}\nWEBHOOK_SECRET=${secret}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
