// How a problem looks on a terminal: place and message, the line it is about with a caret below, and what to do.
import { styleText } from "node:util";
import type { Problem } from "../model/problem.ts";

/** Longer source lines are shown around the column, with `…` where they were cut. */
const LINE_SHOWN_MAX = 120;

/**
 * Text of one to four lines, without a final line break. `sourceText` is the whole text of the problem's file; null
 * leaves the source line out. Control characters of file and message never reach the terminal.
 */
export function renderProblem(problem: Problem, sourceText: string | null, hasColor: boolean): string {
  const paint = (style: "bold" | "dim" | "red" | "yellow" | "cyan", text: string): string =>
    hasColor ? styleText(style, text, { validateStream: false }) : text;
  const tone = problem.severity === "error" ? "red" : "yellow";
  const place = placeOf(problem);
  const severity = problem.severity === "warning" ? paint("yellow", "warning: ") : "";
  const lines = [`${place === "" ? "" : `${paint("bold", `${place}:`)} `}${severity}${visible(problem.message)}`];
  const source = sourceText === null || problem.line === null ? undefined : sourceText.replace(/^\uFEFF/, "").split(/\r?\n/)[problem.line - 1];
  if (source !== undefined && problem.line !== null) {
    const number = String(problem.line);
    const { text, caretAt } = excerpt(source, problem.column ?? 1);
    lines.push(`${paint("dim", `  ${number} |`)} ${text}`);
    if (problem.column !== null) lines.push(`${paint("dim", `  ${" ".repeat(number.length)} |`)} ${padding(text, caretAt)}${paint(tone, "^")}`);
  }
  if (problem.hint !== null) lines.push(`  ${paint("cyan", "hint:")} ${visible(problem.hint)}`);
  return lines.join("\n");
}

function placeOf({ path, line, column }: Problem): string {
  return [path === null ? null : visible(path), line, column].filter((part) => part !== null).join(":");
}

function excerpt(source: string, column: number): { readonly text: string; readonly caretAt: number } {
  const shown = visible(source);
  const index = Math.min(column - 1, shown.length);
  if (shown.length <= LINE_SHOWN_MAX) return { text: shown, caretAt: index };
  const start = Math.max(0, Math.min(index - LINE_SHOWN_MAX / 2, shown.length - LINE_SHOWN_MAX));
  const end = start + LINE_SHOWN_MAX;
  const before = start > 0 ? "…" : "";
  return { text: `${before}${shown.slice(start, end)}${end < shown.length ? "…" : ""}`, caretAt: index - start + before.length };
}

/** Blanks as wide as the text before the caret: a tab stays a tab. */
function padding(text: string, width: number): string {
  return text.slice(0, width).replaceAll(/[^\t]/g, " ");
}

/** One UTF-16 unit stays one, so that columns keep their meaning. */
function visible(text: string): string {
  return text.replaceAll(/(?!\t)[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, "\uFFFD");
}
