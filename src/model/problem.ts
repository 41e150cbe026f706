// Something a person has to mend: a value, never an exception, and never without its place when it has one.

/** `error` stops the release it belongs to; `warning` is repaired by the release itself or needs no action now. */
export type Severity = "error" | "warning";

export type Problem = {
  readonly severity: Severity;
  /** What is wrong, with what was expected and what was found. Without place and without a final stop. */
  readonly message: string;
  /** Path from the repository's root, with `/`; null when the problem belongs to no file. */
  readonly path: string | null;
  /** From 1; null when no single line is at fault. */
  readonly line: number | null;
  /** From 1, in UTF-16 code units; null when no single column is at fault. */
  readonly column: number | null;
  /** What to do about it; null when the message says it already. */
  readonly hint: string | null;
};

/** A value, or the problems that keep it from existing. Never both, never an empty list of problems. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };
