// Which attestations stand for a digest, and that one that can't be read is not none.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { observedRepository } from "../../../test/fixtures/observed.ts";
import type { GitHub } from "../../github/types.ts";
import { readAttestations } from "./attestations.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const PROVENANCE = "https://slsa.dev/provenance/v1";

describe("attestations of a digest", () => {
  let world: Awaited<ReturnType<typeof observedRepository>>;
  beforeEach(async () => {
    world = await observedRepository();
    await world.push("feat: begin", { "README.md": "begin\n" });
  });
  afterEach(() => world.standIn.close());

  it("are those that GitHub keeps, by what each states", async () => {
    await world.standIn.operations.attest(world.repository, DIGEST);
    await world.standIn.operations.attest(world.repository, DIGEST, "https://spdx.dev/Document/v2.3");
    const other = `sha256:${"cd".repeat(32)}`;
    const { attestations } = await world.hostedWith({ attestations: [DIGEST, other] });
    expect(Object.fromEntries(attestations)).toEqual({
      [DIGEST]: {
        ok: true,
        value: [
          { predicateType: PROVENANCE, url: null },
          { predicateType: "https://spdx.dev/Document/v2.3", url: null },
        ],
      },
      [other]: { ok: true, value: [] },
    });
  });

  it("that may not be read are not none", async () => {
    world.refuse("attestations");
    expect((await world.hostedWith({ attestations: [DIGEST] })).attestations.get(DIGEST)).toEqual({
      ok: false,
      because: "the app lacks the permission attestations: read",
      permission: "attestations: read",
    });
  });
});

const statement = (text: string) => ({ bundle: { dsseEnvelope: { payload: Buffer.from(text).toString("base64") } } });

async function read(answer: object, headers: Readonly<Record<string, string>> = {}, digest = DIGEST) {
  const sent: string[] = [];
  const rest: GitHub["rest"] = async (route) => {
    sent.push(route);
    return { status: 200, data: answer, headers };
  };
  const [[, found] = ["", null]] = await readAttestations({ rest, owner: "acme", repo: "app" }, [digest]);
  return { found, sent };
}

describe("an attestation is not read", () => {
  it.each<[string, object]>([
    ["that is no JSON", statement("words")],
    ["that names no predicate", statement('{"subject": []}')],
    ["whose predicate is no text", statement('{"predicateType": 1}')],
  ])("%s", async (_, attestation) => {
    expect((await read({ attestations: [attestation] })).found).toMatchObject({ ok: false, because: "an attestation holds no statement that can be read" });
  });

  it("that is larger than 1 MB", async () => {
    const { found } = await read({ attestations: [statement(JSON.stringify({ predicateType: PROVENANCE, predicate: "x".repeat(1024 * 1024) }))] });
    expect(found).toMatchObject({ ok: false, because: "an attestation is larger than 1 MB" });
  });

  it("of which there are more than a hundred", async () => {
    const { found } = await read({ attestations: [] }, { link: '<https://api.github.com/x?after=1>; rel="next"' });
    expect(found).toMatchObject({ ok: false, because: `there are more than 100 attestations of ${DIGEST}` });
  });

  it.each(["latest", "sha512:ab", `sha256:${"AB".repeat(32)}`, `${DIGEST}/../..`])("of %s, which is no digest: nothing is asked", async (digest) => {
    const { found, sent } = await read({ attestations: [] }, {}, digest);
    expect([found, sent]).toEqual([expect.objectContaining({ ok: false }), []]);
  });
});
