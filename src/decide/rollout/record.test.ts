import { expect, test } from "@jest/globals";
import { NOON, shaOf } from "../../../test/fixtures/subject.ts";
import { hiddenRecord } from "../hidden-record.ts";
import { type RolloutRecord, rolloutId, rolloutRecordAsComment, rolloutRecordIn } from "./record.ts";

const RECORD: RolloutRecord = {
  line: "*",
  component: "cavern",
  version: "0.9.0",
  tag: "cavern-0.9.0",
  sha: shaOf("a"),
  previousTag: null,
  pullRequest: 12,
  bump: "minor",
  policy: null,
  startedAt: NOON,
  taggedAt: null,
  publishedAt: null,
  behind: [{ tag: "cavern-0.8.9", sha: shaOf("b") }],
};
const read = (rollout: unknown, externalId = "release/cavern-0.9.0") => rolloutRecordIn({ externalId, text: hiddenRecord({ rollout }) });

test("what is written is read again, from the check run of that very tag", () => {
  expect(rolloutRecordIn({ externalId: rolloutId(RECORD.tag), text: rolloutRecordAsComment(RECORD) })).toEqual(RECORD);
  expect(read(RECORD, "release/cavern-0.8.9")).toBeNull();
  expect(read(RECORD, "step/cavern-0.9.0/docs")).toBeNull();
});

test.each([
  ["nothing", undefined],
  ["a text", "cavern"],
  ["a record without a tag", { ...RECORD, tag: undefined }],
  ["a time that is a text", { ...RECORD, startedAt: "noon" }],
  ["a pull request that is a text", { ...RECORD, pullRequest: "12" }],
  ["no list of earlier releases", { ...RECORD, behind: undefined }],
  ["an earlier release without a commit", { ...RECORD, behind: [{ tag: "cavern-0.8.9" }] }],
])("%s is no release", (_, value) => {
  expect(read(value)).toBeNull();
});

test("a check run whose text says nothing, as an earlier build left it, is none", () => {
  expect(rolloutRecordIn({ externalId: "release/cavern-0.9.0", text: "" })).toBeNull();
});
