import { expect, test } from "@jest/globals";
import { gateNamed, hostedWith, NOON, pullRequestWith, reviewBy, shaOf, subjectWith } from "../../../../test/fixtures/subject.ts";
import { NOTHING_SAID } from "../../../model/agreement.ts";
import { DEFAULTS } from "../../../model/defaults.ts";
import type { OwnPullRequest } from "../../../model/snapshot.ts";
import { peopleOf } from "../../people/people.ts";
import type { NamedGate } from "../define.ts";
import { reviewersWanted } from "./reviewers.ts";

const GATES: readonly NamedGate[] = [
  gateNamed({ gate: "led", kind: "approval", options: { role: "lead", count: 1 } }),
  gateNamed({ gate: "ci", kind: "check", options: { names: ["test"], app: null } }),
  gateNamed({ gate: "owned", kind: "approval", options: { role: "owners", count: 1 } }),
];

type Given = { pullRequest?: Partial<OwnPullRequest> | null; requester?: string; isLocal?: boolean; isTeamKnown?: boolean };

function asked({ pullRequest = {}, requester, isLocal = false, isTeamKnown = true }: Given): readonly string[] {
  const playbook = { ...DEFAULTS, roles: { lead: ["@kim", "@lee", "@deploy[bot]", "maintain", "@Acme/Leads"] } };
  const hosted = isLocal ? null : hostedWith({ teams: new Map([["acme/leads", isTeamKnown ? { is: "known", members: ["Zoe"] } : { is: "missing" }]]) });
  const components = [{ name: "app", path: ".", dependents: "leave", isPresent: true }] as const;
  const people = peopleOf({
    playbook,
    hosted,
    components,
    paths: ["a"],
    files: (path) => (path === "CODEOWNERS" ? { is: "text", text: "* @KIM @sam\n" } : { is: "missing" }),
  });
  const facts = { ...NOTHING_SAID, requesters: requester === undefined ? [] : [{ by: requester, at: NOON, url: "", command: "as 2.0.0" }] };
  return reviewersWanted(subjectWith({ playbook, hosted, people, facts, pullRequest: pullRequest === null ? null : pullRequestWith(pullRequest) }), GATES);
}

test.each<[string, Given, string[]]>([
  ["people and teams of every approval gate, each once, and no levels or apps", {}, ["kim", "lee", "acme/leads", "sam"]],
  ["not those who were asked", { pullRequest: { requestedReviewers: ["LEE", "Acme/leads"] } }, ["kim", "sam"]],
  ["not those who have reviewed, in whatever way", { pullRequest: { reviews: [reviewBy("kim", { state: "commented" })] } }, ["lee", "acme/leads", "sam"]],
  ["not a team of which somebody has reviewed", { pullRequest: { reviews: [reviewBy("zoe")] } }, ["kim", "lee", "sam"]],
  ["not a team whose people are not known", { isTeamKnown: false }, ["kim", "lee", "sam"]],
  ["not whoever asked for the version", { requester: "Sam" }, ["kim", "lee", "acme/leads"]],
  [
    "not whoever pushed to the branch",
    { pullRequest: { commits: [{ sha: shaOf("a"), parents: [], isOwn: false, people: ["lee"] }] } },
    ["kim", "acme/leads", "sam"],
  ],
  ["nobody while there is no pull request", { pullRequest: null }, []],
  ["nobody once it is merged", { pullRequest: { state: "merged" } }, []],
  ["nobody from a local repository", { isLocal: true }, []],
])("asks %s", (_, given, expected) => {
  expect(asked(given)).toEqual(expected);
});
