// Some of the crash points of each scenario; `npm run simulate -- --crash-points` takes all of them.
import { expect, test } from "@jest/globals";
import { pointsOf, SCENARIOS, tell } from "./crash-points.ts";

const EVERY = 12;

test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  "%s: wherever the app dies, it ends as if nothing had happened",
  async (_, scenario) => {
    const undisturbed = await tell(scenario, null);
    const { outcome } = undisturbed;
    expect(outcome.releases.every((release) => !release.endsWith(" draft"))).toBe(true);
    expect(outcome).toEqual({ ...scenario.becomes, asked: 0 });
    for (const point of pointsOf(undisturbed).filter((_point, index) => index % EVERY === 0)) {
      const told = await tell(scenario, point);
      expect({ point, ...told.outcome, asked: 0 }).toEqual({ point, ...outcome });
    }
  },
  300_000,
);
