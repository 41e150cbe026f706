// What a release leaves behind is proved before it counts, and stands on the release with its proof.
import { expect, test } from "@jest/globals";
import type { Issue } from "../../sandbox/world/types.ts";
import { ended, headline, later, MINUTE_MS, released, said, SOON, stepRow, told } from "../fixtures/released.ts";
import type { Team } from "../fixtures/story.ts";

const BUILD = 'on:\n  push: {tags: ["v*"]}\njobs: {build: {runs-on: ubuntu-latest, steps: [{run: make image}]}}\n';
const NEXT = "on: workflow_dispatch\njobs: {site: {runs-on: ubuntu-latest, steps: [{run: make site}]}}\n";
const PLAYBOOK = `
artifacts:
  - workflow: build.yml
    trigger: tag
    images: ["ghcr.io/acme/app:v{version}"]
    attestation: required
    signature: cosign
    report: [sbom]
    assets: ["app-{version}.tgz"]
  - {workflow: next.yml, trigger: workflow_dispatch, after: build}
release: {notes: {digests: true}}
`;
const DIGEST = `sha256:${"ab".repeat(32)}`;
const SBOM = "https://sbom.test/app/1.1.0";

type Story = { readonly team: Team; readonly pull: Issue };
const start = (): Promise<Story> => released(PLAYBOOK, { "build.yml": BUILD, "next.yml": NEXT });
const notes = (team: Team): string => team.releases().find(({ tag }) => tag === "v1.1.0")?.body ?? "";

const reports = (team: Team, values: Readonly<Record<string, string>>): Promise<unknown> =>
  team.standIn.operations.uploadArtifact(team.repository, team.run("build.yml"), "release-steward", { "report.json": JSON.stringify(values) });
const attaches = (team: Team): Promise<unknown> => {
  const release = team.releases().find(({ tag }) => tag === "v1.1.0")!;
  return team.standIn.operations.uploadReleaseAsset(team.standIn.workflowActor(team.repository), team.repository, release, {
    name: "app-1.1.0.tgz",
    content: "tar",
  });
};
const ALL = { image_digest: DIGEST, image_signature: "verified", sbom: SBOM };

test("with every proof there, the release goes on, and shows image, digest and provenance", async () => {
  const { team, pull } = await start();
  await reports(team, ALL);
  await attaches(team);
  await team.standIn.operations.attest(team.repository, DIGEST);
  await ended(team, "build.yml");
  expect(stepRow(team, pull, "build")).toMatch(/^✓ done/);
  await ended(team, "next.yml");
  expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  const table = notes(team)
    .split("\n")
    .filter((line) => line.startsWith("|"));
  expect(table.find((line) => line.includes("ghcr.io/acme/app:v1.1.0"))).toMatch(new RegExp(`${DIGEST}.*✓ attested.*✓ verified`));
  expect(table.find((line) => line.includes("app-1.1.0.tgz"))).toContain("attached");
  expect(table.find((line) => line.includes("sbom"))).toContain("sbom.test/app/1.1.0");
});

test.each([
  ["a report", (): Promise<unknown> => Promise.resolve(), "`build.yml` succeeded; build.yml left no report, so nobody can tell what it built"],
  [
    "a digest that is one",
    (team: Team) => reports(team, { ...ALL, image_digest: "latest" }),
    "build.yml reports `latest` as the digest of `ghcr.io/acme/app:v1.1.0`, which is no digest",
  ],
  ["an attestation", (team: Team) => reports(team, ALL), "GitHub has no provenance attestation of `ghcr.io/acme/app:v1.1.0`"],
  ["a signature", (team: Team) => reports(team, { image_digest: DIGEST, sbom: SBOM }), "build.yml reports no signature of `ghcr.io/acme/app:v1.1.0`"],
  ["a value", (team: Team) => reports(team, { image_digest: DIGEST, image_signature: "verified" }), "build.yml does not report `sbom`"],
  ["a file of the release", (team: Team) => reports(team, ALL), "`app-1.1.0.tgz` is not among the files of the release"],
] as const)(
  "without %s it is not done: what is missing is said, first as what is awaited, after a quarter of an hour as failed",
  async (what, leaves, words) => {
    const { team, pull } = await start();
    await leaves(team);
    if (what !== "a file of the release") await attaches(team);
    if (what !== "an attestation") await team.standIn.operations.attest(team.repository, DIGEST);
    await team.finish("build.yml");
    await team.settle(5 * MINUTE_MS);
    expect(stepRow(team, pull, "build")).toMatch(/^⏳ running/);
    expect(stepRow(team, pull, "build")).toContain(words);
    expect(told(team, pull)).toEqual([]);
    await later(team, 20 * MINUTE_MS);
    expect(headline(team, pull)).toBe("### v1.1.0 is paused: build failed");
    expect(stepRow(team, pull, "build")).toMatch(/then say `\/release retry build`/);
    expect([told(team, pull).length, team.runs("next.yml").length]).toEqual([1, 0]);
  },
);

test("a proof that comes late counts all the same; where the run was wrong, it is run again when somebody says so", async () => {
  const { team, pull } = await start();
  await reports(team, ALL);
  await attaches(team);
  await ended(team, "build.yml");
  await later(team, 20 * MINUTE_MS);
  expect(stepRow(team, pull, "build")).toMatch(/^✗ failed/);
  await said(team, pull, "/release retry build");
  expect(team.run("build.yml").attempt).toBe(2);
  await ended(team, "build.yml");
  expect(stepRow(team, pull, "build")).toMatch(/^⏳ running .*no provenance attestation/);
  await team.standIn.operations.attest(team.repository, DIGEST);
  await later(team, SOON);
  expect(stepRow(team, pull, "build")).toMatch(/^✓ done/);
  expect(team.runs("next.yml")).toHaveLength(1);
});
