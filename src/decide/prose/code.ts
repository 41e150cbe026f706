/** Text as code in a table cell: nothing in it is Markdown, HTML or a mention, no `|` ends the cell, and nothing turns the row around. */
export function codeCell(text: string): string {
  const flat = text.replaceAll(/\p{Bidi_Control}/gu, "").replaceAll(/[\s\p{Cc}]+/gu, " ");
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  // A backslash right before a `|` would take its escape away.
  return `${fence}${pad}${flat.replaceAll(/(?<!\\)\\*\|/g, String.raw`\|`)}${pad}${fence}`;
}
