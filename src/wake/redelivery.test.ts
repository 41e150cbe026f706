// Against a small GitHub that keeps a list of attempts and makes a new one when asked.
import { expect, it } from "@jest/globals";
import { manualClock } from "../../test/contract/manual-clock.ts";
import { Refused, Transient } from "../model/errors.ts";
import { startRedelivery } from "./redelivery.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIRST_ID = 183_762_347_812_345_678n;

const quiet = (): void => {};

type Attempt = { readonly id: bigint; readonly guid: string; readonly at: number; readonly redelivery: boolean; readonly status: number };

function hooks({ pageSize = 100, redeliverTo = 200, refuses = false } = {}) {
  const clock = manualClock();
  const attempts: Attempt[] = [];
  const asked: string[] = [];
  const listed: number[] = [];
  const errors: string[] = [];
  let breakWith: Error | null = null;
  const deliver = (guid: string, status: number, agoMs = 0, redelivery = false): void => {
    attempts.push({ id: FIRST_ID + BigInt(attempts.length), guid, at: clock.now() - agoMs, redelivery, status });
  };
  const rest = async (route: string, parameters: Readonly<Record<string, unknown>>) => {
    if (breakWith !== null) throw breakWith;
    if (route.startsWith("POST")) {
      const attempt = attempts.find(({ id }) => String(id) === parameters["delivery_id"])!;
      asked.push(attempt.guid);
      if (refuses) throw new Refused("redeliver", "Validation failed", null);
      deliver(attempt.guid, redeliverTo, 0, true);
      return { data: {}, headers: {} };
    }
    const from = Number(parameters["cursor"] ?? 0);
    const newestFirst = attempts.toReversed().toSorted((one, other) => other.at - one.at);
    const page = newestFirst.slice(from, from + pageSize);
    listed.push(page.length);
    const next = `<https://api.github.com/app/hook/deliveries?per_page=100&cursor=${from + pageSize}>; rel="next"`;
    return {
      data: page.map(({ id, guid, at, redelivery, status }) => ({ id, guid, delivered_at: new Date(at).toISOString(), redelivery, status_code: status })),
      headers: from + pageSize < newestFirst.length ? { link: next } : {},
    };
  };
  const begin = () =>
    startRedelivery({ deliveries: { rest }, clock, everyMs: 5 * MINUTE, log: { info: quiet, warn: quiet, error: (_, message) => errors.push(message) } });
  return { clock, deliver, begin, asked, listed, errors, breakWith: (error: Error | null) => (breakWith = error) };
}

it("leaves it to the process that leads, and begins when that is itself", async () => {
  const clock = manualClock();
  const routes: string[] = [];
  let leads = false;
  startRedelivery({
    deliveries: {
      rest: async (route) => {
        routes.push(route);
        return { data: [], headers: {} };
      },
    },
    clock,
    everyMs: 5 * MINUTE,
    log: { info: quiet, warn: quiet, error: quiet },
    leads: async () => leads,
  });
  await clock.advance(HOUR);
  expect(routes).toEqual([]);
  leads = true;
  await clock.advance(5 * MINUTE);
  expect(routes).toEqual(["GET /app/hook/deliveries"]);
});

it("asks for what failed and for nothing else", async () => {
  const { clock, deliver, begin, asked } = hooks();
  deliver("arrived", 202, HOUR);
  deliver("refused", 503, HOUR);
  deliver("unreachable", 0, HOUR);
  begin();
  await clock.advance(HOUR);
  expect(asked.toSorted()).toEqual(["refused", "unreachable"]);
});

it("leaves alone what arrived at a later attempt", async () => {
  const { clock, deliver, begin, asked } = hooks();
  deliver("late", 503, 2 * HOUR);
  deliver("late", 200, HOUR, true);
  begin();
  await clock.advance(HOUR);
  expect(asked).toEqual([]);
});

it("asks three times at most", async () => {
  const { clock, deliver, begin, asked } = hooks({ redeliverTo: 500 });
  deliver("hopeless", 500);
  begin();
  await clock.advance(24 * HOUR);
  expect(asked).toEqual(["hopeless", "hopeless", "hopeless"]);
});

it("counts what was asked before it was restarted", async () => {
  const { clock, deliver, begin, asked } = hooks({ redeliverTo: 500 });
  deliver("hopeless", 500);
  const first = begin();
  await clock.advance(6 * MINUTE);
  first.stop();
  expect(asked).toHaveLength(2);
  begin();
  await clock.advance(24 * HOUR);
  expect(asked).toHaveLength(3);
});

it("reaches back three days at first and to the last check later", async () => {
  const { clock, deliver, begin, asked, listed } = hooks({ pageSize: 2 });
  deliver("too old", 500, 73 * HOUR);
  for (let hour = 71; hour > 0; hour -= 10) deliver(`old ${hour}`, 500, hour * HOUR);
  begin();
  await clock.settle();
  expect(asked).toHaveLength(8);
  expect(asked).not.toContain("too old");
  listed.length = 0;
  for (let minute = 0; minute < 8; minute += 1) await clock.advance(MINUTE);
  await clock.advance(30 * MINUTE);
  expect(Math.max(...listed)).toBeLessThanOrEqual(2);
  listed.length = 0;
  await clock.advance(5 * MINUTE);
  expect(listed).toHaveLength(1);
});

it("forgets nothing when a check fails", async () => {
  const { clock, deliver, begin, asked, errors, breakWith } = hooks();
  begin();
  await clock.settle();
  deliver("missed", 502);
  breakWith(new Transient("502"));
  await clock.advance(HOUR);
  expect(errors).toHaveLength(12);
  breakWith(null);
  await clock.advance(5 * MINUTE);
  expect(asked).toEqual(["missed"]);
});

it("asks once for what GitHub refuses to deliver again, and still asks for the others", async () => {
  const { clock, deliver, begin, asked, errors } = hooks({ refuses: true });
  deliver("one", 502, MINUTE);
  deliver("other", 502);
  begin();
  await clock.advance(24 * HOUR);
  expect(asked).toEqual(["other", "one"]);
  expect(errors).toEqual([]);
});

it("concludes nothing from an answer that it does not understand", async () => {
  const clock = manualClock();
  const errors: unknown[] = [];
  const routes: string[] = [];
  startRedelivery({
    deliveries: {
      rest: async (route) => {
        routes.push(route);
        return { data: [{ id: 1, guid: "a", delivered_at: "yesterday", status_code: 500 }], headers: {} };
      },
    },
    clock,
    everyMs: 5 * MINUTE,
    log: { info: quiet, warn: quiet, error: (fields) => errors.push(fields["err"]) },
  });
  await clock.settle();
  expect(routes).toEqual(["GET /app/hook/deliveries"]);
  expect(String(errors[0])).toContain("expected a delivery");
});
