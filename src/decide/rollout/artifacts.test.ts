import { describe, expect, test } from "@jest/globals";
import type { Artifact } from "../../model/playbook.ts";
import type { Attestation, Read } from "../../model/snapshot.ts";
import { artifactsOf, type ArtifactsSeen } from "./artifacts.ts";
import type { ReleaseValues } from "./release-values.ts";

const VALUES: ReleaseValues = {
  component: "app",
  path: ".",
  version: "1.2.0",
  tag: "v1.2.0",
  previousVersion: "1.1.0",
  previousTag: "v1.1.0",
  candidateTag: null,
  sha: "a".repeat(40),
  startedAt: 0,
};
const DIGEST = `sha256:${"4f2c1e9a".repeat(8)}`;
const OTHER = `sha256:${"0".repeat(64)}`;
const SLSA: Attestation = { predicateType: "https://slsa.dev/provenance/v1", url: "https://github.com/acme/app/attestations/1" };
const SBOM: Attestation = { predicateType: "https://spdx.dev/Document/v2.3", url: null };

function artifact(change: Partial<Artifact> = {}): Artifact {
  return {
    name: "images",
    on: "release",
    workflow: "images.yml",
    start: { trigger: "tag" },
    images: ["ghcr.io/acme/app:{tag}"],
    charts: [],
    attestation: null,
    signature: null,
    report: [],
    assets: [],
    after: [],
    timeoutMs: 1,
    makesTag: false,
    ...change,
  };
}

type Report = Readonly<Record<string, string>> | null;
function seen(
  report: Report | "running" | "unreadable",
  attestations: Readonly<Record<string, readonly Attestation[] | "unreadable">> = {},
  assets: readonly string[] = [],
): ArtifactsSeen {
  const refused: Read<never> = { ok: false, because: "GitHub refuses it", permission: "attestations: read" };
  return {
    reportOf: () => (report === "running" ? null : report === "unreadable" ? refused : { ok: true, value: report }),
    attestationsOf: (digest) => {
      const found = attestations[digest];
      return found === undefined ? undefined : found === "unreadable" ? refused : { ok: true, value: found };
    },
    assets,
  };
}
const said = (rules: Artifact, what: ArtifactsSeen): readonly string[] => artifactsOf(VALUES, [rules], what).missing.map(({ because }) => because);

describe("a digest is what the workflow reports, under the name of what it built [M-11, W-48, W-49]", () => {
  const both = { images: ["ghcr.io/acme/app:{tag}"], charts: ["oci://ghcr.io/acme/charts/app:{version}"] };
  const several = { images: ["ghcr.io:443/acme/app:{tag}", "quay.io/acme/worker@{tag}"] };
  const rows: readonly [string, Partial<Artifact>, Report, readonly (string | null)[]][] = [
    ["of the only image", {}, { digest: DIGEST }, [DIGEST]],
    ["of the only image, named", {}, { image_digest: DIGEST }, [DIGEST]],
    ["of image and chart", both, { image_digest: DIGEST, chart_digest: OTHER }, [DIGEST, OTHER]],
    ["of several images", several, { app_digest: DIGEST, worker_digest: OTHER }, [DIGEST, OTHER]],
    ["of several images, one with a dot", { images: ["ghcr.io/acme/my.app:{tag}", "ghcr.io/acme/b"] }, { my_app_digest: DIGEST }, [DIGEST, null]],
    ["of several images, as if there were one", several, { digest: DIGEST }, [null, null]],
    ["that is not reported", {}, { chart_digest: DIGEST }, [null]],
    ["that every object has", { images: ["ghcr.io/acme/a", "ghcr.io/acme/b"] }, {}, [null, null]],
    ["with blanks around it", {}, { digest: ` ${DIGEST}\n` }, [DIGEST]],
  ];
  test.each(rows)("%s", (_name, change, report, digests) => {
    const found = artifactsOf(VALUES, [artifact(change)], seen(report));
    expect(found.reports.map(({ digest }) => digest)).toEqual(digests);
    expect(found.missing).toEqual([]);
  });

  test("references are filled, and nothing is asked for that nobody wants", () => {
    const { reports, wants } = artifactsOf(VALUES, [artifact(both)], seen({ image_digest: DIGEST }));
    expect(reports.map(({ reference }) => reference)).toEqual(["ghcr.io/acme/app:v1.2.0", "oci://ghcr.io/acme/charts/app:1.2.0"]);
    expect(wants.attestations).toEqual([]);
  });

  test.each(["abc", DIGEST.toUpperCase(), `${DIGEST}0`, DIGEST.slice("sha256:".length), `x ${DIGEST}`])("%s is no digest", (text) => {
    const found = artifactsOf(VALUES, [artifact()], seen({ digest: text }));
    expect(found.reports[0]?.digest).toBeNull();
    expect(found.missing).toMatchObject([
      {
        step: "images",
        because: expect.stringMatching(/^images\.yml reports `.+` as the digest of `ghcr\.io\/acme\/app:v1\.2\.0`, which is no digest$/),
        isUnread: false,
      },
    ]);
  });
});

