// Signatures that `git tag -v` checks with `ssh-keygen` (openssh/PROTOCOL.sshsig), by ed25519 or RSA.
import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto";
import { sshNumber, sshText } from "./ssh-text.ts";

const MAGIC = "SSHSIG";
/** What git signs with; a signature for anything else does not pass for one of a tag. */
const NAMESPACE = "git";
const HASH = "sha512";
/** As `ssh-keygen` breaks it. */
const LINE_LENGTH = 70;

/** Null for a kind of key that is not for this. */
export function sshSigner(key: KeyObject): ((payload: string) => string) | null {
  const format = formatOf(key);
  if (format === null) return null;
  const head = [NAMESPACE, "", HASH].map(sshText);
  return (payload) => {
    const digest = createHash(HASH).update(payload, "utf8").digest();
    const signed = sign(format.hash, Buffer.concat([Buffer.from(MAGIC), ...head, sshText(digest)]), key);
    const signature = sshText(Buffer.concat([sshText(format.signature), sshText(signed)]));
    return armoured(Buffer.concat([Buffer.from(MAGIC), sshNumber(1), sshText(format.publicKey), ...head, signature]));
  };
}

/** What the key and its signatures are called, and the hash that goes with them: ed25519 has its own within. */
function formatOf(key: KeyObject): { readonly publicKey: Buffer; readonly signature: string; readonly hash: string | null } | null {
  if (key.asymmetricKeyType === "ed25519") {
    const { x = "" } = createPublicKey(key).export({ format: "jwk" });
    return { publicKey: Buffer.concat([sshText("ssh-ed25519"), sshText(Buffer.from(x, "base64url"))]), signature: "ssh-ed25519", hash: null };
  }
  if (key.asymmetricKeyType !== "rsa") return null;
  const { e = "", n = "" } = createPublicKey(key).export({ format: "jwk" });
  return { publicKey: Buffer.concat([sshText("ssh-rsa"), sshText(positive(e)), sshText(positive(n))]), signature: "rsa-sha2-512", hash: HASH };
}

/** A leading zero keeps a number positive whose first bit is set. */
function positive(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, "base64url");
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
}

function armoured(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(new RegExp(`.{1,${String(LINE_LENGTH)}}`, "g")) ?? [];
  return ["-----BEGIN SSH SIGNATURE-----", ...lines, "-----END SSH SIGNATURE-----", ""].join("\n");
}
