// The tag of a release on exactly the commit that was reviewed: lightweight, annotated or signed. GitHub has no field for a
// tag's signature: git keeps it at the end of the message, and it holds only if every byte of the object is what was signed.
// So the object that GitHub stored is compared with ours before anything leads to it.
import { Refused } from "../model/errors.ts";
import type { PublishRelease, Words } from "../model/plan.ts";
import type { Sha } from "../model/snapshot.ts";
import { stringAt } from "./answer.ts";
import type { Place } from "./place.ts";
import { type TagSigner, tagObjectId, tagPayload, withFinalBreak } from "./signing/tag-signer.ts";

/** `object`: what the new tag leads to; null when it stood already. `unsigned`: why it has no signature although one is wanted. */
export type MadeTag = { readonly object: Sha | null; readonly unsigned: Words | null };

/** A tag that exists is done when it leads to this commit, and refused when it leads to another. It is never moved. */
export async function makeTag(action: PublishRelease, place: Place): Promise<MadeTag> {
  const { github, repository } = place;
  const { tag, sha } = action;
  const { id } = repository;
  const { object, unsigned } = await makeObject(action, place);
  const answer = await github.rest("POST /repositories/{id}/git/refs", { id, ref: `refs/tags/${tag}`, sha: object }, { expected: [422] });
  if (answer.status !== 422) return { object, unsigned };
  const said = stringAt(answer.data, "message");
  // A ruleset answers with the same status.
  if (!/already exists/i.test(said)) throw new Refused(`tagging ${tag}`, said, null);
  const there = await github.rest("GET /repositories/{id}/commits/{ref}", { id, ref: `refs/tags/${tag}` });
  const found = stringAt(there.data, "sha");
  if (found !== sha) throw tagElsewhere(action, found);
  return { object: null, unsigned: null };
}

export function tagElsewhere({ tag, sha }: Pick<PublishRelease, "tag" | "sha">, found: Sha): Refused {
  return new Refused(`tagging ${tag}`, `the tag exists already, on ${found.slice(0, 7)} instead of ${sha.slice(0, 7)}`, null);
}

/** Known before anything is written: a release that needs a signature is not begun by an app that can't sign. */
export function requireSigner({ tag, signed }: Pick<PublishRelease, "tag" | "signed">, { signer }: Pick<Place, "signer">): void {
  if (signed === "required" && signer === null) throw unsignable(tag, NO_KEY);
}

const NO_KEY = "this app has no signing key";

function unsignable(tag: string, because: string): Refused {
  return new Refused(`tagging ${tag}`, `\`release.tag.signed\` is required and ${because}`, null);
}

async function makeObject(action: PublishRelease, place: Place): Promise<{ readonly object: Sha; readonly unsigned: Words | null }> {
  const { tag, sha, annotation, signed } = action;
  if (annotation === null) return { object: sha, unsigned: null };
  const made = signed === "no" ? { object: null, unsigned: null } : await signedObject(action, annotation, place);
  if (made.object !== null) return made;
  if (signed === "required") throw unsignable(tag, made.unsigned ?? NO_KEY);
  const { data } = await place.github.rest("POST /repositories/{id}/git/tags", {
    id: place.repository.id,
    tag,
    message: annotation,
    object: sha,
    type: "commit",
  });
  return { object: stringAt(data, "sha"), unsigned: made.unsigned };
}

type SignedObject = { readonly object: Sha; readonly unsigned: null } | { readonly object: null; readonly unsigned: Words };

async function signedObject({ tag, sha, taggedAt }: PublishRelease, annotation: string, place: Place): Promise<SignedObject> {
  const { github, repository, signer } = place;
  if (signer === null) return { object: null, unsigned: NO_KEY };
  const message = withFinalBreak(annotation);
  const payload = tagPayload({ tag, sha, message, tagger: signer.tagger, taggedAt });
  const signature = await signer.sign(payload);
  const { data } = await github.rest("POST /repositories/{id}/git/tags", {
    id: repository.id,
    tag,
    message: `${message}${signature}`,
    object: sha,
    type: "commit",
    tagger: taggerOf(signer, taggedAt),
  });
  const object = stringAt(data, "sha");
  const isAsSigned = object === tagObjectId(`${payload}${signature}`, sha);
  return isAsSigned ? { object, unsigned: null } : { object: null, unsigned: "GitHub stored another text than the one that was signed" };
}

function taggerOf({ tagger }: TagSigner, taggedAt: number): Readonly<Record<string, string>> {
  return { ...tagger, date: new Date(Math.floor(taggedAt / 1000) * 1000).toISOString().replace(".000Z", "Z") };
}
