// One repository that is broken, hangs, is huge or is flooded holds back no other: the app as it is wired, on a clock that
// only the test moves, before a GitHub that takes its time, counts, and limits as the real one does.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import type { GitHub } from "../../src/github/types.ts";
import { startApp } from "../../src/start-app.ts";
import type { ReconcileRepository } from "../../src/start-steward.ts";
import { createLog } from "../../src/web/log.ts";
import { manualClock } from "../contract/manual-clock.ts";
import { privateKey, secret } from "../fixtures/door.ts";
import { until } from "../fixtures/whole-app.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ANSWER_MS = 200;
const REQUESTS_AN_HOUR = 5_000;
const POISONED = 666;
/** Of the installation of the poisoned repository, and of another one. */
const BESIDE = ["17/1", "17/2", "17/3", "17/4"];
const ELSEWHERE = ["18/1", "18/2", "18/3", "18/4"];
const POISONED_KEY = `17/${String(POISONED)}`;

const folder = mkdtempSync(join(tmpdir(), "poison-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (github: GitHub, what = "ordinary"): Promise<unknown> => github.rest(`GET /${what}`, {});
const write = (github: GitHub, what = "ordinary"): Promise<unknown> => github.rest(`PATCH /${what}`, {});

type Poison = { readonly look: (github: GitHub) => Promise<void>; readonly eventEveryMs?: number };

const POISONS: Readonly<Record<string, Poison>> = {
  "whose look always fails": {
    look: async () => {
      throw new Error("a history that nothing expected");
    },
  },
  "that is never answered about": {
    look: async (github) => {
      await Promise.all(Array.from({ length: 100 }, () => read(github, "silence")));
    },
  },
  "whose writes are never answered": { look: async (github) => void (await write(github, "silence")) },
  "with 100,000 tags": {
    look: async (github) => {
      for (let page = 0; page < 1_000; page += 1) await read(github);
    },
  },
  "with a history of thousands of trees": {
    look: async (github) => {
      await Promise.all(Array.from({ length: 2_000 }, () => read(github)));
    },
  },
  "that is flooded with webhooks": {
    look: async (github) => {
      for (let question = 0; question < 5; question += 1) await read(github);
    },
    eventEveryMs: 2 * SECOND,
  },
};

/** Looks at the others once a minute each, for an hour. What an event waited for its look to be over, on average. */
async function delays(poison: Poison | null): Promise<{ readonly beside: number; readonly elsewhere: number }> {
  const clock = manualClock();
  const asked = new Map<string, number>();
  const waited = new Map<string, number[]>([...BESIDE, ...ELSEWHERE].map((key) => [key, []]));
  const reconcile: ReconcileRepository = async (_lease, client, { repositoryId }) => {
    if (repositoryId === POISONED) await poison?.look(client);
    else {
      for (let question = 0; question < 4; question += 1) await read(client);
      await write(client);
    }
    return null;
  };
  let looks = 0;
  const app = await startApp({
    environment: {
      app: { appId: 77, privateKey, webhookSecret: secret },
      host: "127.0.0.1",
      port: 0,
      dataDirectory: mkdtempSync(join(folder, "data-")),
      logLevel: "fatal",
      githubApiUrl: "http://github.test",
      publicUrl: null,
      setupToken: null,
      signing: null,
      databaseUrl: null,
      sweepMs: 24 * HOUR,
      writeSpacingMs: SECOND,
    },
    clock,
    log: createLog("fatal"),
    reconcile,
    fetch: limitedGitHub(clock),
    onOutcome: ({ key, kind }) => {
      looks += 1;
      const at = asked.get(key);
      if (kind !== "done" || at === undefined) return;
      waited.get(key)?.push(clock.now() - at);
      asked.delete(key);
    },
  });
  let isOver = false;
  const event = async (key: string): Promise<void> => {
    if (isOver) return;
    if (!asked.has(key)) asked.set(key, clock.now());
    await app.queue.put(key, clock.now());
    app.wake();
  };
  const every = (ms: number, key: string): void => {
    clock.after(ms, () => {
      void event(key);
      if (!isOver) every(ms, key);
    });
  };
  // The first looks mint tokens, which other threads sign in their own time.
  for (const key of ["17/9", "18/9"]) await event(key);
  await until(async () => {
    await clock.advance(SECOND);
    return looks === 2;
  }, "the first looks");

  for (const [index, key] of [...BESIDE, ...ELSEWHERE].entries()) clock.after(index * 7 * SECOND, () => every(MINUTE, key));
  // A second more than a minute: so it meets the others at every moment of theirs.
  if (poison !== null) every(poison.eventEveryMs ?? 61 * SECOND, POISONED_KEY);
  await clock.advance(HOUR);
  // Whoever still waits has waited until now.
  for (const [key, at] of asked) waited.get(key)?.push(clock.now() - at);
  isOver = true;
  const stopping = app.stop();
  await clock.advance(MINUTE);
  await stopping;
  return { beside: mean(BESIDE.flatMap((key) => waited.get(key) ?? [])), elsewhere: mean(ELSEWHERE.flatMap((key) => waited.get(key) ?? [])) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
}

/** Answers after 200 ms, about `silence` never, and refuses for the rest of the hour who has asked too often. */
function limitedGitHub(clock: ReturnType<typeof manualClock>) {
  const used = new Map<string, number>();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const minted = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(pathname)?.[1];
    if (minted !== undefined) return json({ token: `ghs_${minted}`, expires_at: new Date(Date.now() + HOUR).toISOString(), permissions: {} }, 201);
    if (pathname === "/app") return json({ slug: "steward" });
    if (pathname.startsWith("/users/")) return json({ id: 1 });
    if (pathname.startsWith("/app/")) return json([]);
    const hour = Math.floor(clock.now() / HOUR);
    const count = `${new Headers(init?.headers).get("authorization") ?? ""} ${String(hour)}`;
    used.set(count, (used.get(count) ?? 0) + 1);
    await new Promise<void>((resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      if (pathname !== "/silence") clock.after(ANSWER_MS, resolve);
    });
    if ((used.get(count) ?? 0) <= REQUESTS_AN_HOUR) return json({});
    const reset = String(((hour + 1) * HOUR) / SECOND);
    return json({ message: "API rate limit exceeded" }, 403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset });
  };
  return fetch;
}

let alone: ReturnType<typeof delays> | null = null;

test.each(Object.entries(POISONS))("a repository %s delays no other by a tenth, of its installation or of another", async (title, poison) => {
  alone ??= delays(null);
  const [without, beside] = [await alone, await delays(poison)];
  const ratio = (where: "beside" | "elsewhere"): number => beside[where] / without[where] - 1;
  const ms = (where: "beside" | "elsewhere"): string => `${String(Math.round(without[where]))} ms without it, ${String(Math.round(beside[where]))} ms with it`;
  // oxlint-disable-next-line no-console -- the figures that the documentation names
  console.log(`a repository ${title}: others of its installation wait ${ms("beside")}; those of another ${ms("elsewhere")}`);
  expect(ratio("beside")).toBeLessThan(0.1);
  expect(ratio("elsewhere")).toBeLessThan(0.1);
});
