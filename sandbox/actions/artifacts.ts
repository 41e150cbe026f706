// What a run leaves behind: files in one zip, kept for a while, and attestations of what it built.
import { createHash } from "node:crypto";
import { strToU8, zipSync } from "fflate";
import type { Stage } from "../world/events.ts";
import { invalid } from "../world/refusals.ts";
import { ApiError, type Attestation, type Milliseconds, type Repository, type RunArtifact, type WorkflowRun } from "../world/types.ts";
import { actionsApp } from "./actions-app.ts";

const KEPT_MS: Milliseconds = 90 * 86_400_000;
/** Of a build, as `actions/attest-build-provenance` makes it. */
export const PROVENANCE = "https://slsa.dev/provenance/v1";
const DIGEST = /^sha256:[0-9a-f]{64}$/u;

export const digestOf = (content: Uint8Array): string => `sha256:${createHash("sha256").update(content).digest("hex")}`;
export const hasExpired = ({ expiresAt }: RunArtifact, now: Milliseconds): boolean => expiresAt <= now;

/** `files`: texts by their paths in the zip. @throws ApiError 409 for a name that the newest attempt has used already */
export const uploadArtifact = (
  { world }: Stage,
  { actions }: Repository,
  run: WorkflowRun,
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<RunArtifact> => {
  const createdAt = world.now();
  const isTaken = [...actions.artifacts.values()].some((other) => other.run === run && other.name === name && other.createdAt >= run.startedAt);
  if (isTaken) throw new ApiError(409, "an artifact with this name already exists on the workflow run");
  const contents = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
  const artifact: RunArtifact = {
    id: world.nextId(),
    run,
    name,
    archive: zipSync(contents, { mtime: createdAt }),
    createdAt,
    expiresAt: createdAt + KEPT_MS,
  };
  actions.artifacts.set(artifact.id, artifact);
  return Promise.resolve(artifact);
};

/** @throws ApiError 422 for what is no SHA-256 digest */
export const attest = ({ world }: Stage, repository: Repository, digest: string, predicateType: string = PROVENANCE): Promise<Attestation> => {
  if (!DIGEST.test(digest)) throw invalid("Attestation", "subject_digest", "invalid");
  const attestation: Attestation = { id: world.nextId(), digest, predicateType, by: actionsApp(world).bot, at: world.now() };
  repository.attestations.push(attestation);
  return Promise.resolve(attestation);
};
