// The plan as the pull requests would show it: one after the other, title first.
import type { ComponentPlan, Plan } from "../model/plan.ts";
import { pullRequestsOf } from "./pull-requests.ts";

export function planAsMarkdown(plan: Plan): string {
  const pullRequests = pullRequestsOf(plan).map(({ title, body }) => `# ${title}\n\n${body.trimEnd()}\n`);
  const others = plan.components.filter(({ decision }) => decision !== "release");
  const rest = others.length === 0 ? [] : [`# Not released\n\n${others.map(line).join("\n")}\n`];
  return [...pullRequests, ...rest].join("\n---\n\n");
}

function line({ name, decision, because }: ComponentPlan): string {
  return `- **${name}**: ${decision === "nothing" ? "nothing to release" : decision}: ${because}`;
}
