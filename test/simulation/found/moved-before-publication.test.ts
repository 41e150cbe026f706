import { expect, test } from "@jest/globals";
import { brokenIn } from "../shrink.ts";
import { PLAIN } from "../team.ts";

// The release waited for its image as a draft; the app took the tag where it stood now, and published what nobody had reviewed.
test("a tag that somebody moves before the release is published is not published from there", async () => {
  const broken = await brokenIn({
    team: { ...PLAIN, automatic: true, artifact: "dispatch", publish: "after-artifacts" },
    steps: [
      { at: 0, does: { do: "contribute", says: "fix", by: "lee", method: "merge" }, thenMs: 300_000 },
      { at: 0, does: { do: "push", says: "chore", by: "mo" }, thenMs: 300_000 },
      { at: 0, does: { do: "move tag", pick: 1 }, thenMs: 60_000 },
    ],
  });
  expect(broken).toBeNull();
});
