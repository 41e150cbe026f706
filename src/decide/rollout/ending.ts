// The last word about a release, said to those who followed its pull request.
import type { KeepStep } from "../../model/plan.ts";
import type { Everything } from "../plan-components.ts";
import { rolloutHeadline } from "../prose/rollout-words.ts";
import { asMarkdown } from "../prose/words.ts";
import { sayTook } from "./took.ts";
import type { JudgedRollout } from "./one-rollout.ts";

/** Null where nobody followed it, or where a release ends with its publication: that shows by itself. */
export function ending({ rollout, report }: JudgedRollout, { snapshot }: Everything): KeepStep["say"] {
  const { pullRequest } = rollout.followed;
  if (pullRequest === null || report.steps.every(({ kind }) => kind === "tag" || kind === "publication")) return null;
  const took = sayTook(snapshot.takenAt - report.startedAt);
  return { subjectId: pullRequest.id, body: `**${asMarkdown(rolloutHeadline(report))}** after ${took}: ${asMarkdown(report.because)}.` };
}
