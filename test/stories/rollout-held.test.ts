// After the tag something on GitHub's side stands in the way of a workflow: an environment that people must open, a workflow
// that somebody disabled. The board says where and what to do, nothing is started twice, and mended it goes on.
import { expect, test } from "@jest/globals";
import { DOCS, ended, later, MINUTE_MS, released, said, SOON, stepRow, told } from "../fixtures/released.ts";

const PLAYBOOK = `
artifacts:
  - {workflow: docs.yml, trigger: workflow_dispatch, inputs: {reason: "release {tag}"}}
`;

/** A job of the run waits for kim, who reviews its environment. */
async function held() {
  const text = DOCS.replace("site: {runs-on", "site: {environment: pages, runs-on");
  const { team, pull } = await released(PLAYBOOK, { "docs.yml": text });
  const { operations } = team.standIn;
  const kim = team.person("kim");
  const pages = await operations.keepEnvironment(kim, team.repository, "pages", { reviewers: [kim.user] });
  const run = team.run("docs.yml");
  await operations.startRun(team.repository, run);
  return { team, pull, operations, kim, pages, run };
}

test("a job waits for a reviewer of its environment: the board says so once with the address, and his approval lets it go on", async () => {
  const { team, pull, operations, kim, pages, run } = await held();
  await team.settle(SOON);
  expect(run.status).toBe("waiting");
  expect(stepRow(team, pull, "docs")).toMatch(/✗ needs people · .*waits for somebody who approves its deployment · approve it: http\S+\/actions\/runs\/\d+/);
  const before = told(team, pull);
  expect(before).toEqual([expect.stringContaining("**app 1.1.0 waits for people at docs**")]);
  await later(team, 45 * MINUTE_MS);
  expect(told(team, pull)).toEqual(before);
  await operations.reviewDeployments(kim, team.repository, run, { environments: [pages], state: "approved", comment: "Go" });
  await ended(team, "docs.yml");
  expect(stepRow(team, pull, "docs")).toMatch(/^✓ done/);
  expect(team.runs("docs.yml")).toHaveLength(1);
});

test("a reviewer rejects it: the step has failed, and a retry asks the reviewer once more", async () => {
  const { team, pull, operations, kim, pages, run } = await held();
  await operations.reviewDeployments(kim, team.repository, run, { environments: [pages], state: "rejected", comment: "No" });
  await team.settle(SOON);
  expect(stepRow(team, pull, "docs")).toMatch(/^✗ failed/);
  await said(team, pull, "/release retry docs");
  expect([run.attempt, run.status]).toEqual([2, "queued"]);
  await operations.startRun(team.repository, run);
  expect(run.status).toBe("waiting");
});

test("a workflow that somebody disabled: the step says that it was refused and why, nothing is tried again by itself, and enabled a retry runs it", async () => {
  const { team, pull } = await released(PLAYBOOK, { "docs.yml": DOCS }, ({ repository, standIn: { world } }) => {
    const [path, at] = [".github/workflows/docs.yml", world.now()];
    repository.actions.workflows.set(path, { id: world.nextId(), path, name: path, isDisabled: true, createdAt: at, updatedAt: at });
  });
  expect(team.runs("docs.yml")).toHaveLength(0);
  expect(stepRow(team, pull, "docs")).toContain("Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  expect(stepRow(team, pull, "docs")).toContain("/release retry docs");
  const calls = team.calls();
  await later(team, 45 * MINUTE_MS);
  expect(team.runs("docs.yml")).toHaveLength(0);
  expect(team.calls() - calls).toBeLessThan(60);
  const workflow = team.repository.actions.workflows.get(".github/workflows/docs.yml");
  if (workflow !== undefined) await team.standIn.operations.setWorkflowDisabled(team.person("kim"), team.repository, workflow, false);
  await said(team, pull, "/release retry docs");
  expect(team.runs("docs.yml")).toHaveLength(1);
  await ended(team, "docs.yml");
  expect(stepRow(team, pull, "docs")).toMatch(/^✓ done/);
});
