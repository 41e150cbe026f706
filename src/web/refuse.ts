// Plain answers: a status and a sentence, no page, no stack.
import type { FastifyReply } from "fastify";
import type { Refusal } from "./delivery.ts";

export function refuse(reply: FastifyReply, { status, because }: Refusal): FastifyReply {
  return reply.code(status).type("text/plain; charset=utf-8").send(`${because}\n`);
}

/** Hangs up after the answer, so that what is left of a body is neither read nor waited for. */
export function closeAfter(reply: FastifyReply): FastifyReply {
  return reply.header("connection", "close");
}
