// What a job wrote, as far as somebody who runs nothing can tell: its steps and how they ended, each line with its time.
import type { Job } from "../world/types.ts";

const at = (time: number | null): string => new Date(time ?? 0).toISOString().replace("Z", "0000Z");

export const jobLog = ({ name, steps, check, endedAtStep }: Job): string => {
  const begun = at(check.startedAt);
  const last = check.status === "completed" ? (endedAtStep ?? steps.length - 1) : 0;
  const lines = steps.slice(0, last + 1).flatMap((step) => [`${begun} ##[group]${step}`, `${begun} ##[endgroup]`]);
  const end = check.conclusion === "failure" ? [`${at(check.completedAt)} ##[error]Process completed with exit code 1.`] : [];
  return [`${begun} Job ${String(check.id)}: ${name}`, ...lines, ...end, ""].join("\n");
};
