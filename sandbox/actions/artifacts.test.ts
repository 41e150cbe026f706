import { expect, it } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { REPO } from "../fixture.ts";
import type { WorkflowRun } from "../world/types.ts";
import { DISPATCHES, withWorkflows, type Workflows } from "./fixture.ts";

const FILES = { "images.yml": "on: workflow_dispatch\njobs: { build: { runs-on: ubuntu-latest } }\n" };
const DIGEST = `sha256:${"a".repeat(64)}`;

const withRun = (use: (scene: Workflows, run: WorkflowRun) => Promise<void>): Promise<void> =>
  withWorkflows(FILES, async (scene) => {
    await scene.lee("POST", DISPATCHES, { ref: "main" });
    await use(scene, scene.runs()[0]!);
  });

const asking = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

it("leads to a zip beside the API, which asks for no token", () =>
  withRun(async ({ standIn, repository, lee }, run) => {
    const artifact = await standIn.operations.uploadArtifact(repository, run, "report", { "digests.json": '{"app":"x"}', "notes/a.md": "ä" });
    await standIn.operations.uploadArtifact(repository, run, "other", {});
    const { body } = await lee("GET", `${REPO}/actions/runs/${run.id}/artifacts?name=report`);
    expect(body).toMatchObject({ total_count: 1, artifacts: [{ id: artifact.id, name: "report", expired: false, workflow_run: { id: run.id } }] });
    const zip = `http://any.test/api/v3${REPO}/actions/artifacts/${artifact.id}/zip`;
    const redirect = await standIn.handle(new Request(zip, asking(standIn.tokenFor("lee"))));
    expect([redirect.status, await redirect.text()]).toEqual([302, ""]);
    const file = await standIn.handle(new Request(redirect.headers.get("location")!));
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect(file.headers.get("content-type")).toBe("application/zip");
    expect(bytes.length).toBe(body.artifacts[0].size_in_bytes);
    expect(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)])).toEqual([
      ["digests.json", '{"app":"x"}'],
      ["notes/a.md", "ä"],
    ]);
  }));

it("takes a name once an attempt, lists the newest first", () =>
  withRun(async ({ standIn, repository, lee }, run) => {
    const { uploadArtifact, finishRun } = standIn.operations;
    const first = await uploadArtifact(repository, run, "report", { a: "1" });
    await expect(uploadArtifact(repository, run, "report", { a: "2" })).rejects.toThrow("already exists");
    await finishRun(repository, run, "failure");
    await lee("POST", `${REPO}/actions/runs/${run.id}/rerun`);
    const second = await uploadArtifact(repository, run, "report", { a: "2" });
    const ids = async (query = ""): Promise<readonly number[]> =>
      (await lee("GET", `${REPO}/actions/runs/${run.id}/artifacts${query}`)).body.artifacts.map(({ id }: { id: number }) => id);
    expect(await ids()).toEqual([second.id, first.id]);
    expect(await ids("?direction=asc")).toEqual([first.id, second.id]);
  }));

it("is gone after ninety days, or with its run", () =>
  withRun(async ({ standIn, repository, lee }, run) => {
    const { id } = await standIn.operations.uploadArtifact(repository, run, "report", { a: "1" });
    const location = (await lee("GET", `${REPO}/actions/artifacts/${id}/zip`)).headers.get("location")!;
    standIn.advance(90 * 86_400_000);
    expect((await lee("GET", `${REPO}/actions/artifacts/${id}`)).body.expired).toBe(true);
    expect((await lee("GET", `${REPO}/actions/artifacts/${id}/zip`)).status).toBe(410);
    expect((await standIn.handle(new Request(location))).status).toBe(404);
    await standIn.operations.finishRun(repository, run, "success");
    await lee("DELETE", `${REPO}/actions/runs/${run.id}`);
    expect((await lee("GET", `${REPO}/actions/artifacts/${id}`)).status).toBe(404);
  }));

it("says who attested a digest, to who may read attestations; 404 where nobody did", () =>
  withRun(async (scene) => {
    const { standIn, repository, installation, bot } = scene;
    installation.permissions = { ...installation.permissions, attestations: "read" };
    const ask = await bot();
    expect((await ask("GET", `${REPO}/attestations/${DIGEST}`)).status).toBe(404);
    await standIn.operations.attest(repository, DIGEST);
    await standIn.operations.attest(repository, DIGEST, "https://example.com/sbom");
    const { body } = await ask("GET", `${REPO}/attestations/${DIGEST}`);
    const statements = body.attestations.map(({ bundle }: { bundle: { dsseEnvelope: { payload: string } } }) =>
      JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, "base64").toString()),
    );
    expect(statements).toMatchObject([
      { predicateType: "https://slsa.dev/provenance/v1", subject: [{ digest: { sha256: "a".repeat(64) } }] },
      { predicateType: "https://example.com/sbom" },
    ]);
    expect(body.attestations[0]).toMatchObject({ repository_id: repository.id, initiator: "github-actions[bot]" });
    expect((await ask("GET", `${REPO}/attestations/${DIGEST}?predicate_type=provenance`)).body.attestations).toHaveLength(1);
    await expect(standIn.operations.attest(repository, "sha256:abc")).rejects.toThrow("Validation Failed");
    const without = await bot({ contents: "read" });
    expect((await without("GET", `${REPO}/attestations/${DIGEST}`)).status).toBe(403);
  }));
