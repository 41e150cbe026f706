// The plan for people at a terminal: one line a component first, then what each release would contain.
import { styleText } from "node:util";
import type { ComponentPlan, FileEdit, Plan, Reason, StartedWorkflow } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Oddity } from "../model/version.ts";
import { detectedPlaybook } from "./detected-playbook.ts";
import { unifiedDiff } from "./plan-json.ts";
import { printable, printablePlan } from "./printable.ts";
import { renderProblem } from "./problems.ts";

export type View = {
  /** The playbook when nobody wrote it: it is worth showing. Null when there is one. */
  readonly detected: Playbook | null;
  readonly notices: readonly Problem[];
  readonly hasColor: boolean;
  readonly snapshot: Snapshot;
};

type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";
type Paint = (style: Style, text: string) => string;

/** Reasons shown per effect before the rest is counted. `--format json` has them all. */
const REASONS_SHOWN_MAX = 12;

/** A component with the diffs of its files, in their order. */
type Shown = { readonly component: ComponentPlan; readonly diffs: readonly string[] };

export function planAsText(decided: Plan, view: View): string {
  const plan = printablePlan(decided);
  const paint: Paint = view.hasColor ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const nameWidth = Math.max(12, ...plan.components.map(({ name }) => name.length)) + 2;
  const shown = plan.components.map((component): Shown => ({ component, diffs: component.files.map(unifiedDiff) }));
  const parts = [
    heading(plan, view, paint),
    shown.map((one) => `${summaryLine(one.component, nameWidth, paint)}${reasonLines(one, paint)}`).join(""),
    oddityLines(plan.oddities, nameWidth, paint),
    notices([...view.notices, ...plan.problems], paint),
    notActedOn(plan, paint),
    ...shown.filter(({ component }) => component.decision === "release").map((one) => contents(one, paint)),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function heading({ head }: Plan, { snapshot, detected }: View, paint: Paint): string {
  const where = snapshot.repository.name ?? "this repository";
  const branch = snapshot.head.branch === null ? "" : ` on ${snapshot.head.branch}`;
  const title = paint("bold", `${where}${branch} at ${head.slice(0, 9)}`);
  if (detected === null) return `${title}\n`;
  const rules = indent(printable(detectedPlaybook(detected)).trimEnd(), "  ");
  return `${title}\n${paint("dim", `There is no playbook here. This one was detected; save it as .github/release-steward.yml to keep and correct it:\n\n${rules}`)}\n`;
}

function summaryLine(component: ComponentPlan, nameWidth: number, paint: Paint): string {
  const name = paint("bold", component.name.padEnd(nameWidth));
  const from = component.previous?.version ?? "";
  switch (component.decision) {
    case "release": {
      const step = from === "" ? `first release ${component.version ?? ""}` : `${from} → ${component.version ?? ""}`;
      return `${name}${paint("green", step.padEnd(20))}${(component.bump ?? "").padEnd(8)}${paint("dim", component.because)}\n`;
    }
    case "nothing":
      return `${name}${from.padEnd(20)}${paint("dim", "nothing to release")}\n`;
    case "undetermined":
      return `${name}${paint("yellow", `${from} → ?`.trim().padEnd(20))}${paint("yellow", "undetermined")}  ${component.because}\n`;
    case "refused":
      return `${name}${paint("red", "refused".padEnd(20))}${component.because}\n`;
  }
}

const EFFECT_ORDER: readonly Reason["effect"][] = ["major", "minor", "patch", "unknown", "cancelled", "none"];
const EFFECT_STYLE: Readonly<Record<Reason["effect"], Style>> = {
  major: "red",
  minor: "green",
  patch: "cyan",
  unknown: "yellow",
  cancelled: "dim",
  none: "dim",
};

function reasonLines({ component, diffs }: Shown, paint: Paint): string {
  if (component.decision === "nothing") return problemLines(component, paint);
  const lines = EFFECT_ORDER.flatMap((effect) => {
    const reasons = component.reasons.filter((reason) => reason.effect === effect);
    const isQuiet = effect === "none" || effect === "cancelled";
    const shown = reasons.slice(0, isQuiet ? 0 : REASONS_SHOWN_MAX);
    const rest = reasons.length - shown.length;
    const label = paint(EFFECT_STYLE[effect], effect.padEnd(10));
    const rows = shown.map((reason) => `  ${label}${reason.subject}${reference(reason, paint)}\n`);
    if (rest > 0)
      rows.push(`  ${label}${paint("dim", `${shown.length > 0 ? "… " : ""}${String(rest)}${shown.length > 0 ? " more" : quietWords(effect, rest)}`)}\n`);
    return rows;
  });
  const files = component.files.map(
    (edit, index) => `  ${(index === 0 ? "files" : "").padEnd(10)}${edit.path}  ${paint("dim", extent(edit, diffs[index] ?? ""))}\n`,
  );
  return `${lines.join("")}${files.join("")}${candidateLine(component)}${startLine(component)}${problemLines(component, paint)}`;
}

function quietWords(effect: Reason["effect"], count: number): string {
  const noun = count === 1 ? " change" : " changes";
  return effect === "cancelled" ? `${noun} cancelled by reverts` : `${noun} that ${count === 1 ? "needs" : "need"} no release`;
}

/** `+31 -1`, in lines. */
function extent(edit: FileEdit, diff: string): string {
  if (edit.before === null) return "new";
  const lines = diff.split("\n").slice(2);
  const added = lines.filter((line) => line.startsWith("+")).length;
  const removed = lines.filter((line) => line.startsWith("-")).length;
  return [added > 0 ? `+${String(added)}` : "", removed > 0 ? `-${String(removed)}` : ""].filter((part) => part !== "").join(" ");
}

function reference({ sha, pullRequest, subject }: Reason, paint: Paint): string {
  const number = pullRequest === null || subject.includes(`#${String(pullRequest)}`) ? "" : ` #${String(pullRequest)}`;
  return paint("dim", `${number}  ${sha.slice(0, 7)}`);
}

function candidateLine({ candidates, nextCandidate }: ComponentPlan): string {
  if (candidates.length === 0 && nextCandidate === null) return "";
  const made = candidates.length === 0 ? "none yet" : candidates.map(({ name }) => name).join(", ");
  return `  ${"candidates".padEnd(10)} ${made}${nextCandidate === null ? "" : `; next ${nextCandidate}`}\n`;
}

const STARTED_BY: Readonly<Record<StartedWorkflow["by"], string>> = { tag: "by the tag", publication: "by the publication", app: "by the app" };

function startLine({ starts }: ComponentPlan): string {
  const words = starts.workflows.map(({ workflow, by }) => `${printable(workflow)} ${STARTED_BY[by]}`);
  return words.length === 0 ? "" : `  ${"starts".padEnd(10)}${words.join(", ")}\n`;
}

/** A refusal's cause stands in the line above already: only its place and the way out are added. */
function problemLines({ problems, because }: ComponentPlan, paint: Paint): string {
  return problems.map((problem) => `${indent(coloured(problem.message === because ? { ...problem, message: "here" } : problem, paint), "  ")}\n`).join("");
}

function notices(problems: readonly Problem[], paint: Paint): string {
  return problems.map((problem) => `${coloured(problem, paint)}\n`).join("");
}

function coloured(problem: Problem, paint: Paint): string {
  return paint(problem.severity === "error" ? "red" : "yellow", renderProblem(problem, null, false));
}

/** Mistakes one by one, because somebody may want to delete them; what is merely not a release is counted. */
function oddityLines(oddities: readonly Oddity[], nameWidth: number, paint: Paint): string {
  const label = "other tags".padEnd(nameWidth);
  const mistakes = oddities.filter(({ kind }) => kind === "mistagged" || kind === "unclaimed");
  const counts = new Map<string, number>();
  for (const { kind } of oddities) if (kind !== "mistagged" && kind !== "unclaimed") counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const counted = [...counts].map(([kind, count]) => `${String(count)} ${count === 1 || kind === "ignored" ? kind : `${kind}s`}`).join(", ");
  const rows = mistakes.map(({ tag, because }) => `\`${tag}\`: ${because}`);
  if (counted !== "") rows.unshift(`${counted}: never taken as a previous release`);
  return rows.map((row, index) => paint("dim", `${index === 0 ? label : "".padEnd(nameWidth)}${row}\n`)).join("");
}

function notActedOn({ notActedOn }: Plan, paint: Paint): string {
  return notActedOn.length === 0 ? "" : paint("dim", `understood, not acted on yet: ${notActedOn.join(", ")}\n`);
}

function contents({ component, diffs }: Shown, paint: Paint): string {
  const title = `── ${component.name} ${component.version ?? ""} `;
  const rule = paint("bold", title.padEnd(72, "─"));
  const changelog = component.changelog === "" ? "" : `\n${component.changelog.trimEnd()}\n`;
  const changed = diffs.map((diff) => `\n${colouredDiff(diff, paint)}`).join("");
  return `${rule}\n${changelog}${changed}`;
}

function colouredDiff(diff: string, paint: Paint): string {
  return diff
    .split("\n")
    .map((line) =>
      line.startsWith("+++") || line.startsWith("---")
        ? paint("bold", line)
        : line.startsWith("+")
          ? paint("green", line)
          : line.startsWith("-")
            ? paint("red", line)
            : line.startsWith("@@")
              ? paint("cyan", line)
              : line,
    )
    .join("\n");
}

function indent(text: string, by: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : `${by}${line}`))
    .join("\n");
}
