// GitHub's filter patterns for tags, matched as GitHub does and in time proportional to the name.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
import { RE2JS, RE2JSException } from "re2js";

/** Longer ones are no pattern for a name; the bound also keeps compiling them quick. */
const PATTERN_LENGTH_MAX = 300;

type FilterPattern = { readonly isNegative: boolean; readonly matches: (name: string) => boolean };

/** Null for what GitHub refuses, or what its description leaves open: then nobody can tell what it matches. */
export function filterPattern(text: string): FilterPattern | null {
  const isNegative = text.startsWith("!");
  const expression = text.length > PATTERN_LENGTH_MAX ? null : expressionOf(isNegative ? text.slice(1) : text);
  if (expression === null) return null;
  try {
    const compiled = RE2JS.compile(expression, RE2JS.DOTALL);
    return { isNegative, matches: (name) => compiled.matches(name) };
  } catch (error) {
    // A range such as `[9-0]`.
    if (!(error instanceof RE2JSException)) throw error;
    return null;
  }
}

/** The last pattern that matches decides: `!` takes back what one before it took. */
export function isTaken(name: string, patterns: readonly FilterPattern[]): boolean {
  const last = patterns.findLast(({ matches }) => matches(name));
  return last !== undefined && !last.isNegative;
}

/**
 * `*` is anything but `/`, `**` anything, `**` and a slash also no folder at all; `?` and `+` repeat what stands before
 * them; `\` takes the next character as it is. Each part is a group of its own, so that two signs of repetition in a row
 * never become one of another meaning.
 */
function expressionOf(pattern: string): string | null {
  if (pattern === "") return null;
  const parts: string[] = [];
  for (let at = 0; at < pattern.length;) {
    const sign = pattern[at] ?? "";
    if (pattern.startsWith("**/", at) && (at === 0 || pattern[at - 1] === "/")) {
      parts.push("(?:.*/)?");
      at += 3;
    } else if (pattern.startsWith("**", at)) {
      parts.push("(?:.*)");
      at += 2;
    } else if (sign === "*") {
      parts.push("(?:[^/]*)");
      at += 1;
    } else if (sign === "?" || sign === "+") {
      const before = parts.pop();
      if (before === undefined) return null;
      parts.push(`(?:${before}${sign})`);
      at += 1;
    } else if (sign === "[") {
      const end = pattern.indexOf("]", at);
      const inside = pattern.slice(at + 1, end);
      if (end === -1 || !/^[A-Za-z0-9._-]+$/.test(inside)) return null;
      parts.push(`[${inside.replaceAll(".", String.raw`\.`)}]`);
      at = end + 1;
    } else {
      const isEscape = sign === "\\";
      if (isEscape && at + 1 === pattern.length) return null;
      const [literal = ""] = pattern.slice(isEscape ? at + 1 : at);
      parts.push(`(?:${RE2JS.quote(literal)})`);
      at += literal.length + (isEscape ? 1 : 0);
    }
  }
  return parts.join("");
}
