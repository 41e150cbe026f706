import { afterEach, describe, expect, test } from "@jest/globals";
import { neighbour, type Neighbour } from "../../test/fixtures/neighbour.ts";
import { observedRepository } from "../../test/fixtures/observed.ts";
import { type Answer, type Asked, recording } from "../../test/fixtures/recording.ts";
import { companionAsked, type CompanionFinding, type CompanionRelease, type CompanionTarget, judgeCompanion } from "../decide/rollout/companions/index.ts";
import { Stale, Transient } from "../model/errors.ts";
import type { KeepCompanion } from "../model/plan.ts";
import { readElsewhere } from "../observe/github/elsewhere.ts";
import { act } from "./act.ts";
import type { Place } from "./place.ts";

const [BASE, HEAD, MADE, TREE] = ["a", "b", "c", "d"].map((letter) => letter.repeat(40)) as [string, string, string, string];

function action(
  found: Partial<KeepCompanion["found"]> = {},
  writes: Partial<KeepCompanion["writes"]> = {},
  change: Partial<KeepCompanion> = {},
): KeepCompanion {
  return {
    kind: "keep-companion",
    repository: "acme/charts",
    repositoryNodeId: "R_2",
    repositoryId: 2,
    base: "main",
    baseSha: BASE,
    branch: "release-steward/app-app",
    title: "Update app",
    body: "text",
    labels: [],
    isDraft: false,
    commitMessage: "Update app",
    files: [{ path: "a.sh", before: "1", after: "2" }],
    found: { branchSha: null, pullRequest: null, baseTree: TREE, executables: [], ...found },
    writes: { commit: true, text: true, draft: false, labels: [], ...writes },
    ...change,
  };
}
const OPEN = { branchSha: HEAD, pullRequest: { id: "PR_1", number: 12 } };

const answer = ({ route }: Asked): Answer => {
  if (route.endsWith("/git/trees")) return { data: { sha: TREE } };
  if (route.endsWith("/git/commits")) return { data: { sha: MADE, verification: { verified: true } } };
  return { data: Object.fromEntries([0, 1, 2].map((step) => [`step${String(step)}`, { pullRequest: { number: 12 } }])) };
};
const steps = (asked: readonly Asked[]) =>
  asked
    .filter(({ route }) => route.startsWith("mutation"))
    .flatMap(({ route, parameters }) =>
      [...route.matchAll(/step(\d): (\w+)/g)].map(([, step, field]) => ({ field, input: parameters[`input${step ?? ""}`] as Record<string, unknown> })),
    );

describe("a companion", () => {
  test("is opened in its own repository: commit beside every branch, then in one document branch and pull request", async () => {
    const { place, asked, opened } = recording(answer);
    await act([action({ executables: ["a.sh"] }, { labels: ["promotion"] }, { isDraft: true })], place);
    expect(steps(asked)).toEqual([
      {
        field: "updateRefs",
        input: { repositoryId: "R_2", refUpdates: [{ name: "refs/heads/release-steward/app-app", beforeOid: "0".repeat(40), afterOid: MADE, force: true }] },
      },
      {
        field: "createPullRequest",
        input: { repositoryId: "R_2", baseRefName: "main", headRefName: "release-steward/app-app", title: "Update app", body: "text", draft: true },
      },
    ]);
    const rest = asked.filter(({ route }) => !route.startsWith("mutation"));
    expect(rest.map(({ parameters }) => parameters["id"])).toEqual([2, 2, 2]);
    expect(rest[0]?.parameters).toMatchObject({ base_tree: TREE, tree: [{ path: "a.sh", mode: "100755", content: "2" }] });
    // Without an author of its own, so that GitHub signs it.
    expect(rest[1]?.parameters).toEqual({ id: 2, message: "Update app", tree: TREE, parents: [BASE] });
    expect(rest[2]).toMatchObject({ route: "POST /repositories/{id}/issues/{number}/labels", parameters: { number: 12, labels: ["promotion"] } });
    // The numbers that the next look hopes for are those of the app's own repository.
    expect(opened).toEqual([]);
  });

  test.each<[string, Partial<KeepCompanion["writes"]>, boolean, readonly string[]]>([
    ["everything", { draft: true }, false, ["updateRefs", "updatePullRequest", "markPullRequestReadyForReview"]],
    ["only its text", { commit: false }, false, ["updatePullRequest"]],
    ["only that it is a draft again", { commit: false, text: false, draft: true }, true, ["convertPullRequestToDraft"]],
    ["only a label", { commit: false, text: false, labels: ["prod"] }, false, []],
  ])("is updated: %s", async (_, writes, isDraft, fields) => {
    const { place, asked } = recording(answer);
    await act([action(OPEN, writes, { isDraft })], place);
    expect(steps(asked).map(({ field }) => field)).toEqual(fields);
    expect(steps(asked).every(({ field, input }) => field !== "updateRefs" || JSON.stringify(input).includes(`"beforeOid":"${HEAD}"`))).toBe(true);
  });

  test.each([0, 1, 2, 3])("a lease that is lost after %i writes stops it before the next", async (leased) => {
    const { place, writes } = recording(answer, leased);
    await expect(act([action({}, { labels: ["prod"] })], place)).rejects.toBeInstanceOf(Transient);
    expect(writes()).toHaveLength(leased);
  });

  test("that is not needed any more is told why, and closed", async () => {
    const { place, asked } = recording(answer);
    await act([{ kind: "close-companion", repository: "acme/charts", pullRequest: { id: "PR_1", number: 12 }, comment: "because" }], place);
    expect(steps(asked)).toEqual([
      { field: "addComment", input: { subjectId: "PR_1", body: "because" } },
      { field: "closePullRequest", input: { pullRequestId: "PR_1" } },
    ]);
  });
});

