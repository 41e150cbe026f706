// Words of a report as Markdown: whatever stranger's text is in them, they stay on their line and in their cell, load
// nothing and notify nobody.
import type { Words } from "../../model/plan.ts";
import { breakMentions, safeLine } from "../changelog/index.ts";
import { capitalised, withoutHalf } from "../gates/phrases.ts";

/** Longer words are cut: a row has to stay one that somebody reads. */
export const WORDS_MAX = 600;

/** Inline Markdown for a list item, a paragraph or a heading. */
export function asMarkdown(words: Words, max = WORDS_MAX): string {
  return breakMentions(safeLine(cut(words, max)), new Set());
}

/** A character that no text of GitHub holds stands for `|` while the cell is made. */
const BAR = "\u{10FFFE}";

/** The same for a table's cell: GitHub cuts rows at every `|` that is not escaped, even within code. */
export function asCell(words: Words, max = WORDS_MAX): string {
  const barred = cut(words, max).split("|").map(withoutFinalBackslashes).join(BAR);
  return asMarkdown(barred, max).replaceAll(BAR, String.raw`\|`);
}

/** Paragraphs of Markdown; those that are empty are left out. */
export function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Within a tag such as `<summary>`, where GitHub reads no Markdown. */
export function asHtml(words: Words, max = WORDS_MAX): string {
  const escaped = asPlainText(words, max).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return breakMentions(escaped, new Set());
}

/** Markdown that begins and ends as a sentence does. */
export function sentence(words: Words): string {
  const text = asMarkdown(capitalised(words));
  return /[.!?\u2026]$/.test(text) ? text : `${text}.`;
}

/** For titles and other places that know no Markdown. */
export function asPlainText(words: Words, max = WORDS_MAX): string {
  // More than four units for each that is shown can't be needed: what is not looked at costs nothing.
  const flat = words
    .slice(0, max * 4)
    .toWellFormed()
    .replaceAll(/\p{Bidi_Control}/gu, "")
    .replaceAll("`", "")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return cut(flat, max);
}

function cut(words: string, max: number): string {
  return words.length <= max ? words : `${withoutHalf(words.slice(0, max - 1)).trimEnd()}…`;
}

/** A backslash right before a `|` would take its escape away. */
function withoutFinalBackslashes(text: string, index: number, parts: readonly string[]): string {
  if (index === parts.length - 1) return text;
  let end = text.length;
  while (text[end - 1] === "\\") end -= 1;
  return text.slice(0, end);
}
