// Whether a secret could be guessed. A webhook secret is never typed by a person, so there is no reason to accept less.

const LENGTH_MIN = 16;
const DIFFERENT_CHARACTERS_MIN = 8;

/** What is wrong with a secret, to follow its name in a sentence; null when nothing is. Never quotes it. */
export function secretWeakness(secret: string): string | null {
  if (secret.length < LENGTH_MIN) return `is shorter than ${LENGTH_MIN} characters`;
  if (period(secret) < LENGTH_MIN) return "repeats a short word";
  if (new Set(secret).size < DIFFERENT_CHARACTERS_MIN) return `has fewer than ${DIFFERENT_CHARACTERS_MIN} different characters`;
  return null;
}

/** Length of the shortest text that, repeated, gives this one. */
function period(text: string): number {
  return (text + text).indexOf(text, 1);
}
