// Versions that a comment marks, in any text file:
//
//     IMAGE_TAG = 1.4.0                # x-release-steward-version
//     <!-- x-release-steward-version-start -->
//     helm install cavern --version 1.4.0
//     <!-- x-release-steward-version-end -->
//
// The word counts as a whole word inside a comment of its own line. A comment is `/* … */`, `<!-- … -->`, or what
// follows `#`, `//`, `--` and a space, `;` or `%` at the start of the line or after a space; of several that hold the
// word, the one that begins last. A marked line has exactly one version outside that comment. Between `<word>-start`
// and `<word>-end` every version is meant, and all have to be the same.
//
// A version is two or more numbers with dots, with a suffix such as `-rc.1` or without: 1.4.0, 2026.2, 1.4.0-rc1.
// A `v` in front is the line's own: it stays when it is there, and is not added when it is not.
import type { Place } from "../../model/playbook.ts";
import type { Problem, Result } from "../../model/problem.ts";
import { accept, type Failure, refuse, type Source, sourceOf, type Spot, spotAt, splice } from "./spot.ts";

type MarkerPlace = Extract<Place, { readonly by: "marker" }>;

/** Nobody marks a line longer than this, and the search for comments looks at a line many times. */
const MAX_LINE_LENGTH = 4000;

/** Every marked version without its `v`, in order; at least one. */
export function locate(text: string, { word }: MarkerPlace, path: string): Result<readonly Spot[]> {
  const source = sourceOf(text, path);
  if (!/^[\w-]+$/.test(word)) return refuse(source, null, `expected a marker of letters, digits, \`-\` and \`_\`, found ${JSON.stringify(word)}`, null);
  const spots: Spot[] = [];
  const problems: Problem[] = [];
  for (const marked of markedIn(source, word)) {
    const result = marked.is === "problem" ? marked.failure : marked.is === "line" ? oneVersion(source, marked.parts) : equalVersions(source, marked.parts);
    if (result.ok) for (const spot of result.value) spots.push(spot);
    else problems.push(...result.problems);
  }
  if (problems.length > 0) return { ok: false, problems };
  return spots.length === 0 ? nothingMarked(source, word) : accept(spots);
}

/** The text with every marked version replaced. A `v` at the front of the value gives way to the line's own spelling. */
export function update(text: string, place: MarkerPlace, value: string, path: string): Result<string> {
  const spots = locate(text, place, path);
  if (!spots.ok) return spots;
  const bare = value.replace(/^v(?=\d)/, "");
  const after = splice(text, spots.value, bare);
  const reread = locate(after, place, path);
  if (reread.ok && reread.value.length === spots.value.length && reread.value.every((spot) => spot.value === bare)) return accept(after);
  return refuse(
    sourceOf(text, path),
    spots.value[0]?.start ?? null,
    `a marker takes versions such as 1.4.0, 2026.2 or 1.4.0-rc.1, not ${JSON.stringify(value)}`,
    "use a `regex` place for other values",
  );
}

/** A stretch of the text; `end` is behind its last unit. */
type Part = { readonly start: number; readonly end: number };
type Marked = { readonly is: "line" | "block"; readonly parts: readonly Part[] } | { readonly is: "problem"; readonly failure: Failure };

function* markedIn(source: Source, word: string): Generator<Marked> {
  let block: Part[] | null = null;
  let blockStart = 0;
  for (const line of linesOf(source)) {
    const text = source.text.slice(line.start, line.end);
    const holds = (which: string) => commentWith(text, which);
    if (text.length > MAX_LINE_LENGTH) {
      if (block === null && !text.includes(word)) continue;
      yield problem(refuse(source, line.start, `a marked line has ${text.length} characters, of ${MAX_LINE_LENGTH} allowed`, null));
    } else if (block !== null && holds(`${word}-end`) !== null) {
      yield { is: "block", parts: block };
      block = null;
    } else if (holds(`${word}-start`) !== null) {
      if (block !== null)
        yield problem(refuse(source, line.start, `\`${word}-start\` stands inside a block that is still open`, `write \`${word}-end\` in front of it`));
      block = [];
      blockStart = line.start;
    } else if (block === null) {
      const comment = holds(word);
      if (comment !== null) yield { is: "line", parts: around(line, comment) };
    } else block.push(line);
  }
  if (block !== null)
    yield problem(refuse(source, blockStart, `the block that \`${word}-start\` opens has no end`, `write \`${word}-end\` in a comment below it`));
}

function problem(failure: Failure): Marked {
  return { is: "problem", failure };
}

function around(line: Part, comment: Part): readonly Part[] {
  return [
    { start: line.start, end: line.start + comment.start },
    { start: line.start + comment.end, end: line.end },
  ];
}

/** Lines without their ends. */
function* linesOf({ text, lineStarts }: Source): Generator<Part> {
  for (const [index, start] of lineStarts.entries()) {
    const next = lineStarts[index + 1];
    const end = next === undefined ? text.length : next - 1;
    yield { start, end: end > start && text[end - 1] === "\r" ? end - 1 : end };
  }
}

