import { eachNew, type Invariant } from "./invariant.ts";

export const oneWriter: Invariant = {
  number: 11,
  says: "one writer per repository: what lost its lease writes no more",
  watch({ witness: { asked, looks } }) {
    const fresh = eachNew(asked);
    return () =>
      fresh().flatMap(({ look, isWrite, at, path }) => {
        if (look === null || !isWrite) return [];
        const newer = looks.find((other) => other.key === look.key && other.id > look.id && other.startedAt < at && other.process !== look.process);
        return newer === undefined
          ? []
          : [`process ${String(look.process)} wrote to ${look.key} (${path}) after process ${String(newer.process)} had taken over`];
      });
  },
};
