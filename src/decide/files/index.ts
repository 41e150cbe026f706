// The value at a place of a file, whatever the kind of place: read it, or write it and keep every other byte.
// To add a kind: one file with `locate` and `update`, one line in each function here, its name in `Place`.
import type { Place } from "../../model/playbook.ts";
import type { Result } from "../../model/problem.ts";
import * as json from "./json.ts";
import * as marker from "./marker.ts";
import * as regex from "./regex.ts";
import { accept, refuse, sourceOf, type Spot } from "./spot.ts";
import * as toml from "./toml.ts";
import { ANYWHERE, type Where } from "./yaml.ts";
import * as yaml from "./yaml.ts";

/** Counted in UTF-16 units, of which a text never has more than bytes. No version file comes near. */
const MAX_TEXT_LENGTH = 1_048_576;
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * What stands at the place now; at least one spot. Offsets count a byte order mark, columns do not. Of a marker the value
 * is the version without its `v`: to learn whether a file holds a value, compare `updateValue`'s text with the file's.
 */
export function locateValue(text: string, place: Place, path: string, where: Where = ANYWHERE): Result<readonly Spot[]> {
  const outsized = tooLong(text, path);
  if (outsized !== null) return outsized;
  if (!text.startsWith(BYTE_ORDER_MARK)) return locate(text, place, path, where);
  const spots = locate(text.slice(1), place, path, where);
  return spots.ok ? accept(spots.value.map((spot) => ({ ...spot, start: spot.start + 1, end: spot.end + 1 }))) : spots;
}

/**
 * The text with the value written at the place: the same text when it stands there already, a problem when it can't.
 * @param where which document of a YAML file of several
 */
export function updateValue(text: string, place: Place, value: string, path: string, where: Where = ANYWHERE): Result<string> {
  const refused = tooLong(text, path) ?? unwritable(value, path);
  if (refused !== null) return refused;
  if (!text.startsWith(BYTE_ORDER_MARK)) return update(text, place, value, path, where);
  const after = update(text.slice(1), place, value, path, where);
  return after.ok ? accept(BYTE_ORDER_MARK + after.value) : after;
}

const BY_PATH = { json, toml };

function locate(text: string, place: Place, path: string, where: Where): Result<readonly Spot[]> {
  if (place.by === "yaml") return yaml.locate(text, place, path, where);
  if (place.by === "regex") return regex.locate(text, place, path);
  if (place.by === "marker") return marker.locate(text, place, path);
  return BY_PATH[place.by].locate(text, place, path);
}

function update(text: string, place: Place, value: string, path: string, where: Where): Result<string> {
  if (place.by === "yaml") return yaml.update(text, place, value, path, where);
  if (place.by === "regex") return regex.update(text, place, value, path);
  if (place.by === "marker") return marker.update(text, place, value, path);
  return BY_PATH[place.by].update(text, place, value, path);
}

function tooLong(text: string, path: string): Result<never> | null {
  if (text.length <= MAX_TEXT_LENGTH) return null;
  return refuse(sourceOf("", path), null, `expected a version file of at most 1 MB, found ${text.length} characters`, null);
}

const MAX_VALUE_LENGTH = 500;
/** Control characters, line and paragraph separators, and halves of a character. */
const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\uFEFF]/u;

function unwritable(value: string, path: string): Result<never> | null {
  if (value !== "" && value.length <= MAX_VALUE_LENGTH && !UNWRITABLE.test(value)) return null;
  return refuse(
    sourceOf("", path),
    null,
    `expected a version to write, found ${JSON.stringify(value.slice(0, MAX_VALUE_LENGTH))}`,
    `a value is one line of printable text of at most ${MAX_VALUE_LENGTH} characters`,
  );
}
