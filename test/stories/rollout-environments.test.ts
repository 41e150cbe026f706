// Environments after the tag: what is asked before, what puts the version there, how long it runs there, who may say so.
import { describe, expect, test } from "@jest/globals";
import type { Issue } from "../../sandbox/world/types.ts";
import { DOCS, ended, headline, HOUR_MS, later, MINUTE_MS, released, said, SOON, stepRow, told } from "../fixtures/released.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const DEPLOY = `on:
  workflow_dispatch:
    inputs:
      to: {type: string, required: true}
      version: {type: string, required: true}
jobs:
  deploy: {runs-on: ubuntu-latest, steps: [{run: make deploy}]}
`;
/** staging by a workflow, production by hand. */
const PLAYBOOK = `
roles: {operations: ["@ann"]}
gates:
  backup: {evidence: Database is backed up, by: operations}
  quiet: {evidence: No alerts, soak: 30m}
environments:
  - name: staging
    deploy: {workflow: deploy.yml, inputs: {to: "{environment}", version: "{version}"}}
    gates: [backup]
    verify: [quiet]
    soak: 2h
  - name: production
    after: staging
    deploy: {manual: operations}
    gates: [backup]
`;

type Story = { readonly team: Team; readonly pull: Issue };
const start = (playbook = PLAYBOOK): Promise<Story> => released(playbook, { "deploy.yml": DEPLOY, "docs.yml": DOCS });

async function ticked({ team, pull }: Story, item: string, login: string): Promise<void> {
  team.waitMs(MINUTE_MS);
  await team.tick(pull, item, login);
  await team.settle(SOON);
}

/** The boxes of the board, as they read. */
const boxes = ({ team, pull }: Story): readonly string[] =>
  team
    .status(pull)
    .split("\n")
    .filter((line) => line.startsWith("- ["));

describe("an environment that a workflow deploys to", () => {
  test("waits for its gates, is deployed once, watched, and runs for its time before the next one is asked", async () => {
    const story = await start();
    const { team, pull } = story;
    expect(stepRow(team, pull, "staging")).toMatch(/^✗ needs people .*waits for backup/);
    expect(team.runs("deploy.yml")).toHaveLength(0);
    expect(told(team, pull)).toEqual([expect.stringContaining("**app 1.1.0 waits for people at staging**")]);
    await ticked(story, "Database is backed up", "ann");
    expect(team.runs("deploy.yml").map(({ given }) => given)).toEqual([{ to: "staging", version: "1.1.0" }]);
    await ended(team, "deploy.yml");
    expect(stepRow(team, pull, "staging")).toMatch(/^⏳ waits/);
    expect(boxes(story).join()).not.toContain("No alerts");
    await later(team, 45 * MINUTE_MS);
    expect(stepRow(team, pull, "staging")).toMatch(/^✗ needs people .*waits for quiet/);
    await ticked(story, "No alerts", "lee");
    expect(stepRow(team, pull, "staging")).toMatch(/^⏳ waits .*it may go further/);
    expect(stepRow(team, pull, "production")).toMatch(/^later/);
    await later(team, 3 * HOUR_MS);
    expect(stepRow(team, pull, "staging")).toMatch(/^✓ done .*runs there since/);
    expect(stepRow(team, pull, "production")).toMatch(/^✗ needs people .*waits for backup/);
    expect(team.runs("deploy.yml")).toHaveLength(1);
  });

  test("that failed is deployed again when somebody says so, and is not asked again what was asked before", async () => {
    const story = await start();
    const { team, pull } = story;
    await ticked(story, "Database is backed up", "ann");
    await ended(team, "deploy.yml", "failure");
    expect(stepRow(team, pull, "staging")).toMatch(/^✗ failed .*`deploy\.yml` failed in `deploy`/);
    expect(stepRow(team, pull, "production")).toContain("paused by `staging`");
    await said(team, pull, "/release retry staging");
    expect(team.run("deploy.yml").attempt).toBe(2);
    await ended(team, "deploy.yml");
    expect(stepRow(team, pull, "staging")).toMatch(/^⏳ waits/);
  });
});

const BY_HAND = `
roles: {operations: ["@ann"]}
gates:
  backup: {evidence: Database is backed up, by: operations}
  quiet: {evidence: No alerts, soak: 30m}
environments:
  - name: production
    deploy: {manual: operations}
    gates: [backup]
    verify: [quiet]
`;

describe("who may confirm", () => {
  test("only whoever is in the role: everybody else's box, and everybody else's word, counts for nothing", async () => {
    const story = await start(BY_HAND);
    const { team, pull } = story;
    await ticked(story, "Database is backed up", "lee");
    expect(stepRow(team, pull, "production")).toContain("waits for backup");
    await said(team, pull, "/release evidence production/backup https://backups.test/1", "lee");
    await said(team, pull, "/release evidence production/backup https://backups.test/1", "jo");
    expect(stepRow(team, pull, "production")).toContain("waits for backup");
    await said(team, pull, "/release evidence production/backup https://backups.test/1", "ann");
    expect(stepRow(team, pull, "production")).toMatch(/✗ needs people .*puts it there/);
  });

  test("people deploy and say so; the watch that follows is confirmed after its time, never before", async () => {
    const story = await start(BY_HAND);
    const { team, pull } = story;
    await said(team, pull, "/release evidence production/backup https://backups.test/1", "ann");
    await said(team, pull, "/release evidence production/quiet https://alerts.test/1", "lee");
    await ticked(story, "deployed", "ann");
    expect(stepRow(team, pull, "production")).toMatch(/^⏳ waits/);
    await said(team, pull, "/release evidence production/quiet https://alerts.test/2", "lee");
    await later(team, 45 * MINUTE_MS);
    expect(stepRow(team, pull, "production")).toMatch(/^✗ needs people .*waits for quiet/);
    await said(team, pull, "/release evidence production/quiet https://alerts.test/3", "lee");
    expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  });
});

test("a window keeps it back until it opens, and says when", async () => {
  // The stand-in begins on Thursday 2026-01-01, shortly after midnight.
  const { team, pull } = await start(`
