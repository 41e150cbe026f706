// HMCo from the merge to the end, with the app dying at every call in turn.
// oxlint-disable jest/expect-expect -- crashAfterEveryCall expects
import { test } from "@jest/globals";
import { crashAfterEveryCall } from "./rollout-team.ts";
import { hmcoToTheEnd } from "./rollouts-hmco.ts";

test("wherever the app dies, everything is made once and the release is verified", async () => {
  await crashAfterEveryCall("hmco", hmcoToTheEnd);
}, 600_000);
