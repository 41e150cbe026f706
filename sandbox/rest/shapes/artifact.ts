// `artifact`, and an attestation as its list has it.
import { digestOf, hasExpired } from "../../actions/artifacts.ts";
import { storageAddress } from "../../storage.ts";
import type { Attestation, Repository, RunArtifact, World } from "../../world/types.ts";
import { apiOfRepository } from "./links.ts";
import { moment } from "./moment.ts";

export const artifactShape = (world: World, repository: Repository, artifact: RunArtifact) => {
  const { id, name, run, archive, createdAt, expiresAt } = artifact;
  const url = `${apiOfRepository(world, repository)}/actions/artifacts/${id}`;
  return {
    id,
    node_id: `AR_${Buffer.from(`AR:${id}`).toString("base64url")}`,
    name,
    size_in_bytes: archive.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: hasExpired(artifact, world.now()),
    created_at: moment(createdAt),
    updated_at: moment(createdAt),
    expires_at: moment(expiresAt),
    digest: digestOf(archive),
    workflow_run: { id: run.id, repository_id: repository.id, head_repository_id: repository.id, head_branch: run.headBranch, head_sha: run.headSha },
  };
};

/** Nobody signed it: what a client may believe of it is that it is there. */
export const attestationShape = (world: World, repository: Repository, { id, digest, predicateType, by }: Attestation) => {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "", digest: { sha256: digest.slice("sha256:".length) } }],
    predicateType,
    predicate: {},
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString("base64");
  return {
    bundle: {
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: {},
      dsseEnvelope: { payload, payloadType: "application/vnd.in-toto+json", signatures: [] },
    },
    repository_id: repository.id,
    bundle_url: storageAddress(world, "attestations", `${id}.json`),
    initiator: by.login,
  };
};
