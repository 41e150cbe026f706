// Words laid out for a terminal: behind a lead, wrapped to its width, wide characters counted as what they take.
import { styleText } from "node:util";
import type { Words } from "../model/plan.ts";
import { printable } from "./printable.ts";

export type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";
type Paint = (style: Style, text: string) => string;
export type Look = { readonly paint: Paint; /** Columns. */ readonly width: number };

const WIDTH_MIN = 40;
/** Longer lines are hard to read, however wide the terminal is. */
const WIDTH_MAX = 110;

/** @param width columns of the terminal */
export function lookOf({ hasColor, width }: { readonly hasColor: boolean; readonly width: number }): Look {
  const paint: Paint = hasColor ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  return { paint, width: Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, width)) };
}

/** Words behind a lead that is `indent` columns wide, their further lines below their first. */
export function hanging(lead: string, indent: number, words: Words, { width, paint }: Look, style: Style | null = null): readonly string[] {
  return wrapped(words, Math.max(WIDTH_MIN / 2, width - indent)).map((line, index) => {
    const text = style === null ? line : paint(style, line);
    return index === 0 ? `${lead}${text}` : `${" ".repeat(indent)}${text}`;
  });
}

/** Lines of at most so many columns; what has no blank, such as an address, is left whole. Code stays on its line where it fits on one. */
export function wrapped(words: Words, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(printable(words).replaceAll(/\s+/g, " ").trim(), width)) {
    const longer = line === "" ? piece : `${line} ${piece}`;
    if (line !== "" && columns(longer) > width) {
      lines.push(line);
      line = piece;
    } else line = longer;
  }
  return [...lines, line];
}

/** What is between blanks; a command in backticks is one piece when it fits on a line. */
function pieces(text: string, width: number): readonly string[] {
  const found: string[] = [];
  let code: string[] | null = null;
  for (const word of text.split(" ")) {
    const isTurn = word.split("`").length % 2 === 0;
    if (code === null && !isTurn) found.push(word);
    else if (code === null) code = [word];
    else {
      code.push(word);
      if (isTurn) {
        const whole = code.join(" ");
        found.push(...(columns(whole) <= width ? [whole] : code));
        code = null;
      }
    }
  }
  return [...found, ...(code ?? [])];
}

/** Marks and wide characters take two columns; what combines with the character before it takes none. */
export function columns(text: string): number {
  let count = 0;
  for (const character of text) count += /\p{Mn}|\p{Me}|\p{Cf}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return count;
}

const WIDE = /[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;
