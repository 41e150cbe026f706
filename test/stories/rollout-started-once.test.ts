// Whatever is lost between the app and GitHub, a workflow is started once, or people are told that nobody knows.
import { describe, expect, test } from "@jest/globals";
import { DOCS, ended, headline, HOUR_MS, IMAGES, later, MINUTE_MS, released, runByHand, said, SOON, stepRow, told } from "../fixtures/released.ts";
import { openTeam } from "../fixtures/story.ts";

const PLAYBOOK = `
artifacts:
  - {workflow: docs.yml, trigger: workflow_dispatch, inputs: {reason: "release {tag}"}}
`;
const EVENT = `
artifacts:
  - {workflow: chart.yml, trigger: repository_dispatch, event: chart, inputs: {tag: "{tag}"}}
`;
const CHART = "on: {repository_dispatch: {types: [chart]}}\njobs: {chart: {runs-on: ubuntu-latest, steps: [{run: make chart}]}}\n";

type Request = { readonly method: string; readonly path: string; readonly body: unknown };
const isDispatch = ({ method, path }: Request): boolean => method === "POST" && path.endsWith("/dispatches");

type Answer = "drop-before" | "drop-after" | { readonly status: number; readonly message: string };

/** The first request to start docs.yml meets with that answer. `asked`: how often one was made. */
async function meeting(answer: Answer) {
  let count = 0;
  const story = await released(PLAYBOOK, { "docs.yml": DOCS }, ({ standIn }) =>
    standIn.intercept((request) => {
      if (!isDispatch(request)) return null;
      count += 1;
      return count === 1 ? answer : null;
    }),
  );
  return { ...story, asked: (): number => count };
}

describe("the answer is lost", () => {
  test("after the effect: the run is found and followed, and nothing is asked again", async () => {
    const { team, pull, asked } = await meeting("drop-after");
    expect([asked(), team.runs("docs.yml").length]).toEqual([1, 1]);
    expect(stepRow(team, pull, "docs")).toMatch(/^⏳ running/);
    await ended(team, "docs.yml");
    expect([headline(team, pull), asked()]).toEqual(["### v1.1.0 is verified", 1]);
  });

  test("before the effect: after five minutes people are told that nobody knows, and one word starts it", async () => {
    const { team, pull, asked } = await meeting("drop-before");
    await later(team, 6 * MINUTE_MS);
    expect(stepRow(team, pull, "docs")).toMatch(
      /^✗ halted .*whether `docs\.yml` was started is not known: the answer was lost and no run shows · look at its runs; if there is none, say `\/release retry docs` to start it again/,
    );
    expect(told(team, pull)).toHaveLength(1);
    await later(team, 2 * HOUR_MS);
    expect([asked(), team.runs("docs.yml").length, told(team, pull).length]).toEqual([1, 0, 1]);
    await said(team, pull, "/release retry docs");
    expect([asked(), team.runs("docs.yml").length]).toEqual([2, 1]);
    await ended(team, "docs.yml");
    expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  });

  test("what somebody else started meanwhile is not taken for it", async () => {
    const { team, pull, asked } = await meeting("drop-before");
    await runByHand(team, "docs.yml", "v1.1.0", { reason: "mine" });
    await later(team, 6 * MINUTE_MS);
    expect([asked(), stepRow(team, pull, "docs")]).toEqual([1, expect.stringMatching(/^✗ halted/)]);
  });

  test("by a server that does not know how to name the run: it is found by reading", async () => {
    const { team, pull, asked } = await meeting({ status: 400, message: "return_run_details is not a permitted key" });
    await team.settle(SOON);
    expect([asked(), team.runs("docs.yml").length, stepRow(team, pull, "docs")]).toEqual([2, 1, expect.stringMatching(/^⏳ running/)]);
    await ended(team, "docs.yml");
    expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  });
});

test("the process dies at any call while it starts a workflow: the workflow is started once, or never without anybody knowing", async () => {
  const ends: string[] = [];
  for (const effect of ["drop-before", "drop-after"] as const)
    for (let at = 1; at <= 3; at += 1) {
      const { team, pull } = await released(PLAYBOOK, { "docs.yml": DOCS }, (one) => {
        one.meanwhile((actions) => {
          if (!one.wasKilled() && actions.some(({ kind }) => kind === "start-workflow")) one.killAt(at, effect);
          return Promise.resolve();
        });
      });
      await later(team, 6 * MINUTE_MS);
      if (stepRow(team, pull, "docs").startsWith("✗ halted")) await said(team, pull, "/release retry docs");
      expect([team.wasKilled(), team.runs("docs.yml").length]).toEqual([true, 1]);
      await ended(team, "docs.yml");
      ends.push(headline(team, pull));
    }
  expect(new Set(ends)).toEqual(new Set(["### v1.1.0 is verified"]));
});

