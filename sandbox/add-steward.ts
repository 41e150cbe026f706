// This app on the stand-in, as its manifest asks for it.
import { manifest } from "../src/web/manifest.ts";
import type { StandIn } from "./stand-in.ts";
import type { App } from "./world/types.ts";

/**
 * @param app.publicKey PEM
 * @param app.publicUrl where webhooks reach it, without a final slash
 */
export function addSteward(standIn: StandIn, app: { readonly publicKey: string; readonly publicUrl: string; readonly secret: string }): App {
  const { publicKey, publicUrl, secret } = app;
  const asked = manifest({ publicUrl, redirectUrl: publicUrl, organization: null });
  return standIn.addApp({
    slug: "release-steward",
    publicKey,
    permissions: asked.default_permissions,
    events: asked.default_events,
    webhook: { url: asked.hook_attributes.url, secret },
  });
}
