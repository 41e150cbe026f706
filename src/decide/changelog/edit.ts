// Changes a text by a few edits at known offsets; every other character stays where it is.

export type Edit = {
  /** Offset in the text as it was, in UTF-16 code units. */
  readonly at: number;
  /** How many code units to take away there. */
  readonly remove: number;
  readonly insert: string;
};

/** Edits at the same offset are made in the order given. They must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let from = 0;
  let result = "";
  for (const { at, remove, insert } of edits.toSorted((left, right) => left.at - right.at)) {
    if (at < from) throw new RangeError(`overlapping edits at ${at}`);
    result += text.slice(from, at) + insert;
    from = at + remove;
  }
  return result + text.slice(from);
}

/** Runs `change` on a text whose last line is ended, and gives the result the end that the text had. */
export function withFinalNewline(text: string, newline: string, change: (text: string) => string): string {
  if (text === "" || text.endsWith("\n") || text.endsWith("\r")) return change(text);
  const changed = change(`${text}${newline}`);
  return changed.endsWith(newline) ? changed.slice(0, -newline.length) : changed;
}
