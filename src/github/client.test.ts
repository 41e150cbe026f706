// Which error follows from which answer, on the Octokit that the app uses with a network made of one function.
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { ProbotOctokit } from "probot";
import { manualClock } from "../../test/contract/manual-clock.ts";
import { Parked, Refused, Stale, Transient } from "../model/errors.ts";
import { githubClient } from "./client.ts";
import { RateLimited } from "./failure.ts";
import { createPace } from "./pace.ts";
import { TooMuchAtOnce } from "./types.ts";

const NOW = Date.UTC(2026, 0, 5, 9);
const SECOND = 1_000;
const MERGE = "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge";
const READ = "GET /repositories/{repository_id}";

type Sent = { readonly url: string; readonly method: string; readonly body: string; readonly redirect: string };
type Network = (sent: Sent, signal: AbortSignal) => Promise<Response>;

function speaking(network: Network, options: { readonly parkedWhenMissing?: readonly string[] } = {}) {
  const clock = manualClock(NOW);
  const sent: Sent[] = [];
  const fetch = (url: string, init: { method: string; body: string; redirect: string; signal: AbortSignal }) => {
    const one = { url, method: init.method, body: init.body, redirect: init.redirect };
    sent.push(one);
    return network(one, init.signal);
  };
  const octokit = new ProbotOctokit({ retry: { enabled: false }, throttle: { enabled: false }, request: { fetch } });
  const pace = createPace({ clock, writeSpacingMs: 0 });
  const github = githubClient({ request: (route, parameters) => octokit.request(route, parameters), clock, pace, ...options });
  return { clock, sent, github };
}

const answering =
  (status: number, data: unknown, headers: Readonly<Record<string, string>> = {}): Network =>
  async () =>
    new Response(JSON.stringify(data), { status, headers: { "content-type": "application/json; charset=utf-8", ...headers } });

const inPart = (errors: readonly object[], data: unknown = { repository: { q0_id: "R_1", q1_issues: null } }): Network => answering(200, { data, errors });

/** A server on a port of its own: to a client another host. */
async function listening(answer: RequestListener): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => {
      throw new Error(`nothing was thrown but ${JSON.stringify(value)} returned`);
    },
    (error: unknown) => error,
  );

const said = (message: string) => ({ message, documentation_url: "https://docs.github.com/rest" });
const resetIn = (seconds: number) => ({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / SECOND + seconds) });

type Row = [string, number, unknown, Readonly<Record<string, string>>, abstract new (...given: never[]) => Error, Readonly<Record<string, unknown>>];

