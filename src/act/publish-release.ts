// A release in five steps, each of which finds what an earlier run left: the check run that says that it has begun, the
// draft with the notes, the tag, the publication, the check run that says how far it came. A draft comes before the tag, so
// that a run that was cut short after the tag still finds the notes. Where a workflow makes the tag, or artifacts come
// before the publication, it ends sooner, and is called again.
import { Refused } from "../model/errors.ts";
import type { CheckText, PublishRelease } from "../model/plan.ts";
import { numberAt, valueAt } from "./answer.ts";
import { checkOutput } from "./check-run.ts";
import { keepReleaseNotes } from "./keep-release-notes.ts";
import { makeTag, requireSigner, tagElsewhere } from "./make-tag.ts";
import type { Place } from "./place.ts";
import { signatureSaid } from "./tag-signature.ts";

export async function publishRelease(action: PublishRelease, place: Place): Promise<void> {
  const { found, to, signed } = action;
  if (found.tagSha !== null && found.tagSha !== action.sha) throw tagElsewhere(action, found.tagSha);
  const isTagger = to !== "draft" && found.tagSha === null;
  if (isTagger) requireSigner(action, place);
  const begun = found.begun ?? (await begin(action, place));
  const draft = await draftOf(action, place);
  const made = isTagger ? await makeTag(action, place) : null;
  const signature = to === "draft" || signed === "no" ? "" : await signatureSaid(action, made, place);
  const isDraftKept = draft === null || to !== "publication" || (await publishDraft(action, draft, place));
  const kept = isDraftKept ? draft : null;
  const drafts = new Set([...found.drafts, ...(draft === null ? [] : [draft])]);
  for (const id of drafts) if (id !== kept) await deleteDraft(id, place);
  await say(withParagraph(action.check, signature), begun, place);
}

async function begin({ component, version, sha, begin: check }: PublishRelease, { github, repository }: Place): Promise<number> {
  const { data } = await github.rest("POST /repositories/{id}/check-runs", {
    id: repository.id,
    name: `Release ${component} ${version}`,
    head_sha: sha,
    external_id: check.externalId,
    ...stateOf(check),
    output: checkOutput(check),
  });
  return numberAt(data, "id");
}

/** Null when the release is published already. */
async function draftOf(action: PublishRelease, place: Place): Promise<number | null> {
  const { github, repository } = place;
  const { found, tag, sha, title, body, isPrerelease } = action;
  if (found.published !== null) return null;
  const [existing] = found.drafts;
  if (existing !== undefined) {
    // Notes may have changed since, and somebody may be writing them now; after the tag they are final.
    const isOther = body !== null && found.notes !== null && body !== found.notes;
    if (isOther) await keepReleaseNotes({ kind: "keep-release-notes", release: existing, tag, found: found.notes, body }, place);
    return existing;
  }
  const { data } = await github.rest("POST /repositories/{id}/releases", {
    id: repository.id,
    tag_name: tag,
    target_commitish: sha,
    name: title,
    body: body ?? "",
    draft: true,
    prerelease: isPrerelease,
  });
  return numberAt(data, "id");
}

/** False when another run has published a release of this tag first. */
async function publishDraft({ isLatest, isPrerelease }: PublishRelease, release: number, { github, repository }: Place): Promise<boolean> {
  const answer = await github.rest(
    "PATCH /repositories/{id}/releases/{release}",
    { id: repository.id, release, draft: false, prerelease: isPrerelease, make_latest: isLatest ? "true" : "false" },
    { expected: [422] },
  );
  if (answer.status !== 422) return true;
  const errors = valueAt(answer.data, "errors");
  if (Array.isArray(errors) && errors.some((error) => valueAt(error, "code") === "already_exists")) return false;
  throw new Refused("publishing the release", String(valueAt(answer.data, "message")), null);
}

/** Only drafts of this app reach this point. */
async function deleteDraft(release: number, { github, repository }: Place): Promise<void> {
  await github.rest("DELETE /repositories/{id}/releases/{release}", { id: repository.id, release }, { expected: [404] });
}

async function say(check: CheckText, run: number, { github, repository }: Place): Promise<void> {
  await github.rest("PATCH /repositories/{id}/check-runs/{run}", { id: repository.id, run, ...stateOf(check), output: checkOutput(check) });
}

function stateOf({ conclusion }: CheckText): Readonly<Record<string, string>> {
  return conclusion === null ? { status: "in_progress" } : { status: "completed", conclusion };
}

function withParagraph(check: CheckText, paragraph: string): CheckText {
  return { ...check, summary: [check.summary, paragraph].filter((part) => part !== "").join("\n\n") };
}
