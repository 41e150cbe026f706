import { describe, expect, test } from "@jest/globals";
import { gateNamed, shaOf, subjectWith } from "../../../test/fixtures/subject.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Change } from "../../model/change.ts";
import type { Commit, PullRequest } from "../../model/snapshot.ts";
import { bareChange } from "../changes/bare-change.ts";
import { labelFaults } from "./label-faults.ts";
import { pullRequestLabels } from "./pull-request-labels.ts";
import type { Subject } from "./subject.ts";

const ONE_OF = ["type:*", "documentation"];
const pull = (number: number, labels: readonly string[], title = "fix: probe"): PullRequest => ({ number, title, labels, author: "kim" });
const change = (pullRequest: PullRequest | null, sha = shaOf("c")): Change => ({ ...bareChange(sha, "fix: probe"), pullRequest });
const commit = (sha: string, parents = [shaOf("0")]): Commit => ({
  sha,
  parents,
  committedAt: 0,
  authorName: "",
  authorLogin: null,
  message: "",
  paths: [],
  pullRequest: null,
});

function ask(changes: readonly Change[], rest: Partial<Subject> = {}) {
  const options = { oneOf: ONE_OF };
  return pullRequestLabels.evaluate(options, subjectWith({ changes, ...rest }), gateNamed({ gate: "labels", kind: "pull_request_labels", options }));
}

describe("the labels of one pull request", () => {
  test.each([
    ["one that is wanted", ["type:fix"], "fix: a", []],
    ["in any case", ["TYPE:Fix"], "fix: a", []],
    ["beside others that nobody asked for", ["type:fix", "area:api", "area:cli"], "fix: a", []],
    ["none", ["area:api"], "fix: a", ["carries none of `type:*` and `documentation`"]],
    ["two answers to one question", ["type:fix", "type:feature"], "improve it", ["carries `type:fix` and `type:feature` at once"]],
    ["the same one twice", ["type:fix", "Type:Fix"], "fix: a", []],
    ["a label that says less than the title", ["documentation"], "feat: a", ["carries `documentation` and its title says `feat:`"]],
    ["a label that says more than the title", ["type:feature"], "fix: a", ["carries `type:feature` and its title says `fix:`"]],
    ["a breaking change may carry its type's label", ["type:feature"], "feat!: a", []],
    ["or the one for breaking changes", ["type:breaking"], "feat!: a", []],
    ["which no other may carry", ["type:breaking"], "feat: a", ["carries `type:breaking` and its title says `feat:`"]],
    ["documentation is documentation", ["documentation"], "docs: a", []],
    ["a title without a type contradicts nothing", ["documentation"], "a feature", []],
    ["nor does a type that nobody knows", ["documentation"], "wombat: a", []],
    ["nor a label without a meaning", ["type:wombat"], "feat: a", []],
  ])("%s", (_name, labels, title, expected) => {
    expect(labelFaults(pull(1, labels, title), ONE_OF, DEFAULTS.versioning).map(({ because }) => because)).toEqual(expected);
  });

  test("a bare star takes any label and any number of them", () => {
    expect(labelFaults(pull(1, ["a", "b"]), ["*"], DEFAULTS.versioning)).toEqual([]);
    expect(labelFaults(pull(1, []), ["*"], DEFAULTS.versioning)).toHaveLength(1);
  });
  test("what the team says of its types counts", () => {
    const versioning = { ...DEFAULTS.versioning, types: { docs: "patch" as const } };
    expect(labelFaults(pull(1, ["documentation"], "docs: a"), ONE_OF, versioning)).toHaveLength(1);
  });
  test("a hostile title and ten thousand labels are read, too", () => {
    const labels = Array.from({ length: 10_000 }, (_, index) => `type:${String(index)}`);
    expect(labelFaults(pull(1, labels, `feat${"(".repeat(60_000)}`), ONE_OF, DEFAULTS.versioning)).toHaveLength(1);
  });
});

describe("the pull requests of a release", () => {
  test("all are labelled", () => {
    expect(ask([change(pull(1, ["type:fix"])), change(pull(1, ["type:fix"])), change(pull(2, ["type:fix"]))])).toMatchObject({
      state: "open",
      because: "2 pull requests labelled as wanted",
    });
  });
  test("some carry none", () => {
    expect(ask([change(pull(12, [])), change(pull(13, ["type:fix"])), change(pull(14, []))])).toMatchObject({
      state: "closed",
      because: "#12 and #14 carry none of `type:*` and `documentation`",
      next: "label #12 and #14 with one of `type:*` or `documentation`",
      details: ['#12 "fix: probe" carries none of `type:*` and `documentation`', '#14 "fix: probe" carries none of `type:*` and `documentation`'],
    });
  });
  test("one contradicts itself", () => {
    expect(ask([change(pull(12, ["type:fix", "type:bug"]))])).toMatchObject({
      state: "closed",
      because: "#12 carries `type:fix` and `type:bug` at once",
      next: "keep one of `type:fix` and `type:bug` on #12",
    });
  });
  test("both faults are told", () => {
    expect(ask([change(pull(12, [])), change(pull(13, ["documentation"]))])).toMatchObject({
      because: "#12 carries none of `type:*` and `documentation`; #13 carries `documentation` and its title says `fix:`",
      next: "label #12 with one of `type:*` or `documentation`; correct its label or its title on #13",
    });
  });
  test("this app's own needs none", () => {
    expect(ask([change({ ...pull(7, []), author: "release-steward[bot]" })])).toMatchObject({ state: "open", because: "no pull request is in this release" });
  });
  test("what was pushed without one is listed and closes nothing", () => {
    const commits = [commit(shaOf("d")), commit(shaOf("c")), commit(shaOf("e"), [shaOf("1"), shaOf("2")])];
    const changes = [
      change(null, shaOf("d")),
      change(pull(1, ["type:fix"]), shaOf("c")),
      change(null, shaOf("c")),
      change(null, shaOf("e")),
      change(null, shaOf("f")),
    ];
    expect(ask(changes, { commits })).toMatchObject({ state: "open", details: ["ddddddd was pushed without a pull request"] });
  });
  test("a local repository knows no labels", () => {
    expect(ask([change(pull(1, ["type:fix"]))], { hosted: null }).state).toBe("unknown");
  });
});
