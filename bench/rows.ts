// What was measured, each beside its limit, as every benchmark prints it.

export type Row = { readonly what: string; readonly measured: number; readonly unit: string; readonly limit: number | null };

/** Prints the rows in columns, and says whether every limit holds. */
export function printRows(rows: readonly Row[]): boolean {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const row of rows) {
    const { what, measured, unit, limit } = row;
    const verdict = limit === null ? "" : `  at most ${String(limit)}: ${holds(row) ? "holds" : "DOES NOT HOLD"}`;
    console.log(`${what.padEnd(width)}  ${String(measured).padStart(6)} ${unit.padEnd(8)}${verdict}`.trimEnd());
  }
  return rows.every(holds);
}

/** What is no number was not measured, and holds no limit. */
function holds({ measured, limit }: Row): boolean {
  return limit === null || measured <= limit;
}
