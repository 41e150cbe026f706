import { expect, test } from "@jest/globals";
import { brokenIn } from "../shrink.ts";
import { PLAIN } from "../team.ts";

// What somebody saved between the app's look and its write was gone from the description for good.
test("what somebody writes into the description right before the app writes it comes back", async () => {
  const broken = await brokenIn({
    team: { ...PLAIN, notes: true },
    steps: [
      { at: 0, does: { do: "push", says: "feature", by: "ann" }, thenMs: 60_000 },
      { at: 1, does: { do: "contribute", says: "feature", by: "kim", method: "merge" }, thenMs: 86_400_000 },
      { at: 0, does: { do: "meanwhile", in: 3, deed: { do: "push", says: "feature", by: "kim" } }, thenMs: 0 },
      { at: 0, does: { do: "meanwhile", in: 6, deed: { do: "write notes", pick: 1 } }, thenMs: 86_400_000 },
    ],
  });
  expect(broken).toBeNull();
});
