// The app's check run on a released commit: begun before the first write, completed when the release is out.
import type { CheckText, PublishRelease } from "../../model/plan.ts";

type Released = Pick<PublishRelease, "component" | "version" | "tag"> & { readonly pullRequest: number | null; readonly repositoryUrl: string | null };

export function releasedCheck({ component, version, tag, pullRequest, repositoryUrl }: Released): Pick<CheckText, "conclusion" | "title" | "summary" | "text"> {
  const link = repositoryUrl === null ? `\`${tag}\`` : `[\`${tag}\`](${repositoryUrl}/releases/tag/${encodeURIComponent(tag)})`;
  return {
    conclusion: "success",
    title: `released ${component} ${version}`,
    summary: `${link} is tagged at this commit and its release is published.${pullRequest === null ? "" : ` It was reviewed in #${String(pullRequest)}.`}`,
    text: "",
  };
}