describe("an event that GitHub answers with nothing", () => {
  test("its run is found by reading", async () => {
    const { team, pull } = await released(EVENT, { "chart.yml": CHART });
    expect([team.runs("chart.yml").map(({ given }) => given), stepRow(team, pull, "chart")]).toEqual([
      [{ tag: "v1.1.0" }],
      expect.stringMatching(/^⏳ running/),
    ]);
    await ended(team, "chart.yml");
    expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  });

  const TWO = `
schema: 1
components: {api: {path: api}, web: {path: web}}
versioning: {source: conventional-commits}
release: {pull_request: {per: repository}, tag: {name: "{component}-{version}"}}
artifacts:
  - {workflow: chart.yml, trigger: repository_dispatch, event: chart, inputs: {tag: "{tag}"}}
`;
  test.each([
    ["are told apart where the run's name holds the tag", `run-name: Chart of \${{ github.event.client_payload.tag }}\n${CHART}`, ["⏳", "⏳"]],
    ["are never doubled where nothing tells them apart: people are asked", CHART, ["✗", "✗"]],
  ])("two components' at once %s", async (_, workflow, signs) => {
    const team = await openTeam({ playbook: TWO, files: { ".github/workflows/chart.yml": workflow } });
    for (const tag of ["api-1.0.0", "web-1.0.0"]) await team.tag(tag);
    await team.contribute("feat: both", "squash", { "api/x": "1\n", "web/x": "1\n" });
    await team.settle();
    const pull = team.releasePullRequest();
    await team.merge(pull);
    await team.settle(SOON);
    expect(team.runs("chart.yml").map(({ given }) => given["tag"])).toEqual(["api-1.1.0", "web-1.1.0"]);
    const rows = team
      .status(pull)
      .split("\n")
      .filter((line) => line.includes("chart") && line.startsWith("| "));
    expect(rows.map((row) => row.slice(2, 3))).toEqual(signs);
  });
});

describe("GitHub refuses to start it", () => {
  test("because nothing in it lets it be started: its word is shown, nothing is asked again by itself", async () => {
    const { team, pull } = await released(PLAYBOOK, { "docs.yml": DOCS.replace("workflow_dispatch", "workflow_call") });
    expect(stepRow(team, pull, "docs")).toMatch(/^✗ (failed|halted)/);
    expect(stepRow(team, pull, "docs")).toContain("workflow_dispatch");
    expect(told(team, pull)).toHaveLength(1);
    await later(team, 2 * HOUR_MS);
    expect([team.runs("docs.yml").length, told(team, pull).length]).toEqual([0, 1]);
  });

  test("because an input is unknown to it: GitHub's word is shown; each retry asks once", async () => {
    const { team, pull } = await released(PLAYBOOK.replace("reason:", "cause:"), { "docs.yml": DOCS });
    expect(stepRow(team, pull, "docs")).toMatch(/^✗ failed .*cause/);
    await said(team, pull, "/release retry docs");
    expect([stepRow(team, pull, "docs").slice(0, 8), team.runs("docs.yml").length]).toEqual(["✗ failed", 0]);
  });
});

describe("a tag that starts nothing", () => {
  const TAGGED = "\nartifacts:\n  - {workflow: images.yml, trigger: tag}\n";
  const NEVER = IMAGES.replace('tags: ["v*"]', 'tags: ["x*"]').replace("on:", "on:\n  workflow_dispatch:");

  test("people are told after ten minutes; a run by hand on the tag is taken for it", async () => {
    const { team, pull } = await released(TAGGED, { "images.yml": NEVER }, undefined, 5 * MINUTE_MS);
    expect(stepRow(team, pull, "images")).toMatch(/⏳ running · .*GitHub starts `images\.yml` on the tag `v1\.1\.0`/);
    await later(team, 15 * MINUTE_MS);
    expect(stepRow(team, pull, "images")).toMatch(
      /✗ halted · .*the tag `v1\.1\.0` started no run of `images\.yml` · run it on `v1\.1\.0` by hand, or say `\/release skip images <reason>`/,
    );
    await runByHand(team, "images.yml", "v1.1.0");
    await team.settle(SOON);
    expect(stepRow(team, pull, "images")).toMatch(/^⏳ running/);
    expect(team.status(pull)).toContain(`/actions/runs/${String(team.run("images.yml").id)}`);
    await ended(team, "images.yml");
    expect(headline(team, pull)).toBe("### v1.1.0 is verified");
  });
});

test("what a repository calls its folders reaches a workflow as the value of an input, to the letter, and as nothing else", async () => {
  const path = 'charts/$(touch pwned)`id`"; ${{ github.token }} #';
  const team = await openTeam({
    playbook: `
schema: 1
components: {app: {path: ${JSON.stringify(path)}}}
versioning: {source: conventional-commits}
artifacts:
  - {workflow: docs.yml, trigger: workflow_dispatch, inputs: {reason: "{path} {tag}"}}
`,
    files: { ".github/workflows/docs.yml": DOCS },
  });
  await team.tag("app-1.0.0");
  await team.contribute("feat: $(id)", "squash", { [`${path}/values.yaml`]: "a: 1\n" });
  await team.settle();
  await team.merge(team.releasePullRequest());
  await team.settle(SOON);
  expect(team.runs("docs.yml").map(({ given, headBranch }) => [given, headBranch])).toEqual([[{ reason: `${path} app-1.1.0` }, "app-1.1.0"]]);
});
