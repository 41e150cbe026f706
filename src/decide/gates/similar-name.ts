// The name that something probably has now: checks are renamed, and grow a matrix or a prefix.

/** Of the candidates whose letters and digits hold those of the name or stand in them, the one nearest in length; null for none. */
export function similarName(name: string, candidates: readonly string[]): string | null {
  const wanted = bare(name);
  const near = candidates.filter((candidate) => isNear(wanted, bare(candidate)));
  const distance = (candidate: string): number => Math.abs(bare(candidate).length - wanted.length);
  return near.toSorted((one, other) => distance(one) - distance(other))[0] ?? null;
}

/** Anything holds one or two letters by accident. */
const LETTERS_MIN = 3;

function isNear(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= LETTERS_MIN && long.includes(short);
}

function bare(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}
