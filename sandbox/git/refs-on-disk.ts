// Refs as git keeps them in a directory, where a push or a person's own git may move them too.
import { runGit } from "./run-git.ts";
import type { RefStorage } from "./refs.ts";
import type { RefChange } from "./types.ts";

const NOTHING = "0".repeat(40);

export function refsOnDisk(directory: string): RefStorage {
  return {
    async read() {
      const { stdout } = await runGit(directory, ["for-each-ref", "--format=%(objectname) %(refname)"]);
      const lines = stdout.toString().split("\n").slice(0, -1);
      return new Map(lines.map((line) => [line.slice(NOTHING.length + 1), line.slice(0, NOTHING.length)]));
    },
    async write(changes) {
      await runGit(directory, ["update-ref", "--stdin", "-z"], { input: changes.map(command).join("") });
    },
  };
}

function command({ name, before, after }: RefChange): string {
  return after === null ? `delete ${name}\0${before ?? NOTHING}\0` : `update ${name}\0${after}\0${before ?? NOTHING}\0`;
}
