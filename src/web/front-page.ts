// `GET /`: tells a person who finds this address what lives here, and nothing about whom it works for.
import type { FastifyInstance } from "fastify";
import { html, page } from "./page.ts";

const PAGES_A_MINUTE_MAX = 120;

export function addFrontPage(door: FastifyInstance): void {
  const text = page(
    "Release Steward",
    html`<h1>Release Steward</h1>
      <p>
        This server carries releases from the first merged pull request to a verified production. It listens to GitHub and works there: in release pull
        requests, checks and one issue a repository.
      </p>
      <p>There is nothing to do here. Releases are asked for, held and explained on GitHub.</p>`,
  );
  door.get("/", { config: { rateLimit: { max: PAGES_A_MINUTE_MAX, timeWindow: 60_000 } } }, async (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(text),
  );
}
