// For the tests of the stand-in: an organization with a repository, people and an installed app, and clients that ask
// the API as each of them.
import { createSign, generateKeyPairSync } from "node:crypto";
import { commitFiles } from "./git/fixture.ts";
import type { Sha } from "./git/types.ts";
import type { StandIn, StandInOptions } from "./stand-in.ts";
import { startStandIn } from "./start.ts";
import type { Access, App, Delivery, Installation, Repository } from "./world/types.ts";

/** JSON of whichever shape: what a test reads of it, it asserts. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;
type Answer = { readonly status: number; readonly body: Json; readonly headers: Headers };
/** `path` is under `/api/v3`, with its query. */
export type Client = (method: string, path: string, body?: unknown) => Promise<Answer>;
type Sent = { readonly delivery: Delivery; readonly headers: Readonly<Record<string, string>>; readonly payload: Json };

export type Scene = {
  readonly standIn: StandIn;
  readonly repository: Repository;
  readonly app: App;
  readonly installation: Installation;
  readonly privateKey: string;
  /** Administrates the repository, writes to it, may only read it, has a JWT, is nobody. */
  readonly kim: Client;
  readonly lee: Client;
  readonly sam: Client;
  readonly asApp: Client;
  readonly nobody: Client;
  /** With an installation token; fewer permissions than the installation has when given. */
  readonly bot: (permissions?: Readonly<Record<string, Access>>) => Promise<Client>;
  /** Commits files on a branch, made from `main` when there is none, as a push by lee. */
  readonly push: (branch: string, files: Readonly<Record<string, string | null>>, message?: string) => Promise<Sha>;
  readonly headOf: (branch: string) => Sha | null;
  /** Opens a pull request of lee's from that branch. Returns its number. */
  readonly open: (branch: string, title?: string) => Promise<number>;
  /** What was sent since the last call, as `event.action`. */
  readonly heard: () => Promise<readonly string[]>;
  readonly sent: Sent[];
};

export const REPO = "/repos/acme/app";
const EVENTS = "repository push create delete pull_request pull_request_review issues issue_comment check_run check_suite release label milestone status".split(
  " ",
);
const PERMISSIONS = { metadata: "read", contents: "write", pull_requests: "write", issues: "write", checks: "write", statuses: "write" } as const;

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
export const jwtOf = (privateKey: string, claims: object, algorithm = "RS256"): string => {
  const text = `${encoded({ alg: algorithm, typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
};

export const clientOf =
  (standIn: StandIn, authorization: () => string | null): Client =>
  async (method, path, body) => {
    const authorized = authorization();
    const headers = { "content-type": "application/json", ...(authorized === null ? {} : { authorization: authorized }) };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await standIn.handle(new Request(`http://any.test/api/v3${path}`, init));
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  };

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** Where who goes beyond a rate limit is refused. */
export const inLimits = (use: (scene: Scene) => Promise<void>): Promise<void> => inScene(use, { limits: "enforced" });

/** Where git's own clients are served. */
export const inSceneOnDisk = (use: (scene: Scene) => Promise<void>): Promise<void> => inScene(use, { git: "disk" });

/** A new scene for each use, in memory; the receiver of webhooks answers 200 unless `deliver` says otherwise. */
export const inScene = async (
  use: (scene: Scene) => Promise<void>,
  { git = "memory", deliver = () => Promise.resolve(200), limits = "counted" }: Pick<StandInOptions, "git" | "deliver" | "limits"> = {},
): Promise<void> => {
  const sent: Sent[] = [];
  const standIn = await startStandIn({
    clock: "manual",
    git,
    limits,
    deliver: (delivery, headers) => {
      sent.push({ delivery, headers, payload: JSON.parse(delivery.body) });
      return deliver(delivery, headers);
    },
  });
  try {
    await use(await sceneOf(standIn, sent));
  } finally {
    await standIn.close();
  }
};

const sceneOf = async (standIn: StandIn, sent: Sent[]): Promise<Scene> => {
  const { world, operations } = standIn;
  standIn.addUser("acme", { type: "Organization" });
  for (const [login, name] of [
    ["kim", "Kim"],
    ["lee", "Lee"],
    ["sam", "Sam"],
  ] as const)
    standIn.addUser(login, { name });
  const repository = await standIn.addRepository("acme", "app", { collaborators: { kim: "admin", lee: "write" } });
  const app = standIn.addApp({
    slug: "steward",
    publicKey: keys.publicKey,
    permissions: PERMISSIONS,
    events: EVENTS,
    webhook: { url: "http://steward.test/", secret: "secret" },
  });
  const installation = standIn.install(app, "acme");
  const person = (login: string): Client => {
    const token = standIn.tokenFor(login);
    return clientOf(standIn, () => `Bearer ${token}`);
  };
  const seconds = (): number => Math.floor(world.now() / 1000);
  const asApp = clientOf(standIn, () => `Bearer ${jwtOf(keys.privateKey, { iss: String(app.id), iat: seconds(), exp: seconds() + 540 })}`);
  const lee = person("lee");
  const { git } = repository;
  const headOf = (branch: string): Sha | null => git.refs().get(`refs/heads/${branch}`) ?? null;

  const push: Scene["push"] = async (branch, files, message = `feat: ${branch}`) => {
    const parent = headOf(branch) ?? headOf("main");
    const sha = await commitFiles(git, parent === null ? [] : [parent], files, message);
    await operations.updateRefs(standIn.actorFor("lee"), repository, [{ name: `refs/heads/${branch}`, before: headOf(branch), after: sha, force: false }]);
    return sha;
  };
  await push("main", { "README.md": "# app\n" }, "chore: begin");
  await standIn.delivered();
  sent.length = 0;
  let told = 0;
  return {
    standIn,
    repository,
    app,
    installation,
    privateKey: keys.privateKey,
    kim: person("kim"),
    lee,
    sam: person("sam"),
    asApp,
    nobody: clientOf(standIn, () => null),
    async bot(permissions) {
      const { body } = await asApp("POST", `/app/installations/${installation.id}/access_tokens`, permissions === undefined ? undefined : { permissions });
      return clientOf(standIn, () => `token ${body.token}`);
    },
    push,
    headOf,
    async open(branch, title = `feat: ${branch}`) {
      const { body } = await lee("POST", `${REPO}/pulls`, { title, head: branch, base: "main", body: "Words" });
      return body.number;
    },
    async heard() {
      await standIn.delivered();
      const fresh = sent.slice(told).map(({ delivery: { event, action } }) => (action === null ? event : `${event}.${action}`));
      told = sent.length;
      return fresh;
    },
    sent,
  };
};
