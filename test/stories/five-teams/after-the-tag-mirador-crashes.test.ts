// The app dies after each of its calls, from the merge of mirador-rca's release until it is verified.
import { test } from "@jest/globals";
import { agreedMirador, miradorToTheEnd } from "./mirador-rollout.ts";
import { crashAfterEveryCall } from "./rollout-team.ts";

// oxlint-disable-next-line jest/expect-expect -- crashAfterEveryCall expects
test("mirador-rca: whenever the app dies, one tag, one release, one retrospective [M-21, M-22, M-27]", async () => {
  await crashAfterEveryCall("mirador-rca", async (isWatched) => {
    const agreed = await agreedMirador(isWatched);
    return { ...agreed, toTheEnd: () => miradorToTheEnd(agreed) };
  });
}, 600_000);
