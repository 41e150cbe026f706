// Who sent a request, by its Authorization header: a person's token, an installation's token or an app's JWT.
import { type Actor, ApiError, type World } from "../world/types.ts";
import { appOfJwt } from "./jwt.ts";

/** The token of `Bearer …`, `token …`, or the password of `Basic …` as git sends it; null when there is none. */
const tokenOf = (header: string | null): string | null => {
  const [scheme = "", value = ""] = (header ?? "").split(" ");
  if (value === "") return null;
  if (scheme.toLowerCase() !== "basic") return value;
  const [user = "", password = ""] = Buffer.from(value, "base64").toString().split(":");
  return password === "" || password === "x-oauth-basic" ? user : password;
};

/** Who asks, whether it may or not; null is nobody. @throws ApiError 401 for what is no token or no longer one */
export const identify = (world: World, header: string | null): Actor | null => {
  const text = tokenOf(header);
  if (text === null) return null;
  if (text.startsWith("eyJ")) {
    const app = appOfJwt(world, text);
    return { is: "app", user: app.bot, app };
  }
  const token = world.tokens.get(text);
  if (token === undefined || (token.expiresAt !== null && token.expiresAt <= world.now())) throw new ApiError(401, "Bad credentials");
  return token.actor;
};

/** @throws ApiError 403 for a suspended installation */
export const requireActive = (world: World, actor: Actor | null): void => {
  if (actor?.is === "installation" && (world.installations.get(actor.installation.id)?.suspendedAt ?? null) !== null)
    throw new ApiError(403, "This installation has been suspended");
};

/** Null is nobody. @throws ApiError 401 for what is no token or no longer one, 403 for a suspended installation */
export const authenticate = (world: World, header: string | null): Actor | null => {
  const actor = identify(world, header);
  requireActive(world, actor);
  return actor;
};
