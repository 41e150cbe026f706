// Watches a stand-in while a test runs and keeps what in its traffic breaks GitHub's contract.
import type { StandIn } from "../../sandbox/stand-in.ts";
import { checkExchange } from "./openapi.ts";
import { checkWebhook } from "./webhooks.ts";

/** Each different complaint stands once, with the number of times when it was heard more than once. Git and pages are none of this contract. */
export function watchContract(standIn: Pick<StandIn, "observe">): {
  readonly complaints: () => readonly string[];
  readonly counts: () => { readonly exchanges: number; readonly webhooks: number };
} {
  const times = new Map<string, number>();
  let exchanges = 0;
  let webhooks = 0;
  const hear = (complaints: readonly string[]) => {
    for (const complaint of complaints) times.set(complaint, (times.get(complaint) ?? 0) + 1);
  };
  standIn.observe({
    webhook: (event, action, payload) => {
      webhooks += 1;
      hear(checkWebhook(event, action, asSent(payload)));
    },
    exchange: (request, response) => {
      if (!request.path.startsWith("/api/")) return;
      exchanges += 1;
      hear(checkExchange({ ...request, body: asSent(request.body) }, { ...response, body: asSent(response.body) }));
    },
  });
  return {
    complaints: () => [...times].map(([complaint, count]) => (count === 1 ? complaint : `${complaint} (${count} times)`)),
    counts: () => ({ exchanges, webhooks }),
  };
}

/** What the other side reads: text for bytes, and JSON without the fields that are undefined. */
function asSent(body: unknown): unknown {
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  return body === null || body === undefined ? null : JSON.parse(JSON.stringify(body));
}