/** The comment of the line that holds the word, as offsets in the line; null when there is none. */
function commentWith(line: string, word: string): Part | null {
  for (let at = line.indexOf(word); at !== -1; at = line.indexOf(word, at + 1)) {
    const isWhole = !/[\w-]/.test(line.charAt(at - 1)) || isOpenerBefore(line, at);
    if (!isWhole || /^(?!-->)[\w-]/.test(line.slice(at + word.length))) continue;
    const comments = [
      blockComment(line, at, "/*", "*/"),
      blockComment(line, at, "<!--", "-->"),
      ...LINE_OPENERS.map((opener) => lineComment(line, at, opener)),
    ];
    const found = comments.filter((comment) => comment !== null).toSorted((one, other) => other.start - one.start);
    if (found[0] !== undefined) return found[0];
  }
  return null;
}

/** `--word` and `<!--word`: the dashes belong to the comment. */
function isOpenerBefore(line: string, at: number): boolean {
  return line.endsWith("<!--", at) || /(?:^|\s)--$/.test(line.slice(Math.max(0, at - 3), at));
}

function blockComment(line: string, at: number, open: string, close: string): Part | null {
  const start = at === 0 ? -1 : line.lastIndexOf(open, at - 1);
  if (start === -1 || start + open.length > at) return null;
  const closed = line.indexOf(close, start + open.length);
  if (closed === -1) return { start, end: line.length };
  return closed < at ? null : { start, end: closed + close.length };
}

const LINE_OPENERS = ["#", "//", "--", ";", "%"];

function lineComment(line: string, at: number, opener: string): Part | null {
  for (let start = at === 0 ? -1 : line.lastIndexOf(opener, at - 1); start !== -1; start = start === 0 ? -1 : line.lastIndexOf(opener, start - 1)) {
    const behind = start + opener.length;
    const isFree = start === 0 || /\s/.test(line.charAt(start - 1));
    if (isFree && behind <= at && (opener !== "--" || behind === at || /\s/.test(line.charAt(behind)))) return { start, end: line.length };
  }
  return null;
}

function oneVersion(source: Source, parts: readonly Part[]): Result<readonly Spot[]> {
  const found = versionsIn(source, parts);
  if (!found.ok) return found;
  const [first, second] = found.value;
  const lineStart = parts[0]?.start ?? 0;
  if (first === undefined)
    return refuse(source, lineStart, "expected a version on the marked line, found none", "the version stands outside the comment, on the same line");
  if (second === undefined) return accept([first]);
  return refuse(
    source,
    second.start,
    `expected one version on the marked line, found ${found.value.map(({ value }) => value).join(" and ")}`,
    "split the line, or use a `regex` place",
  );
}

function equalVersions(source: Source, parts: readonly Part[]): Result<readonly Spot[]> {
  const found = versionsIn(source, parts);
  if (!found.ok) return found;
  const [first] = found.value;
  if (first === undefined) return refuse(source, parts[0]?.start ?? null, "expected a version in the marked block, found none", null);
  const other = found.value.find(({ value }) => value !== first.value);
  if (other === undefined) return found;
  return refuse(
    source,
    other.start,
    `expected the same version everywhere in the marked block, found ${first.value} and ${other.value}`,
    "mark the lines that hold the version one by one",
  );
}

const NUMBERS = /(?<!\d)\d+(?:\.\d+)+/g;
const SUFFIX = /^-(?:alpha|beta|rc|pre|preview|dev|snapshot|nightly|canary|next)\d*(?:[.-]\d+)*/i;

/** A refusal where a version does not clearly end: of `1.4.0-linux.zip` nobody can say how much is the version. */
function versionsIn(source: Source, parts: readonly Part[]): Result<readonly Spot[]> {
  const spots: Spot[] = [];
  for (const part of parts) {
    const text = source.text.slice(part.start, part.end);
    for (const match of text.matchAll(NUMBERS)) {
      if (!beginsVersion(text, match.index)) continue;
      const suffixAt = match.index + match[0].length;
      const end = suffixAt + (SUFFIX.exec(text.slice(suffixAt))?.[0].length ?? 0);
      const value = text.slice(match.index, end);
      const start = part.start + match.index;
      if (!endsVersion(text, end))
        return refuse(
          source,
          start,
          `can't tell where the version ends in \`${text.slice(match.index).split(/\s/, 1).join("")}\``,
          "use a `regex` place with a group around the version",
        );
      spots.push(spotAt(source, start, start + value.length, value));
    }
  }
  return accept(spots);
}

/** Neither part of a name such as `go1.24` nor of a longer chain; a single `v` may stand in front. */
function beginsVersion(text: string, start: number): boolean {
  const from = /[vV]/.test(text.charAt(start - 1)) ? start - 1 : start;
  return !/[\p{L}\p{N}.]/u.test(text.charAt(from - 1));
}

function endsVersion(text: string, end: number): boolean {
  return !/^(?:[\p{L}\p{N}_+*]|[.-][\p{L}\p{N}*])/u.test(text.slice(end, end + 2));
}

function nothingMarked(source: Source, word: string): Result<never> {
  const stray = source.text.indexOf(word);
  if (stray === -1) return refuse(source, null, `no line carries \`${word}\``, `write \`${word}\` in a comment on the line that holds the version`);
  return refuse(
    source,
    stray,
    `\`${word}\` stands in no comment of its line`,
    "a comment is `/* */`, `<!-- -->`, or begins with `#`, `//`, `-- `, `;` or `%` after a space",
  );
}
