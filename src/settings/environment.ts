// What the operator sets: environment variables in, settings or problems out. One table holds every name, its default and
// its meaning; `.env.example` is that table. Nothing here has an effect: the caller brings the variables and reads the file.
import { createPrivateKey } from "node:crypto";
import type { SigningSettings } from "../act/signing/open-signer.ts";
import type { Problem, Result } from "../model/problem.ts";
import { readDatabaseUrl } from "./database-url.ts";
import { isLoopback, isNear } from "./hosts.ts";
import { secretWeakness } from "./secret-weakness.ts";
import type { VariableName } from "./variables.ts";
import { VARIABLES } from "./variables.ts";

export type AppCredentials = {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
};

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = {
  /** Null: nothing is registered on GitHub yet, so only the set-up page is served. */
  readonly app: AppCredentials | null;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Where the queue is when several replicas share it; null for a file in the data directory. Holds a password. */
  readonly databaseUrl: string | null;
  /** Absolute or relative to where the process started. Holds the queue and, after the set-up, `.env`. */
  readonly dataDirectory: string;
  readonly logLevel: LogLevel;
  /** Origin and path of the API without a final slash. */
  readonly githubApiUrl: string;
  /** Origin at which GitHub and people reach this server; null when it was not said. */
  readonly publicUrl: string | null;
  readonly setupToken: string | null;
  /** The key that tags are signed with, not opened yet; null for none. */
  readonly signing: SigningSettings | null;
  /** Least time between two writes to one installation. */
  readonly writeSpacingMs: number;
  readonly sweepMs: number;
};

/** Variables that are not set and those that are set to nothing are the same. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * @param readFile Reads the text of PRIVATE_KEY_PATH and TAG_SIGNING_KEY_PATH; throws when it can't.
 * @returns the settings, or every problem at once.
 */
export function readEnvironment(variables: Variables, readFile: (path: string) => string): Result<Environment> {
  const problems: Problem[] = [];
  const complain = (message: string, hint: string): null => {
    problems.push({ severity: "error", message, path: null, line: null, column: null, hint });
    return null;
  };
  const read = reader(variables, complain);

  const environment = {
    databaseUrl: databaseUrl(read, complain),
    host: read.text("HOST") ?? VARIABLES.HOST.fallback,
    port: read.integer("PORT", 0, 65_535),
    dataDirectory: read.text("DATA_DIRECTORY") ?? VARIABLES.DATA_DIRECTORY.fallback,
    logLevel: read.oneOf("LOG_LEVEL", LOG_LEVELS),
    githubApiUrl: read.address("GITHUB_API_URL"),
    publicUrl: read.address("PUBLIC_URL"),
    setupToken: read.secret("SETUP_TOKEN"),
    signing: readSigning(read, readFile, complain),
    writeSpacingMs: read.integer("WRITE_SPACING_MS", 0, 60_000),
    sweepMs: read.integer("SWEEP_MINUTES", 1, 1440) * 60_000,
  };
  const asks = (["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"] as const).some((name) => read.text(name) !== null);
  const app = asks ? readCredentials(read, readFile, complain) : null;
  if (!asks) complainOfSetup(read, environment.host, complain);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { ...environment, githubApiUrl: environment.githubApiUrl ?? VARIABLES.GITHUB_API_URL.fallback, app } };
}

type Complain = (message: string, hint: string) => null;
type Reader = ReturnType<typeof reader>;

function reader(variables: Variables, complain: Complain) {
  const text = (name: VariableName): string | null => {
    const value = variables[name]?.trim() ?? "";
    return value === "" ? null : value;
  };
  const integer = (name: "PORT" | "WRITE_SPACING_MS" | "SWEEP_MINUTES", least: number, most: number): number => {
    const found = text(name) ?? VARIABLES[name].fallback;
    const value = /^\d{1,9}$/.test(found) ? Number(found) : Number.NaN;
    if (value >= least && value <= most) return value;
    complain(`${name}: expected a whole number from ${least} to ${most}, found "${found}"`, `unset it for ${VARIABLES[name].fallback}`);
    return Number(VARIABLES[name].fallback);
  };
  const oneOf = <T extends string>(name: "LOG_LEVEL", allowed: readonly T[]): T | LogLevel => {
    const found = text(name) ?? VARIABLES[name].fallback;
    const value = allowed.find((candidate) => candidate === found);
    if (value === undefined) complain(`${name}: found "${found}"`, `use one of ${allowed.join(", ")}`);
    return value ?? "info";
  };
  const address = (name: "GITHUB_API_URL" | "PUBLIC_URL"): string | null => {
    const found = text(name);
    if (found === null) return null;
    const url = URL.parse(found);
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "" || url.hash !== "") {
      return complain(`${name}: "${found}" is not an http address`, "write it like https://steward.example.com");
    }
    if (url.protocol === "http:" && !isNear(url.hostname)) {
      return complain(`${name}: ${found} would carry secrets in the clear`, "use https; plain http is accepted for this machine and for names without a dot");
    }
    return url.href.replace(/\/+$/, "");
  };
  const secret = (name: "SETUP_TOKEN" | "WEBHOOK_SECRET"): string | null => {
    const found = text(name);
    const weakness = found === null ? null : secretWeakness(found);
    if (weakness !== null) return complain(`${name} ${weakness}`, HOW_TO_MAKE[name]);
    return found;
  };
  return { text, integer, oneOf, address, secret };
}

