// A playbook is looked at in every look and changes seldom: each text is read once. What a text says depends on nothing else.
import { bounded } from "./observe/github/bounded.ts";
import { readPlaybook } from "./playbook/read.ts";

export type PlaybookReader = typeof readPlaybook;

/** In characters of text; what was read takes some ten times as much. */
const KEPT_MAX = 500_000;

/** One for a process. */
export function playbooksReadOnce(): PlaybookReader {
  const kept = bounded<ReturnType<PlaybookReader>>(KEPT_MAX, () => 0);
  return (text, path) => {
    const key = `${path}\n${text}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const read = readPlaybook(text, path);
    kept.set(key, read);
    return read;
  };
}
