import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { FileState } from "../../model/snapshot.ts";
import { blobParser } from "./files.ts";

describe("reading contents", () => {
  test("comes out the same wherever the output is cut, line ends and look-alikes of headers included", () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", "").toWellFormed()),
        fc.constantFrom("", "\n", "abc blob 3\n", "x missing\n"),
      ),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 50 }), (contents, step) => {
        const whole = Buffer.from(contents.map((text) => `abc blob ${Buffer.byteLength(text)}\n${text}\n`).join(""));
        const answers: unknown[] = [];
        const push = blobParser((answer) => answers.push(answer));
        for (let from = 0; from < whole.length; from += step) push(whole.subarray(from, from + step));
        expect(answers).toEqual(contents.map((text): FileState => ({ is: "text", text })));
      }),
    );
  });

  test("an object that is not there is no empty file", () => {
    const answers: unknown[] = [];
    blobParser((answer) => answers.push(answer))(Buffer.from("abc missing\n"));
    expect(answers).toEqual([{ is: "unread", because: "abc missing" }]);
  });
});
