import { expect, test } from "@jest/globals";
import type { ArtifactReport } from "../../model/rollout.ts";
import { artifactTable } from "./artifact-table.ts";

const DIGEST = `sha256:${"4f2c1e9a".repeat(8)}`;
const IMAGE: ArtifactReport = {
  kind: "image",
  reference: "ghcr.io/acme/app:v1.2.0",
  step: "images",
  digest: DIGEST,
  attestation: { is: "there", url: "https://github.com/acme/app/attestations/1" },
  signature: { is: "there", says: "https://search.sigstore.dev/?logIndex=1" },
};
const PLAIN = { attestation: { is: "not-asked" }, signature: { is: "not-asked" } } as const;

test("each thing with its digest and what proves it [C-28, M-22, W-48, W-32, W-33]", () => {
  const rows: readonly ArtifactReport[] = [
    IMAGE,
    { ...IMAGE, reference: "ghcr.io/acme/worker:v1.2.0", digest: null, attestation: { is: "missing" }, signature: { is: "missing" } },
    { ...IMAGE, kind: "chart", reference: "oci://ghcr.io/acme/charts/app:1.2.0", attestation: { is: "missing" }, signature: { is: "not-asked" } },
    { kind: "asset", reference: "app.tgz", step: "images", digest: "attached", ...PLAIN },
    { kind: "asset", reference: "sums.txt", step: "images", digest: null, ...PLAIN },
    { kind: "value", reference: "schema", step: "images", digest: "4|2 @kim", ...PLAIN },
  ];
  expect(artifactTable(rows)).toMatchInlineSnapshot(`
"| artifact | digest | provenance | signature |
|---|---|---|---|
| \`ghcr.io/acme/app:v1.2.0\` | 4f2c1e9a4f2c<br><sub>\`sha256:4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a\`</sub> | ✓ [attested](https://github.com/acme/app/attestations/1) | ✓ https://search.sigstore.dev/?logIndex=1 |
| \`ghcr.io/acme/worker:v1.2.0\` | not known | not known | not known |
| \`oci://ghcr.io/acme/charts/app:1.2.0\` | 4f2c1e9a4f2c<br><sub>\`sha256:4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a4f2c1e9a\`</sub> | ✗ missing |  |
| \`app.tgz\` | ✓ attached |  |  |
| \`sums.txt\` | not attached yet |  |  |
| \`schema\` | \`4\\|2 @kim\` |  |  |"
`);
});

test("columns of which nothing was asked are left out, and nothing is said plainly", () => {
  expect(artifactTable([{ ...IMAGE, ...PLAIN }]).split("\n")[0]).toBe("| artifact | digest |");
  expect(artifactTable([])).toBe("The playbook names nothing that this release leaves behind.");
});

test("rows that do not fit are counted", () => {
  const table = artifactTable(
    Array.from({ length: 50 }, () => IMAGE),
    2000,
  );
  expect(table.length).toBeLessThanOrEqual(2000);
  expect(table).toMatch(/\n\n_4\d artifacts are left out here for GitHub's limit on length\._$/);
  expect(artifactTable([IMAGE], 10)).toBe("_1 artifact is left out here for GitHub's limit on length._");
});
