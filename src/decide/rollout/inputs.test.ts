import { expect, test } from "@jest/globals";
import type { Dispatch } from "../../model/plan.ts";
import { faultIn } from "./inputs.ts";

const started = (inputs: Readonly<Record<string, string>>): Dispatch => ({ event: "workflow_dispatch", workflow: "docs.yml", ref: "v1.1.0", inputs });
const told = (payload: Readonly<Record<string, string>>): Dispatch => ({ event: "repository_dispatch", type: "chart", payload });
const many = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`input_${String(index)}`, "x"]));

test.each([
  ["shell characters, which are a value like any other", started({ tag: "$(rm -rf ~); `id` && echo \"'${{ github.token }}" })],
  ["several lines", started({ notes: "# v1.1.0\n\n* one\n\t* two\n" })],
  ["letters of any script", started({ notes: "磁気 🚀 café" })],
  ["25 inputs", started(many(25))],
  ["10 keys of an event", told(many(10))],
  ["60,000 characters in all", started({ notes: "x".repeat(59_995) })],
])("may be sent: %s", (_, dispatch) => {
  expect(faultIn(dispatch)).toBeNull();
});

test.each([
  ["an escape sequence of a terminal", started({ tag: "\u001B[2J" }), "the input `tag` holds a control character"],
  ["a carriage return, which forges a line of a log", started({ tag: "v1\r\n::set-output name=x::y" }), "the input `tag` holds a control character"],
  ["a NUL byte", told({ tag: "v1\u0000" }), "the input `tag` holds a control character"],
  ["a mark that turns text around", started({ tag: "v1\u202Egnp" }), "the input `tag` holds a control character"],
  ["a line separator", started({ tag: "v1\u2028x" }), "the input `tag` holds a control character"],
  ["a name that is no name", started({ "tag; x": "v1" }), "`tag; x` is no name of an input"],
  ["a name that is a number", started({ "1": "v1" }), "`1` is no name of an input"],
  ["more inputs than GitHub takes", started(many(26)), "26 inputs are more than the 25 that GitHub takes"],
  ["more keys than an event takes", told(many(11)), "11 inputs are more than the 10 that GitHub takes"],
  ["more text than GitHub takes", started({ notes: "x".repeat(60_000) }), "the inputs are longer than 60000 characters"],
])("is refused: %s", (_, dispatch, fault) => {
  expect(faultIn(dispatch)).toBe(fault);
});
