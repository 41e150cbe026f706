// The answer to `/release plan`: what the next release of each component would be, and why.
import type { ComponentPlan, Plan } from "../../model/plan.ts";
import { shorten } from "../changelog/index.ts";
import { codeCell } from "./code.ts";
import { asCell } from "./words.ts";

/** Room is left for the record that the answer ends with. */
const REPLY_MAX = 60_000;

const DECISIONS: Readonly<Record<ComponentPlan["decision"], string>> = {
  release: "to be released",
  nothing: "nothing to release",
  undetermined: "which version is next?",
  refused: "refused",
};

/** @param line a component's name; null or `*` for all of them */
export function planReply({ components, lines }: Plan, line: string | null): string {
  const shown = components.filter(({ name }) => line === null || line === "*" || name === line);
  if (shown.length === 0) return "There is nothing to plan: the playbook finds no component here.";
  const rows = shown.map((component) => row(component, lines));
  return shorten(["| component | from | to | | why |", "|---|---|---|---|---|", ...rows].join("\n"), REPLY_MAX, null);
}

function row({ name, previous, version, decision, bump, because }: ComponentPlan, lines: Plan["lines"]): string {
  const pullRequest = lines.find(({ releases }) => releases.some(({ component }) => component === name))?.pullRequest ?? null;
  const where = pullRequest === null ? "" : ` in #${String(pullRequest.number)}`;
  const cells = [
    codeCell(name),
    previous === null ? "" : codeCell(previous.version),
    version === null ? "" : codeCell(version),
    `${bump === null ? "" : `${bump}, `}${DECISIONS[decision]}${where}`,
    asCell(because, 400),
  ];
  return `| ${cells.join(" | ")} |`;
}
