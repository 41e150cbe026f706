import { expect, test } from "@jest/globals";
import { brokenIn } from "../shrink.ts";
import { PLAIN } from "../team.ts";

// The clock of its machine was put back while it stood still, so it took its lease for good, and wrote.
test("a process that stood still while its clock was put back writes no more", async () => {
  const broken = await brokenIn({
    team: PLAIN,
    steps: [
      { at: 0, does: { do: "second process" }, thenMs: 300_000 },
      { at: 0, does: { do: "push", says: "fix", by: "ann" }, thenMs: 86_400_000 },
      { at: 0, does: { do: "clock jumps", ms: 3_600_000 }, thenMs: 300_000 },
      { at: 0, does: { do: "freeze", in: 2 }, thenMs: 300_000 },
      { at: 1, does: { do: "contribute", says: "breaking", by: "ann", method: "squash" }, thenMs: 300_000 },
      { at: 1, does: { do: "push", says: "fix", by: "kim" }, thenMs: 300_000 },
    ],
  });
  expect(broken).toBeNull();
});