environments:
  - name: production
    deploy: {workflow: deploy.yml, inputs: {to: "{environment}", version: "{version}"}}
    window: Fri 14:00-16:00 UTC
`);
  expect(stepRow(team, pull, "production")).toMatch(/^⏳ waits .*window opens Fri 14:00 UTC/);
  expect(team.runs("deploy.yml")).toHaveLength(0);
  expect(told(team, pull)).toEqual([]);
  await later(team, 38 * HOUR_MS);
  expect(team.runs("deploy.yml")).toHaveLength(1);
  await ended(team, "deploy.yml");
  expect(headline(team, pull)).toBe("### v1.1.0 is verified");
});

test("what was begun within the window is followed when that is over; another attempt waits for the next one", async () => {
  const { team, pull } = await start(`
environments:
  - name: production
    deploy: {workflow: deploy.yml, inputs: {to: "{environment}", version: "{version}"}}
    window: Fri 14:00-16:00 UTC
`);
  await later(team, 38 * HOUR_MS);
  team.waitMs(3 * HOUR_MS);
  await later(team, MINUTE_MS);
  expect(stepRow(team, pull, "production")).toMatch(/^⏳ running/);
  await ended(team, "deploy.yml", "failure");
  expect(stepRow(team, pull, "production")).toMatch(/^✗ failed/);
  await said(team, pull, "/release retry production");
  expect(team.run("deploy.yml").attempt).toBe(1);
  await later(team, 7 * 24 * HOUR_MS);
  expect(team.run("deploy.yml").attempt).toBe(2);
  await ended(team, "deploy.yml");
  expect(headline(team, pull)).toBe("### v1.1.0 is verified");
});

describe("a newer release comes while the older one is under way", () => {
  const LINE = `
artifacts:
  - {workflow: docs.yml, trigger: workflow_dispatch, inputs: {reason: "release {tag}"}}
environments:
  - {name: staging, deploy: {workflow: deploy.yml, inputs: {to: "{environment}", version: "{version}"}}}
`;

  test("the older one's artifacts are followed to their end and its environments are left to the newer one; each board tells its own", async () => {
    const story = await start(LINE);
    const { team, pull: older } = story;
    await team.contribute("feat: bright mode");
    await team.settle(SOON);
    const newer = team.releasePullRequest();
    await team.merge(newer);
    await team.settle(SOON);
    expect([headline(team, older), headline(team, newer)]).toEqual([
      expect.stringMatching(/^### v1\.1\.0 is rolling out/),
      expect.stringMatching(/^### v1\.2\.0 is rolling out/),
    ]);
    const [first, second] = team.runs("docs.yml");
    expect([first?.given, second?.given]).toEqual([{ reason: "release v1.1.0" }, { reason: "release v1.2.0" }]);
    team.waitMs(3 * MINUTE_MS);
    await team.standIn.operations.finishRun(team.repository, first!, "failure");
    await team.settle(SOON);
    expect([headline(team, older), headline(team, newer)]).toEqual([
      "### v1.1.0 is paused: docs failed",
      expect.stringMatching(/^### v1\.2\.0 is rolling out/),
    ]);
    expect([stepRow(team, older, "docs").slice(0, 8), stepRow(team, newer, "docs").slice(0, 9)]).toEqual(["✗ failed", "⏳ running"]);
    await said(team, older, "/release retry docs");
    await team.standIn.operations.finishRun(team.repository, first!, "success");
    await team.settle(SOON);
    expect(stepRow(team, older, "staging")).toMatch(/^superseded .*1\.2\.0 came first/);
    expect(headline(team, older)).toBe("### v1.1.0 was superseded");
    expect(team.runs("deploy.yml")).toHaveLength(0);
    await ended(team, "docs.yml");
    expect(team.runs("deploy.yml").map(({ given }) => given["version"])).toEqual(["1.2.0"]);
    await ended(team, "deploy.yml");
    expect(headline(team, newer)).toBe("### v1.2.0 is verified");
    expect(told(team, newer).join()).not.toContain("1.1.0");
  });
});

test("two components that one pull request released stand on one board until both are done", async () => {
  const playbook = `components: {api: {path: api}, web: {path: web}}
versioning: {source: conventional-commits}
release: {pull_request: {per: repository}}
artifacts: [{workflow: images.yml, trigger: tag}]
`;
  const team = await openTeam({
    playbook: `schema: 1\n${playbook}`,
    files: {
      "api/a": "1",
      "web/a": "1",
      ".github/workflows/images.yml": "on: {push: {tags: ['*-*']}}\njobs: {build: {runs-on: ubuntu-latest, steps: [{run: make}]}}\n",
    },
  });
  await team.push("feat: both", { "api/b": "1", "web/b": "1" });
  await team.settle();
  const pull = team.releasePullRequest();
  await team.merge(pull);
  await team.settle(SOON);
  const [first, second] = team.runs("images.yml");
  await team.standIn.operations.finishRun(team.repository, first!, "success");
  await team.settle(SOON);
  expect(team.status(pull)).toMatch(/### api 0\.1\.0 is verified[\s\S]*### web 0\.1\.0 is rolling out/);
  await team.standIn.operations.finishRun(team.repository, second!, "success");
  await team.settle(SOON);
  expect(team.status(pull)).toMatch(/### api 0\.1\.0 is verified[\s\S]*### web 0\.1\.0 is verified/);
  expect(await team.settle()).toEqual([]);
});
