// Every invariant notices what it is there for: the wrong thing is done with the app's own rights, or noted as seen.
import { describe, expect, test } from "@jest/globals";
import { workflowNamed } from "../../../sandbox/actions/workflows.ts";
import { commitTo } from "../../../sandbox/scenarios/people.ts";
import type { Actor } from "../../../sandbox/world/types.ts";
import { perform, releasePulls } from "../deeds.ts";
import type { TeamSpec } from "../history.ts";
import { keyOf, openScene, type Place, type Scene } from "../scene.ts";
import { PLAIN } from "../team.ts";
import type { TagMove } from "../witness.ts";
import { INVARIANTS } from "./index.ts";

const SOON_MS = 10 * 60_000;

type Wrong = (scene: Scene, place: Place, bot: Actor) => unknown;

/** What each invariant says of a scene in which somebody merged a change and then the wrong thing was done. */
async function complaintsOf(wrong: Wrong, team: Partial<TeamSpec>): Promise<readonly { readonly number: number; readonly because: string }[]> {
  const scene = await openScene({ team: { ...PLAIN, ...team } });
  const [place] = scene.places;
  try {
    scene.startProcess();
    await scene.time.pass(SOON_MS);
    await perform(scene, place, { do: "contribute", says: "feature", by: "lee", method: "squash" });
    await scene.time.pass(SOON_MS);
    const checks = INVARIANTS.map(({ number, watch }) => ({ number, check: watch(scene) }));
    for (const { check } of checks) expect(await check("step")).toEqual([]);
    await scene.time.during(Promise.resolve(wrong(scene, place, { is: "installation", user: scene.app.bot, installation: place.installation })));
    const found = await Promise.all(checks.map(async ({ number, check }) => (await check("step")).map((because) => ({ number, because }))));
    const atEnd: { readonly number: number; readonly because: string }[] = [];
    for (const { number, check } of checks) atEnd.push(...(await check("end")).map((because) => ({ number, because })));
    return [...found.flat(), ...atEnd];
  } finally {
    await scene.close();
  }
}

const headOf = ({ repository }: Place): string => repository.git.refs().get(`refs/heads/${repository.defaultBranch}`) ?? "";
const tag: (name: string) => Wrong = (name) => (scene, place, bot) =>
  scene.standIn.operations.updateRefs(bot, place.repository, [{ name: `refs/tags/${name}`, after: headOf(place), force: true }]);
const dispatch: (file: string, inputs: Readonly<Record<string, string>>) => Wrong =
  (file, inputs) =>
  async (scene, { repository }, bot) => {
    const workflow = await workflowNamed(scene.standIn.world, repository, file);
    if (workflow !== null) await scene.standIn.operations.dispatchWorkflow(bot, repository, workflow, { ref: repository.defaultBranch, inputs });
  };
const lookAt = (scene: Scene, place: Place, process: number, startedAt = scene.time.now()) => ({
  id: scene.standIn.world.nextId(), process, key: keyOf(place), startedAt,
}); // prettier-ignore

