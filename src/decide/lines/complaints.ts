// Problems that stand in the way of any plan, said on the head of the default branch.
import type { SayOnCommit } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { safeLine } from "../changelog/index.ts";
import { complaint, unlessSaid } from "./say.ts";

/** Nothing in a local repository, and nothing that has been said on this commit already. */
export function complaintsFor({ head, hosted }: Snapshot, title: string, problems: readonly Problem[]): SayOnCommit[] {
  if (hosted === null) return [];
  const [first] = problems;
  return unlessSaid(head.sha, hosted, {
    conclusion: "failure",
    title: problems.length === 1 && first !== undefined ? `${title}: ${safeLine(first.message)}` : title,
    summary: problems.map(complaint).join("\n\n"),
    text: "",
    problems,
  });
}
