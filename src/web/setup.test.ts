// The set-up from the first page to the file, with GitHub played for its one route; and everyone who should not get there.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { readEnvironment } from "../settings/environment.ts";
import type { Environment } from "../settings/environment.ts";
import { startSetup } from "../start-setup.ts";
import { createLog } from "./log.ts";

const website = "http://github.test";
let pem = "";
beforeAll(() => {
  pem = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
});

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});

async function begin(answer: { readonly status: number; readonly body: object } | null = null) {
  const dataDirectory = mkdtempSync(join(tmpdir(), "release-steward-setup-"));
  const variables = { PUBLIC_URL: "https://steward.test", DATA_DIRECTORY: dataDirectory, PORT: "0" };
  const result = readEnvironment(variables, () => "");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const environment: Environment = { ...result.value, githubApiUrl: `${website}/api/v3` };
  const redeemed: string[] = [];
  const lines: string[] = [];
  const setup = await startSetup({
    environment,
    log: createLog("debug", { write: (line) => void lines.push(line) }),
    fetch: async (input) => {
      redeemed.push(new Request(input).url);
      const { status, body } = answer ?? {
        status: 201,
        body: { id: 321, slug: "steward", html_url: `${website}/apps/steward`, pem, webhook_secret: "c0ffee0123456789abcdef", client_secret: "hush" },
      };
      return Response.json(body, { status });
    },
  });
  undo.push(async () => {
    await setup.stop();
    rmSync(dataDirectory, { recursive: true });
  });
  return { setup, redeemed, lines, file: join(dataDirectory, ".env"), origin: new URL(setup.address).origin };
}

