// The sections of a release pull request that belong to people: found in whatever they made of the body, and kept.

/** Sections as people wrote them, by title; a section that nobody has written is left out. */
export type HumanTexts = ReadonlyMap<string, string>;

export const NOTHING_WRITTEN: HumanTexts = new Map();

/** What stands in a section until somebody writes there. */
export function placeholder(isRequired: boolean): string {
  const whose = isRequired ? "Yours, and the playbook wants it" : "Yours, if you like";
  return `_${whose}: edit this description and replace this line. What you write is kept and goes into the release notes._`;
}

/** Whoever writes beside it, and does not replace it, does not mean it for the release notes. */
function isPlaceholder(line: string): boolean {
  const text = line.trim();
  return text === placeholder(true) || text === placeholder(false);
}

/** One section with its end marked, so that headings and rules inside of it are no end. */
export function humanSection(title: string, text: string): string {
  return `### ${title}\n${text}\n${endOf(title)}`;
}

function endOf(title: string): string {
  return `<!-- end of ${title} -->`;
}

/** Lines of the app's own that end a section whose end mark was deleted. */
function isOwnLine(line: string): boolean {
  return line === "### Changes" || line.startsWith("<sub>Kept by Release Steward");
}

/** @param body as GitHub has it, with either kind of line end */
export function humanTexts(body: string, titles: readonly string[]): HumanTexts {
  const lines = body.replaceAll("\r\n", "\n").split("\n");
  const found = new Map<string, string>();
  for (const title of titles) {
    const start = lines.indexOf(`### ${title}`);
    if (start === -1) continue;
    const text = lines
      .slice(start + 1, sectionEnd(lines, start, title, titles))
      .filter((line) => !isPlaceholder(line))
      .join("\n")
      .trim();
    if (text !== "") found.set(title, text);
  }
  return found;
}

function sectionEnd(lines: readonly string[], start: number, title: string, titles: readonly string[]): number {
  const marked = lines.indexOf(endOf(title), start);
  if (marked !== -1) return marked;
  const next = lines.findIndex((line, index) => index > start && (isOwnLine(line) || titles.some((other) => line === `### ${other}` || line === endOf(other))));
  return next === -1 ? lines.length : next;
}
