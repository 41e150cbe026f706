// Reasons, links and other text that a command ends with: there has to be some, and not more than a reader would read.
import type { Words } from "../../model/plan.ts";
import { type Fault, mistaken } from "./define.ts";

/** Longer reasons belong into a comment of their own. In UTF-16 code units. */
const TEXT_MAX = 500;

/** @param missing what to say when there is none. Null: nothing is wrong with it. */
export function faultIn(text: string, missing: Words): Fault | null {
  if (text === "") return mistaken(missing);
  if (text.length <= TEXT_MAX) return null;
  return mistaken(`${String(text.length)} characters are too many: say it in at most ${String(TEXT_MAX)}, and the rest in a comment`);
}