describe("REST", () => {
  it.each<Row>([
    ["an expired token", 401, said("Bad credentials"), {}, Transient, { retryAt: NOW }],
    ["a primary limit", 403, said("API rate limit exceeded for installation ID 17."), resetIn(600), Transient, { retryAt: NOW + 600 * SECOND }],
    ["a primary limit as 429", 429, said("API rate limit exceeded"), resetIn(600), Transient, { retryAt: NOW + 600 * SECOND }],
    ["a limit that ends in the past", 403, said("API rate limit exceeded"), resetIn(-600), Transient, { retryAt: NOW + SECOND }],
    ["a limit that ends in a year", 403, said("API rate limit exceeded"), resetIn(31_536_000), Transient, { retryAt: NOW + 65 * 60 * SECOND }],
    [
      "a secondary limit with its time",
      403,
      said("You have exceeded a secondary rate limit."),
      { "retry-after": "90" },
      Transient,
      { retryAt: NOW + 90 * SECOND },
    ],
    ["a secondary limit without a time", 403, said("You have exceeded a secondary rate limit."), {}, Transient, { retryAt: NOW + 60 * SECOND }],
    ["too many requests", 429, said("Too many requests"), {}, Transient, { retryAt: NOW + 60 * SECOND }],
    ["a limit with a date", 429, said("Slow down"), { "retry-after": "Mon, 05 Jan 2026 09:02:00 GMT" }, Transient, { retryAt: NOW + 120 * SECOND }],
    [
      "a missing permission",
      403,
      said("Resource not accessible by integration"),
      { "x-accepted-github-permissions": "contents=write; contents=write,workflows=write" },
      Refused,
      { reason: "Resource not accessible by integration", permission: "contents: write or contents: write and workflows: write" },
    ],
    ["a missing permission without its name", 403, said("Resource not accessible by integration"), {}, Refused, { permission: null }],
    ["another 403", 403, said("Protected branch"), { "x-accepted-github-permissions": "contents=write" }, Refused, { permission: null }],
    ["an archived repository", 403, said("Repository was archived so is read-only."), {}, Parked, {}],
    ["a suspended installation", 403, said("This installation has been suspended"), {}, Parked, {}],
    ["a blocked repository", 451, said("Repository access blocked"), {}, Parked, {}],
    ["nothing there", 404, said("Not Found"), {}, Refused, { permission: null }],
    ["a head that moved", 409, said("Head branch was modified. Review and try the merge again."), {}, Stale, { retryAt: null }],
    ["a base that moved", 405, said("Base branch was modified. Review and try the merge again."), {}, Stale, {}],
    ["a pull request that a list did not show yet", 422, said("A pull request already exists for acme:release/app."), {}, Stale, {}],
    ["what cannot be merged", 405, said("Pull Request is not mergeable"), {}, Refused, {}],
    ["a failed precondition", 412, said("Precondition Failed"), {}, Stale, {}],
    [
      "a validation",
      422,
      { ...said("Validation Failed"), errors: [{ message: "tag name is burnt" }] },
      {},
      Refused,
      { reason: "Validation Failed; tag name is burnt (422)" },
    ],
    ["a server error", 500, said("Server Error"), {}, Transient, { retryAt: null }],
    ["a gateway that gave up", 502, said("Bad Gateway"), {}, Transient, { retryAt: null }],
    ["a server that rests", 503, said("Service unavailable"), {}, Transient, { retryAt: null }],
  ])("%s", async (_, status, data, headers, kind, fields) => {
    const { github, sent } = speaking(answering(status, data, headers));
    const error = await thrownBy(github.rest(MERGE, { owner: "acme", repo: "harbour", pull_number: 7 }));
    expect(error).toBeInstanceOf(kind);
    // One kind of error, not also its neighbour: a Stale is tried at once, a Transient is not.
    expect(error instanceof Stale).toBe(kind === Stale);
    expect(error).toMatchObject(fields);
    expect(sent).toHaveLength(1);
  });

  it("says what was asked and what GitHub answered", async () => {
    const { github } = speaking(answering(403, said("Resource not accessible by integration")));
    await expect(github.rest(MERGE, { owner: "acme", repo: "harbour", pull_number: 7 })).rejects.toThrow(`${MERGE}: Resource not accessible by integration`);
  });

  it("returns what was expected", async () => {
    const { github } = speaking(answering(422, said("Reference already exists")));
    expect(await github.rest("POST /repos/{owner}/{repo}/git/refs", { owner: "acme", repo: "harbour" }, { expected: [422] })).toMatchObject({
      status: 422,
      data: { message: "Reference already exists" },
    });
  });

  it.each([
    ["a limit", answering(403, said("API rate limit exceeded"), resetIn(60)), Transient],
    ["a suspended installation", answering(403, said("This installation has been suspended")), Parked],
  ])("takes %s for no expected 403", async (_, network, kind) => {
    const { github } = speaking(network);
    expect(await thrownBy(github.rest(READ, { repository_id: 1 }, { expected: [403, 404] }))).toBeInstanceOf(kind);
  });

  it("parks when the repository is gone, for the routes that it was told", async () => {
    const { github } = speaking(answering(404, said("Not Found")), { parkedWhenMissing: [READ] });
    expect(await thrownBy(github.rest(READ, { repository_id: 1 }))).toBeInstanceOf(Parked);
    expect(await thrownBy(github.rest("GET /repositories/{repository_id}/releases", { repository_id: 1 }))).toBeInstanceOf(Refused);
  });

  it.each([
    ["parks because the app was uninstalled", 404, "Not Found", Parked],
    ["is refused", 403, "the address is not on the allow list", Refused],
  ])("takes a token that cannot be had for no expected answer: %s", async (_, status, message, kind) => {
    const clock = manualClock(NOW);
    const response = { headers: {}, data: said(message) };
    const minting = { status, response, request: { url: "https://api.github.com/app/installations/17/access_tokens" } };
    const github = githubClient({ request: () => Promise.reject(Object.assign(new Error(message), minting)), clock, pace: createPace({ clock }) });
    expect(await thrownBy(github.rest(READ, { repository_id: 1 }, { expected: [403, 404] }))).toBeInstanceOf(kind);
  });

  it.each([301, 302, 307, 308])("does not follow a write that is redirected (%d)", async (status) => {
    const { github, sent } = speaking(answering(status, {}, { location: "https://api.github.com/repositories/1/merge" }));
    expect(await thrownBy(github.rest(MERGE, { owner: "acme", repo: "harbour", pull_number: 7 }))).toBeInstanceOf(Refused);
    expect(sent).toEqual([expect.objectContaining({ redirect: "manual" })]);
  });

  it("lets a read follow", async () => {
    const { github, sent } = speaking(answering(200, { id: 1 }));
    await github.rest(READ, { repository_id: 1 });
    expect(sent).toEqual([expect.objectContaining({ redirect: "follow", url: "https://api.github.com/repositories/1" })]);
  });

  it("tells its token to nobody else when a read is sent on to another host, and brings the bytes", async () => {
    const told: (string | undefined)[] = [];
    const storage = await listening((request, response) => {
      told.push(request.headers.authorization);
      response.writeHead(200, { "content-type": "application/zip" }).end(Buffer.from([0x50, 0x4b, 0xff]));
    });
    const api = await listening((request, response) => {
      told.push(request.headers.authorization);
      response.writeHead(302, { location: `${storage.address}/archive.zip?sig=x` }).end();
    });
    const clock = manualClock(NOW);
    const octokit = new ProbotOctokit({ baseUrl: api.address, retry: { enabled: false }, throttle: { enabled: false } });
    const request = octokit.request.defaults({ headers: { authorization: "token secret" } });
    const github = githubClient({ request: (route, parameters) => request(route, parameters), clock, pace: createPace({ clock, writeSpacingMs: 0 }) });
    const { data } = await github.rest("GET /archive", {});
    await Promise.all([api.close(), storage.close()]);
    expect(told).toEqual(["token secret", undefined]);
    expect(new Uint8Array(data as ArrayBuffer)).toEqual(new Uint8Array([0x50, 0x4b, 0xff]));
  });

  it("takes an answer that was cut off for none", async () => {
    const { github } = speaking(async () => new Response('[{"name": "v1.0.0"}, {"na', { status: 200, headers: { "content-type": "application/json" } }));
    expect(await thrownBy(github.rest("GET /repos/{owner}/{repo}/tags", { owner: "acme", repo: "harbour" }))).toBeInstanceOf(Transient);
  });

  it("returns a file's own text as it is", async () => {
    const { github } = speaking(
      async () => new Response('{"version": ', { status: 200, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" } }),
    );
    expect((await github.rest("GET /repos/{owner}/{repo}/contents/{path}", { owner: "acme", repo: "harbour", path: "package.json" })).data).toBe(
      '{"version": ',
    );
  });

  it.each([
    [
      "a dropped connection",
      Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }) }),
    ],
    ["a name that is not found", Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }) })],
  ])("%s can be tried again", async (_, error) => {
    const { github, sent } = speaking(() => Promise.reject(error));
    expect(await thrownBy(github.rest(MERGE, { owner: "acme", repo: "harbour", pull_number: 7 }))).toMatchObject({ constructor: Transient, retryAt: null });
    expect(sent).toHaveLength(1);
  });

  it("lets a bug be a bug", async () => {
    const clock = manualClock(NOW);
    const bug = new TypeError("undefined is not a function");
    const github = githubClient({ request: () => Promise.reject(bug), clock, pace: createPace({ clock }) });
    expect(await thrownBy(github.rest(READ, { repository_id: 1 }))).toBe(bug);
  });

  it("shows no token that GitHub's answer repeats", async () => {
    const token = `ghs_${"a1".repeat(20)}`;
    const { github } = speaking(answering(422, said(`bad header ${token}`)));
    expect(String(await thrownBy(github.rest(READ, { repository_id: 1 })))).not.toContain(token);
  });
});

