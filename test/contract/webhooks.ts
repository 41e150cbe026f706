// Holds a webhook payload to GitHub's description of its webhooks.
import { once, readWebhookDescription } from "./description.ts";
import { withoutKnownFaults } from "./known-faults.ts";
import { type Schema, type Schemas, schemaCheck } from "./schemas.ts";
import { undeclaredKeys } from "./undeclared.ts";

type Webhook = { readonly post: { readonly requestBody: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> } } };
type Description = { readonly webhooks: Readonly<Record<string, Webhook>>; readonly components: { readonly schemas: Schemas } };

const github = once(() => {
  const { webhooks, components } = readWebhookDescription() as Description;
  return { webhooks, check: schemaCheck(components.schemas), undeclared: undeclaredKeys(components.schemas) };
});

/** What is wrong with a payload: empty when it keeps to the description. `action` is null for events that have none, such as `push`. */
export function checkWebhook(event: string, action: string | null, payload: unknown): string[] {
  const place = `webhook ${action === null ? event : `${event}.${action}`}`;
  const { webhooks, check, undeclared } = github();
  const schema = webhooks[(action === null ? event : `${event}-${action}`).replaceAll("_", "-")]?.post.requestBody.content["application/json"]?.schema;
  if (schema === undefined) return [`${place}: GitHub has no such webhook`];
  return withoutKnownFaults([...check(schema, payload), ...undeclared(schema, payload)].map((what) => ({ place, what })));
}
