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

/** Sections that are finished, for the release's notes. What is not stays where people wrote it. */
export function finishedTexts(human: HumanTexts, reject: string | null): HumanTexts {
  return new Map([...human].filter(([, text]) => leftToWrite(text, reject) === null));
}

/**
 * Null when the section is written. Else the line that still stands for something: `TODO`, `TBD: numbers`,
 * `_Placeholder: what is new_`, `<what is new>`, or one with the text that the playbook rejects in changelogs; empty
 * when there is nothing that a reader would see. Examples in code are no such lines.
 */
export function leftToWrite(text: string, reject: string | null): string | null {
  const lines = withoutComments(text).split("\n");
  let isCode = false;
  for (const line of lines) {
    const bare = line.trim();
    if (bare.startsWith("```") || bare.startsWith("~~~")) isCode = !isCode;
    else if (!isCode && (standsForSomething(bare) || (reject !== null && reject !== "" && bare.includes(reject)))) return bare;
  }
  return lines.every((line) => line.trim() === "" || isPlaceholder(line)) ? "" : null;
}

/** What stands around the words of a line: a list's mark, a box, emphasis, code. */
const AROUND_WORDS = /^(?:[-*+>] {1,4})?(?:\[ \] {1,4})?[*_`]{0,3}|[*_`]{0,3}[.\u2026]{0,3}$/g;

function standsForSomething(line: string): boolean {
  if (line.length > 500) return false;
  const words = line.replaceAll(AROUND_WORDS, "");
  return /^(?:todo|tbd|placeholder)(?:$|:)/i.test(words) || (/^<[^<>]+>$/.test(words) && !isHtml(words));
}

/** What GitHub shows, and addresses; any other tag shows nothing. */
const TAGS = new Set(
  "a b blockquote br center code dd del details div dl dt em figure figcaption h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p picture pre q s samp source span strong sub summary sup table tbody td tfoot th thead tr tt ul var video".split(
    " ",
  ),
);

function isHtml(tag: string): boolean {
  const name = /^<\/?([a-z][a-z0-9]*)(?=[\s/>])/i.exec(tag)?.[1];
  return (name !== undefined && TAGS.has(name.toLowerCase())) || /^<(?:https?:|mailto:|[^\s@<>]+@)/i.test(tag);
}

/** A comment that nothing ends hides everything behind it. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf("<!--", at);
    kept.push(text.slice(at, start === -1 ? text.length : start));
    const end = start === -1 ? -1 : text.indexOf("-->", start + "<!--".length);
    if (end === -1) return kept.join("");
    at = end + "-->".length;
  }
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
