// Who signs tags, and how the text that is signed is put together. The key stays behind `sign`.
import { createHash } from "node:crypto";
import type { Sha } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";

export type Tagger = { readonly name: string; readonly email: string };

export type TagSigner = {
  readonly kind: "pgp" | "ssh";
  readonly tagger: Tagger;
  /** An armoured signature of that text's UTF-8, with a line break at its end. */
  readonly sign: (payload: string) => Promise<string>;
};

export type TagText = { readonly tag: string; readonly sha: Sha; readonly message: string; readonly tagger: Tagger; readonly taggedAt: EpochMs };

/** The body of a tag object as `git tag -s` writes it, up to its signature. */
export function tagPayload({ tag, sha, message, tagger, taggedAt }: TagText): string {
  const who = `${tagger.name} <${tagger.email}> ${String(Math.floor(taggedAt / 1000))} +0000`;
  return `object ${sha}\ntype commit\ntag ${tag}\ntagger ${who}\n\n${withFinalBreak(message)}`;
}

export function withFinalBreak(message: string): string {
  return message.endsWith("\n") ? message : `${message}\n`;
}

/** What git calls an object with that body, in the repository of that commit: its names are SHA-1 or SHA-256. */
export function tagObjectId(body: string, commit: Sha): Sha {
  const bytes = Buffer.from(body, "utf8");
  return createHash(commit.length === 40 ? "sha1" : "sha256")
    .update(`tag ${String(bytes.length)}\0`)
    .update(bytes)
    .digest("hex");
}
