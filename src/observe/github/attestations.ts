// Provenance attestations of a digest, as GitHub keeps them for this repository. Only what kind each is gets read: GitHub
// took none in whose signature did not hold, and nothing is verified here a second time.
import { Refused } from "../../model/errors.ts";
import type { Attestation, Read } from "../../model/snapshot.ts";
import { REST_PAGE } from "./counted.ts";
import { type Fields, fieldsAt, fieldsOf, listAt, textAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { readUnlessRefused } from "./refusal.ts";

const NEEDS = "attestations: read";
const ROUTE = "GET /repos/{owner}/{repo}/attestations/{subject_digest}";
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** In characters of base64. */
const PAYLOAD_MAX = 1024 * 1024;

type Place = Pick<Named, "rest" | "owner" | "repo">;

/** By digest. */
export function readAttestations(place: Place, digests: readonly string[]): Promise<[string, Read<readonly Attestation[]>][]> {
  return Promise.all(
    digests.map(async (digest): Promise<[string, Read<readonly Attestation[]>]> => [digest, await readUnlessRefused(NEEDS, readAttestationsOf(place, digest))]),
  );
}

async function readAttestationsOf({ rest, owner, repo }: Place, digest: string): Promise<readonly Attestation[]> {
  if (!DIGEST.test(digest)) throw refused(`${digest.slice(0, 80)} is not sha256: and 64 digits in lower-case hex`);
  const { status, data, headers } = await rest(ROUTE, { owner, repo, subject_digest: digest, per_page: REST_PAGE }, { expected: [404] });
  if (status === 404) return [];
  if (/rel="next"/.test(String(headers["link"] ?? ""))) throw refused(`there are more than ${String(REST_PAGE)} attestations of ${digest}`);
  return listAt(fieldsOf(data, "attestations"), "attestations").map(attestationOf);
}

/** GitHub names no page of an attestation. */
function attestationOf(attestation: Fields): Attestation {
  return { predicateType: predicateTypeOf(textAt(fieldsAt(fieldsAt(attestation, "bundle"), "dsseEnvelope"), "payload")), url: null };
}

/** @param payload an in-toto statement, https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
function predicateTypeOf(payload: string): string {
  if (payload.length > PAYLOAD_MAX) throw refused("an attestation is larger than 1 MB");
  try {
    return textAt(fieldsOf(JSON.parse(Buffer.from(payload, "base64").toString()) as unknown, "statement"), "predicateType");
  } catch {
    throw refused("an attestation holds no statement that can be read");
  }
}

function refused(because: string): Refused {
  return new Refused("attestations", because, null);
}
