// What the operator is told before anything listens.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "@jest/globals";
import type { Environment, Variables } from "./environment.ts";
import { readEnvironment } from "./environment.ts";
import { environmentExample } from "./variables.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const secret = "6f1d0c9be27a4853";
const complete = { APP_ID: "123", PRIVATE_KEY: pem, WEBHOOK_SECRET: secret };

function read(variables: Variables, files: Readonly<Record<string, string>> = {}) {
  return readEnvironment(variables, (path) => {
    const text = files[path];
    if (text === undefined) throw new Error("no such file");
    return text;
  });
}

function settings(variables: Variables, files: Readonly<Record<string, string>> = {}): Environment {
  const result = read(variables, files);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** What is wrong, each with what to do. */
function complaints(variables: Variables): string[] {
  const result = read(variables);
  return result.ok ? [] : result.problems.map(({ message, hint }) => `${message} => ${hint}`);
}

test("three variables are enough", () => {
  expect(settings(complete)).toEqual({
    app: { appId: 123, privateKey: pkcs8, webhookSecret: secret },
    host: "127.0.0.1",
    port: 3000,
    databaseUrl: null,
    dataDirectory: "data",
    logLevel: "info",
    githubApiUrl: "https://api.github.com",
    publicUrl: null,
    setupToken: null,
    signing: null,
    writeSpacingMs: 1000,
    sweepMs: 600_000,
  });
});

describe("the private key", () => {
  it.each<[string, Variables, Record<string, string>]>([
    ["as text", { PRIVATE_KEY: pem }, {}],
    ["as text on one line with \\n", { PRIVATE_KEY: pem.replaceAll("\n", "\\n") }, {}],
    ["in base64", { PRIVATE_KEY: Buffer.from(pem).toString("base64") }, {}],
    ["in a file", { PRIVATE_KEY_PATH: "/run/key.pem" }, { "/run/key.pem": pem }],
    ["in the form PKCS #8", { PRIVATE_KEY: pkcs8 }, {}],
  ])("is read %s", (_title, key, files) => {
    expect(settings({ APP_ID: "123", WEBHOOK_SECRET: secret, ...key }, files).app?.privateKey).toBe(pkcs8);
  });

  it.each<[string, Variables]>([
    ["is damaged", { PRIVATE_KEY: pem.slice(0, 400) }],
    ["is another kind of key", { PRIVATE_KEY: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString() }],
    ["is in a file that is not there", { PRIVATE_KEY_PATH: "/run/none.pem" }],
  ])("is refused without being quoted when it %s", (_title, key) => {
    const [complaint = "", ...others] = complaints({ APP_ID: "123", WEBHOOK_SECRET: secret, ...key });
    expect(others).toEqual([]);
    expect(complaint).toMatch(/^PRIVATE_KEY.* holds no private key that can be read => /);
    expect(complaint).not.toContain("BEGIN");
  });
});

describe("the key that tags are signed with", () => {
  const base64 = Buffer.from(pem).toString("base64");
  it.each<[string, Variables, Record<string, string>, object]>([
    ["as text on one line", { TAG_SIGNING_KEY: pem.replaceAll("\n", "\\n") }, {}, { from: "TAG_SIGNING_KEY", passphrase: null, tagger: null }],
    ["in base64, with a passphrase", { TAG_SIGNING_KEY: base64, TAG_SIGNING_PASSPHRASE: "two words" }, {}, { passphrase: "two words" }],
    [
      "in a file, with whose it is",
      { TAG_SIGNING_KEY_PATH: "/run/key", TAG_SIGNER: "Acme <a@b.c>" },
      { "/run/key": pem },
      { from: "TAG_SIGNING_KEY_PATH: /run/key", tagger: "Acme <a@b.c>" },
    ],
  ])("is read %s", (_title, variables, files, expected) => {
    expect(settings({ ...complete, ...variables }, files).signing).toMatchObject({ key: expect.stringContaining(pem.trim()), ...expected });
  });

  it.each<[Variables, string]>([
    [{ TAG_SIGNING_KEY_PATH: "/run/none" }, "TAG_SIGNING_KEY_PATH: /run/none can't be read => check that"],
    [{ TAG_SIGNER: "Acme <a@b.c>" }, "TAG_SIGNER is set and there is no key that it is for => set TAG_SIGNING_KEY"],
    [{ TAG_SIGNING_PASSPHRASE: "x" }, "TAG_SIGNING_PASSPHRASE is set and there is no key that it is for => set TAG_SIGNING_KEY"],
  ])("%j is complained of", (variables, expected) => {
    expect(complaints({ ...complete, ...variables })).toEqual([expect.stringContaining(expected)]);
  });
});

describe("a webhook secret is refused when it", () => {
  it.each([
    ["is not set", "", "WEBHOOK_SECRET is not set: anyone could send webhooks"],
    ["is Probot's default", "development", "WEBHOOK_SECRET is shorter than 16 characters"],
    ["is short", "6f1d0c9be27a485", "WEBHOOK_SECRET is shorter than 16 characters"],
    ["is a word twice", "developmentdevelopment", "WEBHOOK_SECRET repeats a short word"],
    ["is one letter", "aaaaaaaaaaaaaaaaaaaaaaaa", "WEBHOOK_SECRET repeats a short word"],
    ["hardly varies", "aaaaaaaaabaaaaaaaacaaaaaaaaaaaad", "WEBHOOK_SECRET has fewer than 8 different characters"],
  ])("%s, and how to make one is said", (_title, value, expected) => {
    expect(complaints({ ...complete, WEBHOOK_SECRET: value })).toEqual([
      expect.stringMatching(new RegExp(`^${expected} => make one with .openssl rand -hex 32`)),
    ]);
  });
});

test("every problem is told at once", () => {
  expect(complaints({ APP_ID: "mine", PORT: "http", LOG_LEVEL: "loud", GITHUB_API_URL: "github", DATABASE_URL: "postgres://db" })).toEqual([
    expect.stringContaining('DATABASE_URL does not name a database behind the host "db"'),
    expect.stringContaining("PORT: expected a whole number from 0 to 65535"),
    expect.stringContaining("LOG_LEVEL"),
    expect.stringContaining("GITHUB_API_URL"),
    expect.stringContaining("APP_ID: expected a number"),
    expect.stringContaining("WEBHOOK_SECRET is not set"),
    expect.stringContaining("PRIVATE_KEY is not set"),
  ]);
});

describe("addresses", () => {
  it.each([
    ["https://github.example.com/api/v3/", "https://github.example.com/api/v3"],
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
    ["http://stand-in:4000", "http://stand-in:4000"],
  ])("%s is accepted", (given, kept) => {
    expect(settings({ ...complete, GITHUB_API_URL: given }).githubApiUrl).toBe(kept);
  });

  it.each(["http://github.example.com", "https://token@github.example.com", "ftp://github.example.com", "https://x/?a=b"])("%s is refused", (given) => {
    expect(complaints({ ...complete, GITHUB_API_URL: given })).toHaveLength(1);
  });
});

const databaseUrl = (given: string) => settings({ ...complete, DATABASE_URL: given }).databaseUrl;

describe("the database of several replicas", () => {
  it.each([
    ["postgres://steward:pw@db:5432/steward", "postgres://steward:pw@db:5432/steward"],
    ["postgresql://steward@127.0.0.1/steward", "postgresql://steward@127.0.0.1/steward"],
    ["postgres://steward@localhost/steward?host=/run/postgresql", "postgres://steward@localhost/steward?host=/run/postgresql"],
    ["postgres://steward:pw@db.example.com/steward?sslmode=disable", "postgres://steward:pw@db.example.com/steward?sslmode=disable"],
  ])("%s is taken as it is", (given, kept) => {
    expect(databaseUrl(given)).toBe(kept);
  });

  it.each(["prefer", "require", "verify-ca", "verify-full"])("sslmode=%s verifies the server", (mode) => {
    expect(databaseUrl(`postgres://steward:pw@db.example.com/steward?sslmode=${mode}`)).toBe(
      "postgres://steward:pw@db.example.com/steward?sslmode=verify-full",
    );
  });

  it.each([
    ["steward", "is no address of a PostgreSQL database"],
    ["mysql://steward:s3cr3t@db/steward", "is no address of a PostgreSQL database"],
    ["postgres://steward:s3cr3t@db", 'does not name a database behind the host "db"'],
    ["postgres://steward:s3cr3t@db/one/two", "does not name a database"],
    ["postgres://steward:s3#cr3t@db/steward", "DATABASE_URL"],
    ["postgres://steward:s3cr3t@db.example.com/steward", "the password would go to db.example.com in the clear"],
    ["postgres://steward:s3cr3t@db/steward?sslmode=loose", "found sslmode=loose"],
  ])("%s is refused, and the password is not told", (given, expected) => {
    const found = complaints({ ...complete, DATABASE_URL: given });
    expect(found).toEqual([expect.stringContaining(expected)]);
    expect(found[0]).not.toMatch(/s3#?cr3t/);
  });
});

describe("without an app", () => {
  it("the set-up needs to know where GitHub reaches it", () => {
    expect(complaints({})).toEqual([expect.stringContaining("neither APP_ID nor PUBLIC_URL is set => to register a new app set PUBLIC_URL")]);
    expect(settings({ PUBLIC_URL: "https://steward.example.com" })).toMatchObject({ app: null, host: "127.0.0.1" });
  });

  it("the set-up page is not shown to strangers", () => {
    const open = { PUBLIC_URL: "https://steward.example.com", HOST: "0.0.0.0" };
    expect(complaints(open)).toEqual([expect.stringContaining("strangers could open the set-up page => set SETUP_TOKEN")]);
    expect(complaints({ ...open, SETUP_TOKEN: "letmein" })).toEqual([expect.stringContaining("SETUP_TOKEN is shorter than 16 characters")]);
    expect(settings({ ...open, SETUP_TOKEN: secret })).toMatchObject({ app: null, setupToken: secret });
  });
});

test(".env.example is the table of variables", () => {
  expect(readFileSync(new URL("../../.env.example", import.meta.url), "utf8")).toBe(environmentExample());
});