const fileAt = async (charts: Neighbour, ref: string): Promise<string> => {
  const { git } = charts.repository;
  const entry = await git.entry(git.refs().get(ref) ?? "", "app/Chart.yaml");
  expect(entry?.mode).toBe("100755");
  return (await git.blob(entry?.sha ?? ""))?.toString() ?? "";
};

describe("on the stand-in", () => {
  let close: (() => void | Promise<void>) | null = null;
  afterEach(async () => {
    await close?.();
    close = null;
  });

  const CHART = '# kept\nappVersion: "v1.0.0" # image\nversion: 3.1.4\n';
  const target: CompanionTarget = {
    is: "downstream",
    downstream: {
      repository: "acme/charts",
      files: [
        { file: "app/Chart.yaml", at: { by: "yaml", path: "appVersion" }, value: "v{version}" },
        { file: "app/Chart.yaml", at: { by: "yaml", path: "version" }, bump: "patch" },
      ],
      title: "app: chart {bumped}, appVersion v{version}",
    },
  };

  async function started() {
    const world = await observedRepository();
    close = () => world.standIn.close();
    await world.push("feat: begin", { "README.md": "begin\n" });
    const charts = await neighbour(world, "charts");
    await charts.push({ "app/Chart.yaml": { mode: "100755", text: CHART } });
    const place: Place = {
      github: world.github,
      repository: { id: world.repository.id, nodeId: "" },
      signer: null,
      onOpened: () => undefined,
      onDesk: () => undefined,
    };
    const startedAt = world.standIn.world.now();
    const look = async (version: string): Promise<CompanionFinding> => {
      const values = {
        component: "app",
        path: ".",
        version,
        tag: `v${version}`,
        previousVersion: "",
        previousTag: "",
        candidateTag: null,
        sha: world.head(),
        startedAt,
      };
      const release: CompanionRelease = { repository: "acme/app", title: `v${version}`, url: `https://github.com/acme/app/releases/tag/v${version}`, values };
      const asked = companionAsked(target, release);
      const [[, read] = ["", null]] = await readElsewhere(charts.named(), asked === null ? [] : [asked]);
      return judgeCompanion({
        step: "acme/charts",
        target,
        release,
        read,
        takenAt: world.standIn.world.now(),
        retriedAt: null,
        areGatesOpen: true,
        contents: [],
        signoff: null,
      });
    };
    const perform = async ({ action: planned }: CompanionFinding): Promise<void> => {
      expect(await act(planned === null ? [] : [planned], place)).toEqual(planned === null ? [] : [null]);
    };
    return { world, charts, look, perform, place };
  }

  test("a release opens one, moves it on with the next release, and is done when it is merged [L-23, L-25, W-41]", async () => {
    const { world, charts, look, perform } = await started();
    const first = await look("1.1.0");
    expect(first.state).toBe("ready");
    await perform(first);
    const waiting = await look("1.1.0");
    expect(waiting).toMatchObject({ state: "needs-people", because: "acme/charts#1 waits to be merged", action: null });
    expect(await fileAt(charts, "refs/heads/release-steward/app-app")).toBe('# kept\nappVersion: "v1.1.0" # image\nversion: 3.1.5\n');

    await perform(await look("1.2.0"));
    expect(await look("1.2.0")).toMatchObject({
      state: "needs-people",
      because: "acme/charts#1 waits to be merged",
      action: null,
      pull: { title: "app: chart 3.1.5, appVersion v1.2.0" },
    });
    expect(await look("1.1.0")).toMatchObject({ state: "superseded", action: null });

    const [pull] = charts.repository.issues.values();
    if (pull === undefined) throw new Error("nothing was opened");
    await world.standIn.operations.mergePullRequest(world.kim, charts.repository, pull, { method: "squash", sha: null, title: null, message: null });
    expect(await look("1.2.0")).toMatchObject({ state: "done", because: "acme/charts#1 was merged: acme/charts is at `v1.2.0`", action: null });
    expect(await fileAt(charts, "refs/heads/main")).toBe('# kept\nappVersion: "v1.2.0" # image\nversion: 3.1.5\n');

    await perform(await look("1.3.0"));
    expect(await look("1.3.0")).toMatchObject({ because: "acme/charts#2 waits to be merged", action: null });
    expect(await fileAt(charts, "refs/heads/release-steward/app-app")).toBe('# kept\nappVersion: "v1.3.0" # image\nversion: 3.1.6\n');
  });

  test("performed twice it does nothing twice: the second is stale", async () => {
    const { charts, look, perform, place } = await started();
    const finding = await look("1.1.0");
    await perform(finding);
    if (finding.action === null) throw new Error("nothing to do");
    await expect(act([finding.action], place)).rejects.toBeInstanceOf(Stale);
    expect(charts.repository.issues.size).toBe(1);
    expect((await look("1.1.0")).action).toBeNull();
  });

  test("whoever pushes meanwhile is not overwritten", async () => {
    const { charts, look, perform, place } = await started();
    await perform(await look("1.1.0"));
    const finding = await look("1.2.0");
    const pushed = await charts.commit({ "app/Chart.yaml": { mode: "100755", text: "appVersion: mine\nversion: 9.9.9\n" } });
    await charts.move("refs/heads/release-steward/app-app", pushed);
    if (finding.action === null) throw new Error("nothing to do");
    await expect(act([finding.action], place)).rejects.toBeInstanceOf(Stale);
    expect(charts.repository.git.refs().get("refs/heads/release-steward/app-app")).toBe(pushed);
    await perform(await look("1.2.0"));
    expect(await look("1.2.0")).toMatchObject({
      state: "needs-people",
      action: null,
      because: expect.stringContaining("commits of others, which are left as they are"),
    });
    expect(charts.repository.git.refs().get("refs/heads/release-steward/app-app")).toBe(pushed);
  });

  test("a person's own is taken over and this app's is closed with a word", async () => {
    const { charts, look, perform } = await started();
    await perform(await look("1.1.0"));
    await charts.openPull("kim/bump", { "app/Chart.yaml": { mode: "100755", text: "appVersion: v1.1.0\nversion: 4.0.0\n" } });
    const finding = await look("1.1.0");
    expect(finding).toMatchObject({ state: "needs-people", because: "acme/charts#2, opened by @kim, waits to be merged" });
    await perform(finding);
    expect([...charts.repository.issues.values()].map(({ state }) => state)).toEqual(["closed", "open"]);
    expect([...charts.repository.comments.values()].map(({ body }) => body)).toEqual([
      expect.stringMatching(/\/acme\/charts\/pull\/2 brings the same values, so this one is not needed\.$/),
    ]);
    expect((await look("1.1.0")).action).toBeNull();
  });
});
