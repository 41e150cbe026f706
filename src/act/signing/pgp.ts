// Signatures that `git tag -v` checks with `gpg`. The library is loaded only by whoever has such a key.
import type { PrivateKey } from "openpgp";

/** A key that can sign; `userId` is the first that it carries, null for none. */
export type PgpKey = { readonly userId: string | null; readonly sign: (payload: string) => Promise<string> };

/** @throws when the text is no private key, the passphrase is wrong, or the key may not sign any more; the message may quote nothing of it */
export async function openPgpKey(armoured: string, passphrase: string | null): Promise<PgpKey> {
  const { createMessage, decryptKey, readPrivateKey, sign } = await import("openpgp");
  const read = await readPrivateKey({ armoredKey: armoured });
  const key: PrivateKey = read.isDecrypted() ? read : await decryptKey({ privateKey: read, ...(passphrase === null ? {} : { passphrase }) });
  // Throws for one that has expired, was revoked or is only for encryption.
  await key.getSigningKey();
  return {
    userId: key.getUserIDs()[0] ?? null,
    sign: async (payload) => {
      const message = await createMessage({ binary: Buffer.from(payload, "utf8") });
      const armour = await sign({ message, signingKeys: key, detached: true, format: "armored" });
      return `${armour.trimEnd().replaceAll("\r\n", "\n")}\n`;
    },
  };
}
