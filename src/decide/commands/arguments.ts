// The first argument of what follows a verb, and the rest as it was written: reasons and links need no quotes, and an
// apostrophe in them does no harm.

/** Opening quotes and what closes each; telephones write the typographic ones by themselves. */
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["„", "“"],
  ["‘", "’"],
  ["«", "»"],
]);

export type Argument =
  | { readonly is: "argument"; readonly text: string; readonly isQuoted: boolean; /** Without surrounding space. */ readonly rest: string }
  | { readonly is: "nothing" }
  /** A quote that nothing closes. */
  | { readonly is: "unbalanced"; readonly quote: string };

/** One word, or whatever stands between two quotes. */
export function firstArgument(text: string): Argument {
  const trimmed = text.trim();
  if (trimmed === "") return { is: "nothing" };
  const opening = trimmed.charAt(0);
  const closing = QUOTES.get(opening);
  if (closing === undefined) {
    const [word = ""] = /^\S+/.exec(trimmed) ?? [];
    return { is: "argument", text: word, isQuoted: false, rest: trimmed.slice(word.length).trim() };
  }
  const end = endOfQuote(trimmed, closing);
  if (end === null) return { is: "unbalanced", quote: opening };
  return { is: "argument", text: trimmed.slice(1, end).trim(), isQuoted: true, rest: trimmed.slice(end + 1).trim() };
}

/** The first closing quote that ends a word. */
function endOfQuote(text: string, closing: string): number | null {
  for (let end = text.indexOf(closing, 1); end !== -1; end = text.indexOf(closing, end + 1)) {
    if (end + 1 === text.length || text.charAt(end + 1) === " ") return end;
  }
  return null;
}
