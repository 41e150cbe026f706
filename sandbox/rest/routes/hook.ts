// The app's webhook: its address, its deliveries, and a second attempt at one of them.
import { ApiError, type Delivery } from "../../world/types.ts";
import { headersOf } from "../../hooks/send.ts";
import { answer, type Call, found, numberOf, ok } from "../call.ts";
import { paged } from "../pages.ts";
import type { Route } from "../routes.ts";
import { deliveryShape, fullDeliveryShape } from "../shapes/delivery.ts";
import { askingApp } from "./app.ts";

const ownDelivery = (call: Call): Delivery => {
  const app = askingApp(call);
  const id = numberOf(call, "id");
  return found(call.world.deliveries.find((delivery) => delivery.id === id && delivery.app === app));
};

/** `redeliver` starts another attempt; the answer does not wait for it. */
export const hookRoutes = (redeliver: (delivery: Delivery) => Promise<void>): readonly Route[] => [
  {
    method: "GET",
    template: "/app/hook/config",
    handle: (call) => {
      const { webhook } = askingApp(call);
      if (webhook === null) throw new ApiError(404, "Not Found");
      return ok({ url: webhook.url, content_type: "json", secret: "********", insecure_ssl: "0" });
    },
  },
  {
    method: "GET",
    template: "/app/hook/deliveries",
    handle: (call) => {
      const app = askingApp(call);
      const own = call.world.deliveries.filter((delivery) => delivery.app === app && delivery.status !== null);
      return paged(call, own.toReversed(), deliveryShape);
    },
  },
  {
    method: "GET",
    template: "/app/hook/deliveries/{id}",
    handle: (call) => {
      const delivery = ownDelivery(call);
      return ok(fullDeliveryShape(delivery, headersOf(delivery)));
    },
  },
  {
    method: "POST",
    template: "/app/hook/deliveries/{id}/attempts",
    handle: (call) => {
      void redeliver(ownDelivery(call));
      return answer(202, {});
    },
  },
];
