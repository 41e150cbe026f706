// How the process ends when it is asked to.
import { EventEmitter } from "node:events";
import { expect, test } from "@jest/globals";
import { createLog } from "./log.ts";
import { stopOnSignals } from "./stop.ts";

function mortal(stop: () => Promise<void>) {
  const signals = new EventEmitter();
  const ended = Promise.withResolvers<number>();
  stopOnSignals(stop, createLog("fatal"), { once: (signal, listener) => signals.once(signal, listener), exit: (code) => ended.resolve(code) });
  return { send: (signal: string) => signals.emit(signal), ended: ended.promise };
}

test.each(["SIGTERM", "SIGINT"])("%s lets it finish and exits 0", async (signal) => {
  const steps: string[] = [];
  const { send, ended } = mortal(async () => void steps.push("finished"));
  send(signal);
  expect(await ended).toBe(0);
  expect(steps).toEqual(["finished"]);
});

test.each([
  ["SIGTERM", "SIGTERM"],
  ["SIGINT", "SIGINT"],
  ["SIGTERM", "SIGINT"],
])("%s and then %s exits at once", async (first, second) => {
  const { send, ended } = mortal(() => new Promise(() => {}));
  send(first);
  send(second);
  expect(await ended).toBe(1);
});

test("a stop that fails is no success", async () => {
  const { send, ended } = mortal(async () => {
    throw new Error("disk I/O error");
  });
  send("SIGTERM");
  expect(await ended).toBe(1);
});
