import { expect, test } from "@jest/globals";
import { brokenIn } from "../shrink.ts";
import { PLAIN } from "../team.ts";

// What was merged was forgotten when somebody tagged it by hand before the app did.
test("a release that somebody else's tag has overtaken says so", async () => {
  const broken = await brokenIn({
    team: PLAIN,
    steps: [
      { at: 0, does: { do: "push", says: "feature", by: "lee" }, thenMs: 300_000 },
      { at: 1, does: { do: "mail", what: "lost", count: 5 }, thenMs: 0 },
      { at: 0, does: { do: "merge release", pick: 0, method: "squash", by: "kim" }, thenMs: 60_000 },
      { at: 0, does: { do: "tag by hand", version: "v1.0.1" }, thenMs: 0 },
    ],
  });
  expect(broken).toBeNull();
});

test("a release that somebody moved the last tag to says so, and again when that is deleted", async () => {
  const broken = await brokenIn({
    team: { ...PLAIN, gates: ["blockers", "rehearsed"] },
    steps: [
      { at: 0, does: { do: "push", says: "feature", by: "ann" }, thenMs: 300_000 },
      { at: 0, does: { do: "merge release", pick: 4, method: "rebase", by: "lee" }, thenMs: 60_000 },
      { at: 0, does: { do: "move tag", pick: 5 }, thenMs: 0 },
      { at: 0, does: { do: "delete comment", pick: 2 }, thenMs: 0 },
    ],
  });
  expect(broken).toBeNull();
});

test("a release whose tag somebody else had made says so", async () => {
  const broken = await brokenIn({
    team: PLAIN,
    steps: [
      { at: 0, does: { do: "contribute", says: "feature", by: "mo", method: "merge" }, thenMs: 7_200_000 },
      { at: 0, does: { do: "kill", in: 11, when: "after", at: "commit" }, thenMs: 60_000 },
      { at: 0, does: { do: "report ci", pick: 3, conclusion: "success" }, thenMs: 60_000 },
      { at: 0, does: { do: "tag by hand", version: "v1.1.0" }, thenMs: 60_000 },
      { at: 0, does: { do: "merge release", pick: 5, method: "rebase", by: "lee" }, thenMs: 0 },
    ],
  });
  expect(broken).toBeNull();
});
