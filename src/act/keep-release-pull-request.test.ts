import { expect, test } from "@jest/globals";
import { type Answer, type Asked, recording } from "../../test/fixtures/recording.ts";
import { Transient } from "../model/errors.ts";
import type { KeepReleasePullRequest } from "../model/plan.ts";
import { act } from "./act.ts";

const [BASE, HEAD, MADE, TREE] = ["a", "b", "c", "d"].map((letter) => letter.repeat(40)) as [string, string, string, string];

type Standing = NonNullable<KeepReleasePullRequest["found"]>;
const NOTHING: Standing = { pullRequest: null, check: null, branchSha: null, baseTree: TREE, executables: [] };
const OPEN: Standing = { ...NOTHING, pullRequest: { id: "PR_1", number: 12, headSha: HEAD }, branchSha: HEAD };

function action(
  found: Standing | null,
  writes: Partial<KeepReleasePullRequest["writes"]> = {},
  files: KeepReleasePullRequest["files"] = [{ path: "a.sh", before: "1", after: "2" }],
) {
  return {
    kind: "keep-release-pull-request",
    line: "app",
    components: ["app"],
    baseSha: BASE,
    base: "main",
    branch: "release/app",
    title: "Release app 1.1.0",
    body: "text",
    labels: [],
    commitMessage: "chore: release app 1.1.0",
    files,
    check: { externalId: "x", conclusion: "success", title: "ready", summary: "All is well.", text: "", problems: [] },
    found,
    writes: { commit: true, title: true, body: true, labels: [], check: true, ...writes },
  } satisfies KeepReleasePullRequest;
}

const kept = (one: KeepReleasePullRequest, place: Parameters<typeof act>[1]) => act([one], place);

const answer = ({ route }: Asked): Answer => {
  if (route.endsWith("/git/trees")) return { data: { sha: TREE } };
  if (route.endsWith("/git/commits")) return { data: { sha: MADE, verification: { verified: true } } };
  return { data: Object.fromEntries([0, 1, 2].map((step) => [`step${String(step)}`, { pullRequest: { number: 12 }, checkRun: { databaseId: 1 } }])) };
};

/** What each document does, in its order, and with what. */
const steps = (asked: readonly Asked[]) =>
  asked
    .filter(({ route }) => route.startsWith("mutation"))
    .flatMap(({ route, parameters }) =>
      [...route.matchAll(/step(\d): (\w+)/g)].map(([, step, field]) => ({ field, input: parameters[`input${step ?? ""}`] as Record<string, unknown> })),
    );
const fields = (asked: readonly Asked[]) => steps(asked).map(({ field }) => field);

test("opens: commit beside every branch, then in one document check, branch and pull request", async () => {
  const { place, asked, opened, routes } = recording(answer);
  await kept(action(NOTHING), place);
  expect(routes().map((route) => route.split("\n")[0]!.slice(0, 20))).toEqual(["POST /git/trees", "POST /git/commits", expect.stringMatching(/^mutation/)]);
  expect(fields(asked)).toEqual(["createCheckRun", "updateRefs", "createPullRequest"]);
  expect(opened).toEqual([12]);
});

test("updates: check, then branch, then text, in one document", async () => {
  const { place, asked } = recording(answer);
  await kept(action(OPEN), place);
  expect(fields(asked)).toEqual(["createCheckRun", "updateRefs", "updatePullRequest"]);
  expect(asked.filter(({ route }) => route.startsWith("mutation"))).toHaveLength(1);
});

test.each([
  ["files", [{ path: "a.sh", before: "1", after: "2" }]],
  ["no file at all", []],
])("with %s the branch goes from where it was seen to a commit on the base, never to the base itself", async (_title, files) => {
  for (const found of [NOTHING, OPEN]) {
    const { place, asked } = recording(answer);
    await kept(action(found, {}, files), place);
    const commit = asked.find(({ route }) => route.endsWith("/git/commits"))?.parameters;
    expect(commit).toMatchObject({ parents: [BASE], tree: TREE });
    // No author of its own: only then GitHub signs it.
    expect(Object.keys(commit ?? {}).sort()).toEqual(["id", "message", "parents", "tree"]);
    const [update] = steps(asked)[1]!.input["refUpdates"] as Record<string, unknown>[];
    expect(update).toEqual({ name: "refs/heads/release/app", beforeOid: found.branchSha ?? "0".repeat(40), afterOid: MADE, force: true });
    expect(update!["afterOid"]).not.toBe(BASE);
    expect(steps(asked)[0]!.input).toMatchObject({ headSha: MADE });
  }
});

test("a file that is executable stays so", async () => {
  const { place, asked } = recording(answer);
  await kept(action({ ...OPEN, executables: ["a.sh"] }), place);
  expect(asked[0]?.parameters).toMatchObject({ base_tree: TREE, tree: [{ path: "a.sh", mode: "100755", content: "2" }] });
});

test.each([
  ["only its text", { commit: false, check: false }, ["updatePullRequest"]],
  ["only its check, on the head that stands", { commit: false, title: false, body: false }, ["createCheckRun"]],
  ["nothing", { commit: false, title: false, body: false, check: false }, []],
])("writes %s", async (_title, writes, expected) => {
  const { place, asked } = recording(answer);
  await kept(action(OPEN, writes), place);
  expect(fields(asked)).toEqual(expected);
  expect(steps(asked).every(({ field, input }) => field !== "createCheckRun" || input["headSha"] === HEAD)).toBe(true);
});

test.each([
  ["title", { title: true, body: false }, { title: "Release app 1.1.0" }],
  ["description", { title: false, body: true }, { body: "text" }],
])("where only the %s differs, nothing else of the text is sent", async (_title, writes, expected) => {
  const { place, asked } = recording(answer);
  await kept(action(OPEN, { commit: false, check: false, ...writes }), place);
  expect(steps(asked).map(({ input }) => input)).toEqual([{ pullRequestId: OPEN.pullRequest?.id, ...expected }]);
});

test("labels come last, to the pull request that was opened", async () => {
  const { place, asked } = recording(answer);
  await kept(action(NOTHING, { labels: ["release"] }), place);
  expect(asked.at(-1)).toMatchObject({ route: "POST /repositories/{id}/issues/{number}/labels", parameters: { number: 12, labels: ["release"] } });
});

test("a commit that GitHub did not verify is called so on the check", async () => {
  const { place, asked } = recording((one) =>
    one.route.endsWith("/git/commits") ? { data: { sha: MADE, verification: { verified: false, reason: "unsigned" } } } : answer(one),
  );
  await kept(action(OPEN), place);
  expect(steps(asked)[0]!.input["output"]).toMatchObject({ summary: "All is well.\n\nIts commit is not verified (unsigned)." });
});

test.each([0, 1, 2, 3])("a lease that is lost after %i writes stops it before the next", async (leased) => {
  const { place, writes } = recording(answer, leased);
  await expect(kept(action(NOTHING, { labels: ["release"] }), place)).rejects.toBeInstanceOf(Transient);
  expect(writes()).toHaveLength(leased);
});

test("a plan made for a local repository is a bug here", async () => {
  const { place, asked } = recording(answer);
  await expect(kept(action(null), place)).rejects.toThrow(/^Bug/);
  expect(asked).toEqual([]);
});
