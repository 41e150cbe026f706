// From what the operator set to somebody who signs tags, or to what is wrong with it. No message quotes a key.
import { createPrivateKey, type KeyObject } from "node:crypto";
import type { Problem, Result } from "../../model/problem.ts";
import { isOpensshKey, readOpensshKey, type UnusableKey } from "./openssh-key.ts";
import { openPgpKey } from "./pgp.ts";
import { sshSigner } from "./ssh.ts";
import type { Tagger, TagSigner } from "./tag-signer.ts";

export type SigningSettings = {
  /** Which variable it came from, for messages: `TAG_SIGNING_KEY`. */
  readonly from: string;
  /** Armoured PGP, OpenSSH or PEM. */
  readonly key: string;
  readonly passphrase: string | null;
  /** `Name <mail>`; null: as the key says. */
  readonly tagger: string | null;
};

export async function openSigner(settings: SigningSettings): Promise<Result<TagSigner>> {
  return settings.key.includes("-----BEGIN PGP") ? await openPgp(settings) : openSsh(settings);
}

async function openPgp({ from, key, passphrase, tagger }: SigningSettings): Promise<Result<TagSigner>> {
  const opened = await openPgpKey(key, passphrase).catch(() => null);
  if (opened === null) {
    return problem(
      `${from} holds no PGP key that can sign: it is damaged, expired, not private, or TAG_SIGNING_PASSPHRASE is not its passphrase`,
      "export one with `gpg --armor --export-secret-keys KEY`",
    );
  }
  const who = taggerIn(tagger ?? opened.userId ?? "");
  if (who === null) return problem(`${from}: the key names nobody who could be the tagger`, "set TAG_SIGNER to `Name <mail>`");
  return { ok: true, value: { kind: "pgp", tagger: who, sign: opened.sign } };
}

function openSsh({ from, key, passphrase, tagger }: SigningSettings): Result<TagSigner> {
  const read = isOpensshKey(key) ? readOpensshKey(key) : readPem(key, passphrase);
  if ("is" in read) return problem(`${from} ${WHAT_IS_WRONG[read.is]}${read.is === "of-another-type" ? `: ${read.type}` : ""}`, HOW_TO_MAKE);
  const sign = sshSigner(read);
  if (sign === null) return problem(`${from} ${WHAT_IS_WRONG["of-another-type"]}: ${String(read.asymmetricKeyType)}`, HOW_TO_MAKE);
  const who = taggerIn(tagger ?? "");
  if (who === null) return problem("TAG_SIGNER is not set, and an SSH key does not say whose it is", "set it to `Name <mail>`, as the tags are to say it");
  return { ok: true, value: { kind: "ssh", tagger: who, sign: (payload) => Promise.resolve(sign(payload)) } };
}

const HOW_TO_MAKE = "make one with `ssh-keygen -t ed25519 -N '' -f tag-signing-key`";
const WHAT_IS_WRONG: Readonly<Record<UnusableKey["is"], string>> = {
  encrypted: "is an OpenSSH key with a passphrase, which can't be read",
  damaged: "holds no private key that can be read, or TAG_SIGNING_PASSPHRASE is not its passphrase",
  "of-another-type": "is a key of a type that can't sign tags here",
};

function readPem(key: string, passphrase: string | null): KeyObject | UnusableKey {
  try {
    return createPrivateKey({ key, ...(passphrase === null ? {} : { passphrase }) });
  } catch {
    // The cause is withheld: it could quote the key.
    return { is: "damaged" };
  }
}

/** `Name <mail>`, with nothing in it that would end a line or a field of the tag. */
function taggerIn(text: string): Tagger | null {
  const [, name = "", email = ""] = /^([^<>\p{Cc}]{1,200}) <([^<>\s\p{Cc}]{1,200}@[^<>\s\p{Cc}]{1,200})>$/u.exec(text.trim()) ?? [];
  return name.trim() === "" ? null : { name: name.trim(), email };
}

function problem(message: string, hint: string): Result<never> {
  const one: Problem = { severity: "error", message, path: null, line: null, column: null, hint };
  return { ok: false, problems: [one] };
}
