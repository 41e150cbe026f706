// One delivery on its way: its headers, and the HTTP request that carries it.
import { createHmac } from "node:crypto";
import type { Delivery } from "../world/types.ts";

/** A receiver that takes longer has failed (https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries). */
const TIME_OUT_MS = 10_000;

/** Lower-case names, as servers see them. The signature covers the bytes of the body and nothing else. */
export const headersOf = (delivery: Delivery): Record<string, string> => ({
  "content-type": "application/json",
  "user-agent": "GitHub-Hookshot/stand-in",
  "x-github-event": delivery.event,
  "x-github-delivery": delivery.guid,
  "x-github-hook-id": String(delivery.app.id),
  "x-github-hook-installation-target-id": String(delivery.app.id),
  "x-github-hook-installation-target-type": "integration",
  "x-hub-signature-256": `sha256=${createHmac("sha256", delivery.app.webhook?.secret ?? "")
    .update(delivery.body)
    .digest("hex")}`,
});

/** @returns the receiver's status */
export const post = async (delivery: Delivery, headers: Readonly<Record<string, string>>): Promise<number> => {
  const url = delivery.app.webhook?.url ?? "";
  const response = await fetch(url, { method: "POST", headers, body: delivery.body, signal: AbortSignal.timeout(TIME_OUT_MS) });
  await response.arrayBuffer();
  return response.status;
};
