// What a release leaves behind, and what proves it: the report of the workflow, GitHub's attestations, the files of the
// release. Nothing is guessed: what is asked for and not proved is missing, and says what would prove it.
import type { Words } from "../../model/plan.ts";
import type { Artifact } from "../../model/playbook.ts";
import type { ArtifactReport } from "../../model/rollout.ts";
import type { Attestation, Read } from "../../model/snapshot.ts";
import { code, shortened } from "../gates/phrases.ts";
import { NOTHING_MORE, together, type Wants } from "../wants.ts";
import { filledFor, type ReleaseValues } from "./release-values.ts";

type Report = Readonly<Record<string, string>>;

export type ArtifactsSeen = {
  /** Null while its run has not finished; a value of null: the run left no report. */
  readonly reportOf: (step: string) => Read<Report | null> | null;
  /** Undefined while it was not asked for. */
  readonly attestationsOf: (digest: string) => Read<readonly Attestation[]> | undefined;
  /** Names of the files that are attached to the release. */
  readonly assets: readonly string[];
};

/** Keeps a step undone. `isUnread`: nobody could look, so that nobody can tell. */
type MissingEvidence = { readonly step: string; readonly because: Words; readonly next: Words; readonly isUnread: boolean };

type Artifacts = {
  readonly reports: readonly ArtifactReport[];
  /** Of workflows that have ended well. */
  readonly missing: readonly MissingEvidence[];
  /** Tags that the workflows say they moved. */
  readonly moving: readonly Words[];
  readonly wants: Wants;
};

const NOTHING: Artifacts = { reports: [], missing: [], moving: [], wants: NOTHING_MORE };

/** @param artifacts those of this very release: a candidate's belong to the candidate */
export function artifactsOf(values: ReleaseValues, artifacts: readonly Artifact[], seen: ArtifactsSeen): Artifacts {
  return joined(artifacts.map((artifact) => artifactOf(artifact, values, seen)));
}

function joined(all: readonly Artifacts[]): Artifacts {
  return {
    reports: all.flatMap(({ reports }) => reports),
    missing: all.flatMap(({ missing }) => missing),
    moving: all.flatMap(({ moving }) => moving),
    wants: together(all.map(({ wants }) => wants)),
  };
}

function artifactOf(artifact: Artifact, values: ReleaseValues, seen: ArtifactsSeen): Artifacts {
  const read = seen.reportOf(artifact.name);
  const report = (read?.ok === true ? read.value : null) ?? {};
  const pieces = piecesOf(artifact, values, report);
  const proofs = joined(pieces.map((piece) => proved(piece, artifact, report, seen)));
  const assets = assetsOf(artifact, values, seen.assets);
  const reported = joined(artifact.report.map((name) => valueOf(name, artifact, report)));
  const { reports } = joined([proofs, assets, reported]);
  if (read === null) return { ...NOTHING, reports };
  if (!read.ok) return { ...NOTHING, reports, missing: [...(isReportAsked(artifact) ? [unreadReport(artifact, read)] : []), ...assets.missing] };
  const unproved = pieces.length === 0 && isProofAsked(artifact) ? [nothingToProve(artifact)] : [...proofs.missing, ...reported.missing];
  const kept = read.value === null && unproved.length > 0 ? [withoutReport(artifact)] : unproved;
  return { reports, missing: [...kept, ...assets.missing], moving: movedBy(artifact, report), wants: proofs.wants };
}

/** An image or a chart, and the first parts of the keys under which its digest and its signature may be reported. */
type Piece = { readonly kind: "image" | "chart"; readonly reference: string; readonly stems: readonly string[] };

function piecesOf(artifact: Artifact, values: ReleaseValues, report: Report): readonly Piece[] {
  const of = (kind: Piece["kind"], templates: readonly string[], only: readonly string[]): Piece[] =>
    templates.map((template) => {
      const reference = filledFor(template, values) ?? template;
      return { kind, reference, stems: templates.length === 1 ? only : [lastSegmentOf(reference)] };
    });
  const named = [...of("image", artifact.images, ["image", ""]), ...of("chart", artifact.charts, ["chart"])];
  return named.length > 0 || !isProofAsked(artifact) ? named : reportedPieces(artifact, report);
}

const REPORTED_PIECES_MAX = 20;

