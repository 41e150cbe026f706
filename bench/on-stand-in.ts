// The built app, registered and installed on the stand-in for GitHub.
import type { ChildProcess } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { addSteward } from "../sandbox/add-steward.ts";
import type { StandIn } from "../sandbox/stand-in.ts";
import { startBuilt } from "./built-app.ts";

export const SECRET = "a long secret of this benchmark 4711";

/**
 * @param setting.url of the stand-in
 * @param setting.port of the app; 0: any, and then no webhook finds it
 */
export function startOnStandIn(
  standIn: StandIn,
  setting: { readonly url: string; readonly owners: readonly string[]; readonly port: number; readonly variables: Parameters<typeof startBuilt>[0] },
): ChildProcess {
  const { url, owners, port, variables } = setting;
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const app = addSteward(standIn, {
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    publicUrl: `http://127.0.0.1:${String(port)}`,
    secret: SECRET,
  });
  for (const owner of owners) standIn.install(app, owner);
  return startBuilt({
    APP_ID: String(app.id),
    PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: `${url}/api/v3`,
    PORT: String(port),
    LOG_LEVEL: "error",
    ...variables,
  });
}
