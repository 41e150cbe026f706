// Webhooks on their way from GitHub to the app: they arrive, or they are lost, doubled, late, in another order, or under
// another name. What GitHub notes is what the receiver answered.
import type { StandInOptions } from "../../sandbox/stand-in.ts";
import type { FaultDeed } from "./history.ts";
import type { Time } from "./time.ts";

type Deliver = NonNullable<StandInOptions["deliver"]>;
type Delivery = Parameters<Deliver>[0];
type What = Extract<FaultDeed, { readonly do: "mail" }>["what"];

/** @returns the status that the receiver answers; 0 when it could not be reached */
export type Receive = (delivery: Delivery, event: string) => Promise<number>;

const LATE_MS = 10 * 60_000;
/** A name that fits no body: whoever believes it reads the wrong thing. */
const OTHER_NAME = "installation_repositories";

export function openMail(receive: Receive, time: () => Time): { readonly deliver: Deliver; readonly next: (what: What, count: number) => void } {
  const plan: What[] = [];
  const held: Delivery[] = [];
  const arrive = (delivery: Delivery, event = delivery.event): Promise<number> => time().during(receive(delivery, event));
  const later = (delivery: Delivery, ms: number): void => time().at(time().now() + ms, () => void arrive(delivery));

  return {
    next: (what, count) => void plan.push(...Array.from({ length: count }, () => what)),
    async deliver(delivery) {
      const what = plan.shift();
      switch (what) {
        case undefined:
          return await arrive(delivery);
        case "lost":
          return 0;
        case "swallowed":
          return 200;
        case "doubled":
          later(delivery, 1_000);
          return await arrive(delivery);
        case "delayed":
          later(delivery, LATE_MS);
          return 200;
        case "swapped":
          return await arrive(delivery, OTHER_NAME);
        case "reversed": {
          // The second of two goes first; the first one waits for it, a minute at most.
          const first = held.pop();
          if (first === undefined) {
            held.push(delivery);
            time().at(time().now() + 60_000, () => {
              const left = held.pop();
              if (left !== undefined) void arrive(left);
            });
            return 200;
          }
          const status = await arrive(delivery);
          later(first, 0);
          return status;
        }
      }
    },
  };
}