/** Where the playbook wants proofs and names nothing to prove, everything is meant of which the workflow reports a digest. */
function reportedPieces({ name }: Artifact, report: Report): readonly Piece[] {
  const stems = Object.keys(report).flatMap((key) => (key === "digest" ? [""] : key.endsWith("_digest") ? [key.slice(0, -"_digest".length)] : []));
  return stems.slice(0, REPORTED_PIECES_MAX).map((stem) => ({
    kind: stem === "chart" ? "chart" : "image",
    reference: shortened(valueAt(report, stem) ?? (stem === "" ? name : stem), 300),
    stems: [stem],
  }));
}

/** `app` of `ghcr.io/acme/app:v1.2.0`, `my_app` of `ghcr.io/acme/my.app`: a report takes no other character in a name. */
function lastSegmentOf(reference: string): string {
  const last = reference.slice(reference.lastIndexOf("/") + 1);
  return (last.split(/[:@]/)[0] ?? last).replaceAll(/[^\w-]/g, "_");
}

function valueAt(report: Report, key: string): string | null {
  const value = Object.hasOwn(report, key) ? report[key]?.trim() : undefined;
  return value === undefined || value === "" ? null : value;
}

function reportedOf({ stems }: Piece, what: "digest" | "signature", report: Report): string | null {
  return stems.map((stem) => valueAt(report, stem === "" ? what : `${stem}_${what}`)).find((value) => value !== null) ?? null;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

function proved(piece: Piece, artifact: Artifact, report: Report, seen: ArtifactsSeen): Artifacts {
  const { kind, reference } = piece;
  const said = reportedOf(piece, "digest", report);
  const digest = said !== null && DIGEST.test(said) ? said : null;
  const attestation = attestationOf(piece, digest, artifact, seen);
  const signature = signatureOf(piece, artifact, report);
  const noDigest =
    said === null || digest !== null
      ? []
      : [
          missing(
            artifact,
            `${artifact.workflow} reports ${code(said)} as the digest of ${code(reference)}, which is no digest`,
            "let it report `sha256:` and 64 hex digits",
          ),
        ];
  return {
    ...NOTHING,
    reports: [{ kind, reference, step: artifact.name, digest, attestation: attestation.is, signature: signature.is }],
    // Without a digest that is one, the rest follows from that.
    missing: [...(noDigest.length > 0 ? noDigest : attestation.missing), ...signature.missing],
    wants: attestation.wants,
  };
}

type Found<Key extends "attestation" | "signature"> = { readonly is: ArtifactReport[Key]; readonly missing: readonly MissingEvidence[]; readonly wants: Wants };

const PROVENANCE = "https://slsa.dev/provenance/";

function attestationOf({ reference }: Piece, digest: string | null, artifact: Artifact, { attestationsOf }: ArtifactsSeen): Found<"attestation"> {
  if (artifact.attestation === null) return { is: { is: "not-asked" }, missing: [], wants: NOTHING_MORE };
  if (digest === null)
    return unattested(
      missing(artifact, `${artifact.workflow} reports no digest of ${code(reference)}, so nobody can tell where it comes from`, "let it report the digest"),
    );
  const read = attestationsOf(digest);
  if (read === undefined)
    return unattested(unread(artifact, `the attestations of ${code(reference)} were not read yet`, "look again"), { files: [], attestations: [digest] });
  if (!read.ok) return unattested(unread(artifact, `the attestations of ${code(reference)} can't be read: ${read.because}`, remedyOf(read)));
  const found = read.value.find(({ predicateType }) => predicateType.startsWith(PROVENANCE));
  if (found !== undefined) return { is: { is: "there", url: found.url }, missing: [], wants: NOTHING_MORE };
  return unattested(
    missing(
      artifact,
      `GitHub has no provenance attestation of ${code(reference)} with the digest ${code(digest.slice(0, 19))}`,
      "let it attest what it builds, with `actions/attest-build-provenance`",
    ),
  );
}

function unattested(because: MissingEvidence, wants: Wants = NOTHING_MORE): Found<"attestation"> {
  return { is: { is: "missing" }, missing: [because], wants };
}

/** What cosign leaves: `verified`, an entry of the transparency log by its number or by its address. */
const SIGNATURE = /^(?:verified|https:\/\/\S{1,400}|[\w ]{0,60}\bindex: ?\d{1,20}|\d{4,20})$/i;

function signatureOf(piece: Piece, artifact: Artifact, report: Report): Found<"signature"> {
  const says = reportedOf(piece, "signature", report);
  const isAsked = artifact.signature !== null && (piece.kind === "image" || artifact.images.length === 0);
  if (says !== null && SIGNATURE.test(says)) return { is: { is: "there", says }, missing: [], wants: NOTHING_MORE };
  if (!isAsked) return { is: { is: "not-asked" }, missing: [], wants: NOTHING_MORE };
  const key = `${piece.stems[0] === "" ? "" : `${piece.stems[0] ?? ""}_`}signature`;
  const what = says === null ? "no signature" : `${code(says)} as the signature`;
  const one = missing(
    artifact,
    `${artifact.workflow} reports ${what} of ${code(piece.reference)}`,
    `let it report ${code(key)}: \`verified\`, or the entry of the transparency log`,
  );
  return { is: { is: "missing" }, missing: [one], wants: NOTHING_MORE };
}

function valueOf(name: string, artifact: Artifact, report: Report): Artifacts {
  const value = valueAt(report, name);
  return {
    ...NOTHING,
    reports: [{ kind: "value", reference: name, step: artifact.name, digest: value, ...NO_PROOF }],
    missing: value === null ? [missing(artifact, `${artifact.workflow} does not report ${code(name)}`, "let it report that value")] : [],
  };
}

function assetsOf(artifact: Artifact, values: ReleaseValues, attached: readonly string[]): Artifacts {
  const names = artifact.assets.map((template) => filledFor(template, values) ?? template);
  return {
    ...NOTHING,
    reports: names.map((reference) => ({
      kind: "asset",
      reference,
      step: artifact.name,
      digest: attached.includes(reference) ? "attached" : null,
      ...NO_PROOF,
    })),
    missing: names
      .filter((name) => !attached.includes(name))
      .map((name) => missing(artifact, `${code(name)} is not among the files of the release`, `let ${artifact.workflow} attach it, or attach it by hand`)),
  };
}

const NO_PROOF = { attestation: { is: "not-asked" }, signature: { is: "not-asked" } } as const;

const MOVED_TAGS_MAX = 20;

function movedBy({ workflow }: Artifact, report: Report): readonly Words[] {
  const tags = (valueAt(report, "moved_tags") ?? "").slice(0, 2000).split(",");
  const named = tags.map((tag) => tag.trim()).filter((tag) => tag !== "");
  return named.slice(0, MOVED_TAGS_MAX).map((tag) => `${code(tag)} moved by ${workflow}`);
}

function isProofAsked({ attestation, signature }: Artifact): boolean {
  return attestation !== null || signature !== null;
}

function isReportAsked(artifact: Artifact): boolean {
  return isProofAsked(artifact) || artifact.report.length > 0;
}

function nothingToProve(artifact: Artifact): MissingEvidence {
  const wanted = [...(artifact.attestation === null ? [] : ["an attestation"]), ...(artifact.signature === null ? [] : ["a signature"])].join(" and ");
  return missing(
    artifact,
    `the playbook wants ${wanted} and names no image or chart, and ${artifact.workflow} reports no digest`,
    "name them in the playbook, or let it report a digest",
  );
}

function withoutReport(artifact: Artifact): MissingEvidence {
  return missing(
    artifact,
    `${artifact.workflow} left no report, so nobody can tell what it built`,
    "let it upload `report.json` as the artifact `release-steward`",
  );
}

function unreadReport(artifact: Artifact, read: Extract<Read<never>, { readonly ok: false }>): MissingEvidence {
  return unread(artifact, `the report of ${artifact.workflow} can't be read: ${read.because}`, remedyOf(read));
}

function remedyOf({ permission }: Extract<Read<never>, { readonly ok: false }>): Words {
  return permission === null ? "it is read again with the next look" : `give the app the permission \`${permission}\``;
}

function missing({ name }: Artifact, because: Words, next: Words): MissingEvidence {
  return { step: name, because, next, isUnread: false };
}

function unread({ name }: Artifact, because: Words, next: Words): MissingEvidence {
  return { step: name, because, next, isUnread: true };
}
