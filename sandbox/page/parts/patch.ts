// Unified patches as rows with the line numbers of both sides.
export type PatchRow = {
  readonly is: "hunk" | "same" | "added" | "removed";
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
};

/** Reads hunks; what stands before the first one and "no newline" remarks are left out. */
export function patchRows(patch: string): readonly PatchRow[] {
  const rows: PatchRow[] = [];
  let before = 0;
  let after = 0;
  for (const line of patch.split("\n")) {
    const hunk = /^@@ -(?<before>\d+)(?:,\d+)? \+(?<after>\d+)(?:,\d+)? @@/u.exec(line);
    const text = line.slice(1);
    if (hunk !== null) {
      before = Number(hunk.groups?.before);
      after = Number(hunk.groups?.after);
      rows.push({ is: "hunk", before: null, after: null, text: line });
    } else if (rows.length === 0) continue;
    else if (line.startsWith("+")) rows.push({ is: "added", before: null, after: after++, text });
    else if (line.startsWith("-")) rows.push({ is: "removed", before: before++, after: null, text });
    else if (line.startsWith(" ")) rows.push({ is: "same", before: before++, after: after++, text });
  }
  return rows;
}
