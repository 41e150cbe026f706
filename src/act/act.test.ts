// How many documents actions take, and what one that is refused does to its neighbours.
import { expect, test } from "@jest/globals";
import { type Answer, type Asked, recording } from "../../test/fixtures/recording.ts";
import { Refused, Stale } from "../model/errors.ts";
import type { Action } from "../model/plan.ts";
import { act } from "./act.ts";
import type { Place } from "./place.ts";

const SHA = "a".repeat(40);
const check = { externalId: "x", conclusion: "success", title: "ready", summary: "", text: "", problems: [] } as const;
const STATUS: Action = { kind: "keep-status-comment", pullRequest: { id: "PR_1", number: 7 }, commentId: "C_1", body: "status" };
const DESK: Action = { kind: "keep-desk", issueId: "I_1", title: "Releases", body: "desk" };
const NEW_DESK: Action = { ...DESK, issueId: null };
const SAY: Action = { kind: "say-on-commit", sha: SHA, check, standing: null };
const DEFER: Action = { kind: "defer-issue", issue: 3, milestone: { number: 2, title: "2.0" } };
const ANSWER: Action = { kind: "answer-request", commentId: "C_2", subjectId: "PR_1", reply: "no", reaction: "refused" };
const UPDATE: Action = {
  kind: "keep-release-pull-request",
  line: "app",
  components: ["app"],
  baseSha: SHA,
  base: "main",
  branch: "release/app",
  title: "Release app 1.1.0",
  body: "",
  labels: [],
  commitMessage: "",
  files: [],
  check,
  found: { pullRequest: { id: "PR_1", number: 7, headSha: SHA }, check: null, branchSha: SHA, baseTree: SHA, executables: [] },
  writes: { commit: false, title: true, body: true, labels: [], check: true },
};
const CONTRIBUTIONS = (count: number): Action => ({
  kind: "say-on-contributions",
  checks: Array.from({ length: count }, (_, number) => ({ number, sha: SHA, check, standing: null })),
});

/** What each document does; anything else by its route. */
const requests = (asked: readonly Asked[]): string[] =>
  asked.map(({ route }) => (route.startsWith("mutation") ? [...route.matchAll(/step\d+: (\w+)/g)].map(([, field]) => field).join(" ") : route));

const numbered = { data: Object.fromEntries(Array.from({ length: 20 }, (_, step) => [`step${String(step)}`, { issue: { number: 4 } }])) };
const answered = (): Answer => numbered;

test.each([
  ["status comment, desk and a word on a commit", [STATUS, DESK, SAY], ["updateIssueComment updateIssue createCheckRun"]],
  ["the release pull request and what is said of it", [UPDATE, STATUS, DESK], ["createCheckRun updatePullRequest updateIssueComment updateIssue"]],
  ["an answer comes before what follows from it", [ANSWER, UPDATE], ["addReaction addComment addReaction", "createCheckRun updatePullRequest"]],
  ["two release pull requests never share one", [UPDATE, UPDATE], ["createCheckRun updatePullRequest", "createCheckRun updatePullRequest"]],
  ["what takes a request of its own keeps its place", [STATUS, DEFER, DESK], ["updateIssueComment", "PATCH /repositories/{id}/issues/{number}", "updateIssue"]],
  ["nothing", [], []],
])("requests for %s", async (_title, actions, expected) => {
  const { place, asked } = recording(answered);
  expect(await act(actions, place)).toEqual(actions.map(() => null));
  expect(requests(asked)).toEqual(expected);
});

test("at most twenty in one document", async () => {
  const { place, asked } = recording(answered);
  await act([STATUS, CONTRIBUTIONS(50), DESK], place);
  expect(requests(asked).map((fields) => fields.split(" ").length)).toEqual([1, 20, 20, 10, 1]);
});

test("what is refused of one holds back none of the others, and is told of that one alone", async () => {
  const { place, desks } = recording(answered);
  const github: Place["github"] = {
    ...place.github,
    graphql: async (document, variables, options) => {
      const data = await place.github.graphql(document, variables);
      options?.onRefused?.(["step1"], new Refused("mutation", "Resource not accessible by integration", null));
      return data;
    },
  };
  const outcomes = await act([STATUS, { ...DESK, title: "refused" }, NEW_DESK], { ...place, github });
  expect(outcomes).toEqual([null, expect.objectContaining({ reason: "Resource not accessible by integration" }), null]);
  expect(desks).toEqual([4]);
});

test("a document that is refused as a whole has done nothing: each is tried alone, once", async () => {
  const { place, asked } = recording(({ route }) => (route.includes("updateIssue(") ? { status: 422, message: "rule" } : numbered));
  expect(await act([STATUS, DESK, SAY], place)).toEqual([null, expect.any(Refused), null]);
  expect(requests(asked)).toEqual(["updateIssueComment updateIssue createCheckRun", "updateIssueComment", "updateIssue", "createCheckRun"]);
});

test("what moved meanwhile ends everything: the rest would act on an old view", async () => {
  const { place } = recording(answered);
  const github: Place["github"] = { ...place.github, graphql: () => Promise.reject(new Stale("moved")) };
  await expect(act([STATUS, DESK], { ...place, github })).rejects.toBeInstanceOf(Stale);
});
