import { expect, test } from "@jest/globals";
import { type Answer, recording } from "../../test/fixtures/recording.ts";
import { Stale } from "../model/errors.ts";
import type { KeepReleaseNotes } from "../model/plan.ts";
import { keepReleaseNotes } from "./keep-release-notes.ts";

const ACTION: KeepReleaseNotes = { kind: "keep-release-notes", release: 7, tag: "v1.2.0", found: "a\nb", body: "a\nb\nc" };
const answering = (there: Answer) => recording(({ route }) => (route.startsWith("GET ") ? there : { data: {} }));

test("the text is written over exactly what was read, and nothing else of the release", async () => {
  const { place, asked } = answering({ data: { body: "a\r\nb", draft: true } });
  await keepReleaseNotes(ACTION, place);
  expect(asked.map(({ route, parameters }) => [route, parameters])).toEqual([
    ["GET /repositories/{id}/releases/{release}", { id: 9, release: 7 }],
    ["PATCH /repositories/{id}/releases/{release}", { id: 9, release: 7, body: "a\nb\nc" }],
  ]);
});

test.each<[string, Answer]>([
  ["was edited", { data: { body: "a\nb, edited" } }],
  ["was emptied", { data: { body: null } }],
  ["is gone", { status: 404, message: "Not Found" }],
])("a release that %s meanwhile is not written over", async (_name, there) => {
  const { place, writes } = answering(there);
  await expect(keepReleaseNotes(ACTION, place)).rejects.toBeInstanceOf(Stale);
  expect(writes()).toEqual([]);
});

test("a release without a text has an empty one", async () => {
  const { place, writes } = answering({ data: { body: null } });
  await keepReleaseNotes({ ...ACTION, found: "" }, place);
  expect(writes()).toHaveLength(1);
});
