// Room for GitHub's deliveries, however many strangers hold a connection: they are here in a moment, what takes long is
// somebody else's.
import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Where more than `most` connections wait for a request or for the rest of one, the one that has waited longest is hung up on.
 * A request that is here as a whole is safe until it is answered.
 */
export function letOldestGiveWay(server: Server, most: number): void {
  // In the order in which they began to wait.
  const waiting = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    waiting.add(socket);
    socket.once("close", () => waiting.delete(socket));
    if (waiting.size <= most) return;
    const [oldest] = waiting;
    oldest?.destroy();
  });
  server.on("request", (request, response) => {
    const { socket } = request;
    request.once("end", () => waiting.delete(socket));
    response.once("close", () => {
      waiting.delete(socket);
      if (!socket.destroyed) waiting.add(socket);
    });
  });
}
