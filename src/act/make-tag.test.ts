// Signed tags as git itself checks them: made through GitHub's API on the stand-in, verified by `git tag -v` in its repository.
import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { gitEnvironment } from "../../sandbox/git/run-git.ts";
import { onDisk } from "../../sandbox/git/types.ts";
import type { StandIn } from "../../sandbox/stand-in.ts";
import { observedRepository } from "../../test/fixtures/observed.ts";
import type { GitHub } from "../github/types.ts";
import { Refused } from "../model/errors.ts";
import type { PublishRelease } from "../model/plan.ts";
import { makeTag } from "./make-tag.ts";
import { publishRelease } from "./publish-release.ts";
import { openSigner, type SigningSettings } from "./signing/open-signer.ts";
import type { TagSigner } from "./signing/tag-signer.ts";

const run = promisify(execFile);
const SIGNER = "Acme Releases <releases@acme.test>";
const PASSPHRASE = "a passphrase of the release team";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sign-"));
});
afterAll(async () => {
  await run("gpgconf", ["--kill", "gpg-agent"], { env: environment() });
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const opened: StandIn[] = [];
afterEach(async () => {
  for (const standIn of opened.splice(0)) await standIn.close();
});

const environment = () => ({ ...gitEnvironment(), GNUPGHOME: folder });
const keygen = (...words: readonly string[]) => run("ssh-keygen", ["-q", "-C", "", ...words]);

/** A key of gpg's own making, and the ring that trusts it. */
async function gpgKey(algorithm: string, name = algorithm): Promise<Partial<SigningSettings>> {
  const secret = ["--batch", "--pinentry-mode", "loopback", "--passphrase", PASSPHRASE];
  const who = `${name} ${SIGNER}`;
  await run("gpg", [...secret, "--quick-gen-key", who, algorithm, "sign", "never"], { env: environment() });
  const { stdout } = await run("gpg", [...secret, "--armor", "--export-secret-keys", `=${who}`], { env: environment() });
  return { key: stdout, passphrase: PASSPHRASE };
}

async function sshKey(name: string, ...words: readonly string[]): Promise<Partial<SigningSettings>> {
  const file = join(folder, name);
  await keygen("-N", "", "-f", file, ...words);
  await writeFile(join(folder, "allowed"), `releases@acme.test ${await readFile(`${file}.pub`, "utf8")}`);
  return { key: await readFile(file, "utf8"), tagger: SIGNER };
}

async function signerWith(settings: Partial<SigningSettings>): Promise<TagSigner> {
  const result = await openSigner({ from: "TAG_SIGNING_KEY", key: "", passphrase: null, tagger: null, ...settings });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

async function repositoryWith(signer: TagSigner | null, changed: (github: GitHub) => GitHub = (github) => github) {
  const world = await observedRepository({ git: "disk" });
  opened.push(world.standIn);
  const sha = await world.push("feat: one", { a: "1" });
  const place = { github: changed(world.github), repository: { id: world.repository.id, nodeId: "" }, signer, onOpened: () => {}, onDesk: () => {} };
  const verify = async (): Promise<string> => {
    const allowed = ["-c", `gpg.ssh.allowedSignersFile=${join(folder, "allowed")}`];
    const { stderr } = await run("git", [...allowed, "-C", onDisk(world.git).directory, "tag", "-v", "v1.1.0"], { env: environment() });
    return stderr;
  };
  return { ...world, sha, place, verify, tagged: () => world.git.refs().get("refs/tags/v1.1.0") };
}

function action(sha: string, changes: Partial<PublishRelease> = {}): PublishRelease {
  const check = { externalId: "release/v1.1.0", conclusion: null, title: "releasing", summary: "Begun.", text: "", problems: [] };
  return {
    kind: "publish-release",
    component: "app",
    version: "1.1.0",
    tag: "v1.1.0",
    sha,
    annotation: "Release app 1.1.0 – größer",
    signed: "required",
    taggedAt: Date.UTC(2026, 10, 21, 12) + 456,
    title: "v1.1.0",
    body: "notes",
    isPrerelease: false,
    isLatest: true,
    to: "publication",
    begin: check,
    check: { ...check, conclusion: "success", summary: "Done." },
    found: { tagSha: null, drafts: [], notes: null, published: null, begun: null },
    ...changes,
  };
}

describe("`git tag -v` accepts a tag signed with", () => {
  test.each<[string, () => Promise<Partial<SigningSettings>>, RegExp]>([
    ["a PGP key on ed25519 that has a passphrase", () => gpgKey("ed25519"), /Good signature from "ed25519 Acme Releases <releases@acme\.test>"/],
    ["a PGP key by RSA", () => gpgKey("rsa2048"), /Good signature from "rsa2048 Acme Releases/],
    ["an OpenSSH key", () => sshKey("ed25519", "-t", "ed25519"), /Good "git" signature for releases@acme\.test with ED25519 key/],
    ["an SSH key by RSA in PEM", () => sshKey("rsa", "-t", "rsa", "-b", "2048", "-m", "PKCS8"), /Good "git" signature for releases@acme\.test with RSA key/],
  ])("%s", async (_title, key, expected) => {
    const { place, sha, verify, git, tagged } = await repositoryWith(await signerWith(await key()));
    await makeTag(action(sha), place);
    expect(await verify()).toMatch(expected);
    expect(await git.tag(tagged() ?? "")).toMatchObject({ target: sha, tagger: { email: "releases@acme.test", at: Date.UTC(2026, 10, 21, 12) } });
  });
});

/** A GitHub that stores the message without the line break at its end. */
const tampering = (github: GitHub): GitHub => ({
  ...github,
  rest: (route, parameters, options) =>
    github.rest(route, "message" in parameters ? { ...parameters, message: String(parameters["message"]).trimEnd() } : parameters, options),
});

describe("when GitHub stores another text than the one that was signed", () => {
  test("a release that needs a signature is not tagged", async () => {
    const { place, sha, tagged } = await repositoryWith(await signerWith(await sshKey("tampered", "-t", "ed25519")), tampering);
    await expect(makeTag(action(sha), place)).rejects.toThrow(
      "tagging v1.1.0: `release.tag.signed` is required and GitHub stored another text than the one that was signed",
    );
    expect(tagged()).toBeUndefined();
  });

  test("one that prefers it gets an annotated tag, and its check run says so", async () => {
    const { place, sha, git, repository, tagged } = await repositoryWith(await signerWith(await sshKey("preferred", "-t", "ed25519")), tampering);
    await publishRelease(action(sha, { signed: "preferred" }), place);
    expect((await git.tag(tagged() ?? ""))?.message).toBe("Release app 1.1.0 – größer");
    const [check] = [...repository.checkRuns.values()];
    expect(check?.output.summary).toBe("Done.\n\nSignature: none, because GitHub stored another text than the one that was signed.");
  });
});

test("what GitHub says of the signature is in the release's check run, and survives a run that was cut short", async () => {
  const world = await repositoryWith(await signerWith(await sshKey("said", "-t", "ed25519")));
  const { place, sha, repository, tagged } = world;
  const said =
    "Done.\n\nSignature: by `Acme Releases <releases@acme.test>`. GitHub says: `unknown_key`, add the public key to the GitHub account that has this address.";
  const summaries = () => [...repository.checkRuns.values()].map(({ output }) => output.summary);
  await makeTag(action(sha), place);
  const object = tagged();
  await publishRelease(action(sha, { found: { tagSha: sha, drafts: [], notes: null, published: null, begun: null } }), place);
  expect(tagged()).toBe(object);
  expect(summaries()).toEqual([said]);
});

test("a tag whose public key an account has is verified by GitHub, and the check run says so [W-07, W-27]", async () => {
  const { place, sha, repository, standIn, kim } = await repositoryWith(await signerWith(await sshKey("known", "-t", "ed25519")));
  standIn.world.users.set("kim", { ...kim.user, email: "releases@acme.test" });
  standIn.registerSigningKey("kim", await readFile(join(folder, "known.pub"), "utf8"));
  await publishRelease(action(sha), place);
  expect([...repository.checkRuns.values()].map(({ output }) => output.summary)).toEqual([
    "Done.\n\nSignature: by `Acme Releases <releases@acme.test>`, verified by GitHub.",
  ]);
});

test("a tag that somebody made without a signature is not published where one is required", async () => {
  const { place, sha, move, repository } = await repositoryWith(await signerWith(await sshKey("by-hand", "-t", "ed25519")));
  await move("refs/tags/v1.1.0", sha);
  await expect(publishRelease(action(sha, { found: { tagSha: sha, drafts: [], notes: null, published: null, begun: null } }), place)).rejects.toThrow(
    "publishing v1.1.0: `release.tag.signed` is required and somebody made this tag without a signature",
  );
  expect([...repository.releases.values()].map(({ isDraft }) => isDraft)).toEqual([true]);
});

test("an app without a key begins nothing that needs a signature", async () => {
  const { place, sha, sent, tagged } = await repositoryWith(null);
  await expect(publishRelease(action(sha), place)).rejects.toBeInstanceOf(Refused);
  expect(sent).toEqual([]);
  expect(tagged()).toBeUndefined();
});

/** An OpenSSH key made with those words. */
const keyMadeWith = async (...words: readonly string[]): Promise<string> => {
  const file = join(folder, `refused-${String(words.length)}-${words.join("")}`.replaceAll(/[^\w-]/g, ""));
  await keygen("-f", file, ...words);
  return await readFile(file, "utf8");
};

describe("a key is refused without being quoted when it", () => {
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  test.each<[string, () => Promise<Partial<SigningSettings>>, string]>([
    ["is nothing", () => Promise.resolve({ key: "hello", tagger: SIGNER }), "TAG_SIGNING_KEY holds no private key that can be read"],
    [
      "is OpenSSH's with a passphrase",
      async () => ({ key: await keyMadeWith("-t", "ed25519", "-N", "secret"), tagger: SIGNER }),
      "TAG_SIGNING_KEY is an OpenSSH key with a passphrase",
    ],
    [
      "is OpenSSH's of another type",
      async () => ({ key: await keyMadeWith("-t", "ecdsa", "-N", ""), tagger: SIGNER }),
      "TAG_SIGNING_KEY is a key of a type that can't sign tags here: ecdsa-sha2-nistp256",
    ],
    ["is PEM of another type", () => Promise.resolve({ key: ec, tagger: SIGNER }), "TAG_SIGNING_KEY is a key of a type that can't sign tags here: ec"],
    [
      "is OpenSSH's and cut short",
      async () => ({ key: (await keyMadeWith("-t", "ed25519", "-N", "", "-a", "8")).slice(0, 200), tagger: SIGNER }),
      "TAG_SIGNING_KEY holds no private key",
    ],
    ["is an SSH key of nobody", () => Promise.resolve({ key: pem }), "TAG_SIGNER is not set"],
    ["is of somebody without an address", () => Promise.resolve({ key: pem, tagger: "Acme" }), "TAG_SIGNER is not set"],
    [
      "is PGP's and damaged",
      () => Promise.resolve({ key: "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nabcd\n-----END PGP PRIVATE KEY BLOCK-----" }),
      "TAG_SIGNING_KEY holds no PGP key that can sign",
    ],
    [
      "has another passphrase",
      async () => ({ ...(await gpgKey("ed25519", "another")), passphrase: "wrong" }),
      "TAG_SIGNING_KEY holds no PGP key that can sign",
    ],
  ])("%s", async (_title, settings, expected) => {
    const { key = "", ...others } = await settings();
    const result = await openSigner({ from: "TAG_SIGNING_KEY", passphrase: null, tagger: null, ...others, key });
    expect(result).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining(expected), hint: expect.stringMatching(/\w/) }] });
    expect(JSON.stringify(result)).not.toContain("BEGIN");
  });
});