const WRONGS: readonly (readonly [number, string, Wrong, Partial<TeamSpec>])[] = [
  [1, "a version tag is moved", tag("v1.0.0"), {}],
  [
    2,
    "a release is published from a commit that is no merge of a release pull request",
    async (scene, place, bot) => {
      await tag("v1.1.0")(scene, place, bot);
      await scene.standIn.operations.createRelease(bot, place.repository, { tag: "v1.1.0", isDraft: false });
    },
    {},
  ],
  [
    3,
    "a step is dispatched twice",
    async (scene, place, bot) => {
      await dispatch("image.yml", { version: "app 1.1.0" })(scene, place, bot);
      await dispatch("image.yml", { version: "app 1.1.0" })(scene, place, bot);
    },
    { artifact: "dispatch" },
  ],
  [
    4,
    "a merged release is tagged although its gate is closed",
    async (scene, place, bot) => {
      await perform(scene, place, { do: "merge release", pick: 0, method: "squash", by: "kim" });
      await tag("v1.1.0")(scene, place, bot);
    },
    { gates: ["reviewed"] },
  ],
  [
    5,
    "a command of somebody who may only read is accepted",
    async (scene, { repository }, bot) => {
      const [pull] = releasePulls(scene, repository, "open");
      if (pull === undefined) throw new Error("no release pull request");
      const { operations, actorFor } = scene.standIn;
      await operations.react(bot, repository, await operations.comment(actorFor("jo"), repository, pull, "/release hold now"), "rocket");
    },
    {},
  ],
  [6, "a version is given that is lower than one before it", tag("v0.9.0"), {}],
  [
    7,
    "a second release pull request is opened",
    async (scene, place, bot) => {
      const { standIn } = scene;
      await standIn.operations.updateRefs(standIn.actorFor("kim"), place.repository, [
        { name: "refs/heads/release/again", before: null, after: headOf(place), force: false },
      ]);
      await commitTo(standIn, place.repository, "release/again", { message: "chore: again", files: { "again.txt": "again\n" }, login: "kim" });
      await standIn.operations.openPullRequest(bot, place.repository, {
        title: "Release again",
        body: null,
        head: "release/again",
        base: "main",
        isDraft: false,
      });
    },
    {},
  ],
  [
    8,
    "what people wrote is overwritten",
    async (scene, place, bot) => {
      await perform(scene, place, { do: "write notes", pick: 0 });
      const [pull] = releasePulls(scene, place.repository, "open");
      if (pull !== undefined) await scene.standIn.operations.editIssue(bot, place.repository, pull, { body: "Only this." });
    },
    { notes: true },
  ],
  [
    9,
    "a version is made in a look whose read had failed",
    (scene, place) => {
      const { witness, time } = scene;
      const look = lookAt(scene, place, 1);
      const question = '/api/graphql {"variables":{"id":"x"}}';
      witness.ask({ at: time.now(), look, method: "POST", path: "/api/graphql", question, isWrite: false, fault: { is: "cut" } });
      const move: TagMove = { at: time.now(), repository: place.repository, tag: "v1.1.0", before: null, after: headOf(place), look, isByApp: true };
      (witness.tagMoves as TagMove[]).push(move);
    },
    {},
  ],
  [10, "a webhook is acknowledged and nobody looks", ({ witness, time }) => witness.acknowledge({ at: time.now() + 60 * 60_000, key: "1/2" }), {}],
  [
    11,
    "a process writes after another one has taken over",
    (scene, place) => {
      const { witness, time } = scene;
      const [old, newer] = [lookAt(scene, place, 1, time.now() - 2), lookAt(scene, place, 2, time.now() - 1)];
      witness.look(old);
      witness.look(newer);
      witness.ask({ at: time.now(), look: old, method: "POST", path: "/x", question: "/x null", isWrite: true, fault: null });
    },
    {},
  ],
  [12, "a key pairs an installation with another one's repository", (scene, place) => scene.witness.look({ ...lookAt(scene, place, 1), key: "1/2" }), {}],
  [
    13,
    "something is still written when all is quiet",
    (scene, place) => scene.time.at(scene.time.now() + 90_000, () => void perform(scene, place, { do: "push", says: "breaking", by: "lee" })),
    {},
  ],
  [
    14,
    "a version is put into production that never was in staging",
    dispatch("deploy.yml", { environment: "production", version: "app 1.1.0" }),
    { environments: 2 },
  ],
  [15, "a look ends in a bug", ({ witness }, place) => witness.outcome({ key: keyOf(place), kind: "bug", tookMs: 0 }), {}],
];

describe("an invariant is broken, and said to be, when", () => {
  test.each(WRONGS)("%i: %s", async (number, _, wrong, team) => {
    const complaints = await complaintsOf(wrong, team);
    expect(complaints.map((one) => one.number)).toContain(number);
  });

  test("there is one for each of the design's fifteen", () => {
    expect(WRONGS.map(([number]) => number)).toEqual(INVARIANTS.map((one) => one.number).toSorted((left, right) => left - right));
  });
});