const failed = (type: string, message: string) => ({ data: { repository: null }, errors: [{ type, message, path: ["repository"] }] });

describe("GraphQL", () => {
  const QUERY = "query Tags($owner: String!) { repository(owner: $owner) { id } }";

  it.each<Row>([
    ["a limit", 200, failed("RATE_LIMITED", "API rate limit exceeded for installation ID 17."), resetIn(600), Transient, { retryAt: NOW + 600 * SECOND }],
    ["a secondary limit", 403, said("You have exceeded a secondary rate limit."), { "retry-after": "60" }, Transient, { retryAt: NOW + 60 * SECOND }],
    ["content too fast", 200, failed("UNPROCESSABLE", "was submitted too quickly"), {}, Transient, { retryAt: NOW + 60 * SECOND }],
    ["a branch that moved", 200, failed("STALE_DATA", 'Expected branch to point to "a" but it did not. Pull and try again.'), {}, Stale, {}],
    [
      "a missing permission",
      200,
      failed("FORBIDDEN", "Resource not accessible by integration"),
      {},
      Refused,
      { reason: "Resource not accessible by integration" },
    ],
    ["nothing there", 200, failed("NOT_FOUND", "Could not resolve to a Repository"), {}, Refused, {}],
    ["an archived repository", 200, failed("UNPROCESSABLE", "Repository was archived so is read-only."), {}, Parked, {}],
    ["a rule", 200, failed("UNPROCESSABLE", "Repository rule violations found"), {}, Refused, { reason: "Repository rule violations found" }],
    ["a wrong document", 200, { errors: [{ message: "Field 'x' doesn't exist", extensions: { code: "undefinedField" } }] }, {}, Refused, {}],
    [
      "GitHub gave up",
      200,
      { errors: [{ message: "Something went wrong while executing your query. This may be the result of a timeout" }] },
      {},
      TooMuchAtOnce,
      {},
    ],
    ["a query that is too big", 200, failed("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded."), {}, TooMuchAtOnce, {}],
    ["a gateway that gave up", 502, said("Bad Gateway"), {}, TooMuchAtOnce, {}],
    ["a gateway that waited", 504, "<html>", {}, TooMuchAtOnce, {}],
    ["a server error", 500, said("Server Error"), {}, Transient, { retryAt: null }],
    ["no data and no error", 200, {}, {}, Transient, {}],
  ])("%s", async (_, status, data, headers, kind, fields) => {
    const { github, sent } = speaking(answering(status, data, headers));
    const error = await thrownBy(github.graphql(QUERY, { owner: "acme" }));
    expect(error).toBeInstanceOf(kind);
    expect([error instanceof Stale, error instanceof TooMuchAtOnce]).toEqual([kind === Stale, kind === TooMuchAtOnce]);
    expect(error).toMatchObject(fields);
    expect(sent).toHaveLength(1);
  });

  it("returns the data of an answer without errors", async () => {
    const { github, sent } = speaking(answering(200, { data: { repository: { id: "R_1" } } }));
    expect(await github.graphql(QUERY, { owner: "acme" })).toEqual({ repository: { id: "R_1" } });
    expect(sent).toMatchObject([{ url: "https://api.github.com/graphql", method: "POST" }]);
    expect(JSON.parse(sent[0]!.body)).toEqual({ query: QUERY, variables: { owner: "acme" } });
  });

  const forbidden = { type: "FORBIDDEN", message: "Resource not accessible by integration", path: ["repository", "q1_issues", 0] };

  it("tells of a refused field and returns the rest to whoever asks for that", async () => {
    const { github } = speaking(inPart([forbidden, { ...forbidden, type: "NOT_FOUND", message: "no such issue" }]));
    const refused: unknown[] = [];
    const data = await github.graphql(QUERY, {}, { onRefused: (path, error) => void refused.push([path.join("."), error.constructor, error.reason]) });
    expect(data).toEqual({ repository: { q0_id: "R_1", q1_issues: null } });
    expect(refused).toEqual([
      ["repository.q1_issues.0", Refused, "Resource not accessible by integration"],
      ["repository.q1_issues.0", Refused, "no such issue"],
    ]);
  });

  it("whatever is refused of a mutation concerns that field alone", async () => {
    const rule = { type: "UNPROCESSABLE", message: "Repository rule violations found", path: ["step1"] };
    const { github } = speaking(answering(200, { data: { step0: { ok: true }, step1: null }, errors: [rule] }));
    const refused: unknown[] = [];
    const data = await github.graphql("mutation Steward { step0: a step1: b }", {}, { onRefused: (path, error) => void refused.push([path, error.reason]) });
    expect(data).toEqual({ step0: { ok: true }, step1: null });
    expect(refused).toEqual([[["step1"], rule.message]]);
  });

  it("and to nobody else", async () => {
    const { github } = speaking(inPart([forbidden]));
    expect(await thrownBy(github.graphql(QUERY, {}))).toMatchObject({ constructor: Refused, reason: forbidden.message });
  });

  it.each<[string, readonly object[], unknown, abstract new (...given: never[]) => Error]>([
    ["an error beside it that passes", [forbidden, { message: "Something went wrong while executing your query" }], {}, TooMuchAtOnce],
    ["a limit beside it", [forbidden, { type: "RATE_LIMITED", message: "API rate limit exceeded" }], {}, RateLimited],
    ["an error of another kind beside it", [forbidden, { type: "UNPROCESSABLE", message: "no", path: ["repository"] }], {}, Refused],
    ["a refusal of nothing in particular", [{ ...forbidden, path: undefined }], {}, Refused],
    ["no data at all", [forbidden], null, Refused],
  ])("a refused field never hides %s", async (_, errors, data, kind) => {
    const { github } = speaking(inPart(errors, data));
    expect(await thrownBy(github.graphql(QUERY, {}, { onRefused: () => undefined }))).toBeInstanceOf(kind);
  });

  it("gives up after 30 s", async () => {
    const { github, clock } = speaking(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reject(signal.reason);
          });
        }),
    );
    const thrown = thrownBy(github.graphql(QUERY, {}));
    await clock.advance(30 * SECOND);
    expect(await thrown).toBeInstanceOf(TooMuchAtOnce);
  });
});

