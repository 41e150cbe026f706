// `POST /api/github/webhooks`: signed deliveries in, keys on disk, 202. Signatures are checked before anything is parsed.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Probot } from "probot";
import type { Keep } from "../app.ts";
import type { Refusal } from "./delivery.ts";
import { BODY_BYTES_MAX, declaredBytes, readHeaders, readSigned } from "./delivery.ts";
import { closeAfter, refuse } from "./refuse.ts";

export const WEBHOOK_PATH = "/api/github/webhooks";

/** GitHub's are 20 kB as a rule. Larger ones share the room for one that is as large as can be, and a little more. */
const LARGE_BYTES = 64 * 1024;
const LARGE_TOGETHER_MAX = BODY_BYTES_MAX + 7 * 1024 * 1024;
/** Refusals, an address and minute, that are explained and logged. A signed delivery is never counted and never limited. */
const REFUSALS_A_MINUTE_MAX = 30;

/** Compares in constant time. */
type Verify = Probot["webhooks"]["verify"];

export async function addDeliveries(door: FastifyInstance, verify: Verify, keep: Keep): Promise<void> {
  await door.register(async (room) => {
    // Bytes, because bytes are what is signed.
    room.removeAllContentTypeParsers();
    room.addContentTypeParser("application/json", { parseAs: "buffer", bodyLimit: BODY_BYTES_MAX }, (_request, body, done) => done(null, body));
    const large = largeBodies();
    const refusals = room.createRateLimit({ max: REFUSALS_A_MINUTE_MAX, timeWindow: 60_000 });

    const turnAway = async (request: FastifyRequest, reply: FastifyReply, refusal: Refusal): Promise<FastifyReply> => {
      const count = await refusals(request);
      if (!count.isAllowed && count.isExceeded) return refuse(closeAfter(reply), { status: 429, because: "too many deliveries were refused" });
      reply.log.warn({ status: refusal.status, reason: refusal.because }, "a delivery was refused");
      return refuse(closeAfter(reply), refusal);
    };

    room.post(WEBHOOK_PATH, {
      onRequest: async (request, reply) => {
        const headers = readHeaders(request.headers);
        if ("because" in headers) return turnAway(request, reply, headers);
        if (!large.admit(request, reply)) return turnAway(request, reply, { status: 503, because: "several large deliveries are arriving already" });
      },
      handler: async (request, reply) => {
        const headers = readHeaders(request.headers);
        if ("because" in headers || !Buffer.isBuffer(request.body)) return turnAway(request, reply, { status: 400, because: "the delivery is malformed" });
        const read = await readSigned(request.body, headers, verify);
        if ("because" in read) return turnAway(request, reply, read);
        const { event, id } = headers;
        try {
          const repositories = await keep({ event, id, payload: read.payload });
          reply.log.info({ event, delivery: id, repositories, tookMs: Math.round(reply.elapsedTime) }, "a delivery was kept");
        } catch (error) {
          reply.log.error({ err: error, event, delivery: id }, "a delivery could not be kept");
          return refuse(reply, { status: 500, because: "the delivery could not be kept; redeliver it" });
        }
        return reply.code(202).send();
      },
    });
  });
}

/** Counts the bytes of the large bodies that are arriving or being handled. */
function largeBodies(): { readonly admit: (request: FastifyRequest, reply: FastifyReply) => boolean } {
  let arriving = 0;
  return {
    admit({ headers }, { raw }) {
      const bytes = declaredBytes(headers) ?? 0;
      if (bytes <= LARGE_BYTES) return true;
      if (arriving + bytes > LARGE_TOGETHER_MAX) return false;
      arriving += bytes;
      raw.once("close", () => (arriving -= bytes));
      return true;
    },
  };
}
