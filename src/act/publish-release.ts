// A release in five steps, each of which finds what an earlier run left: the check run that says that it has begun, the
// draft with the notes, the tag, the publication, the check run completed. A draft comes before the tag, so that a run
// that was cut short after the tag still finds the notes.
import { Refused } from "../model/errors.ts";
import type { PublishRelease } from "../model/plan.ts";
import type { Place } from "./place.ts";
import { numberAt, stringAt, valueAt } from "./answer.ts";

export async function publishRelease(action: PublishRelease, place: Place): Promise<void> {
  const { found } = action;
  if (found.tagSha !== null && found.tagSha !== action.sha) throw tagElsewhere(action, found.tagSha);
  const begun = found.begun ?? (await begin(action, place));
  const draft = await draftOf(action, place);
  if (found.tagSha === null) await makeTag(action, place);
  const isOut = draft === null || (await publishDraft(action, draft, place));
  const kept = isOut ? draft : null;
  const drafts = new Set([...found.drafts, ...(draft === null ? [] : [draft])]);
  for (const id of drafts) if (id !== kept) await deleteDraft(id, place);
  await complete(action, begun, place);
}

function nameOf({ component, version }: PublishRelease): string {
  return `Release ${component} ${version}`;
}

async function begin(action: PublishRelease, { github, repository }: Place): Promise<number> {
  const { sha, component, version, check } = action;
  const { data } = await github.rest("POST /repositories/{id}/check-runs", {
    id: repository.id,
    name: nameOf(action),
    head_sha: sha,
    external_id: check.externalId,
    status: "in_progress",
    output: { title: `releasing ${component} ${version}`, summary: "The tag and the release are being made." },
  });
  return numberAt(data, "id");
}

/** Null when the release is published already. */
async function draftOf(action: PublishRelease, { github, repository }: Place): Promise<number | null> {
  const { found, tag, sha, title, body, isPrerelease } = action;
  if (found.published !== null) return null;
  const [existing] = found.drafts;
  if (existing !== undefined) {
    // Notes may have changed since; after the tag they are final.
    if (body !== null)
      await github.rest("PATCH /repositories/{id}/releases/{release}", { id: repository.id, release: existing, name: title, body, draft: true });
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

/** A tag that exists is done when it leads to this commit, and refused when it leads to another. It is never moved. */
async function makeTag(action: PublishRelease, { github, repository }: Place): Promise<void> {
  const { tag, sha, annotation } = action;
  const { id } = repository;
  let target = sha;
  if (annotation !== null) {
    target = stringAt((await github.rest("POST /repositories/{id}/git/tags", { id, tag, message: annotation, object: sha, type: "commit" })).data, "sha");
  }
  const answer = await github.rest("POST /repositories/{id}/git/refs", { id, ref: `refs/tags/${tag}`, sha: target }, { expected: [422] });
  if (answer.status !== 422) return;
  const said = stringAt(answer.data, "message");
  // A ruleset answers with the same status.
  if (!/already exists/i.test(said)) throw new Refused(`tagging ${tag}`, said, null);
  const there = await github.rest("GET /repositories/{id}/commits/{ref}", { id, ref: `refs/tags/${tag}` });
  const found = stringAt(there.data, "sha");
  if (found !== sha) throw tagElsewhere(action, found);
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

async function complete({ check }: PublishRelease, run: number, { github, repository }: Place): Promise<void> {
  const { conclusion, title, summary } = check;
  await github.rest("PATCH /repositories/{id}/check-runs/{run}", { id: repository.id, run, status: "completed", conclusion, output: { title, summary } });
}

function tagElsewhere({ tag, sha }: PublishRelease, found: string): Refused {
  return new Refused(`tagging ${tag}`, `the tag exists already, on ${found.slice(0, 7)} instead of ${sha.slice(0, 7)}`, null);
}
