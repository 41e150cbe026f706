// A private key as `ssh-keygen` writes it (openssh/PROTOCOL.key), which Node does not read. Only ed25519 and without a
// passphrase; what else it is, is told.
import { createPrivateKey, type KeyObject } from "node:crypto";
import { sshReader } from "./ssh-text.ts";

const BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
const END = "-----END OPENSSH PRIVATE KEY-----";
const MAGIC = "openssh-key-v1\0";
const SEED_LENGTH = 32;

/** What a key is instead of one that can be used. */
export type UnusableKey = { readonly is: "encrypted" | "damaged" } | { readonly is: "of-another-type"; readonly type: string };

export function isOpensshKey(text: string): boolean {
  return text.trimStart().startsWith(BEGIN);
}

export function readOpensshKey(text: string): KeyObject | UnusableKey {
  try {
    const bytes = Buffer.from(text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)), "base64");
    if (bytes.subarray(0, MAGIC.length).toString("latin1") !== MAGIC) return { is: "damaged" };
    const outer = sshReader(bytes.subarray(MAGIC.length));
    const cipher = outer.text().toString("latin1");
    outer.text(); // How the passphrase becomes a key, and
    outer.text(); // with what: both empty without one.
    outer.number(); // One key.
    outer.text(); // Its public half.
    if (cipher !== "none") return { is: "encrypted" };
    const inner = sshReader(outer.text());
    // The same number twice tells a decrypted text from noise.
    if (inner.number() !== inner.number()) return { is: "damaged" };
    const type = inner.text().toString("latin1");
    if (type !== "ssh-ed25519") return { is: "of-another-type", type: type.slice(0, 40) };
    const point = inner.text();
    const seed = inner.text().subarray(0, SEED_LENGTH);
    return createPrivateKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", d: seed.toString("base64url"), x: point.toString("base64url") } });
  } catch {
    // The cause is withheld: it could quote the key.
    return { is: "damaged" };
  }
}
