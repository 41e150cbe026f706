import { expect, test } from "@jest/globals";
import { gateNamed, shaOf, subjectWith } from "../../../test/fixtures/subject.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Playbook } from "../../model/playbook.ts";
import { bareChange } from "../changes/bare-change.ts";
import { risksOf } from "./risks.ts";
import type { Subject } from "./subject.ts";

const MIGRATIONS = "lrdb/migrations/**";
const about = (whenPaths: readonly string[]) => gateNamed({ gate: "", kind: "evidence", options: { items: ["x"], each: "release" }, whenPaths });
const playbook: Playbook = {
  ...DEFAULTS,
  versioning: { ...DEFAULTS.versioning, minimum: { minor: [MIGRATIONS, "api/**"] } },
  gates: { migrations: about([MIGRATIONS]), backup: about([MIGRATIONS]), forgotten: about([MIGRATIONS]), ui: about(["ui/**"]), never: about(["other/**"]) },
  environments: [{ gates: ["backup"], verify: [] } as unknown as Playbook["environments"][number]],
};
const policy = { name: null, rules: { automatic: false, gates: ["migrations", "ui"], labels: [] } };
const risks = (change: Partial<Subject>) => risksOf(subjectWith({ playbook, policy, ...change }));
const breaking = { ...bareChange(shaOf("c"), "drop v1"), isBreaking: true, effect: "major" } as const;

test.each([
  ["nothing", { paths: ["src/a.ts", "other/b.ts"] }, []],
  [
    "paths that demand a step and gates",
    { paths: ["lrdb/migrations/1.sql", "lrdb/migrations/2.sql", "src/a.ts"] },
    ["touches 2 paths of `lrdb/migrations/**`: minor at least, `migrations` and `backup` are asked"],
  ],
  [
    "a folder that was not told apart is not counted",
    { paths: ["lrdb/migrations/"] },
    ["touches `lrdb/migrations/**`: minor at least, `migrations` and `backup` are asked"],
  ],
  ["a step alone", { paths: ["api/a.proto"] }, ["touches 1 path of `api/**`: minor at least"]],
  ["a gate alone", { paths: ["ui/a.css"] }, ["touches 1 path of `ui/**`: `ui` is asked"]],
  [
    "a breaking change in its own words",
    { changes: [{ ...breaking, breakingNotes: ["v1 is gone,\nuse v2"] }] },
    ["breaking change: v1 is gone, use v2 (ccccccc)"],
  ],
  [
    "a breaking change without a note, by its pull request",
    { changes: [{ ...breaking, pullRequest: { number: 12, title: "", labels: [], author: null } }] },
    ["breaking change: drop v1 (#12)"],
  ],
  ["one that was taken back", { changes: [{ ...breaking, effect: "cancelled" }] }, []],
] as const)("%s", (_name, change, expected) => {
  expect(risks(change)).toEqual(expected);
});

test("of many breaking changes the rest is counted", () => {
  expect(risks({ changes: Array.from({ length: 12 }, () => breaking) }).at(-1)).toBe("and 2 more");
});

test("what nobody reviewed", () => {
  const sha = shaOf("d");
  const commits = [{ sha, parents: [shaOf("0")], committedAt: 0, authorName: "", authorLogin: null, message: "", paths: [], pullRequest: null }];
  const changes = [bareChange(sha, "fix")];
  expect(risks({ commits, changes })).toEqual(["ddddddd was pushed without a pull request"]);
  expect(risks({ commits, changes, hosted: null })).toEqual([]);
});
