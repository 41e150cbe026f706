// The word that was probably meant: for keys, values, placeholders and commands that are spelt wrong.

/** Words longer than this are compared by their start, so that the cost of an answer has a bound. */
const LENGTH_MAX = 40;
/** More names than people would compare; the rest is not looked at. */
const CANDIDATES_MAX = 64;

/** The candidate with the smallest edit distance, if at most a third of the word (or one letter) differs; the first of equals; null for none. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.min(word.length - 1, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates.slice(0, CANDIDATES_MAX)) {
    const distance = editDistance(word.toLowerCase().slice(0, LENGTH_MAX), candidate.toLowerCase().slice(0, LENGTH_MAX));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment). */
export function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const replaced = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
      const swapped = isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
