// What a supervisor asks: does the process live (`/healthz`), and should work be sent to it (`/readyz`)?
import type { FastifyInstance } from "fastify";
import type { EpochMs } from "../model/time.ts";
import type { Queue } from "../wake/types.ts";

/** How the last exchange with GitHub went; `at` is null before the first. */
export type GitHubContact = { readonly at: EpochMs | null; readonly isWell: boolean };

export type Health = {
  readonly queue: Pick<Queue, "counts">;
  readonly isDraining: () => boolean;
  readonly contact: () => GitHubContact;
};

/**
 * `/readyz` is 503 while the queue does not answer and while the process drains. How GitHub was reached is shown and
 * changes nothing: a delivery is kept all the same when GitHub's API is down.
 */
export function addHealth(door: FastifyInstance, { queue, isDraining, contact }: Health): void {
  door.get("/healthz", async () => ({ status: "alive" }));
  door.get("/readyz", async (_request, reply) => {
    const { at, isWell } = contact();
    const github = { reached: isWell, at: at === null ? null : new Date(at).toISOString() };
    if (isDraining()) return reply.code(503).send({ status: "draining", github });
    try {
      return { status: "ready", queue: await queue.counts(), github };
    } catch (error) {
      reply.log.error({ err: error }, "the queue does not answer");
      return reply.code(503).send({ status: "the queue does not answer", github });
    }
  });
}
