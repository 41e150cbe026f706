// Whether a public key made a detached signature: OpenPGP by its library, SSH as OpenSSH's PROTOCOL.sshsig says.
import { createHash, createPublicKey, type KeyObject, verify as verifyBytes } from "node:crypto";
import { createMessage, readKey, readSignature, verify } from "openpgp";

type Outcome = "valid" | "invalid" | null;

/** At whichever time it was made: expiry is none of the stand-in's concern. Null for another key's signature, and for what is none. */
export const isSignedByPgp = async (key: string, payload: string, armoured: string): Promise<Outcome> => {
  if (!key.includes("BEGIN PGP PUBLIC KEY BLOCK")) return null;
  const [verificationKeys, signature] = await Promise.all([readKey({ armoredKey: key }), readSignature({ armoredSignature: armoured }).catch(() => null)]);
  const own = new Set(verificationKeys.getKeyIDs().map((id) => id.toHex()));
  if (signature === null || !signature.getSigningKeyIDs().some((id) => own.has(id.toHex()))) return null;
  const message = await createMessage({ binary: Buffer.from(payload) });
  // Null: a manual clock may be ahead of the real one, and a signature of the future is none to the library.
  const { signatures } = await verify({ message, signature, verificationKeys, date: null });
  const isValid = await signatures[0]?.verified.catch(() => false);
  return isValid === true ? "valid" : "invalid";
};

const MAGIC = "SSHSIG";
const WORD_BYTES = 4;

/** The strings of OpenSSH's wire format, one after the other; short input ends the list. */
const stringsIn = (bytes: Buffer): readonly Buffer[] => {
  const found: Buffer[] = [];
  for (let at = 0; at + WORD_BYTES <= bytes.length;) {
    const end = at + WORD_BYTES + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    found.push(bytes.subarray(at + WORD_BYTES, end));
    at = end;
  }
  return found;
};
const asString = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(WORD_BYTES);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const base64url = (bytes: Buffer | undefined): string => (bytes ?? Buffer.alloc(0)).toString("base64url");

/** Ed25519 and RSA, which people have; null for other kinds. */
const publicKeyOf = (blob: Buffer): KeyObject | null => {
  const [kind, one, other] = stringsIn(blob);
  if (String(kind) === "ssh-ed25519") return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: base64url(one) }, format: "jwk" });
  if (String(kind) === "ssh-rsa") return createPublicKey({ key: { kty: "RSA", e: base64url(one), n: base64url(other) }, format: "jwk" });
  return null;
};

const HASHES: Readonly<Record<string, string | null>> = { "ssh-ed25519": null, "rsa-sha2-256": "sha256", "rsa-sha2-512": "sha512" };

/** @param key as in an `authorized_keys` file */
export const isSignedBySsh = (key: string, payload: string, armoured: string): Promise<Outcome> => {
  const [, keyBlob = ""] = key.trim().split(/\s+/u);
  const bytes = Buffer.from(armoured.replace(/-----[^\n]+-----/gu, ""), "base64");
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return Promise.resolve(null);
  const [blob, namespace, reserved, hash, made] = stringsIn(bytes.subarray(MAGIC.length + WORD_BYTES));
  if (blob === undefined || namespace === undefined || reserved === undefined || hash === undefined || made === undefined) return Promise.resolve(null);
  const publicKey = blob.toString("base64") === keyBlob ? publicKeyOf(blob) : null;
  if (publicKey === null) return Promise.resolve(null);
  const [kind, signature] = stringsIn(made);
  const algorithm = HASHES[String(kind)];
  if (algorithm === undefined || signature === undefined || String(namespace) !== "git") return Promise.resolve("invalid");
  const digest = createHash(String(hash)).update(payload).digest();
  const signed = Buffer.concat([Buffer.from(MAGIC), asString(namespace), asString(reserved), asString(hash), asString(digest)]);
  return Promise.resolve(verifyBytes(algorithm, signed, publicKey, signature) ? "valid" : "invalid");
};
