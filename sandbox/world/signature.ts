// What stands in for GitHub's own signature: no cryptography, only the promise that this stand-in made the commit.
import type { CommitObject } from "../git/types.ts";

export const SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\nsigned by the stand-in for GitHub\n-----END PGP SIGNATURE-----\n";

export type Verification = { readonly isVerified: boolean; readonly reason: "valid" | "unsigned" | "unknown_key" };

/** Signed by the stand-in: valid. By somebody else: a key that it does not know. */
export const verificationOf = (commit: CommitObject): Verification => {
  if (commit.signature === null) return { isVerified: false, reason: "unsigned" };
  const isOurs = commit.signature.trim() === SIGNATURE.trim();
  return { isVerified: isOurs, reason: isOurs ? "valid" : "unknown_key" };
};

const stamp = (person: CommitObject["author"]): string => `${person.name} <${person.email}> ${Math.floor(person.at / 1000)} +0000`;

/** The text that was signed: the commit object without its signature. */
export const signedPayload = (commit: CommitObject): string =>
  [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${stamp(commit.author)}`,
    `committer ${stamp(commit.committer)}`,
    "",
    commit.message,
  ].join("\n");
