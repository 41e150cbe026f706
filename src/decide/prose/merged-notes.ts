// Notes that people may have edited on the draft of a release. The app signs its own with a fingerprint of the text above
// it: where that no longer fits, people wrote there, and what they wrote is never lost without their playbook saying so.
import type { Playbook } from "../../model/playbook.ts";
import { RELEASE_BODY_MAX } from "../changelog/index.ts";
import { fingerprint } from "../fingerprint.ts";
import { aroundRegion, withoutOwnedRegion } from "./release-body.ts";

const STAMP = /^<!-- release-steward-notes: ([0-9a-f]{16}) -->$/;

type Notes = {
  /** The text of the app's own draft; null for none. */
  readonly standing: string | null;
  /** The notes as they are written now. */
  readonly wanted: string;
  readonly mode: Playbook["release"]["notes"]["edited"];
};

/** The text to publish. Doing it twice changes nothing more. */
export function mergedNotes({ standing, wanted, mode }: Notes): string {
  if (standing === null || mode === "replace" || !isEdited(standing)) return stamped(wanted);
  return mode === "keep" ? standing : appended(standing, wanted);
}

/** Whether people wrote there. Nobody writes nothing. */
export function isEdited(body: string): boolean {
  const { text, stamp } = unstamped(withoutOwnedRegion(body));
  return text.trim() !== "" && stamp !== stampOf(text);
}

function stamped(notes: string): string {
  return `${notes.trimEnd()}\n\n<!-- release-steward-notes: ${stampOf(notes)} -->\n`;
}

/** Browsers change line ends; that is no edit. */
function stampOf(text: string): string {
  return fingerprint(text.replaceAll("\r\n", "\n").trim());
}

/** The stamp is the last line: what people write behind it is an edit, too. */
function unstamped(body: string): { readonly text: string; readonly stamp: string | null } {
  const whole = body.trimEnd();
  const start = whole.lastIndexOf("\n") + 1;
  const stamp = STAMP.exec(whole.slice(start))?.[1] ?? null;
  return { text: stamp === null ? whole : whole.slice(0, start), stamp };
}

const HEADING = "### Since these notes were edited";

/** Lines that the standing text lacks, behind it. Without a stamp of the app from then on: the text stays that of people. */
function appended(standing: string, wanted: string): string {
  const { before, after } = aroundRegion(standing) ?? { before: standing, after: "" };
  const own = standing.slice(before.length, standing.length - after.length);
  const there = new Set(before.split("\n").map((line) => line.trim()));
  const lacking = proseOf(wanted).filter((line) => !there.has(line.trim()));
  const start = `${unstamped(before).text.trimEnd()}\n\n${there.has(HEADING) ? "" : `${HEADING}\n`}`;
  const end = `\n${own === "" ? "" : "\n"}${own}${after}`;
  const fitting = firstThatFit(lacking, RELEASE_BODY_MAX - start.length - end.length);
  return fitting.length === 0 ? standing : `${start}${fitting.join("\n")}${end}`;
}

function firstThatFit(lines: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return end === -1 ? lines : lines.slice(0, end);
}

/** Lines that can stand alone: half a code block or half a fold would swallow what follows. */
function proseOf(markdown: string): readonly string[] {
  let isCode = false;
  return markdown.split("\n").filter((line) => {
    const text = line.trim();
    const isFence = text.startsWith("```") || text.startsWith("~~~");
    if (isFence) isCode = !isCode;
    return text !== "" && !isFence && !isCode && !text.startsWith("<");
  });
}
