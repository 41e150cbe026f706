// The patterns of `branches`, `tags` and `paths` in a workflow file
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet).
import { RE2JS } from "re2js";
import type { Filter } from "./workflow-file.ts";

/** `**` crosses slashes, `*` does not; `?` and `+` repeat what stands before them; `[]` is one of these characters. */
const TOKENS = /\*\*\/|\*\*|\*|\\.|\[[^\]]*\]|[?+]|[\s\S]/gu;

const sourceOf = (token: string): string => {
  if (token === "**/") return "(?:.*/)?";
  if (token === "**") return ".*";
  if (token === "*") return "[^/]*";
  if (token === "?" || token === "+" || (token.length > 1 && token.startsWith("["))) return token;
  return RE2JS.quote(token.length > 1 && token.startsWith("\\") ? token.slice(1) : token);
};

/** A pattern that is no expression at the end fits nothing. */
const fits = (pattern: string, text: string): boolean => {
  try {
    return RE2JS.matches([...pattern.matchAll(TOKENS)].map(([token]) => sourceOf(token)).join(""), text);
  } catch {
    return false;
  }
};

/** The last pattern that fits decides; one that begins with `!` takes back. */
export const fitsAny = (patterns: readonly string[], text: string): boolean =>
  patterns.reduce((isIn, pattern) => (pattern.startsWith("!") ? isIn && !fits(pattern.slice(1), text) : isIn || fits(pattern, text)), false);

export const passes = ({ only, except }: Filter, text: string): boolean =>
  (only === null || fitsAny(only, text)) && (except === null || !fitsAny(except, text));

export const isSet = ({ only, except }: Filter): boolean => only !== null || except !== null;
