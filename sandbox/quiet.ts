// When the app has done all there is to do: the only way to know from outside is to look twice.
import type { RunningApp } from "../src/start-app.ts";
import type { WithApp } from "./with-app.ts";

/** The app counts what it writes by the minute, so what comes within one belongs to what it does now. */
const SOON_MS = 90_000;
/** Longer than the app lets a webhook rest before it looks, and between two of its looks. */
const STILL_MS = 1_000;
const LOOK_EVERY_MS = 50;

/**
 * Resolves when nothing runs, nothing is due soon and no request came for a while.
 * @throws when that does not happen within the limit
 */
export async function untilQuiet({ standIn, app }: WithApp, limitMs: number): Promise<void> {
  const until = Date.now() + limitMs;
  let seen = -1;
  let stillSince = Date.now();
  while (Date.now() < until) {
    await standIn.delivered();
    const requests = standIn.world.requests.length;
    if (requests !== seen || !(await isIdle(app()))) {
      seen = requests;
      stillSince = Date.now();
    } else if (Date.now() - stillSince >= STILL_MS) return;
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
  const { waiting, running, failing } = await app().queue.counts();
  throw new Error(
    `the app is not quiet after ${String(limitMs / 1_000)} s: ${String(waiting)} waiting, ${String(running)} running, ${String(failing)} failing`,
  );
}

async function isIdle({ queue }: RunningApp): Promise<boolean> {
  const [{ running }, dueAt] = await Promise.all([queue.counts(), queue.nextDue()]);
  return running === 0 && (dueAt === null || dueAt > Date.now() + SOON_MS);
}
