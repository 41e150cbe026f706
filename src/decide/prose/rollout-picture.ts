// The steps of a release as a picture that GitHub draws, from left to right. It changes only when a step does: no time in
// it runs. Names come from playbooks and files, so nothing of them is anything but text in it.
import type { RolloutReport, StepReport } from "../../model/rollout.ts";
import { sayMoment } from "../calendar/moments.ts";
import { sayTook } from "../rollout/took.ts";
import { opensAtOf, stepSign, tookMs } from "./rollout-words.ts";
import { asPlainText } from "./words.ts";

/** More boxes are no picture any more. */
const NODES_MAX = 40;
/** GitHub draws nothing at all when there are more than 500. */
const EDGES_MAX = 200;
const NAME_MAX = 40;

type Look = "done" | "running" | "people" | "failed" | "waiting" | "skipped";

/** Each is dark enough for its white letters, and stands out from a white and from a black page. */
const LOOKS: Readonly<Record<Look, string>> = {
  done: "fill:#1a7f37,stroke:#2da44e,color:#ffffff",
  running: "fill:#0969da,stroke:#54aeff,color:#ffffff",
  people: "fill:#9a6700,stroke:#d4a72c,color:#ffffff",
  failed: "fill:#cf222e,stroke:#ff8182,color:#ffffff",
  waiting: "fill:#57606a,stroke:#8c959f,color:#ffffff",
  skipped: "fill:#424a53,stroke:#8c959f,color:#d0d7de,stroke-dasharray:4 4",
};

const LOOK_OF: Readonly<Record<StepReport["state"], Look>> = {
  done: "done",
  running: "running",
  ready: "running",
  waiting: "waiting",
  unknown: "waiting",
  "needs-people": "people",
  failed: "failed",
  halted: "failed",
  skipped: "skipped",
  superseded: "skipped",
};

/** A Mermaid flowchart; empty for a single step, which needs no picture. */
export function rolloutPicture(report: RolloutReport): string {
  const steps = report.steps.slice(0, NODES_MAX);
  if (steps.length < 2) return "";
  const ids = new Map(steps.map(({ step }, index) => [step, `s${String(index)}`]));
  const nodes = steps.map((step, index) => `  s${String(index)}["${label(step, report)}"]:::${LOOK_OF[step.state]}`);
  const edges = steps.flatMap(({ after }, index) => after.flatMap((before) => (ids.has(before) ? [`  ${ids.get(before) ?? ""} --> s${String(index)}`] : [])));
  const used = new Set<string>(steps.map(({ state }) => LOOK_OF[state]));
  const looks = Object.entries(LOOKS).flatMap(([look, style]) => (used.has(look) ? [`  classDef ${look} ${style}`] : []));
  const isWhole = steps.length === report.steps.length && edges.length <= EDGES_MAX;
  const rest = isWhole ? "" : "\n\n_The picture leaves out what would make it too large to draw: the table has every step._";
  return `\`\`\`mermaid\nflowchart LR\n${[...nodes, ...edges.slice(0, EDGES_MAX), ...looks].join("\n")}\n\`\`\`${rest}`;
}

/** `helm-publish ✓ 3 min`, `production ⏳ waits until Tue 14:00 UTC`. */
function label(step: StepReport, report: RolloutReport): string {
  const { mark, word } = stepSign(step, report);
  const opensAt = opensAtOf(step, report);
  const said = opensAt === null ? (wholeMinutes(step) ?? word) : `${word} until ${sayMoment(opensAt, report.evaluatedAt)}`;
  return `${escaped(step.step)} ${mark === "" ? "·" : mark} ${said}`;
}

/** How long a finished step took, to the minute; null below one. */
function wholeMinutes(step: StepReport): string | null {
  const took = tookMs(step);
  return took === null ? null : sayTook(took - (took % 60_000));
}

/**
 * Letters and digits of any script, blanks, `/` and inner `-` stand for themselves; every other character is written by
 * its number, `#34;`, which Mermaid shows and never reads: no quote, Markdown, HTML, icon, formula or comment can begin.
 */
function escaped(name: string): string {
  return asPlainText(name, NAME_MAX).replaceAll(/[^\p{L}\p{N} /-]|^-/gu, (character) => `#${String(character.codePointAt(0))};`);
}
