import type { Invariant } from "./invariant.ts";

export const heard: Invariant = {
  number: 10,
  says: "every acknowledged webhook is followed by a look that began after it",
  watch({ witness: { acknowledged, looks } }) {
    return (moment) => {
      if (moment !== "end") return [];
      const last = new Map<string, number>();
      for (const { key, startedAt } of looks) last.set(key, Math.max(last.get(key) ?? 0, startedAt));
      return acknowledged.flatMap(({ key, at }) =>
        (last.get(key) ?? -1) >= at ? [] : [`${key} was acknowledged at ${new Date(at).toISOString()} and never looked at`],
      );
    };
  },
};
