// A history from its beginning to its end: after every step, and when all is quiet, everything that has to hold is held.
import { perform } from "./deeds.ts";
import { plan } from "./faults.ts";
import type { Deed, FaultDeed, History } from "./history.ts";
import { INVARIANTS } from "./invariants/index.ts";
import { openScene, type Scene, SWEEP_MS } from "./scene.ts";

const BEGIN_MS = 10 * 60_000;
/**
 * What no webhook told of is found by the next sweep, which begins within a period and comes to the second of the two
 * repositories half a period later. What follows is told, or due within hours.
 */
const END_MS = 1.5 * SWEEP_MS + 2 * 3_600_000;

export type Broken = {
  readonly number: number;
  readonly says: string;
  readonly because: string;
  /** Position of the step after which it was seen; null at the end. */ readonly step: number | null;
};

export type Ending = {
  /** The first of what did not hold; null when all held. */
  readonly broken: Broken | null;
  readonly requests: number;
  readonly looks: number;
  readonly tags: number;
  readonly simulatedMs: number;
  /** Every request of the app, in order: equal for equal histories. */
  readonly trace: string;
};

export async function runHistory(history: History): Promise<Ending> {
  const scene = await openScene(history);
  const startedAt = scene.time.now();
  try {
    const broken = await play(scene, history).catch(thrown);
    const { asked, looks, tagMoves } = scene.witness;
    return {
      broken,
      requests: asked.length,
      looks: looks.length,
      tags: tagMoves.filter(({ isByApp, after }) => isByApp && after !== null).length,
      simulatedMs: scene.time.now() - startedAt,
      trace: asked
        .map(({ at, look, method, path, fault }) => `${String(at)} ${String(look?.process)} ${method} ${path}${fault === null ? "" : ` ${fault.is}`}`)
        .join("\n"),
    };
  } finally {
    await scene.close();
  }
}

/** What throws is broken, too. */
function thrown(error: unknown): Broken {
  const because = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { number: 0, says: "a history comes to its end", because, step: null };
}

async function play(scene: Scene, { steps }: History): Promise<Broken | null> {
  const checks = INVARIANTS.map(({ number, says, watch }) => ({ number, says, check: watch(scene) }));
  const broken = async (moment: "step" | "end", step: number | null): Promise<Broken | null> => {
    for (const { number, says, check } of checks) {
      const [because] = await check(moment);
      if (because !== undefined) return { number, says, because, step };
    }
    return null;
  };

  scene.startProcess();
  await scene.time.pass(BEGIN_MS);
  for (const [index, { at, does, thenMs }] of steps.entries()) {
    const place = scene.places[at];
    if (isFault(does)) plan(scene, place, does);
    else await perform(scene, place, does);
    const atOnce = await broken("step", index);
    if (atOnce !== null) return atOnce;
    await scene.time.pass(thenMs);
    const after = await broken("step", index);
    if (after !== null) return after;
  }
  scene.calm();
  for (const place of scene.places) {
    place.installation.suspendedAt = null;
    await perform(scene, place, { do: "unarchive" });
  }
  await scene.time.pass(END_MS);
  return (await broken("step", null)) ?? (await broken("end", null));
}

const FAULTS: ReadonlySet<Deed["do"]> = new Set<FaultDeed["do"]>([
  "fault", "meanwhile", "kill", "mail", "second process", "freeze", "thaw", "clock jumps", "tokens expire", "suspend", "unsuspend",
]); // prettier-ignore

function isFault(deed: Deed): deed is FaultDeed {
  return FAULTS.has(deed.do);
}
