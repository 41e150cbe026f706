/** Text as code in a table cell: nothing in it is Markdown, HTML or a mention, and no `|` ends the cell. */
export function codeCell(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${text.replaceAll(/\s+/g, " ").replaceAll("|", String.raw`\|`)}${pad}${fence}`;
}
