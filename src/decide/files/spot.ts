// Where a value stands in a text, how it is replaced there, and how a person is told about it.
import type { Problem, Result } from "../../model/problem.ts";

/** A value and the place of its raw text, quotes included. */
export type Spot = {
  /** Decoded: without quotes, escapes resolved. Of a number, a date or a boolean: as it is written. */
  readonly value: string;
  /** Offset of the first UTF-16 unit of the raw text; equal to `end` when the value is empty. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
};

/** A text with its name and the offsets at which its lines begin; a line ends with `\n`, a `\r` before it is part of it. */
export type Source = { readonly text: string; readonly path: string; readonly lineStarts: readonly number[] };

export function sourceOf(text: string, path: string): Source {
  const lineStarts = [0];
  for (let newline = text.indexOf("\n"); newline !== -1; newline = text.indexOf("\n", newline + 1)) lineStarts.push(newline + 1);
  return { text, path, lineStarts };
}

/** Line and column, both from 1, of an offset in UTF-16 units. */
export function positionAt({ lineStarts }: Source, offset: number): { readonly line: number; readonly column: number } {
  let line = 0;
  let after = lineStarts.length;
  while (after - line > 1) {
    const middle = (line + after) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) line = middle;
    else after = middle;
  }
  return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
}

export function spotAt(source: Source, start: number, end: number, value: string): Spot {
  return { value, start, end, ...positionAt(source, start) };
}

export type Failure = Extract<Result<never>, { readonly ok: false }>;

/** The failure of one problem at an offset; null when no single place is at fault. */
export function refuse(source: Source, offset: number | null, message: string, hint: string | null): Failure {
  const { line, column } = offset === null ? { line: null, column: null } : positionAt(source, offset);
  const problem: Problem = { severity: "error", message, path: source.path, line, column, hint };
  return { ok: false, problems: [problem] };
}

export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The text with every spot's raw text replaced by the same raw text. Spots come in order and do not overlap. */
export function splice(text: string, spots: readonly Pick<Spot, "start" | "end">[], raw: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spots) {
    parts.push(text.slice(from, start), raw);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
