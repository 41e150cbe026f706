// Every match of a configured pattern. RE2 syntax, so that no pattern can take more than linear time for a match;
// exactly one group, whose text is the value. `^` and `$` stand for the ends of lines, and a line ends before `\r\n`
// as it does before `\n`: the pattern is run on the text with all line ends written as `\n`.
import { RE2JS, RE2JSException } from "re2js";
import type { Place } from "../../model/playbook.ts";
import type { Result } from "../../model/problem.ts";
import { accept, refuse, type Source, sourceOf, type Spot, spotAt, splice } from "./spot.ts";

type RegexPlace = Extract<Place, { readonly by: "regex" }>;

const MAX_PATTERN_LENGTH = 1000;
/** Each search may look at the whole rest of the file, so the number of matches bounds the time. */
const MAX_MATCHES = 100;

/** The group of every match, in order; at least one. */
export function locate(text: string, place: RegexPlace, path: string): Result<readonly Spot[]> {
  const source = sourceOf(text, path);
  const pattern = compile(place.pattern, source);
  return pattern.ok ? spotsOf(source, pattern.value, place) : pattern;
}

/** The text with the group of every match replaced by the value. The pattern has to match the result in the same places. */
export function update(text: string, place: RegexPlace, value: string, path: string): Result<string> {
  const source = sourceOf(text, path);
  const pattern = compile(place.pattern, source);
  if (!pattern.ok) return pattern;
  const spots = spotsOf(source, pattern.value, place);
  if (!spots.ok) return spots;
  const after = splice(text, spots.value, value);
  const reread = spotsOf(sourceOf(after, path), pattern.value, place);
  if (reread.ok && reread.value.length === spots.value.length && reread.value.every((spot) => spot.value === value)) return accept(after);
  const at = spots.value[0]?.start ?? null;
  return refuse(
    source,
    at,
    `with ${JSON.stringify(value)} written, the pattern ${inWords(place)} would no longer find it here`,
    "widen the group so that it takes any version",
  );
}

function compile(pattern: string, source: Source): Result<RE2JS> {
  if (pattern.length > MAX_PATTERN_LENGTH) return refuse(source, null, `the pattern has ${pattern.length} characters, of ${MAX_PATTERN_LENGTH} allowed`, null);
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.MULTILINE);
    const groups = compiled.groupCount();
    if (groups === 1) return accept(compiled);
    return refuse(
      source,
      null,
      `expected exactly one group in the pattern ${JSON.stringify(pattern)}, found ${groups}`,
      "put `(…)` around the version alone; a group that only holds things together is `(?:…)`",
    );
  } catch (error) {
    const because = error instanceof RE2JSException ? error.message.replace(/^error parsing regexp: /, "").replace("`(?m)", "`") : "too deeply nested";
    return refuse(
      source,
      null,
      `the pattern ${JSON.stringify(pattern)} can't be read: ${because}`,
      "patterns are in RE2 syntax, which has no look-around and no back-references",
    );
  }
}

function spotsOf(source: Source, pattern: RE2JS, place: RegexPlace): Result<readonly Spot[]> {
  const offsetOf = originalOffsets(source.text);
  const matcher = pattern.matcher(source.text.replaceAll("\r\n", "\n"));
  const spots: Spot[] = [];
  while (matcher.find()) {
    const at = offsetOf(matcher.start());
    if (matcher.start() === matcher.end())
      return refuse(source, at, `the pattern ${inWords(place)} matches the empty text here`, "let it require the text in front of the version");
    if (matcher.start(1) < 0) return refuse(source, at, `the pattern ${inWords(place)} matches here without its group`, "let every alternative hold the group");
    const value = matcher.group(1) ?? "";
    if (value.includes("\n"))
      return refuse(source, at, `the group of the pattern ${inWords(place)} spans several lines here`, "let it end where the version ends");
    if (spots.length === MAX_MATCHES)
      return refuse(source, at, `the pattern ${inWords(place)} matches more than ${MAX_MATCHES} times`, "let it require more of the text around the version");
    const start = offsetOf(matcher.start(1));
    spots.push(spotAt(source, start, start + value.length, value));
  }
  return spots.length === 0 ? refuse(source, null, `nothing matches the pattern ${inWords(place)}`, null) : accept(spots);
}

/** From offsets in the text without `\r` before `\n` to offsets in the text, asked for in any order that only grows. */
function originalOffsets(text: string): (offset: number) => number {
  let removed = 0;
  let next = text.indexOf("\r\n");
  return (offset) => {
    while (next !== -1 && next - removed < offset) {
      removed += 1;
      next = text.indexOf("\r\n", next + 2);
    }
    return offset + removed;
  };
}

function inWords({ pattern }: RegexPlace): string {
  return `\`${pattern}\``;
}
