// A stand-in with a repository, people and an app in it, and clients that talk to it as each of them, through the same
// door as every request. For tests of the stand-in's contract.
import { execFileSync } from "node:child_process";
import { createSign, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StandIn } from "../../sandbox/stand-in.ts";
import { startStandIn } from "../../sandbox/start.ts";

/** JSON of whichever shape: what a test reads of it, it asserts. */
// oxlint-disable-next-line typescript/no-explicit-any -- answers are checked against GitHub's description, not against types of ours
export type Answer = { readonly status: number; readonly body: any };
export type Client = (method: string, path: string, body?: unknown) => Promise<Answer>;
export type Driven = {
  readonly standIn: StandIn;
  /** Administrates acme/tool. */
  readonly ada: Client;
  /** May write to it. */
  readonly bob: Client;
  /** With a JWT. */
  readonly app: Client;
  /** With an installation token on acme. */
  readonly bot: Client;
  readonly graphql: (client: Client, query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

const PERMISSIONS = {
  checks: "write",
  contents: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "write",
  metadata: "read",
  administration: "write",
  members: "read",
  actions: "write",
  workflows: "write",
  attestations: "read",
  deployments: "write",
} as const;
const EVENTS = [
  "push",
  "create",
  "delete",
  "pull_request",
  "pull_request_review",
  "issues",
  "issue_comment",
  "label",
  "milestone",
  "check_run",
  "check_suite",
  "release",
  "status",
  "workflow_run",
  "deployment",
  "deployment_status",
  "repository",
  "team",
  "membership",
];

/** `started` gets the stand-in while it is empty: nothing has been sent yet. */
export async function drive(started: (standIn: StandIn) => void): Promise<Driven> {
  const standIn = await startStandIn({ clock: "manual", deliver: () => Promise.resolve(200) });
  started(standIn);
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  standIn.addUser("acme", { type: "Organization" });
  standIn.addUser("ada", { name: "Ada Lovelace" });
  standIn.addUser("bob");
  const from = history();
  await standIn.addRepository("acme", "tool", { from, collaborators: { ada: "admin", bob: "write" } });
  rmSync(from, { recursive: true });
  const registered = standIn.addApp({
    slug: "steward",
    publicKey,
    permissions: PERMISSIONS,
    events: EVENTS,
    webhook: { url: "http://steward.test/hook", secret: "secret" },
  });
  const installation = standIn.install(registered, "acme");

  const app: Client = (method, path, body) => ask(standIn, `Bearer ${jwt(registered.id, standIn.world.now(), privateKey)}`, method, path, body);
  const { body } = await app("POST", `/app/installations/${installation.id}/access_tokens`);
  const asUser =
    (token: string): Client =>
    (method, path, body) =>
      ask(standIn, `Bearer ${token}`, method, path, body);
  return {
    standIn,
    app,
    ada: asUser(standIn.tokenFor("ada")),
    bob: asUser(standIn.tokenFor("bob")),
    bot: asUser((body as { token: string }).token),
    graphql: (client, query, variables = {}) => client("POST", "/api/graphql", { query, variables }),
    close: standIn.close,
  };
}

async function ask(standIn: StandIn, authorization: string, method: string, path: string, body: unknown): Promise<Answer> {
  const address = `${standIn.world.url}${path.startsWith("/api/") ? path : `/api/v3${path}`}`;
  const headers = { authorization, accept: "application/vnd.github+json", "content-type": "application/json" };
  const response = await standIn.handle(new Request(address, { method, headers, body: body === undefined ? null : JSON.stringify(body) }));
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

/** RS256, good for the nine minutes that GitHub allows with room for a clock that goes wrong. */
function jwt(appId: number, now: number, privateKey: string): string {
  const issuedAt = Math.floor(now / 1000);
  const signed = `${encoded({ alg: "RS256", typ: "JWT" })}.${encoded({ iat: issuedAt - 30, exp: issuedAt + 540, iss: String(appId) })}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** A local repository: two commits on main, the first of them tagged v1.0.0. */
function history(): string {
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  const date = "2025-12-01T00:00:00Z";
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.com", "-C", folder, ...words], { env });
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(folder, "README.md"), "# Tool\n");
  git("add", ".");
  git("commit", "--quiet", "--message=feat: begin");
  git("tag", "--annotate", "v1.0.0", "--message=v1.0.0");
  writeFileSync(join(folder, "index.js"), "export const answer = 42;\n");
  git("add", ".");
  git("commit", "--quiet", "--message=feat: an answer");
  return folder;
}
