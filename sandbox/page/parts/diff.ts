// Changed files with their diffs: a sign in front of each line says what its colour says.
import type { FileChange } from "../../git/types.ts";
import { html, type Content, type Html } from "../html.ts";
import { patchRows, type PatchRow } from "./patch.ts";

const OPEN_UP_TO_ROWS = 400;
const SHOWN_ROWS = 3000;
const SIGNS = { hunk: "", same: " ", added: "+", removed: "-" } as const;
const WORDS = { hunk: "", same: "", added: "added", removed: "removed" } as const;

export function fileChanges(files: readonly FileChange[]): Html {
  const added = files.reduce((sum, file) => sum + file.additions, 0);
  const removed = files.reduce((sum, file) => sum + file.deletions, 0);
  const sum = `${count(files.length, "file")} changed, ${count(added, "line")} added, ${count(removed, "line")} removed.`;
  return html`<p class="quiet">${sum}</p>
    ${files.map(fileChange)}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

export function patchTable(patch: string): Html {
  const rows = patchRows(patch);
  return html`<div class="wide" tabindex="0" role="region" aria-label="Changed lines">
    <table class="diff">
      <tbody>
        ${rows.slice(0, SHOWN_ROWS).map(row)}
      </tbody>
    </table>
    ${rows.length > SHOWN_ROWS && html`<p class="quiet pad">${rows.length - SHOWN_ROWS} more lines are not shown.</p>`}
  </div>`;
}

function fileChange(file: FileChange): Html {
  const name = file.previousPath === null ? file.path : `${file.previousPath} → ${file.path}`;
  const isShort = file.additions + file.deletions <= OPEN_UP_TO_ROWS;
  return html`<details class="card file" id="file-${file.path}" ${isShort && html`open`}>
    <summary>
      <code>${name}</code> <span class="quiet">${file.status}</span>
      <span class="counts"><span class="plus">+${file.additions}</span> <span class="minus">−${file.deletions}</span></span>
    </summary>
    ${file.patch === null || file.patch === "" ? html`<p class="quiet pad">No text to compare.</p>` : patchTable(file.patch)}
  </details>`;
}

function row({ is, before, after, text }: PatchRow): Content {
  if (is === "hunk") {
    return html`<tr class="hunk">
      <td colspan="4">${text}</td>
    </tr>`;
  }
  return html`<tr class="${is}">
    <td class="line">${before}</td>
    <td class="line">${after}</td>
    <td class="sign"><span aria-label="${WORDS[is]}">${SIGNS[is]}</span></td>
    <td class="text">${text}</td>
  </tr>`;
}
