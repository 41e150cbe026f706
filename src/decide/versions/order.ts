// The order of versions: total over any text, so that sorting never throws and never depends on the order of its input.
// Finals order as SemVer does. Suffixes order naturally (`rc10` after `rc9`, however they are spelt), which strict SemVer
// does not; CalVer orders by its numbers from the left.
import type { VersionText } from "../../model/version.ts";

/** Negative when `left` is older, positive when it is newer, 0 when both are the same text. */
export function compareVersions(left: VersionText, right: VersionText): number {
  return compareKeys(keyOf(left), keyOf(right));
}

/** As `compareVersions`, but 0 also when spelling and build metadata alone differ: `1.0.0-rc1` and `1.0.0-RC.1`. */
export function comparePrecedence(left: VersionText, right: VersionText): number {
  return comparePlaces(keyOf(left), keyOf(right));
}

/** A sorted copy. Each text is read once, so that many thousands are no burden. */
export function newestFirst<T>(items: readonly T[], versionOf: (item: T) => VersionText): T[] {
  return items
    .map((item) => ({ item, key: keyOf(versionOf(item)) }))
    .toSorted((left, right) => compareKeys(right.key, left.key))
    .map(({ item }) => item);
}

/** The newest of them; undefined when there is none. */
export function newestOf<T>(items: readonly T[], versionOf: (item: T) => VersionText): T | undefined {
  let newest: { readonly item: T; readonly key: Key } | undefined;
  for (const item of items) {
    const key = keyOf(versionOf(item));
    if (newest === undefined || compareKeys(key, newest.key) > 0) newest = { item, key };
  }
  return newest?.item;
}

type Key = {
  readonly text: string;
  /** The leading numbers as digits without leading zeros: numbers of any length keep their order. Empty for a text that is no version. */
  readonly numbers: readonly string[];
  /** Runs of digits and of other characters after the numbers; empty for a final version. */
  readonly suffix: readonly string[];
};

function keyOf(text: string): Key {
  const plus = text.indexOf("+");
  const ordered = plus === -1 ? text : text.slice(0, plus);
  const numbers = /^\d[\d.]*/.exec(ordered)?.[0] ?? "";
  const pieces =
    numbers.length === ordered.length
      ? []
      : (ordered
          .slice(numbers.length)
          .toLowerCase()
          .match(/\d+|[^\d.\-_]+/g) ?? []);
  return {
    text,
    numbers: numbers === "" ? [] : numbers.split(".").map(withoutZeros),
    suffix: pieces.map((piece) => (isDigits(piece) ? `0${withoutZeros(piece)}` : piece)),
  };
}

function compareKeys(left: Key, right: Key): number {
  return comparePlaces(left, right) || compareText(left.text, right.text);
}

function comparePlaces(left: Key, right: Key): number {
  return compareLists(left.numbers, right.numbers, compareDigits) || compareSuffixes(left.suffix, right.suffix);
}

/** A version without suffix is above all of its candidates and prereleases. */
function compareSuffixes(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  return compareLists(left, right, comparePieces);
}

/** The shorter of two lists is first when it starts the longer one. */
function compareLists(left: readonly string[], right: readonly string[], compare: (left: string, right: string) => number): number {
  for (let index = 0; index < left.length; index += 1) {
    const one = left[index];
    const other = right[index];
    if (one === undefined || other === undefined) break;
    const order = compare(one, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Numbers are below words, as in SemVer. */
function comparePieces(left: string, right: string): number {
  const isNumber = isDigits(left);
  if (isNumber !== isDigits(right)) return isNumber ? -1 : 1;
  return isNumber ? compareDigits(left, right) : compareText(left, right);
}

/** Of digits with equally many leading zeros. */
function compareDigits(left: string, right: string): number {
  return left.length - right.length || compareText(left, right);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function withoutZeros(digits: string): string {
  return digits.startsWith("0") ? digits.replace(/^0+/, "") : digits;
}

function isDigits(text: string): boolean {
  return /^\d/.test(text);
}
