// However little the app is told, and however often it begins anew, a release comes to the same end by the same writes.
import { expect, test } from "@jest/globals";
import type { Issue } from "../../sandbox/world/types.ts";
import { DOCS, headline, IMAGES, MINUTE_MS, released } from "../fixtures/released.ts";
import type { Team } from "../fixtures/story.ts";

const PLAYBOOK = `
gates:
  smoke: {evidence: The smoke test passed}
artifacts:
  - {workflow: images.yml, trigger: tag}
  - {workflow: docs.yml, trigger: workflow_dispatch, inputs: {reason: "release {tag}"}}
environments:
  - {name: staging, deploy: {workflow: deploy.yml}, verify: [smoke]}
`;
const DEPLOY = "on: workflow_dispatch\njobs: {deploy: {runs-on: ubuntu-latest, steps: [{run: make deploy}]}}\n";

/** What happens on GitHub after the merge, one thing after the other. */
const HAPPENS: readonly ((team: Team, pull: Issue) => Promise<unknown>)[] = [
  (team) => team.finish("images.yml"),
  (team) => team.standIn.operations.startRun(team.repository, team.run("docs.yml")),
  (team) => team.finish("docs.yml", "failure"),
  (team, pull) => team.say(pull, "/release retry docs", "lee"),
  (team) => team.finish("docs.yml"),
  (team) => team.finish("deploy.yml"),
  (team, pull) => team.tick(pull, "The smoke test passed", "lee"),
];

type Ended = { readonly headline: string; readonly comments: number; readonly checks: readonly string[]; readonly runs: readonly string[] };

async function toTheEnd(look: (team: Team) => Promise<unknown>): Promise<Ended> {
  const { team, pull } = await released(PLAYBOOK, { "docs.yml": DOCS, "images.yml": IMAGES, "deploy.yml": DEPLOY });
  for (const happens of HAPPENS) {
    team.waitMs(MINUTE_MS);
    await happens(team, pull);
    await look(team);
  }
  expect((await team.settle()).length + (await team.settle()).length).toBe(0);
  return {
    headline: headline(team, pull),
    comments: team.commentsOf(pull).length,
    checks: team.checksOn(team.head()).map(({ name, conclusion }) => `${name} ${String(conclusion)}`),
    runs: ["images.yml", "docs.yml", "deploy.yml"].map((file) => `${file} ${String(team.runs(file).length)} ${String(team.run(file).attempt)}`),
  };
}

/** The first run of images.yml is that of v1.0.0. Comments: the board, that docs failed, that staging waits for people, the end. */
const EXPECTED: Ended = {
  headline: "### v1.1.0 is verified",
  comments: 4,
  checks: ["Release app 1.1.0 success", "app 1.1.0: images success", "app 1.1.0: docs success", "app 1.1.0: staging success"],
  runs: ["images.yml 2 1", "docs.yml 1 2", "deploy.yml 1 1"],
};

test.each([
  ["it is told of everything", (team: Team) => team.settle(MINUTE_MS)],
  [
    "its process is new each time",
    (team: Team) => {
      team.restart();
      return team.settle(MINUTE_MS);
    },
  ],
  [
    "every hook is lost, and it only looks now and then",
    async (team: Team) => {
      for (let sweep = 0; sweep < 4; sweep += 1) await team.reconcileOnce();
    },
  ],
  [
    "two processes look at the same time",
    async (team: Team) => {
      const other = team.startProcess();
      for (let sweep = 0; sweep < 4; sweep += 1) await Promise.allSettled([team.reconcileOnce(), team.reconcileOnce(other)]);
      await team.settle(MINUTE_MS);
    },
  ],
])("%s", async (_, look) => {
  const end = await toTheEnd(look);
  expect({ ...end, checks: new Set(end.checks) }).toEqual({ ...EXPECTED, checks: new Set(EXPECTED.checks) });
});
