// Killed before and after every call to GitHub and every commit of the queue: one tag, one release, one dispatch each.
import { describe, expect, test } from "@jest/globals";
import { type Point, scenarios, tell } from "./crash-points.ts";
import { PLAIN } from "./shrink.ts";

describe("wherever the app dies in a whole release, it ends as if nothing had happened", () => {
  test.each(scenarios(PLAIN).map((scenario) => [scenario.name, scenario] as const))(
    "%s",
    async (name, scenario) => {
      const { outcome, requests, commits } = await tell(scenario, null);
      expect(outcome).toMatchSnapshot();
      const points = (["request", "commit"] as const).flatMap((at) =>
        Array.from({ length: at === "request" ? requests : commits }, (_, index) => index + 1).flatMap((count) =>
          (["before", "after"] as const).map((when): Point => ({ at, count, when })),
        ),
      );
      let asked = 0;
      for (const point of points) {
        const told = await tell(scenario, point);
        if (told.outcome.asked > 0) asked += 1;
        expect({ point, ...told.outcome, asked: 0 }).toEqual({ point, ...outcome });
      }
      const all = String(points.length);
      process.stdout.write(`${name}: ${all} of ${all} crash points end alike, ${String(asked)} of them after asking a person\n`);
    },
    600_000,
  );
});
