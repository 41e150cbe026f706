// The text of the GitHub release that follows: the changelog's section, what it leaves out, and where to see everything.
import type { ComponentPlan } from "../../model/plan.ts";
import { breakMentions, listedPullRequests, RELEASE_BODY_MAX, safeLine, shorten } from "../changelog/index.ts";

type Release = Pick<ComponentPlan, "reasons" | "changelog" | "previous" | "tag">;

/** At most as long as GitHub takes for a release. Nobody who is mentioned in a commit is notified. */
export function releaseNotes({ reasons, changelog, previous, tag }: Release, repositoryUrl: string | null): string {
  const everything =
    repositoryUrl === null || tag === null ? null : `${repositoryUrl}/${previous === null ? `commits/${tag}` : `compare/${previous.tag}...${tag}`}`;
  const parts = [withoutHeading(changelog), omissions({ reasons, changelog }, repositoryUrl), everything === null ? "" : `**All changes**: ${everything}`];
  return shorten(breakMentions(`${parts.filter((part) => part !== "").join("\n\n")}\n`, new Set()), RELEASE_BODY_MAX, everything);
}

/** The release has a title of its own. */
export function withoutHeading(changelog: string): string {
  return changelog.split("\n").slice(1).join("\n").trim();
}

/** What is in the release and not in its changelog, each with the reason; empty when everything is listed. */
export function omissions({ reasons, changelog }: Pick<ComponentPlan, "reasons" | "changelog">, repositoryUrl: string | null): string {
  const { omissions: left, summary } = listedPullRequests(reasons, changelog, repositoryUrl);
  if (left.length === 0) return "";
  const rows = left.map(
    ({ pullRequest, sha, subject, because }) =>
      `- ${pullRequest === null ? sha.slice(0, 7) : `#${String(pullRequest)}`} ${safeLine(subject)}: ${safeLine(because)}`,
  );
  return `<details><summary>${summary}</summary>\n\n${rows.join("\n")}\n\n</details>`;
}
