// How the door treats clients without manners, supervisors and passers-by, and what the log keeps of them.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, it, test } from "@jest/globals";
import { converse, deliver, headers, openTestDoor, push, raw, signature } from "../../test/fixtures/door.ts";

/** Whichever of the server's limits is met first: the client is told, or only hung up on. */
const HUNG_UP = /^(?:HTTP\/1\.1 408 |$)/;

describe("a client without manners", () => {
  it("that declares too much is answered before it sends any of it", async () => {
    const { address } = await openTestDoor();
    expect(await converse(address, raw({ "content-length": "400000000" }))).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("that declares no length is answered before it sends any of it", async () => {
    const { address } = await openTestDoor();
    expect(await converse(address, raw({ "transfer-encoding": "chunked" }))).toMatch(/^HTTP\/1\.1 411 /);
  });

  it("that sends slowly is hung up on", async () => {
    const { address, kept } = await openTestDoor({ arrivalMs: 200 });
    expect(await converse(address, `${raw({ "content-length": String(push.length) })}${push.slice(0, -1)}`)).toMatch(HUNG_UP);
    expect(kept).toEqual([]);
  });

  it("that sends its headers slowly is hung up on", async () => {
    const { address } = await openTestDoor({ arrivalMs: 200 });
    expect(await converse(address, "POST / HTTP/1.1\r\nhost: steward\r\n")).toMatch(HUNG_UP);
  });

  it.each([
    ["headers", "POST / HTTP/1.1\r\nhost: steward\r\n"],
    ["a body", `${raw({ "content-length": String(push.length) })}${push.slice(0, -1)}`],
  ])("that holds hundreds of connections and sends %s slowly keeps no delivery out", async (_what, beginning) => {
    const { address, kept } = await openTestDoor();
    const { hostname, port } = new URL(address);
    const sockets: Socket[] = [];
    for (let index = 0; index < 600; index += 1) {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => {});
      await once(socket, "connect");
      socket.write(beginning);
      sockets.push(socket);
    }
    expect(await deliver(address, push)).toMatchObject({ status: 202 });
    expect(kept).toEqual(["5/9"]);
    for (const socket of sockets) socket.destroy();
  });

  it("that sends a header without an end is hung up on", async () => {
    const { address } = await openTestDoor();
    expect(await converse(address, `GET / HTTP/1.1\r\nx: ${"a".repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe("a supervisor", () => {
  it("hears that the process lives and is ready", async () => {
    const { address } = await openTestDoor();
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const ready = await fetch(`${address}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: "ready", queue: { waiting: 1, running: 0, failing: 0 }, github: { reached: false, at: null } });
  });

  it("hears that it is not ready while it drains, and lives all the same", async () => {
    const { address } = await openTestDoor({ isDraining: () => true });
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  it("hears that it is not ready when the queue does not answer", async () => {
    const { address } = await openTestDoor({
      counts: async () => {
        throw new Error("disk I/O error");
      },
    });
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
  });
});

describe("pages", () => {
  it("say what lives here and run nothing", async () => {
    const { address } = await openTestDoor();
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none';style-src 'sha256-/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toContain("<h1>Release Steward</h1>");
  });

  it.each(["/probot", "/probot/import", "/probot/setup", "/ping", "/.env", "/setup/callback", "/api/github/webhooks"])("are nothing at %s", async (path) => {
    const { address } = await openTestDoor();
    const response = await fetch(address + path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("there is nothing here\n");
  });

  it("are nothing for a POST to Probot's import", async () => {
    const { address } = await openTestDoor();
    const response = await fetch(`${address}/probot/import`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"pem":"x"}' });
    expect(response.status).toBe(404);
  });
});

test("no header and no body reaches the log, whatever becomes of the delivery", async () => {
  const { address, lines } = await openTestDoor({
    put: async () => {
      throw new Error("the token ghs_abcdefghijklmnopqrstuvwxyz0123456789 expired");
    },
  });
  await deliver(address, push, headers(push, { authorization: "Bearer hush" }));
  await deliver(address, push, headers(push, { "x-hub-signature-256": signature("other"), cookie: "session=hush" }));
  await fetch(`${address}/setup/callback?code=hush`);
  const text = lines.join("");
  expect(text).toContain("a delivery could not be kept");
  expect(text).not.toMatch(/hush|ghs_|sha256=|refs\/heads/);
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
});
