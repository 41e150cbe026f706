// Which deliveries get past the door, and what GitHub is answered.
import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, test } from "@jest/globals";
import { converse, deliver, headers, openTestDoor, push, raw, signature } from "../../test/fixtures/door.ts";

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers(push)).filter(([header]) => header !== name));
}

describe("a signed delivery", () => {
  it("wakes its repository and is accepted", async () => {
    const { address, kept } = await openTestDoor();
    expect(await deliver(address, push)).toEqual({ status: 202, text: "" });
    expect(kept).toEqual(["5/9"]);
  });

  it("is answered only when its key is on disk", async () => {
    const disk = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { address } = await openTestDoor({
      put: async () => {
        asked.resolve();
        await disk.promise;
      },
    });
    let answered = false;
    const answer = deliver(address, push).then((got) => {
      answered = true;
      return got;
    });
    await asked.promise;
    // A whole exchange later the first is still unanswered.
    await fetch(`${address}/healthz`);
    expect(answered).toBe(false);
    disk.resolve();
    expect(await answer).toMatchObject({ status: 202 });
  });

  it("is answered 500 when the disk refuses, so that GitHub lists it as failed", async () => {
    const { address } = await openTestDoor({
      put: async () => {
        throw new Error("disk full");
      },
    });
    expect(await deliver(address, push)).toMatchObject({ status: 500 });
  });

  it("of an event that nothing listens to is accepted and wakes nobody", async () => {
    const { address, kept, lines } = await openTestDoor();
    for (const event of ["ping", "star", "constructor", "error"])
      expect(await deliver(address, push, headers(push, { "x-github-event": event }))).toMatchObject({ status: 202 });
    expect(kept).toEqual([]);
    expect(lines.join("")).not.toContain('"level":"error"');
  });

  it("is accepted from an address that sent many wrong ones", async () => {
    const { address, kept } = await openTestDoor();
    const wrong = headers(push, { "x-hub-signature-256": signature(push, "another secret") });
    const statuses: number[] = [];
    for (let index = 0; index < 40; index += 1) statuses.push((await deliver(address, push, wrong)).status);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(await deliver(address, push)).toMatchObject({ status: 202 });
    expect(kept).toEqual(["5/9"]);
  });

  it("with other headers wakes nothing but the repository that was signed", async () => {
    const { address, kept } = await openTestDoor();
    for (const event of ["push", "pull_request", "issues"])
      await deliver(address, push, headers(push, { "x-github-event": event, "x-github-delivery": event.replace("_", "-") }));
    expect(await deliver(address, push, headers(push, { "x-github-event": "installation" }))).toMatchObject({ status: 202 });
    expect(new Set(kept)).toEqual(new Set(["5/9"]));
  });
});

describe("a delivery is refused", () => {
  it("when any byte of it was changed", async () => {
    const { address, kept } = await openTestDoor();
    const given = headers(push);
    // One bit, the bit that makes it no ASCII, all bits.
    for (const flip of [0x01, 0x80, 0xff]) {
      for (let index = 0; index < push.length; index += 1) {
        const body = Buffer.from(push);
        body[index] = body[index]! ^ flip;
        const { status } = await deliver(address, body, given);
        expect([flip, index, [401, 429].includes(status)]).toEqual([flip, index, true]);
      }
    }
    expect(kept).toEqual([]);
  });

  it("when it is signed as text but not as bytes", async () => {
    const { address, kept } = await openTestDoor();
    // Both decode to the same text, because a byte that is no UTF-8 becomes a replacement character.
    const signed = Buffer.from(`${push.slice(0, -1)},"x":"\uFFFD"}`);
    const sent = Buffer.from(signed.toString("latin1").replace("\xEF\xBF\xBD", "\xFF"), "latin1");
    expect(sent.toString("utf8")).toBe(signed.toString("utf8"));
    expect(await deliver(address, sent, headers(signed))).toMatchObject({ status: 401 });
    expect(kept).toEqual([]);
  });

  it.each<[string, Record<string, string>, number]>([
    ["it is signed with another secret", headers(push, { "x-hub-signature-256": signature(push, "development") }), 401],
    ["it is not signed", without("x-hub-signature-256"), 401],
    ["its signature is cut short", headers(push, { "x-hub-signature-256": signature(push).slice(0, -1) }), 401],
    ["it is signed the old way", headers(push, { "x-hub-signature-256": `sha1=${"a".repeat(40)}` }), 401],
    ["it names no event", without("x-github-event"), 400],
    ["its event is no name", headers(push, { "x-github-event": "__proto__" }), 400],
    ["it has no number", without("x-github-delivery"), 400],
    ["its number is no number", headers(push, { "x-github-delivery": "a b" }), 400],
    ["it is a form", headers(push, { "content-type": "application/x-www-form-urlencoded" }), 415],
    ["it is text", headers(push, { "content-type": "text/plain" }), 415],
    ["it is compressed", headers(push, { "content-encoding": "gzip" }), 415],
  ])("when %s", async (_title, given, status) => {
    const { address, kept } = await openTestDoor();
    expect(await deliver(address, push, given)).toMatchObject({ status });
    expect(kept).toEqual([]);
  });

  it.each(["null", '"text"', "{", ""])("when it is signed but is no object: %s", async (body) => {
    const { address } = await openTestDoor();
    expect((await deliver(address, body)).status).toBe(body === "" ? 401 : 400);
  });
});

test("large deliveries are received as far as there is room for the largest, small ones meanwhile", async () => {
  const { address, kept } = await openTestDoor();
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(raw({ "content-length": "25000000", expect: "100-continue" }));
  // Answered after the headers were looked at: from here on it counts.
  await once(socket, "data");
  expect(await converse(address, raw({ "content-length": "10000000" }))).toMatch(/^HTTP\/1\.1 503 /);
  expect(await deliver(address, push)).toMatchObject({ status: 202 });
  expect(kept).toEqual(["5/9"]);
  const gone = once(socket, "close");
  socket.destroy();
  await gone;
  const large = JSON.stringify({ ...(JSON.parse(push) as object), filling: "x".repeat(10_000_000) });
  expect(await deliver(address, large)).toMatchObject({ status: 202 });
});
