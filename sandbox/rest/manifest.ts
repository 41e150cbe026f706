// The last step of the manifest flow: a code, used once, becomes an app with its secrets.
import { randomBytes } from "node:crypto";
import type { ManifestConversion, World } from "../world/types.ts";
import { created, found, textOf } from "./call.ts";
import type { Route } from "./routes.ts";
import { appShape } from "./shapes/app.ts";

/** The code to hand to the app's redirect address. */
export const manifestCode = (world: World, conversion: ManifestConversion): string => {
  const code = randomBytes(20).toString("hex");
  world.manifestCodes.set(code, conversion);
  return code;
};

export const manifestRoutes: readonly Route[] = [
  {
    method: "POST",
    template: "/app-manifests/{code}/conversions",
    handle: (call) => {
      const code = textOf(call, "code");
      const { app, privateKey, clientSecret } = found(call.world.manifestCodes.get(code));
      call.world.manifestCodes.delete(code);
      return created({ ...appShape(call.world, app), client_secret: clientSecret, webhook_secret: app.webhook?.secret ?? null, pem: privateKey });
    },
  },
];
