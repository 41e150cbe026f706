// What a gate says when it could not look: unknown, which is closed, with the remedy.
import type { Words } from "../../model/plan.ts";
import type { FileState, Read } from "../../model/snapshot.ts";
import { type Finding, unknown } from "./define.ts";

/** @param what in the plural: `checks` */
export function knownToGitHubAlone(what: Words): Finding {
  return unknown(
    `GitHub alone knows of ${what}, and this was read from a local repository`,
    "look at it there, or with `release-steward explain --github owner/name`",
  );
}

/** @param what `the checks of 4f2c1e9` */
export function couldNotRead(what: Words, { because, permission }: Extract<Read<never>, { readonly ok: false }>): Finding {
  const remedy =
    permission === null ? "read again with the next look; if it stays, look at what the app may read" : `give the app the permission \`${permission}\``;
  return unknown(`${what} could not be read: ${because}`, remedy);
}

/** What stands at a path instead of a text, in words. */
export const INSTEAD_OF_TEXT: Readonly<Record<Exclude<FileState["is"], "text">, Words>> = {
  missing: "is missing",
  "too-large": "is too large to be read",
  binary: "is not a text",
  symlink: "is a symbolic link",
  submodule: "is a submodule",
};
