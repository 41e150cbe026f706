import { keyOf } from "../scene.ts";
import type { Invariant } from "./invariant.ts";

const A_MINUTE_MS = 60_000;

export const settled: Invariant = {
  number: 13,
  says: "when all is quiet, a second look writes nothing",
  watch({ places, witness, time, processes }) {
    return async (moment) => {
      if (moment !== "end") return [];
      const process = processes().find((one) => one.isAlive());
      const look = async (): Promise<void> => {
        for (const place of places) await process?.wakeKey(keyOf(place));
        await time.pass(A_MINUTE_MS);
      };
      // The first one may write that something is a day older by now.
      await look();
      const before = witness.asked.length;
      await look();
      return witness.asked
        .slice(before)
        .flatMap(({ isWrite, method, path, look }) => (isWrite && look !== null ? [`a second look wrote: ${method} ${path}`] : []));
    };
  },
};
