import { expect, it } from "@jest/globals";
import { REPO } from "../fixture.ts";
import { withWorkflows } from "./fixture.ts";

const listening = (on: string): string => `on: ${on}\njobs: { build: { runs-on: ubuntu-latest } }\n`;

it("tags, releases and uploads as github-actions[bot]: apps hear of it, and no workflow starts", () =>
  withWorkflows({ "all.yml": listening("[push, release, workflow_dispatch]") }, async ({ standIn, repository, headOf, started, heard, lee }) => {
    const { operations } = standIn;
    const actor = standIn.workflowActor(repository);
    await heard();
    await operations.updateRefs(actor, repository, [{ name: "refs/tags/v1.0.0", before: null, after: headOf("main"), force: false }]);
    const release = await operations.createRelease(actor, repository, { tag: "v1.0.0", body: "Built" });
    await operations.uploadReleaseAsset(actor, repository, release, { name: "app.tgz", content: "x" });
    await operations.updateRelease(actor, repository, release, { body: "Built and checked" });
    expect(await heard()).toEqual(["create", "push", "release.created", "release.published", "release.released", "release.edited"]);
    expect(started()).toEqual([]);
    const { body } = await lee("GET", `${REPO}/releases/tags/v1.0.0`);
    expect(body).toMatchObject({
      author: { login: "github-actions[bot]", type: "Bot" },
      assets: [{ name: "app.tgz", uploader: { login: "github-actions[bot]" } }],
    });
    const workflow = repository.actions.workflows.get(".github/workflows/all.yml") ?? (await lee("GET", `${REPO}/actions/workflows/all.yml`)).body;
    await operations.dispatchWorkflow(actor, repository, repository.actions.workflows.get(workflow.path)!, { ref: "main", inputs: {} });
    expect(started()).toEqual(["all.yml workflow_dispatch main"]);
  }));

it("acts in its own repository only", () =>
  withWorkflows({}, async ({ standIn, repository }) => {
    const other = await standIn.addRepository("acme", "other", { isPrivate: true });
    const open = (where: typeof repository) =>
      standIn.operations.openIssue(standIn.workflowActor(repository), where, { title: "x", body: null, labels: [], milestone: null });
    expect((await open(repository)).author.login).toBe("github-actions[bot]");
    await expect(open(other)).rejects.toThrow("Not Found");
  }));
