import { describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { createMessage, generateKey, readPrivateKey, sign } from "openpgp";
import { inScene, REPO, type Scene } from "../fixture.ts";

const TAGGER = { name: "Lee", email: "lee@example.com", date: "2026-01-02T03:04:05Z" };
const textOf = (target: string, message: string): string =>
  `object ${target}\ntype commit\ntag v1.0.0\ntagger ${TAGGER.name} <${TAGGER.email}> 1767323045 +0000\n\n${message}`;
const tagged = ({ lee, headOf }: Scene, message: string) =>
  lee("POST", `${REPO}/git/tags`, { tag: "v1.0.0", message, object: headOf("main"), type: "commit", tagger: TAGGER });
const KEY = await generateKey({ userIDs: [{ name: "Lee" }], format: "armored" });
const signed = async (payload: string): Promise<string> => {
  const message = await createMessage({ binary: Buffer.from(payload) });
  const text = await sign({ message, signingKeys: await readPrivateKey({ armoredKey: KEY.privateKey }), detached: true });
  return text.replaceAll("\r\n", "\n");
};

describe("a tag object", () => {
  it.each(["One", "One\n", "One\n\n  two  \n\n"])("keeps its message as it was sent, and has the id that git gives it: %j", (message) =>
    inScene(async (scene) => {
      const { body, status } = await tagged(scene, message);
      expect(status).toBe(201);
      const input = textOf(scene.headOf("main")!, message);
      expect(body).toMatchObject({ message, sha: String(execFileSync("git", ["hash-object", "-t", "tag", "--stdin"], { input })).trim() });
      const read = await scene.lee("GET", `${REPO}/git/tags/${body.sha}`);
      expect(read.body).toMatchObject({ message, tagger: TAGGER, verification: { verified: false, reason: "unsigned", signature: null, payload: null } });
    }),
  );

  it("is verified by the key of the person whose address it has", () =>
    inScene(async (scene) => {
      const { standIn, headOf } = scene;
      const payload = textOf(headOf("main")!, "One\n");
      const signature = await signed(payload);
      const verification = async (message: string) => (await tagged(scene, message)).body.verification;
      expect(await verification(`One\n${signature}`)).toMatchObject({ verified: false, reason: "unknown_key", payload, signature });
      standIn.registerSigningKey("kim", KEY.publicKey);
      expect(await verification(`One\n${signature}`)).toMatchObject({ verified: false, reason: "no_user" });
      standIn.world.users.set("lee", { ...standIn.actorFor("lee").user, email: TAGGER.email });
      expect(await verification(`One\n${signature}`)).toMatchObject({ verified: false, reason: "bad_email" });
      standIn.world.signingKeys.length = 0;
      standIn.registerSigningKey("lee", KEY.publicKey);
      expect(await verification(`One\n${signature}`)).toEqual({ verified: true, reason: "valid", payload, signature, verified_at: "2026-01-02T03:04:05Z" });
      expect(await verification(`Two\n${signature}`)).toMatchObject({ verified: false, reason: "invalid" });
    }));
});

const withTag = (use: (scene: Scene, first: string, second: string) => Promise<void>): Promise<void> =>
  inScene(async (scene) => {
    const first = scene.headOf("main")!;
    await scene.lee("POST", `${REPO}/git/refs`, { ref: "refs/tags/v1", sha: first });
    const second = await scene.push("main", { "a.txt": "a" });
    await scene.heard();
    await use(scene, first, second);
  });
const stands = ({ repository }: Scene) => repository.git.refs().get("refs/tags/v1") ?? null;

describe("a tag that stands", () => {
  it("moves forwards, and back only by force; apps hear of both", () =>
    withTag(async (scene, first, second) => {
      const { lee, heard, sent } = scene;
      expect((await lee("PATCH", `${REPO}/git/refs/tags/v1`, { sha: second })).status).toBe(200);
      expect((await lee("PATCH", `${REPO}/git/refs/tags/v1`, { sha: first })).body.message).toBe("Update is not a fast forward");
      expect(stands(scene)).toBe(second);
      expect((await lee("PATCH", `${REPO}/git/refs/tags/v1`, { sha: first, force: true })).status).toBe(200);
      expect(await heard()).toEqual(["push", "push"]);
      expect(sent.at(-1)!.payload).toMatchObject({ ref: "refs/tags/v1", before: second, after: first, forced: true, created: false, deleted: false });
    }));

  it("follows an annotated tag to its commit", () =>
    withTag(async (scene) => {
      const { body } = await tagged(scene, "One\n");
      expect((await scene.lee("PATCH", `${REPO}/git/refs/tags/v1`, { sha: body.sha })).status).toBe(200);
      expect(stands(scene)).toBe(body.sha);
    }));

  it("is deleted by a person", () =>
    withTag(async (scene) => {
      await scene.lee("DELETE", `${REPO}/git/refs/tags/v1`);
      expect(stands(scene)).toBeNull();
      expect(await scene.heard()).toEqual(["delete", "push"]);
      expect((await scene.lee("DELETE", `${REPO}/git/refs/tags/v1`)).body.message).toBe("Reference does not exist");
    }));
});
