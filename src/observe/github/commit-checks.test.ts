// Which of several checks of one name counts, and how each conclusion is counted.
import { describe, expect, it } from "@jest/globals";
import type { CommitCheck } from "../../model/snapshot.ts";
import { readCommitChecks } from "./commit-checks.ts";
import type { Fields } from "./fields.ts";
import type { Ask } from "./question.ts";

const SHA = "a".repeat(40);
const CI = { slug: "ci", databaseId: 1 };

function run(databaseId: number, conclusion: string | null, app: Fields | null = CI, suite = app === CI ? 1 : 2): Fields {
  const status = conclusion === null ? "QUEUED" : "COMPLETED";
  return {
    __typename: "CheckRun",
    id: `CR_${databaseId}`,
    databaseId,
    name: "build",
    status,
    conclusion,
    startedAt: null,
    detailsUrl: null,
    checkSuite: { databaseId: suite, app },
  };
}

function status(state: string, createdAt: string): Fields {
  return { __typename: "StatusContext", id: `SC_${createdAt}`, context: "build", state, targetUrl: null, createdAt };
}

async function read(...nodes: readonly Fields[]): Promise<readonly CommitCheck[]> {
  const contexts = { totalCount: nodes.length, pageInfo: { hasNextPage: false, endCursor: null }, nodes };
  const ask: Ask = async (question) => question.read({ commit: { __typename: "Commit", statusCheckRollup: { contexts } } });
  const [[, checks] = ["", null]] = await readCommitChecks({ ask }, [SHA]);
  if (checks?.ok !== true) throw new Error("not read");
  return checks.value;
}

const said = async (...nodes: readonly Fields[]): Promise<readonly string[]> =>
  (await read(...nodes)).map(({ app, says }) => `${app?.slug ?? "nobody"} ${says}`);

describe("checks of one name", () => {
  it("count by the newest run of each app, in whichever order GitHub lists them", async () => {
    expect(await said(run(9, "FAILURE"), run(7, "SUCCESS"))).toEqual(["ci failure"]);
    expect(await said(run(7, "SUCCESS"), run(9, "FAILURE"))).toEqual(["ci failure"]);
    expect(await said(run(7, "SUCCESS"), run(9, "FAILURE", { slug: "other", databaseId: 2 }))).toEqual(["ci success", "other failure"]);
  });

  it("count in each suite: two workflows may have a job of one name", async () => {
    expect(await said(run(7, "FAILURE", CI, 1), run(9, "SUCCESS", CI, 3))).toEqual(["ci failure", "ci success"]);
  });

  it("count by the newest status", async () => {
    expect(await said(status("FAILURE", "2026-01-02T00:00:00Z"), status("SUCCESS", "2026-01-01T00:00:00Z"))).toEqual(["nobody failure"]);
  });

  it("of an app that is gone hide no status of that name, nor are they hidden by one", async () => {
    expect(await said(run(9, "FAILURE", null), status("SUCCESS", "2026-01-01T00:00:00Z"))).toEqual(["nobody failure", "nobody success"]);
  });

  it.each([
    ["SUCCESS", "passed"],
    ["NEUTRAL", "passed"],
    ["SKIPPED", "passed"],
    ["FAILURE", "failed"],
    ["CANCELLED", "failed"],
    ["TIMED_OUT", "failed"],
    ["ACTION_REQUIRED", "failed"],
    ["STALE", "failed"],
    ["STARTUP_FAILURE", "failed"],
    [null, "running"],
  ])("a run that ended with %s is %s", async (conclusion, state) => {
    expect(await read(run(1, conclusion))).toMatchObject([{ state, says: conclusion?.toLowerCase() ?? "queued" }]);
  });

  it.each([
    ["SUCCESS", "passed"],
    ["ERROR", "failed"],
    ["FAILURE", "failed"],
    ["PENDING", "running"],
    ["EXPECTED", "running"],
  ])("a status that is %s is %s", async (word, state) => {
    expect(await read(status(word, "2026-01-01T00:00:00Z"))).toMatchObject([{ state, app: null, startedAt: Date.UTC(2026, 0, 1) }]);
  });
});
