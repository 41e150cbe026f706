// What a release leaves behind as a table: each image, chart, file and value, with what proves where it comes from.
import type { ArtifactReport } from "../../model/rollout.ts";
import { shortened } from "../gates/phrases.ts";
import { codeCell } from "./code.ts";
import { asCell } from "./words.ts";

const CELL_MAX = 300;

/** @param room characters that it may take; rows that do not fit are counted instead */
export function artifactTable(artifacts: readonly ArtifactReport[], room = Infinity): string {
  if (artifacts.length === 0) return "The playbook names nothing that this release leaves behind.";
  const columns = COLUMNS.filter(({ isShown }) => artifacts.some((artifact) => isShown(artifact)));
  const head = [rowOf(columns.map(({ title }) => title)), `|${"---|".repeat(columns.length)}`];
  const rows = artifacts.map((artifact) => rowOf(columns.map(({ cell }) => cell(artifact))));
  const whole = [...head, ...rows].join("\n");
  return whole.length <= room ? whole : firstRows(head, rows, room);
}

function firstRows(head: readonly string[], rows: readonly string[], room: number): string {
  const lines = [...head];
  let left = room - head.join("\n").length - leftOut(rows.length).length - 2;
  for (const row of rows) {
    left -= row.length + 1;
    if (left < 0) break;
    lines.push(row);
  }
  const shown = lines.length - head.length;
  return shown === 0 ? leftOut(rows.length) : `${lines.join("\n")}\n\n${leftOut(rows.length - shown)}`;
}

function leftOut(count: number): string {
  return `_${String(count)} ${count === 1 ? "artifact is" : "artifacts are"} left out here for GitHub's limit on length._`;
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

type Column = {
  readonly title: string;
  /** A column that is empty in every row is left out. */ readonly isShown: (artifact: ArtifactReport) => boolean;
  readonly cell: (artifact: ArtifactReport) => string;
};

const COLUMNS: readonly Column[] = [
  { title: "artifact", isShown: () => true, cell: ({ reference }) => codeCell(shortened(reference, CELL_MAX)) },
  {
    title: "digest",
    isShown: ({ kind, digest, attestation, signature }) =>
      kind === "asset" || kind === "value" || digest !== null || attestation.is !== "not-asked" || signature.is !== "not-asked",
    cell: digestCell,
  },
  { title: "provenance", isShown: ({ attestation }) => attestation.is !== "not-asked", cell: provenanceCell },
  { title: "signature", isShown: ({ signature }) => signature.is !== "not-asked", cell: signatureCell },
];

const NOT_KNOWN = "not known";

/** Short for the eye, and whole for whoever copies it. */
function digestCell({ kind, digest }: ArtifactReport): string {
  if (kind === "asset") return digest === null ? "not attached yet" : "✓ attached";
  if (digest === null) return NOT_KNOWN;
  if (kind === "value") return codeCell(shortened(digest, CELL_MAX));
  return `${digest.slice("sha256:".length, "sha256:".length + 12)}<br><sub>${codeCell(digest)}</sub>`;
}

function provenanceCell({ digest, attestation }: ArtifactReport): string {
  if (attestation.is === "there") return attestation.url === null ? "✓ attested" : `✓ [attested](${encodeURI(attestation.url)})`;
  return lacking(attestation.is, digest);
}

function signatureCell({ digest, signature }: ArtifactReport): string {
  return signature.is === "there" ? `✓ ${asCell(signature.says, CELL_MAX)}` : lacking(signature.is, digest);
}

function lacking(is: "missing" | "not-asked", digest: string | null): string {
  if (is === "not-asked") return "";
  return digest === null ? NOT_KNOWN : "✗ missing";
}
