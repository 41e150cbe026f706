// The text that the notes of a release start from, as it stands at the head.
import type { Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { INSTEAD_OF_TEXT } from "./gates/unread.ts";
import { notesFiles } from "./wanted-files.ts";

/** Null for none, and for what is no text: the notes do without it then. */
export function templateText(playbook: Playbook, { files }: Snapshot): string | null {
  const [path] = notesFiles(playbook);
  const state = path === undefined ? undefined : files.get(path);
  return state?.is === "text" ? state.text : null;
}

/** That it does not exist is said where every name of a missing file is. */
export function templateProblems(playbook: Playbook, { files }: Snapshot): readonly Problem[] {
  return notesFiles(playbook).flatMap((path): Problem[] => {
    const state = files.get(path);
    if (state === undefined || state.is === "text" || state.is === "missing") return [];
    const message = `\`release.notes.template\` names \`${path}\`, which ${INSTEAD_OF_TEXT[state.is]}: releases do without it`;
    return [{ severity: "warning", message, path: playbook.path, line: null, column: null, hint: "name a Markdown file of this repository" }];
  });
}
