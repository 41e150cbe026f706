import { expect, test } from "@jest/globals";
import { gateNamed, subjectWith } from "../../../test/fixtures/subject.ts";
import { pathsTogether } from "./paths-together.ts";

const options = { paths: ["api/proto/**", "api/generated/**"] };
const ask = (...paths: readonly string[]) =>
  pathsTogether.evaluate(options, subjectWith({ paths }), gateNamed({ gate: "generated", kind: "paths_together", options }));

test.each([
  ["neither changed", ["src/a.go"], "open", "nothing changed in `api/proto/**` and `api/generated/**`", null],
  ["both changed", ["api/generated/a.go", "api/proto/a.proto"], "open", "`api/proto/**` and `api/generated/**` changed together", null],
  ["hidden files count", ["api/generated/.a", "api/proto/.b"], "open", "`api/proto/**` and `api/generated/**` changed together", null],
  [
    "a folder that was not told apart is a change in it",
    ["api/generated/", "api/proto/"],
    "open",
    "`api/proto/**` and `api/generated/**` changed together",
    null,
  ],
  [
    "only the source",
    ["api/proto/a.proto", "api/proto/b.proto"],
    "closed",
    "`api/proto/a.proto` changed, and nothing in `api/generated/**`",
    "bring `api/generated/**` up to date with it: if they are generated, generate them again",
  ],
  ["only what is made of it", ["api/generated/a.go"], "closed", "`api/generated/a.go` changed, and nothing in `api/proto/**`", expect.any(String)],
])("%s", (_name, paths, state, because, next) => {
  expect(ask(...paths)).toMatchObject({ state, because, next });
});
