// The app's check run on the head of a release pull request, as a person reads it.
import type { CheckText, ComponentPlan } from "../../model/plan.ts";
import type { OwnPullRequest } from "../../model/snapshot.ts";
import { foreignCommits } from "../foreign-commits.ts";
import { codeCell } from "./code.ts";

type Text = Pick<CheckText, "conclusion" | "title" | "summary" | "text">;

/**
 * @param held the pull request when somebody else's commits are on its branch: it is then left as it is; null otherwise
 * @param notActedOn keys of the playbook that nothing enforces: whoever merges has to know
 */
export function releaseCheck(plans: readonly ComponentPlan[], held: OwnPullRequest | null, notActedOn: readonly string[]): Text {
  const what = plans.map(({ name, version }) => `${name} ${version ?? ""}`).join(", ");
  const table = ["| component | from | to | tag |", "|---|---|---|---|", ...plans.map(row)].join("\n");
  const text =
    notActedOn.length === 0
      ? table
      : `${table}\n\nThis build reads these keys of the playbook and does not act on them, so look after them yourselves: ${notActedOn.map(codeCell).join(", ")}.`;
  if (held === null) {
    const summary = `Merging this pull request releases **${what}**. The ${plans.length === 1 ? "tag and the release follow" : "tags and the releases follow"} by themselves.`;
    return {
      conclusion: "success",
      title: notActedOn.includes("gates") ? "ready to merge; the playbook's gates are not checked by this build" : "ready to merge",
      summary,
      text,
    };
  }
  const foreign = foreignCommits(held).map(({ sha }) => `\`${sha.slice(0, 7)}\``);
  return {
    conclusion: "neutral",
    title: "ready to merge as it is: somebody else's commits are on this branch",
    summary: [
      `${foreign.join(", ")} ${foreign.length === 1 ? "was" : "were"} not made by Release Steward, so the files on this branch are no longer updated and nothing of theirs is lost.`,
      `Merging this pull request releases **${what}**, if the version files still say so.`,
      "To have the branch written anew, close this pull request and say `/release plan` here: a new one is opened.",
    ].join("\n\n"),
    text,
  };
}

function row({ name, previous, version, tag }: ComponentPlan): string {
  return `| ${codeCell(name)} | ${previous === null ? "first release" : codeCell(previous.version)} | ${codeCell(version ?? "")} | ${codeCell(tag ?? "")} |`;
}
