// The JSON web tokens by which an app speaks for itself: RS256, at most ten minutes, checked with the app's public key.
import { verify } from "node:crypto";
import { type App, ApiError, type World } from "../world/types.ts";

const TOLERANCE_SECONDS = 60;
const LONGEST_SECONDS = 600;
const undecodable = (): ApiError => new ApiError(401, "A JSON web token could not be decoded");

type Claims = { readonly iss: string; readonly iat: number; readonly exp: number };

const parsed = (part: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    if (typeof value === "object" && value !== null) return { ...value };
  } catch {
    // Answered below.
  }
  throw undecodable();
};

// The words of these refusals matter: Octokit recognises a clock that differs by them and corrects it.
const claimsOf = ({ iss, iat, exp }: Readonly<Record<string, unknown>>): Claims => {
  if (typeof iss !== "string" && typeof iss !== "number") throw new ApiError(401, "'Issuer' claim ('iss') must be an Integer");
  if (typeof exp !== "number")
    throw new ApiError(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
  if (typeof iat !== "number") throw new ApiError(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  return { iss: String(iss), iat, exp };
};

const requireTimely = ({ iat, exp }: Claims, now: number): void => {
  if (exp < now - TOLERANCE_SECONDS)
    throw new ApiError(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
  if (exp > now + LONGEST_SECONDS + TOLERANCE_SECONDS) throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  if (iat > now + TOLERANCE_SECONDS)
    throw new ApiError(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
};

/** `iss` is the app's id or its client id. @throws ApiError 401 */
export const appOfJwt = (world: World, token: string): App => {
  const [header = "", payload = "", signature = ""] = token.split(".");
  if (parsed(header)["alg"] !== "RS256") throw undecodable();
  const claims = claimsOf(parsed(payload));
  const app = [...world.apps.values()].find(({ id, clientId }) => claims.iss === String(id) || claims.iss === clientId);
  if (app === undefined) throw new ApiError(404, "Integration not found");
  if (!verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), app.publicKey, Buffer.from(signature, "base64url"))) throw undecodable();
  requireTimely(claims, world.now() / 1000);
  return app;
};
