// What one repository can take from the others of its installation.
import { expect, it } from "@jest/globals";
import { manualClock } from "../../test/contract/manual-clock.ts";
import { Refused, Transient } from "../model/errors.ts";
import { createPace, type Nature, type Pace } from "./pace.ts";
import { openShares } from "./share.ts";

const MINUTE = 60_000;
const READ: Nature = { write: false, creates: 0 };
const CREATE: Nature = { write: true, creates: 1 };
const [HUGE, OTHER] = ["17/1", "17/2"] as const;

function sharing() {
  const clock = manualClock();
  const shares = openShares(clock);
  const pace = createPace({ clock, writeSpacingMs: 0 });
  return { clock, look: (repository: string): Pace => shares.forLook(repository, pace) };
}

async function send(look: Pace, count: number, nature = READ): Promise<void> {
  for (let index = 0; index < count; index += 1) await look.send(nature, async () => undefined);
}

it("keeps a repository that took 1,250 requests in an hour from the next look, until some are an hour old, and no other", async () => {
  const { clock, look } = sharing();
  await send(look(HUGE), 250);
  await clock.advance(10 * MINUTE);
  await send(look(HUGE), 1_250);
  const opensAt = clock.now() + 60 * MINUTE;
  expect(() => look(HUGE)).toThrow(new Transient("this repository has used its share of 1250 requests an hour", opensAt));
  await send(look(OTHER), 10);
  await clock.advance(60 * MINUTE);
  await send(look(HUGE), 10);
});

it("ends a look that takes half of what the installation has", async () => {
  const { look } = sharing();
  const huge = look(HUGE);
  await send(huge, 2_500);
  await expect(send(huge, 1)).rejects.toThrow(Refused);
});

it("leaves half of what may be created to others", async () => {
  const { clock, look } = sharing();
  const busy = look(HUGE);
  await send(busy, 40, CREATE);
  await expect(send(busy, 1, CREATE)).rejects.toThrow("this repository has used its share of what may be created");
  await send(look(OTHER), 40, CREATE);
  await clock.advance(MINUTE);
  await send(busy, 1, CREATE);
});
