// The app dies after each of its calls, from the merge of LakeRunner's release until it is verified.
import { test } from "@jest/globals";
import { agreedLakerunner, lakerunnerToTheEnd } from "./lakerunner-rollout.ts";
import { crashAfterEveryCall } from "./rollout-team.ts";

// oxlint-disable-next-line jest/expect-expect -- crashAfterEveryCall expects
test("lakerunner: whenever the app dies, one tag, one release, each workflow started once [L-21, L-22]", async () => {
  await crashAfterEveryCall("lakerunner", async (isWatched) => {
    const agreed = await agreedLakerunner(isWatched);
    return { ...agreed, toTheEnd: () => lakerunnerToTheEnd(agreed) };
  });
}, 600_000);
