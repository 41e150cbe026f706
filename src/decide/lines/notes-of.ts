// The notes of a merged release, as they were reviewed.
import type { Hosted } from "../../model/snapshot.ts";
import { sectionTextOf, writeChangelog } from "../changelog/index.ts";
import { withMinimum } from "../minimum.ts";
import { reasonOf } from "../plan-component.ts";
import { changesReader, type Everything } from "../plan-components.ts";
import { finishedTexts, humanTexts } from "../prose/human-sections.ts";
import { isEdited } from "../prose/merged-notes.ts";
import { releaseNotes } from "../prose/release-notes.ts";
import { reachable } from "../reachable.ts";
import { isoDate } from "../versions/index.ts";
import { notesFiles, pathIn } from "../wanted-files.ts";
import { type MergedRelease, textAt } from "./merged.ts";

/**
 * The section as it stands in the changelog at the merged commit, edits of reviewers included; what the commit holds and
 * the section does not name is listed beside it. Without a changelog the section is written from the commits.
 */
export function notesOf(merged: MergedRelease, everything: Everything, hosted: Hosted): string {
  const { component, release, pullRequest, sha } = merged;
  const { playbook, snapshot } = everything;
  const range = snapshot.ranges.get(component.name);
  const contained = reachable(range?.commits ?? [], sha);
  const commits = (range?.commits ?? []).filter((commit) => contained.has(commit.sha) && commit.pullRequest?.number !== pullRequest.number);
  const found = changesReader({ ...everything, snapshot: { ...snapshot, ranges: new Map([[component.name, { since: range?.since ?? null, commits }]]) } })(
    component,
  );
  const { changes } = withMinimum(found.changes, playbook.versioning.minimum);
  const path = playbook.changelog.file === null ? null : pathIn(playbook.changelog.file, component);
  const reviewed = path === null ? null : textAt(hosted, sha, path);
  const section = reviewed === null ? null : sectionTextOf(reviewed, release.version, playbook.changelog.heading);
  const written =
    section === null
      ? writeChangelog({
          playbookChangelog: { ...playbook.changelog, file: null },
          current: null,
          path: null,
          version: release.version,
          tag: release.tag,
          previousTag: release.previousTag,
          date: isoDate(snapshot.takenAt),
          changes,
          component: component.name,
          repositoryUrl: snapshot.repository.url,
        })
      : null;
  return releaseNotes(
    {
      reasons: changes.map(reasonOf),
      changelog: section ?? (written !== null && written.ok ? written.value.section : ""),
      name: component.name,
      version: release.version,
      tag: release.tag,
      previousTag: release.previousTag,
      date: isoDate(snapshot.takenAt),
    },
    {
      repositoryUrl: snapshot.repository.url,
      sections: playbook.release.notes.sections,
      human: finishedTexts(humanTexts(pullRequest.written, playbook.release.notes.sections), playbook.changelog.reject),
      template: notesFiles(playbook).map((file) => textAt(hosted, sha, file))[0] ?? null,
    },
  );
}

/** What stands on the app's own draft, the oldest after a race; null without one. */
export function standingNotes(tag: string, { tagged }: Hosted): string | null {
  const drafts = (tagged.get(tag)?.releases ?? []).filter(({ isDraft, isOwn }) => isDraft && isOwn);
  return drafts.toSorted((left, right) => left.id - right.id)[0]?.body ?? null;
}

/** @param body null: as the draft has them */
export function areNotesKept(body: string | null, tag: string, hosted: Hosted): boolean {
  const standing = standingNotes(tag, hosted);
  return standing !== null && isEdited(body ?? standing);
}
