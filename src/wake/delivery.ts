// One attempt to deliver a webhook, as GitHub lists it: `GET /app/hook/deliveries`, newest first.
import type { EpochMs } from "../model/time.ts";

export type Delivery = {
  /** Of this attempt. Text, because it does not fit into a number. */
  readonly id: string;
  /** Of the event: every attempt to deliver it has the same. */
  readonly guid: string;
  readonly deliveredAt: EpochMs;
  readonly redelivery: boolean;
  readonly succeeded: boolean;
};

/** One page of the answer. @throws Error when it is not what GitHub describes: nothing is concluded from half of it. */
export function readDeliveries(data: unknown): readonly Delivery[] {
  if (!Array.isArray(data)) throw new Error("expected a list of deliveries");
  return data.map(readDelivery);
}

function readDelivery(item: unknown): Delivery {
  const { id, guid, delivered_at, redelivery, status_code } = fieldsOf(item);
  const deliveredAt = typeof delivered_at === "string" ? Date.parse(delivered_at) : Number.NaN;
  const idIsKnown = typeof id === "bigint" || typeof id === "number" || typeof id === "string";
  if (!idIsKnown || typeof guid !== "string" || Number.isNaN(deliveredAt) || typeof status_code !== "number") {
    throw new Error(`expected a delivery with id, guid, delivered_at and status_code, found ${Object.keys(fieldsOf(item)).join(", ")}`);
  }
  return { id: String(id), guid, deliveredAt, redelivery: redelivery === true, succeeded: status_code >= 200 && status_code < 400 };
}

/** Where the next page starts, from the `link` header; null on the last page. */
export function nextCursor(link: string | number | undefined): string | null {
  const next = String(link ?? "")
    .split(",")
    .find((part) => part.includes('rel="next"'));
  const cursor = next?.match(/[?&]cursor=([^&>]+)/)?.[1];
  return cursor === undefined ? null : decodeURIComponent(cursor);
}

function fieldsOf(item: unknown): Readonly<Record<string, unknown>> {
  return typeof item === "object" && item !== null ? Object.fromEntries(Object.entries(item)) : {};
}
