// The one spelling of a key: `installation/repository` in GitHub's numeric ids, so that no name can smuggle in another's.
import type { Key } from "./types.ts";

const KEY = /^[1-9]\d{0,18}\/[1-9]\d{0,18}$/;

/** @throws Error for anything but `digits/digits`: whoever made such a key has a bug. */
export function assertKey(key: Key): void {
  if (!KEY.test(key)) throw new Error(`Bug: expected a key such as 17/4711, found ${JSON.stringify(key.slice(0, 80))}`);
}
