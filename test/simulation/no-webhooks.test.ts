// GitHub sends nothing at all: every sweep brings the repository to where it should be.
import { expect, test } from "@jest/globals";
import type { HumanDeed } from "./history.ts";
import { perform } from "./deeds.ts";
import { openScene, SWEEP_MS } from "./scene.ts";
import { PLAIN } from "./team.ts";

const FOLLOWS_MS = 10 * 60_000;
const MANY = 10_000;

test("without a single webhook each thing that people do is answered within one sweep", async () => {
  const scene = await openScene({ team: { ...PLAIN, file: "json", changelog: "conventional", gates: ["blockers"], desk: true } });
  const { repository } = scene.places[0];
  const { app, mail, time, witness } = scene;
  scene.startProcess();
  await time.pass(FOLLOWS_MS);
  mail.next("swallowed", MANY);
  const within = async (deed: HumanDeed): Promise<void> => {
    await perform(scene, scene.places[0], deed);
    await time.pass(SWEEP_MS + FOLLOWS_MS);
  };
  const pulls = () =>
    [...repository.issues.values()].flatMap(({ pull, title, state, author }) => (pull !== null && author === app.bot ? [`${title} ${state}`] : []));
  const said = () => [...repository.comments.values()].filter(({ author }) => author === app.bot).map(({ body }) => body.split("\n")[0]);

  await within({ do: "contribute", says: "feature", by: "lee", method: "squash" });
  expect(pulls()).toEqual(["Release app 1.1.0 open"]);
  await within({ do: "open blocker", by: "mo" });
  expect(said()).toEqual([expect.stringContaining("app 1.1.0 waits for 1 of 1: blockers")]);
  await within({ do: "close blocker", pick: 0 });
  expect(said()).toEqual([expect.stringContaining("app 1.1.0 is ready to merge")]);
  await within({ do: "merge release", pick: 0, method: "squash", by: "kim" });
  expect([...repository.releases.values()].map(({ tag, isDraft }) => ({ tag, isDraft }))).toEqual([{ tag: "v1.1.0", isDraft: false }]);
  expect(witness.acknowledged).toEqual([]);
  await scene.close();
});
