// Boxes of the checklist in the text of a comment: how the app writes them, and how they are read after anybody's edit.
import { breakMentions, safeLine } from "../changelog/index.ts";
import type { Step } from "./steps.ts";

/** What stands behind the box of a step, as Markdown. The text is known again by this and by nothing else. */
function boxText({ gate, item }: Step): string {
  return breakMentions(safeLine(`${gate}: ${item}`), new Set());
}

/** One line of the list. @param annotation Markdown that follows the text; empty for none */
export function boxLine(step: Step, isTicked: boolean, annotation: string): string {
  return `- [${isTicked ? "x" : " "}] ${boxText(step)}${annotation === "" ? "" : ` ${annotation}`}`;
}

/** The same for the same step, and for no other. */
export function keyOf({ gate, item }: Step): string {
  return `${gate}: ${item}`;
}

const BOX = /^[ \t]*[-*+][ \t]+\[([ xX])\][ \t]+(\S.*)$/;

/**
 * Which of the steps have a box in the text, by `keyOf`, and whether it is ticked: a step that stands there several times
 * only when all of its boxes are. Whatever follows a step's text is passed over. Takes time linear in the text.
 */
export function boxesIn(text: string, steps: readonly Step[]): ReadonlyMap<string, boolean> {
  const readers = readersOf(steps);
  const boxes = new Map<string, boolean>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, mark = " ", written = ""] = BOX.exec(line) ?? [];
    const key = written === "" ? undefined : keyWritten(written.replaceAll(/\s+/g, " "), readers);
    if (key !== undefined) boxes.set(key, mark !== " " && boxes.get(key) !== false);
  }
  return boxes;
}

/** By what stands before the first colon, the longest text first: one may begin like another. */
type Readers = ReadonlyMap<string, readonly { readonly key: string; readonly text: string }[]>;

function readersOf(steps: readonly Step[]): Readers {
  const longestFirst = steps.map((step) => ({ key: keyOf(step), text: boxText(step) })).toSorted((one, other) => other.text.length - one.text.length);
  return Map.groupBy(longestFirst, ({ text }) => beginningOf(text));
}

function keyWritten(written: string, readers: Readers): string | undefined {
  const steps = readers.get(beginningOf(written)) ?? [];
  return steps.find(({ text }) => written.startsWith(text) && (written.length === text.length || written[text.length] === " "))?.key;
}

function beginningOf(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf(":")));
}
