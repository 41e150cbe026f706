// Problems that stand in the way of any plan, said on the head of the default branch.
import type { SayOnCommit } from "../../model/plan.ts";
import type { Problem } from "../../model/problem.ts";
import type { Hosted, Sha } from "../../model/snapshot.ts";
import { safeLine } from "../changelog/index.ts";
import { complaint, unlessSaid } from "./say.ts";

/** What of a snapshot has to be known to complain. */
type Headed = { readonly head: { readonly sha: Sha }; readonly hosted: Pick<Hosted, "headChecks"> | null };

/** Nothing in a local repository, and nothing that has been said on this commit already. */
export function complaintsFor({ head, hosted }: Headed, title: string, problems: readonly Problem[]): SayOnCommit[] {
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
