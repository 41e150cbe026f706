// The app's check run on a released commit: begun before the first write, and what it says once the release has come as
// far as it can at once. Where steps follow it goes on, until the last of them is done.
import type { CheckText, PublishRelease } from "../../model/plan.ts";

type Released = Pick<PublishRelease, "component" | "version" | "tag" | "to"> & {
  readonly pullRequest: number | null;
  readonly repositoryUrl: string | null;
  /** People edited its notes, which stay theirs. */
  readonly areNotesKept: boolean;
  /** Steps follow. */
  readonly isFollowed: boolean;
};

export function releasedCheck({
  component,
  version,
  tag,
  to,
  pullRequest,
  repositoryUrl,
  areNotesKept,
  isFollowed,
}: Released): Pick<CheckText, "conclusion" | "title" | "summary"> {
  const link = repositoryUrl === null ? `\`${tag}\`` : `[\`${tag}\`](${repositoryUrl}/releases/tag/${encodeURIComponent(tag)})`;
  const far: Readonly<Record<PublishRelease["to"], string>> = {
    draft: `The notes of \`${tag}\` are drafted at this commit; a workflow makes the tag.`,
    tag: `\`${tag}\` is tagged at this commit; its release is published when its artifacts are there.`,
    publication: `${link} is tagged at this commit and its release is published.`,
  };
  return {
    conclusion: isFollowed || to !== "publication" ? null : "success",
    title: to === "publication" ? `released ${component} ${version}` : `releasing ${component} ${version}`,
    summary: `${far[to]}${pullRequest === null ? "" : ` It was reviewed in #${String(pullRequest)}.`}${areNotesKept ? " Its notes were edited by people and kept." : ""}`,
  };
}
