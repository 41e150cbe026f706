// Changes as the Unreleased section of a changelog tells them. What it says decides; the commits are listed beside it.
import type { Change } from "../../model/change.ts";
import type { Sha } from "../../model/snapshot.ts";
import type { UnreleasedItem } from "../changelog/index.ts";
import { bareChange } from "./bare-change.ts";
import type { Meaning } from "./types.ts";

/** By category in lower case, as https://keepachangelog.com/en/1.1.0/ names them; removing something breaks its users. */
const CATEGORIES: ReadonlyMap<string, Meaning["effect"]> = new Map([
  ["removed", "major"],
  ["added", "minor"],
  ["changed", "minor"],
  ["deprecated", "minor"],
  ["fixed", "patch"],
  ["security", "patch"],
]);

/** An item as a change. It stands at the newest commit of the range, in which the changelog was read. */
export function changeOfItem({ category, text, line, isBreaking }: UnreleasedItem, head: Sha): Change {
  const effect = isBreaking ? "major" : (CATEGORIES.get(category?.trim().toLowerCase() ?? "") ?? "unknown");
  const place = category === null ? "no category" : isBreaking ? `breaking, under ${category.trim()}` : `under ${category.trim()}`;
  return { ...bareChange(head, text), isBreaking, effect, because: `${place} in the changelog, line ${line}` };
}

/** A commit's change when the changelog decides: of no effect, or unknown while the section says nothing at all. */
export function besideChangelog(change: Change, hasItems: boolean): Change {
  if (change.effect === "cancelled") return change;
  return hasItems
    ? { ...change, effect: "none", because: "the changelog decides" }
    : { ...change, effect: "unknown", because: "nothing stands under Unreleased in the changelog" };
}
