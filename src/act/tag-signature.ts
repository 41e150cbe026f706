// Whether the tag of a release is signed, by whom, and what GitHub thinks of it: always read back, never assumed.
import { Refused } from "../model/errors.ts";
import { type PublishRelease, SIGNATURE_SAID } from "../model/plan.ts";
import type { Sha } from "../model/snapshot.ts";
import { stringAt, valueAt } from "./answer.ts";
import type { MadeTag } from "./make-tag.ts";
import type { Place } from "./place.ts";

/**
 * A paragraph for the release's check run.
 * @param made by this run; null for a tag that stood before
 * @throws Refused for a tag without a signature where one is required: somebody else made it, and it is not published
 */
export async function signatureSaid(action: PublishRelease, made: MadeTag | null, place: Place): Promise<string> {
  if (made !== null && made.unsigned !== null) return `${SIGNATURE_SAID}none, because ${made.unsigned}.`;
  const found = await readSignature(action.tag, made?.object ?? null, place);
  if (found !== null) return `${SIGNATURE_SAID}${inWords(found)}`;
  if (action.signed === "required" && action.found.published === null) throw unsigned(action);
  return `${SIGNATURE_SAID}none.`;
}

type Signature = { readonly tagger: string; readonly isVerified: boolean; readonly reason: string };

/** Null for a tag without one. */
async function readSignature(tag: string, object: Sha | null, { github, repository }: Place): Promise<Signature | null> {
  const { id } = repository;
  const sha = object ?? (await objectOf(tag, { github, repository }));
  if (sha === null) return null;
  const { data } = await github.rest("GET /repositories/{id}/git/tags/{sha}", { id, sha });
  const reason = stringAt(data, "verification", "reason");
  if (reason === "unsigned" && !/^-----BEGIN (?:PGP|SSH) SIGNATURE-----$/m.test(stringAt(data, "message"))) return null;
  const tagger = `${stringAt(data, "tagger", "name")} <${stringAt(data, "tagger", "email")}>`;
  return { tagger, isVerified: valueAt(data, "verification", "verified") === true, reason };
}

/** Null for a lightweight tag. */
async function objectOf(tag: string, { github, repository }: Pick<Place, "github" | "repository">): Promise<Sha | null> {
  const { data } = await github.rest("GET /repositories/{id}/git/ref/{ref}", { id: repository.id, ref: `tags/${tag}` });
  return stringAt(data, "object", "type") === "tag" ? stringAt(data, "object", "sha") : null;
}

/** https://docs.github.com/rest/git/tags: reasons that a person mends on their account. */
const MENDED_BY: Readonly<Record<string, string>> = {
  unknown_key: "add the public key to the GitHub account that has this address",
  no_user: "no GitHub account has this address",
  unverified_email: "verify this address on its GitHub account",
  bad_email: "the key names another address",
};

function inWords({ tagger, isVerified, reason }: Signature): string {
  const by = `by ${asCode(tagger)}`;
  if (isVerified) return `${by}, verified by GitHub.`;
  const remedy = MENDED_BY[reason];
  return `${by}. GitHub says: ${asCode(reason)}${remedy === undefined ? "" : `, ${remedy}`}.`;
}

/** Whoever made the tag chose the name. */
function asCode(text: string): string {
  return `\`${text
    .slice(0, 200)
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ")
    .replaceAll("`", "'")}\``;
}

function unsigned({ tag }: PublishRelease): Refused {
  return new Refused(`publishing ${tag}`, "`release.tag.signed` is required and somebody made this tag without a signature", null);
}
