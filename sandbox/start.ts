// Starts a stand-in for GitHub: an empty world, its operations, its webhooks and its one door, wired together.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountsOf } from "./accounts.ts";
import { openDoor } from "./door.ts";
import { openDeliveries } from "./hooks/deliveries.ts";
import { listen, type Listening } from "./listen.ts";
import type { StandIn, StandInOptions } from "./stand-in.ts";
import { operationsOf } from "./world/index.ts";
import { openWorld } from "./world/open-world.ts";

/** Where it is until it listens: requests in the same process may name any host. */
const ADDRESS = "http://stand-in.test";

/** Nothing is shared between two of them. `close` ends its processes, its socket, and its folder when that is temporary. */
export const startStandIn = async (options: StandInOptions): Promise<StandIn> => {
  const root = options.git === "memory" ? null : (options.root ?? (await mkdtemp(join(tmpdir(), "stand-in-"))));
  const { world, advance, moveTo } = openWorld(options.clock, ADDRESS);
  const deliveries = openDeliveries(world, options.deliver, ({ event, action, payload }) => {
    for (const observer of door.observers) observer.webhook?.(event, action, payload);
  });
  const operations = operationsOf(world, async (repository, actor, event) => {
    for (const { happened } of door.observers) happened?.(repository, actor, event);
    await deliveries.emit(repository, actor, event);
  });
  const door = openDoor(world, operations, deliveries.redeliver);
  let listening: Listening | null = null;

  return {
    world,
    operations,
    handle: door.handle,
    intercept: door.intercept,
    keepAnswers: door.keepAnswers,
    serve: door.serve,
    advance,
    delivered: deliveries.delivered,
    redeliver: deliveries.redeliver,
    ...accountsOf(world, root, deliveries),
    observe: (observer) => {
      door.observers.push(observer);
    },
    async listen(port) {
      listening = await listen(door.handle, port);
      moveTo(listening.url);
      return listening.url;
    },
    async close() {
      await listening?.close();
      await deliveries.delivered();
      for (const { git } of world.repositories.values()) await git.close();
      if (root !== null && options.root === undefined) await rm(root, { recursive: true, force: true });
    },
  };
};