const HOW_TO_MAKE = {
  WEBHOOK_SECRET: "make one with `openssl rand -hex 32` and enter the same in the app's settings on GitHub",
  SETUP_TOKEN: "make one with `openssl rand -hex 32`",
};

function databaseUrl(read: Reader, complain: Complain): string | null {
  const given = read.text("DATABASE_URL");
  if (given === null) return null;
  const found = readDatabaseUrl(given);
  return "url" in found ? found.url : complain(found.message, found.hint);
}

function readCredentials(read: Reader, readFile: (path: string) => string, complain: Complain): AppCredentials | null {
  const id = read.text("APP_ID");
  if (id === null || !/^[1-9]\d{0,14}$/.test(id)) {
    complain(id === null ? "APP_ID is not set" : `APP_ID: expected a number, found "${id}"`, "it is shown as App ID on the app's settings page on GitHub");
  }
  if (read.text("WEBHOOK_SECRET") === null) complain("WEBHOOK_SECRET is not set: anyone could send webhooks", HOW_TO_MAKE.WEBHOOK_SECRET);
  const webhookSecret = read.secret("WEBHOOK_SECRET");
  const privateKey = readPrivateKey(read, readFile, complain);
  if (id === null || webhookSecret === null || privateKey === null) return null;
  return { appId: Number(id), privateKey, webhookSecret };
}

function readPrivateKey(read: Reader, readFile: (path: string) => string, complain: Complain): string | null {
  const given = read.text("PRIVATE_KEY");
  const path = read.text("PRIVATE_KEY_PATH");
  if (given === null && path === null) {
    return complain("PRIVATE_KEY is not set", "generate one on the app's settings page on GitHub and set PRIVATE_KEY_PATH to the downloaded file");
  }
  try {
    const key = createPrivateKey(keyText(given ?? readFile(path ?? "")));
    if (key.asymmetricKeyType === "rsa") return key.export({ type: "pkcs8", format: "pem" }).toString();
  } catch {
    // The cause is withheld: it could quote the key.
  }
  const name = given === null ? `PRIVATE_KEY_PATH: ${path}` : "PRIVATE_KEY";
  return complain(
    `${name} holds no private key that can be read`,
    "it is the .pem file from GitHub: its text, its text in base64, or its path in PRIVATE_KEY_PATH",
  );
}

/** On lines of its own, whether it was given so, on one line with `\\n`, or in base64. */
function keyText(given: string): string {
  return given.includes("-----BEGIN") ? given.replaceAll("\\n", "\n") : Buffer.from(given, "base64").toString("utf8");
}

const SIGNING_VARIABLES = ["TAG_SIGNING_PASSPHRASE", "TAG_SIGNER"] as const;

/** What the key is, and whether it opens, is found out once, before the app starts. */
function readSigning(read: Reader, readFile: (path: string) => string, complain: Complain): SigningSettings | null {
  const given = read.text("TAG_SIGNING_KEY");
  const path = read.text("TAG_SIGNING_KEY_PATH");
  if (given === null && path === null) {
    const lonely = SIGNING_VARIABLES.find((name) => read.text(name) !== null);
    if (lonely !== undefined) complain(`${lonely} is set and there is no key that it is for`, "set TAG_SIGNING_KEY or TAG_SIGNING_KEY_PATH");
    return null;
  }
  const from = given === null ? `TAG_SIGNING_KEY_PATH: ${path}` : "TAG_SIGNING_KEY";
  try {
    const key = keyText(given ?? readFile(path ?? ""));
    return { from, key, passphrase: read.text("TAG_SIGNING_PASSPHRASE"), tagger: read.text("TAG_SIGNER") };
  } catch {
    return complain(`${from} can't be read`, "check that the file is there and that this process may read it");
  }
}

/** The set-up page hands over the app's credentials, so who may open it is settled before it exists. */
function complainOfSetup(read: Reader, host: string, complain: Complain): void {
  if (read.text("PUBLIC_URL") === null) {
    complain(
      "neither APP_ID nor PUBLIC_URL is set",
      "to register a new app set PUBLIC_URL to the address at which GitHub reaches this server; for an app that exists set APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET",
    );
  }
  if (!isLoopback(host) && read.text("SETUP_TOKEN") === null) {
    complain(`HOST is ${host}, so strangers could open the set-up page`, "set SETUP_TOKEN (`openssl rand -hex 32`), or HOST to 127.0.0.1");
  }
}
