// Signatures of commits. The stand-in vouches for its own only: it has nobody else's keys.
import type { CommitObject } from "../../git/types.ts";
import { userByEmail, WEB_FLOW } from "../../world/people.ts";
import { signedPayload, verificationOf } from "../../world/signature.ts";
import type { World } from "../../world/types.ts";
import type { Fields } from "../context.ts";
import { dateTime } from "../moments.ts";
import { userThing } from "../things.ts";

export type SignatureThing = { readonly is: "GpgSignature" | "SshSignature" | "UnknownSignature"; readonly commit: CommitObject; readonly signature: string };

const kindOf = (signature: string): SignatureThing["is"] => {
  if (signature.startsWith("-----BEGIN PGP")) return "GpgSignature";
  return signature.startsWith("-----BEGIN SSH") ? "SshSignature" : "UnknownSignature";
};

export const signatureOf = (commit: CommitObject): SignatureThing | null => {
  const { signature } = commit;
  return signature === null ? null : { is: kindOf(signature), commit, signature };
};

const isOurs = ({ commit }: SignatureThing): boolean => verificationOf(commit).isVerified;

const signerOf = (world: World, thing: SignatureThing): ReturnType<typeof userThing> | null => {
  if (isOurs(thing)) return userThing(WEB_FLOW);
  const user = userByEmail(world, thing.commit.committer.email);
  return user?.type === "User" ? userThing(user) : null;
};

export const signatureFields: Fields<SignatureThing> = {
  email: ({ commit }) => commit.committer.email,
  isValid: isOurs,
  payload: ({ commit }) => signedPayload(commit),
  signature: ({ signature }) => signature,
  signer: (thing, _, { world }) => signerOf(world, thing),
  state: ({ commit }) => verificationOf(commit).reason.toUpperCase(),
  verifiedAt: (thing) => (isOurs(thing) ? dateTime(thing.commit.committer.at) : null),
  wasSignedByGitHub: isOurs,
};