function unescape(html = ""): string {
  return html.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** What a browser does with the first page: keeps the cookie, and reads where the button leads. */
async function visit(address: string) {
  const response = await fetch(address);
  const text = await response.text();
  const cookie = response.headers.get("set-cookie") ?? "";
  const target = unescape(text.match(/<form method="post" action="([^"]*)"/)?.[1]);
  const manifest: unknown = JSON.parse(unescape(text.match(/name="manifest" value="([^"]*)"/)?.[1]) || "null");
  return { response, text, cookie, target, manifest, state: target === "" ? "" : (new URL(target).searchParams.get("state") ?? "") };
}

function comeBack(origin: string, query: Readonly<Record<string, string>>, cookie: string): Promise<Response> {
  return fetch(`${origin}/setup/callback?${String(new URLSearchParams(query))}`, { headers: { cookie: cookie.split(";")[0] ?? "" } });
}

describe("the set-up", () => {
  it("ends with credentials that the app starts with, in a file that only its account reads", async () => {
    const { setup, redeemed, file, origin, lines } = await begin();
    const { cookie, state, target, manifest, response } = await visit(setup.address);
    expect(target).toMatch(/^http:\/\/github\.test\/settings\/apps\/new\?state=[\w-]{43}$/);
    expect(response.headers.get("content-security-policy")).toContain("form-action 'self' http://github.test");
    expect(cookie).toMatch(/; Path=\/setup; HttpOnly; SameSite=Lax; Max-Age=3600$/);
    expect(manifest).toMatchObject({
      url: "https://steward.test",
      hook_attributes: { url: "https://steward.test/api/github/webhooks", active: true },
      redirect_url: `${origin}/setup/callback`,
      public: false,
    });

    const done = await comeBack(origin, { code: "a1b2c3", state }, cookie);
    expect(done.status).toBe(200);
    const page = await done.text();
    expect(page).toContain(`<a href="${website}/apps/steward/installations/new">install the app</a>`);
    expect(page).not.toMatch(/BEGIN|c0ffee|hush/);
    expect(redeemed).toEqual([`${website}/api/v3/app-manifests/a1b2c3/conversions`]);
    await setup.registered;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const environment = readEnvironment(parseEnv(readFileSync(file, "utf8")), () => "");
    expect(environment).toMatchObject({ ok: true, value: { app: { appId: 321, webhookSecret: "c0ffee0123456789abcdef" } } });
    expect(lines.join("")).not.toMatch(/BEGIN|c0ffee|hush|a1b2c3/);
  });

  it("can be for an organization", async () => {
    const { setup } = await begin();
    const { target, manifest } = await visit(`${setup.address}&organization=acme`);
    expect(target).toMatch(/^http:\/\/github\.test\/organizations\/acme\/settings\/apps\/new\?state=/);
    expect(manifest).toMatchObject({ name: "Release Steward acme" });
    const { target: own } = await visit(`${setup.address}&organization=../evil`);
    expect(own).toMatch(/^http:\/\/github\.test\/settings\/apps\/new\?state=/);
  });

  it("sends the person back to the public address when they came by it", async () => {
    const { setup } = await begin();
    const { port, search } = new URL(setup.address);
    // `fetch` sets Host itself.
    const { request } = await import("node:http");
    const text = await new Promise<string>((resolve, reject) => {
      request({ port, path: `/${search}`, headers: { host: "steward.test" } }, (response) => {
        let body = "";
        response.on("data", (chunk) => (body += String(chunk))).on("end", () => resolve(body));
      })
        .on("error", reject)
        .end();
    });
    expect(text).toContain("https://steward.test/setup/callback");
  });
});

describe("the set-up refuses", () => {
  it.each(["", "?token=", "?token=guess", "?token=guess&token=other"])("a visitor without the token: %s", async (query) => {
    const { origin } = await begin();
    const { response, text } = await visit(`${origin}/${query}`);
    expect(response.status).toBe(403);
    expect(text).not.toContain("<form");
  });

  it("a return that nobody left for", async () => {
    const { origin, redeemed, file } = await begin();
    expect((await comeBack(origin, { code: "a1b2c3", state: "" }, "release-steward-setup=")).status).toBe(403);
    expect([redeemed, existsSync(file)]).toEqual([[], false]);
  });

  it("another state, another browser, and a state that was used", async () => {
    const { setup, origin, redeemed } = await begin();
    const { cookie, state } = await visit(setup.address);
    expect((await comeBack(origin, { code: "a1b2c3", state: `${state.slice(0, -1)}!` }, cookie)).status).toBe(403);
    expect((await comeBack(origin, { code: "a1b2c3", state }, "release-steward-setup=other")).status).toBe(403);
    expect((await comeBack(origin, { code: "a1b2c3", state }, "")).status).toBe(403);
    expect(redeemed).toEqual([]);
    expect((await comeBack(origin, { code: "a1b2c3", state }, cookie)).status).toBe(200);
    expect((await comeBack(origin, { code: "a1b2c3", state }, cookie)).status).toBe(403);
    expect(redeemed).toHaveLength(1);
  });

  it.each(["", "../../repos", "a b", "a".repeat(200)])("a code that is none: %s", async (code) => {
    const { setup, origin, redeemed } = await begin();
    const { cookie, state } = await visit(setup.address);
    expect((await comeBack(origin, { code, state }, cookie)).status).toBe(400);
    expect(redeemed).toEqual([]);
  });

  it("to overwrite what is there", async () => {
    const { setup, origin, file, redeemed } = await begin();
    const { cookie, state } = await visit(setup.address);
    writeFileSync(file, "APP_ID=1\n");
    expect((await comeBack(origin, { code: "a1b2c3", state }, cookie)).status).toBe(409);
    expect((await visit(setup.address)).response.status).toBe(409);
    expect([readFileSync(file, "utf8"), redeemed]).toEqual(["APP_ID=1\n", []]);
  });

  it.each([
    ["GitHub does not know the code", { status: 404, body: { message: "Not Found" } }],
    ["GitHub's answer lacks the key", { status: 201, body: { id: 321, html_url: `${website}/apps/steward`, webhook_secret: "c0ffee0123456789abcdef" } }],
  ])("to finish when %s, and quotes nothing of it", async (_title, answer) => {
    const { setup, origin, file, lines } = await begin(answer);
    const { cookie, state } = await visit(setup.address);
    expect((await comeBack(origin, { code: "a1b2c3", state }, cookie)).status).toBe(502);
    expect(existsSync(file)).toBe(false);
    expect(lines.join("")).toContain("the registration was not completed");
    expect(lines.join("")).not.toContain("c0ffee");
  });

  it("deliveries, and anything to import", async () => {
    const { origin } = await begin();
    for (const path of ["/api/github/webhooks", "/probot/import", "/probot/setup"]) expect((await fetch(origin + path, { method: "POST" })).status).toBe(404);
  });
});
