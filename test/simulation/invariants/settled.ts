import type { Invariant } from "./invariant.ts";

export const settled: Invariant = {
  number: 13,
  says: "when all is quiet, one more look writes nothing",
  watch({ places, witness, time, processes }) {
    return async (moment) => {
      if (moment !== "end") return [];
      const before = witness.asked.length;
      const process = processes().find((one) => one.isAlive());
      for (const { installation, repository } of places) await process?.wakeKey(`${String(installation.id)}/${String(repository.id)}`);
      await time.rest();
      await time.pass(1_000);
      return witness.asked
        .slice(before)
        .flatMap(({ isWrite, method, path, look }) => (isWrite && look !== null ? [`one more look wrote: ${method} ${path}`] : []));
    };
  },
};
