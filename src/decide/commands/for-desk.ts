import type { Playbook } from "../../model/playbook.ts";
import type { Place } from "./types.ts";

/**
 * What is about the whole repository is said on the desk, where there is one: the conversation of a pull request is
 * followed no longer once it is over.
 */
export function isForDesk({ pullRequest }: Place, { release }: Playbook): boolean {
  return pullRequest !== null && release.desk !== null;
}
