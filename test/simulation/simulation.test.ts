// The first of the random histories; `npm run simulate` runs as many as you like.
import { describe, expect, test } from "@jest/globals";
import { historyOf } from "./random.ts";
import { runHistory } from "./run-history.ts";

const HISTORIES = 300;
const A_TEST = 25;

describe("every invariant holds after every step of the histories", () => {
  test.each(Array.from({ length: HISTORIES / A_TEST }, (_, index) => 1 + index * A_TEST))(
    "from %i on",
    async (first) => {
      for (let seed = first; seed < first + A_TEST; seed += 1)
        expect({ seed, broken: (await runHistory(historyOf(seed))).broken }).toEqual({ seed, broken: null });
    },
    300_000,
  );
});

test("a history is the same each time, to the byte", async () => {
  for (const seed of [3, 5, 8]) {
    const { trace } = await runHistory(historyOf(seed));
    expect(trace.split("\n").length).toBeGreaterThan(50);
    expect((await runHistory(historyOf(seed))).trace).toBe(trace);
  }
});