describe("provenance is what GitHub attests of the digest [C-28, M-10]", () => {
  const wanted = artifact({ attestation: "required" });
  test("the attestation of the digest is asked for, and linked once it is there", () => {
    const before = artifactsOf(VALUES, [wanted], seen({ digest: DIGEST }));
    expect(before.wants.attestations).toEqual([DIGEST]);
    expect(before.missing).toMatchObject([{ isUnread: true }]);
    const after = artifactsOf(VALUES, [wanted], seen({ digest: DIGEST }, { [DIGEST]: [SBOM, SLSA] }));
    expect(after).toMatchObject({ missing: [], wants: { attestations: [] }, reports: [{ attestation: { is: "there", url: SLSA.url } }] });
  });

  test.each<[string, ArtifactsSeen, RegExp, boolean]>([
    [
      "none",
      seen({ digest: DIGEST }, { [DIGEST]: [] }),
      /^GitHub has no provenance attestation of `ghcr.io\/acme\/app:v1.2.0` with the digest `sha256:4f2c1e9a4f2c`$/,
      false,
    ],
    ["another kind alone", seen({ digest: DIGEST }, { [DIGEST]: [SBOM] }), /^GitHub has no provenance/, false],
    ["one of another digest", seen({ digest: DIGEST }, { [OTHER]: [SLSA], [DIGEST]: [] }), /^GitHub has no provenance/, false],
    ["no digest", seen({}, { [DIGEST]: [SLSA] }), /reports no digest .*, so nobody can tell where it comes from$/, false],
    ["no report", seen(null), /^images.yml left no report/, false],
    ["a report that can't be read", seen("unreadable"), /^the report of images.yml can't be read: GitHub refuses it$/, true],
    ["attestations that can't be read", seen({ digest: DIGEST }, { [DIGEST]: "unreadable" }), /can't be read: GitHub refuses it$/, true],
  ])("%s: it is missing, and said", (_name, what, because, isUnread) => {
    const found = artifactsOf(VALUES, [wanted], what);
    expect(found.missing).toMatchObject([{ because: expect.stringMatching(because), isUnread }]);
    expect(found.reports[0]?.attestation).toEqual({ is: "missing" });
  });

  test("where the playbook names nothing, everything is meant of which a digest is reported; of nothing there is no proof", () => {
    const unnamed = artifact({ images: [], attestation: "required", signature: "cosign" });
    expect(said(unnamed, seen({ url: "x" }))).toEqual([
      "the playbook wants an attestation and a signature and names no image or chart, and images.yml reports no digest",
    ]);
    const report = { chart: "oci://ghcr.io/acme/charts/app:1.2.0", chart_digest: DIGEST, chart_signature: "verified" };
    expect(artifactsOf(VALUES, [unnamed], seen(report, { [DIGEST]: [SLSA] }))).toMatchObject({
      reports: [{ kind: "chart", reference: report.chart, digest: DIGEST, signature: { is: "there" } }],
      missing: [],
    });
    expect(said(unnamed, seen(report, { [DIGEST]: [] }))).toHaveLength(1);
  });
});

describe("a signature is what the workflow says of it, and never made up [M-10]", () => {
  const signed = artifact({ signature: "cosign" });
  test.each(["verified", "https://search.sigstore.dev/?logIndex=1", "24601", "tlog entry created with index: 24601"])("%s", (says) => {
    expect(artifactsOf(VALUES, [signed], seen({ image_signature: says }))).toMatchObject({ missing: [], reports: [{ signature: { is: "there", says } }] });
  });
  test.each([
    ["nothing", {}, "images.yml reports no signature of `ghcr.io/acme/app:v1.2.0`"],
    ["false", { image_signature: "false" }, "images.yml reports `false` as the signature of `ghcr.io/acme/app:v1.2.0`"],
    ["a truth", { signature: "1" }, "images.yml reports `1` as the signature of `ghcr.io/acme/app:v1.2.0`"],
    ["an exit code", { signature: "exit code: 1" }, "images.yml reports `exit code: 1` as the signature of `ghcr.io/acme/app:v1.2.0`"],
    ["not verified", { signature: "not verified" }, "images.yml reports `not verified` as the signature of `ghcr.io/acme/app:v1.2.0`"],
    ["of the chart alone", { chart_signature: "verified" }, "images.yml reports no signature of `ghcr.io/acme/app:v1.2.0`"],
  ])("%s is none", (_name, report, because) => {
    expect(said(signed, seen(report))).toEqual([because]);
  });
  test("of several images each has its own", () => {
    const several = artifact({ signature: "cosign", images: ["ghcr.io/acme/app:{tag}", "ghcr.io/acme/worker:{tag}"] });
    const { missing } = artifactsOf(VALUES, [several], seen({ app_signature: "verified", image_signature: "verified" }));
    expect(missing).toMatchObject([
      { because: "images.yml reports no signature of `ghcr.io/acme/worker:v1.2.0`", next: expect.stringContaining("`worker_signature`") },
    ]);
  });
  test("charts beside images are not asked for theirs", () => {
    expect(said(artifact({ signature: "cosign", charts: ["oci://x/app:{version}"] }), seen({ image_signature: "verified" }))).toEqual([]);
  });
});

describe("files and values [W-36, W-50]", () => {
  const rules = artifact({ images: [], assets: ["app-{version}.tgz", "checksums.txt"], report: ["schema", "toString"] });
  test("each is there, or missing and named", () => {
    const found = artifactsOf(VALUES, [rules], seen({ schema: "42" }, {}, ["app-1.2.0.tgz", "other"]));
    expect(found.reports.map(({ kind, reference, digest }) => [kind, reference, digest])).toEqual([
      ["asset", "app-1.2.0.tgz", "attached"],
      ["asset", "checksums.txt", null],
      ["value", "schema", "42"],
      ["value", "toString", null],
    ]);
    expect(found.missing.map(({ because }) => because)).toEqual([
      "images.yml does not report `toString`",
      "`checksums.txt` is not among the files of the release",
    ]);
  });
  test("while the run goes on nothing is missing yet, and all that is expected is listed", () => {
    const found = artifactsOf(VALUES, [artifact({ ...rules, images: ["ghcr.io/acme/app:{tag}"], attestation: "required" })], seen("running"));
    expect(found).toMatchObject({ missing: [], moving: [] });
    expect(found.reports).toHaveLength(5);
  });
  test("a workflow of which nothing is asked needs no report", () => {
    expect(said(artifact(), seen(null))).toEqual([]);
    expect(said(artifact(), seen("unreadable"))).toEqual([]);
  });
});

test("tags that move along are listed with who moved them, and what a workflow says stays harmless", () => {
  const found = artifactsOf(VALUES, [artifact()], seen({ moved_tags: "latest, v1 ,,`x` @kim" }));
  expect(found.moving).toEqual(["`latest` moved by images.yml", "`v1` moved by images.yml", "`'x' @kim` moved by images.yml"]);
});
