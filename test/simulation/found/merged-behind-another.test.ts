import { expect, test } from "@jest/globals";
import { brokenIn } from "../shrink.ts";
import { PLAIN } from "../team.ts";

// Nothing was said of a release that was merged while the one before it had lost its tag.
test("a release that is merged behind another one says what it waits for", async () => {
  const broken = await brokenIn({
    team: PLAIN,
    steps: [
      { at: 0, does: { do: "push", says: "fix", by: "mo" }, thenMs: 300_000 },
      { at: 0, does: { do: "merge release", pick: 3, method: "rebase", by: "kim" }, thenMs: 300_000 },
      { at: 0, does: { do: "contribute", says: "feature", by: "lee", method: "rebase" }, thenMs: 0 },
      { at: 0, does: { do: "delete tag", pick: 5 }, thenMs: 300_000 },
      { at: 0, does: { do: "merge release", pick: 4, method: "merge", by: "lee" }, thenMs: 0 },
    ],
  });
  expect(broken).toBeNull();
});
