// What may be forgotten: a map that drops what was used longest ago once it holds more than its share.

export type Bounded<Value> = {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value) => void;
  readonly delete: (key: string) => void;
};

/** @param sizeOf in the unit of `max`; a value larger than `max` is not kept at all */
export function bounded<Value>(max: number, sizeOf: (value: Value) => number): Bounded<Value> {
  const kept = new Map<string, { readonly value: Value; readonly size: number }>();
  let total = 0;
  const drop = (key: string): void => {
    total -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      // A Map lists its keys in the order they were put in: what is used goes to the end.
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set(key, value) {
      drop(key);
      const size = sizeOf(value) + key.length;
      kept.set(key, { value, size });
      total += size;
      for (const oldest of kept.keys()) {
        if (total <= max) return;
        drop(oldest);
      }
    },
    delete: drop,
  };
}
