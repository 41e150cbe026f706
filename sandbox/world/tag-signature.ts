// Signatures of tags, really checked: git keeps one at the end of a tag's message, and what it signs is all before it.
// The reasons are GitHub's (https://docs.github.com/en/rest/git/tags).
import type { TagObject } from "../git/types.ts";
import { isSignedByPgp, isSignedBySsh } from "./signatures.ts";
import type { SigningKey, World } from "./types.ts";
import { userByEmail } from "./people.ts";

export type TagVerification = {
  readonly reason: "valid" | "unsigned" | "unknown_key" | "invalid" | "no_user" | "bad_email";
  readonly signature: string | null;
  readonly payload: string | null;
};
/** Null: the key did not make that signature. */
type Check = (key: string, payload: string, signature: string) => Promise<"valid" | "invalid" | null>;

const BEGINNINGS: readonly (readonly [string, Check])[] = [
  ["-----BEGIN PGP SIGNATURE-----", isSignedByPgp],
  ["-----BEGIN SSH SIGNATURE-----", isSignedBySsh],
];

/** The last line that begins one, as git looks for it. */
const split = (text: string): { readonly payload: string; readonly signature: string; readonly check: Check } | null => {
  for (const [beginning, check] of BEGINNINGS) {
    const at = text.lastIndexOf(`\n${beginning}\n`);
    if (at >= 0) return { payload: text.slice(0, at + 1), signature: text.slice(at + 1), check };
  }
  return null;
};

const madeBy = async (keys: readonly SigningKey[], { payload, signature, check }: NonNullable<ReturnType<typeof split>>) => {
  for (const { user, text } of keys) {
    const outcome = await check(text, payload, signature);
    if (outcome !== null) return { user, outcome };
  }
  return null;
};

/** Valid: made by a registered key of the account that the tagger's address belongs to. */
export const verifyTag = async (world: World, { text, tagger }: TagObject): Promise<TagVerification> => {
  const parts = split(text);
  if (parts === null) return { reason: "unsigned", signature: null, payload: null };
  const { signature, payload } = parts;
  const maker = await madeBy(world.signingKeys, parts);
  if (maker === null) return { reason: "unknown_key", signature, payload };
  if (maker.outcome === "invalid") return { reason: "invalid", signature, payload };
  const named = tagger === null ? null : userByEmail(world, tagger.email);
  if (named === null) return { reason: "no_user", signature, payload };
  return { reason: named.login === maker.user.login ? "valid" : "bad_email", signature, payload };
};