it.each([
  ["REST", answering(403, said("API rate limit exceeded"), resetIn(600))],
  ["GraphQL", answering(200, { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }, resetIn(600))],
])("sends nothing more until a limit that %s reported has ended", async (_, network) => {
  const { github, clock, sent } = speaking(network);
  await thrownBy(github.graphql("query { viewer { login } }", {}));
  expect(await thrownBy(github.rest(READ, { repository_id: 1 }))).toMatchObject({ constructor: Transient, retryAt: NOW + 600 * SECOND });
  expect(sent).toHaveLength(1);
  await clock.advance(600 * SECOND);
  await github.rest(READ, { repository_id: 1 }).catch(() => null);
  expect(sent).toHaveLength(2);
});

it("sends no write once whoever asked must write no more, and still reads", async () => {
  const clock = manualClock();
  const routes: string[] = [];
  const github = githubClient({
    request: async (route) => {
      routes.push(route);
      return { status: 200, data: {}, headers: {} };
    },
    clock,
    pace: createPace({ clock, writeSpacingMs: 0 }),
    mayWrite: () => false,
  });
  await expect(github.rest("POST /repositories/{id}/releases", { id: 1 })).rejects.toThrow(Transient);
  await github.rest("GET /repositories/{id}", { id: 1 });
  expect(routes).toEqual(["GET /repositories/{id}"]);
});
