// What people without manners cost: bodies of a gigabyte, and a thousand sockets that send slowly. The memory of the app at
// its worst, less what it had before; and what becomes of GitHub's own deliveries meanwhile.
import type { ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { WEBHOOK_PATH } from "../src/web/deliveries.ts";
import { endBuilt, forgetPeak, megabytes } from "./built-app.ts";
import { passed, type Setting } from "./door-setting.ts";
import type { Row } from "./rows.ts";

const MEMORY_MB = 64;
const GIGABYTE = 1_000_000_000;
const SOCKETS = 1_000;
/** A little longer than the door waits for a request. */
const HELD_MS = 12_000;
const SETTLE_MS = 5_000;
const CHUNK = Buffer.alloc(64 * 1024, "x");

export async function strangers(setting: Setting): Promise<readonly Row[]> {
  const app = await setting.start();
  await warmUp(setting);
  const rows: Row[] = [];
  for (const attack of ATTACKS) rows.push(...(await suffer(app, attack, setting)));
  await endBuilt(app, "SIGTERM");
  return rows;
}

/** `limit` null: shown, not promised. */
type Attack = { readonly what: string; readonly limit: number | null; readonly mount: (setting: Setting) => Promise<readonly Row[]> };

const ATTACKS: readonly Attack[] = [
  { what: "a body of 1 GB that is declared", limit: MEMORY_MB, mount: (setting) => flood(setting, { "content-length": String(GIGABYTE) }) },
  { what: "a body of 1 GB that is not declared", limit: MEMORY_MB, mount: (setting) => flood(setting, { "transfer-encoding": "chunked" }) },
  { what: "a body of 1 GB that is declared as 20 kB", limit: MEMORY_MB, mount: (setting) => flood(setting, { "content-length": "20000" }) },
  { what: "a body of 25 MB, the most that is read, signed by somebody else", limit: null, mount: (setting) => wholeBody(setting, 25_000_000) },
  { what: "1,000 sockets that send headers slowly", limit: MEMORY_MB, mount: (setting) => crowd(setting, null) },
  { what: "1,000 sockets, each without the last byte of 20 kB", limit: MEMORY_MB, mount: (setting) => crowd(setting, 20_000) },
  { what: "1,000 sockets, each without the last byte of 1 MB", limit: MEMORY_MB, mount: (setting) => crowd(setting, 1_000_000) },
  { what: "1,000 sockets, each without the last byte of 25 MB", limit: MEMORY_MB, mount: (setting) => crowd(setting, 25_000_000) },
];

async function suffer(app: ChildProcess, { what, limit, mount }: Attack, setting: Setting): Promise<readonly Row[]> {
  await passed(SETTLE_MS);
  const before = megabytes(app, "VmRSS");
  forgetPeak(app);
  const more = await mount(setting);
  return [{ what, measured: Math.round(megabytes(app, "VmHWM") - before), unit: "MB", limit }, ...more];
}

/** Sends until the door has enough of it. */
async function flood(setting: Setting, headers: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const socket = await open(setting);
  let sent = 0;
  socket.write(head(headers));
  while (sent < GIGABYTE && (await send(socket, CHUNK))) sent += CHUNK.length;
  socket.destroy();
  return [{ what: "  of which it took", measured: Math.round(sent / 1e6), unit: "MB", limit: null }];
}

/** Whether it was taken. */
function send(socket: Socket, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => void socket.write(bytes, (error) => resolve(!(error instanceof Error))));
}

/** All of it, to the answer. */
async function wholeBody(setting: Setting, bytes: number): Promise<readonly Row[]> {
  const socket = await open(setting);
  socket.write(head({ "content-length": String(bytes) }));
  socket.write(Buffer.alloc(bytes, "x"));
  await once(socket, "close");
  return [];
}

/**
 * Sockets that never come to the end of their request, while GitHub goes on to deliver.
 * @param bodyBytes of which each sends all but one at once; null: a byte of its headers now and then
 */
async function crowd(setting: Setting, bodyBytes: number | null): Promise<readonly Row[]> {
  const sockets: Socket[] = [];
  for (let index = 0; index < SOCKETS; index += 1) {
    const socket = await open(setting);
    socket.write(bodyBytes === null ? "POST / HTTP/1.1\r\nhost: steward\r\n" : head({ "content-length": String(bodyBytes) }));
    for (let left = (bodyBytes ?? 1) - 1; left > 0; left -= CHUNK.length) socket.write(CHUNK.subarray(0, left));
    sockets.push(socket);
  }
  const until = performance.now() + HELD_MS;
  let delivered = 0;
  let answered = 0;
  for (; performance.now() < until; delivered += 1) {
    if (bodyBytes === null) for (const socket of sockets) if (!socket.destroyed) socket.write("x");
    if (await deliver(setting)) answered += 1;
    await passed(250);
  }
  for (const socket of sockets) socket.destroy();
  return [{ what: "  signed deliveries lost meanwhile", measured: delivered - answered, unit: `of ${String(delivered)}`, limit: 0 }];
}

async function warmUp(setting: Setting): Promise<void> {
  for (let index = 0; index < 500; index += 1) await deliver(setting);
}

async function deliver({ url, secret }: Setting): Promise<boolean> {
  const body = JSON.stringify({ installation: { id: 17 }, repository: { id: 1 }, filling: "x".repeat(20_000) });
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return await fetch(url, { method: "POST", body, headers: { ...HEADERS, "x-hub-signature-256": signature } }).then(
    ({ status }) => status === 202,
    () => false,
  );
}

const HEADERS = { "content-type": "application/json", "x-github-event": "push", "x-github-delivery": "1" };

/** The head of a delivery whose signature is well formed and wrong. */
function head(headers: Readonly<Record<string, string>>): string {
  const all = { host: "steward", ...HEADERS, "x-hub-signature-256": `sha256=${"0".repeat(64)}`, ...headers };
  return [`POST ${WEBHOOK_PATH} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
}

async function open({ port }: Setting): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined).resume();
  await once(socket, "connect");
  return socket;
}
