import { expect, it } from "@jest/globals";
import { nodeId } from "../world/node-id.ts";
import { inWorld } from "./fixture.ts";

const REPOSITORY = nodeId("R", 3);
const onMain = (fields: string): string => `{ repository(owner: "ada", name: "orbit") { object(expression: "main") { ... on Commit { ${fields} } } } }`;

const CREATE = `mutation ($input: CreateCheckRunInput!) { createCheckRun(input: $input) { checkRun { id databaseId status conclusion } } }`;

it("lists the suites of one app, and the latest run of each name", () =>
  inWorld(async ({ ask, git, install }) => {
    const headSha = git.refs().get("refs/heads/main");
    const [steward, other] = [install("steward", { checks: "write", contents: "read" }), install("other", { checks: "write", contents: "read" })];
    const create = async (actor: typeof steward, name: string, rest: object = {}): ReturnType<typeof ask> =>
      ask(CREATE, { input: { repositoryId: REPOSITORY, headSha, name, ...rest } }, actor);
    await create(steward, "gate", { externalId: "old" });
    await create(steward, "gate", { externalId: "new", status: "IN_PROGRESS" });
    await create(steward, "plan", { conclusion: "SUCCESS" });
    await create(other, "e2e", { conclusion: "FAILURE" });
    const { data } = await ask(
      onMain(`
        mine: checkSuites(first: 5, filterBy: { appId: ${steward.installation.app.id} }) { nodes {
          app { slug databaseId } status conclusion
          latest: checkRuns(first: 5) { nodes { name externalId status } }
          gates: checkRuns(first: 5, filterBy: { checkName: "gate", checkType: ALL }) { nodes { externalId } }
          done: checkRuns(first: 5, filterBy: { status: COMPLETED }) { nodes { name conclusion } }
        } }
        all: checkSuites(first: 5) { totalCount }
        named: checkSuites(first: 5, filterBy: { checkName: "e2e" }) { nodes { app { slug } conclusion } }
        statusCheckRollup { state contexts(first: 10) { totalCount nodes { ... on CheckRun { name } } } }
        status { state }`),
    );
    expect(data.repository.object).toEqual({
      mine: {
        nodes: [
          {
            app: { slug: "steward", databaseId: steward.installation.app.id },
            status: "IN_PROGRESS",
            conclusion: null,
            latest: {
              nodes: [
                { name: "gate", externalId: "new", status: "IN_PROGRESS" },
                { name: "plan", externalId: "", status: "COMPLETED" },
              ],
            },
            gates: { nodes: [{ externalId: "old" }, { externalId: "new" }] },
            done: { nodes: [{ name: "plan", conclusion: "SUCCESS" }] },
          },
        ],
      },
      all: { totalCount: 2 },
      named: { nodes: [{ app: { slug: "other" }, conclusion: "FAILURE" }] },
      statusCheckRollup: { state: "FAILURE", contexts: { totalCount: 3, nodes: [{ name: "gate" }, { name: "plan" }, { name: "e2e" }] } },
      status: null,
    });
  }));

it("updates a check run with its texts, annotations and buttons, and only for its own app", () =>
  inWorld(async ({ ask, git, install, repository }) => {
    const [steward, other] = [install("steward", { checks: "write", contents: "read" }), install("other", { checks: "write", contents: "read" })];
    const created = await ask(CREATE, { input: { repositoryId: REPOSITORY, headSha: git.refs().get("refs/heads/main"), name: "gate" } }, steward);
    const { id, ...rest } = created.data.createCheckRun.checkRun;
    expect(rest).toMatchObject({ status: "QUEUED", conclusion: null });
    const update = `mutation ($input: UpdateCheckRunInput!) { updateCheckRun(input: $input) { checkRun {
      name status conclusion title summary text completedAt permalink checkSuite { commit { oid } }
      annotations(first: 5) { nodes { path annotationLevel message location { start { line } end { line } } } }
    } } }`;
    const input = {
      repositoryId: REPOSITORY,
      checkRunId: id,
      conclusion: "ACTION_REQUIRED",
      completedAt: "2026-01-02T03:04:05Z",
      actions: [{ label: "Skip", description: "Skip the gate", identifier: "skip" }],
      output: {
        title: "Waits",
        summary: "For `e2e`",
        annotations: [{ path: "a.yml", annotationLevel: "WARNING", message: "odd", location: { startLine: 2, endLine: 3 } }],
      },
    };
    const { data, errors } = await ask(update, { input }, steward);
    expect(errors).toBeUndefined();
    expect(data.updateCheckRun.checkRun).toEqual({
      name: "gate",
      status: "COMPLETED",
      conclusion: "ACTION_REQUIRED",
      title: "Waits",
      summary: "For `e2e`",
      text: null,
      completedAt: "2026-01-02T03:04:05Z",
      permalink: `http://stand-in.test/ada/orbit/runs/${created.data.createCheckRun.checkRun.databaseId}`,
      checkSuite: { commit: { oid: git.refs().get("refs/heads/main") } },
      annotations: { nodes: [{ path: "a.yml", annotationLevel: "WARNING", message: "odd", location: { start: { line: 2 }, end: { line: 3 } } }] },
    });
    expect([...repository.checkRuns.values()][0]?.actions).toEqual(input.actions);
    expect((await ask(update, { input }, other)).errors).toMatchObject([{ type: "FORBIDDEN" }]);
  }));

it("rolls up commit statuses: the newest of each context counts", () =>
  inWorld(async ({ ask, git, repository, operations, owner }) => {
    const sha = git.refs().get("refs/heads/main")!;
    for (const state of ["failure", "success"] as const)
      await operations.createStatus(owner, repository, sha, { context: "ci", state, description: null, targetUrl: null });
    await operations.createStatus(owner, repository, sha, { context: "slow", state: "pending", description: "soon", targetUrl: null });
    const { data } = await ask(
      onMain(`status { state contexts { context state } context(name: "slow") { description creator { login } } } statusCheckRollup { state }`),
    );
    expect(data.repository.object).toEqual({
      status: {
        state: "PENDING",
        contexts: [
          { context: "ci", state: "SUCCESS" },
          { context: "slow", state: "PENDING" },
        ],
        context: { description: "soon", creator: { login: "ada" } },
      },
      statusCheckRollup: { state: "PENDING" },
    });
  }));
