import { expect, it } from "@jest/globals";
import { manualClock } from "../../test/contract/manual-clock.ts";
import { startSweeper } from "./sweep.ts";
import type { Key } from "./types.ts";

const MINUTE = 60_000;
const EVERY_MS = 10 * MINUTE;

const quiet = (): void => {};

function sweeping(list: () => readonly Key[], put: (key: Key) => void = () => {}, leads = async () => true) {
  const clock = manualClock();
  const begin = clock.now();
  const puts: (readonly [Key, number])[] = [];
  const errors: string[] = [];
  const sweeper = startSweeper({
    list: async function* () {
      yield* list();
    },
    queue: {
      put: async (key, at) => {
        put(key);
        puts.push([key, (at - begin) / MINUTE]);
      },
    },
    clock,
    everyMs: EVERY_MS,
    leads,
    log: { info: quiet, warn: quiet, error: (_, message) => errors.push(message) },
  });
  return { clock, puts, errors, sweeper };
}

it("wakes every key once a period, evenly spread, from the start on", async () => {
  const { clock, puts } = sweeping(() => ["1/1", "1/2", "2/1", "2/2"]);
  await clock.advance(EVERY_MS - 1);
  expect(puts).toEqual([
    ["1/1", 0],
    ["1/2", 2.5],
    ["2/1", 5],
    ["2/2", 7.5],
  ]);
  await clock.advance(EVERY_MS);
  expect(puts.slice(4)).toEqual([
    ["1/1", 10],
    ["1/2", 12.5],
    ["2/1", 15],
    ["2/2", 17.5],
  ]);
});

it("leaves it to the process that leads, and begins within a minute when that is itself", async () => {
  let leads = false;
  const { clock, puts } = sweeping(
    () => ["1/1"],
    () => {},
    async () => leads,
  );
  await clock.advance(2 * EVERY_MS);
  expect(puts).toEqual([]);
  leads = true;
  await clock.advance(MINUTE);
  expect(puts).toHaveLength(1);
});

it("finds repositories that came and wakes one that is listed twice once", async () => {
  let keys = ["1/1"];
  const { clock, puts } = sweeping(() => keys);
  await clock.advance(MINUTE);
  keys = ["1/1", "1/1", "1/2"];
  await clock.advance(2 * EVERY_MS - 2 * MINUTE);
  expect(puts.map(([key]) => key)).toEqual(["1/1", "1/1", "1/2"]);
});

it("takes a listing that failed for no listing, says so and tries again after a minute", async () => {
  let failures = 2;
  const { clock, puts, errors } = sweeping(() => {
    failures -= 1;
    if (failures >= 0) throw new Error("502");
    return ["1/1"];
  });
  await clock.advance(2 * MINUTE - 1);
  expect(puts).toEqual([]);
  expect(errors).toHaveLength(2);
  await clock.advance(1);
  expect(puts).toEqual([["1/1", 2]]);
});

it("asks again a period later when there is nothing to wake", async () => {
  let keys: readonly Key[] = [];
  const { clock, puts } = sweeping(() => keys);
  await clock.advance(MINUTE);
  keys = ["1/1"];
  await clock.advance(EVERY_MS);
  expect(puts).toEqual([["1/1", 10]]);
});

it("goes on with the next key when one cannot be put", async () => {
  const { clock, puts, errors } = sweeping(
    () => ["1/1", "1/2"],
    (key) => {
      if (key === "1/1") throw new Error("the disk is full");
    },
  );
  await clock.advance(EVERY_MS - 1);
  expect(puts.map(([key]) => key)).toEqual(["1/2"]);
  expect(errors).toHaveLength(1);
});

it("ends when it is told to", async () => {
  const { clock, puts, sweeper } = sweeping(() => ["1/1", "1/2"]);
  await clock.settle();
  sweeper.stop();
  await clock.advance(5 * EVERY_MS);
  expect(puts).toEqual([["1/1", 0]]);
});
