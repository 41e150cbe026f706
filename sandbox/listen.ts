// The door on a socket: node's HTTP server, on the loopback interface only.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { Dropped } from "./faults/spoil.ts";
import type { StandIn } from "./stand-in.ts";

const HOST = "127.0.0.1";

export type Listening = { readonly url: string; readonly close: () => Promise<void> };

const requestFrom = (incoming: IncomingMessage, url: string): Request => {
  const method = incoming.method ?? "GET";
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) for (const each of [value ?? []].flat()) headers.append(name, each);
  const body = method === "GET" || method === "HEAD" ? {} : { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" as const };
  return new Request(new URL(incoming.url ?? "/", url), { method, headers, ...body });
};

const send = async (response: Response, outgoing: ServerResponse, isHead: boolean): Promise<void> => {
  const body = Buffer.from(await response.arrayBuffer());
  const headers: Record<string, string | string[]> = { "content-length": String(body.length) };
  for (const [name, value] of response.headers) headers[name] = name === "set-cookie" ? response.headers.getSetCookie() : value;
  outgoing.writeHead(response.status, headers);
  outgoing.end(isHead ? undefined : body);
};

/** Port 0 is any free one. A dropped request destroys its connection; a fault of the stand-in's own answers 500. */
export const listen = async (handle: StandIn["handle"], port: number): Promise<Listening> => {
  let url = `http://${HOST}:${port}`;
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      await send(await handle(requestFrom(incoming, url)), outgoing, incoming.method === "HEAD");
    } catch (error) {
      if (error instanceof Dropped || outgoing.headersSent) {
        outgoing.destroy();
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      outgoing.writeHead(500, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify({ message, status: "500" }));
    }
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  if (address !== null && typeof address === "object") url = `http://${HOST}:${address.port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
};
