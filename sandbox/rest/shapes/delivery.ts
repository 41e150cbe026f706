// `hook-delivery-item` and `hook-delivery`.
import type { Delivery } from "../../world/types.ts";
import { moment } from "./moment.ts";

/** In words, as GitHub's list shows them. */
const wordOf = (status: number | null): string => {
  if (status === null) return "pending";
  if (status === 0) return "failed to connect to host";
  return status < 400 ? "OK" : `Invalid HTTP Response: ${status}`;
};

export const deliveryShape = (delivery: Delivery) => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: moment(delivery.at),
  redelivery: delivery.isRedelivery,
  duration: (delivery.tookMs ?? 0) / 1000,
  status: wordOf(delivery.status),
  status_code: delivery.status ?? 0,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installation?.id ?? null,
  repository_id: delivery.repository?.id ?? null,
  throttled_at: null,
});

export const fullDeliveryShape = (delivery: Delivery, headers: Readonly<Record<string, string>>) => ({
  ...deliveryShape(delivery),
  url: delivery.app.webhook?.url ?? "",
  request: { headers, payload: JSON.parse(delivery.body) as unknown },
  response: { headers: {}, payload: "" },
});
