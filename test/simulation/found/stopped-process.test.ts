import { expect, test } from "@jest/globals";
import { brokenIn } from "../shrink.ts";
import { PLAIN } from "../team.ts";

// Its lease had run out, another process had the key, and it wrote what it had been about to write.
test("a process that stood still writes no more once another one has taken over", async () => {
  const broken = await brokenIn({
    team: { ...PLAIN, changelog: "conventional", automatic: true, environments: 2 },
    steps: [
      { at: 0, does: { do: "contribute", says: "odd text", by: "mo", method: "merge" }, thenMs: 0 },
      { at: 1, does: { do: "second process" }, thenMs: 300_000 },
      { at: 0, does: { do: "push", says: "nothing said", by: "ann" }, thenMs: 0 },
      { at: 0, does: { do: "freeze", in: 11 }, thenMs: 300_000 },
      { at: 1, does: { do: "contribute", says: "nothing said", by: "ann", method: "merge" }, thenMs: 7_200_000 },
    ],
  });
  expect(broken).toBeNull();
});
