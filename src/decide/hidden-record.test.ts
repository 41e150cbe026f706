import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { hiddenRecord, hiddenRecordIn } from "./hidden-record.ts";

test("whatever is remembered is read back, whatever stands before it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, before) => {
      const text = `${before}\n\n${hiddenRecord({ value })}\n`;
      expect(JSON.stringify(hiddenRecordIn(text))).toBe(JSON.stringify({ value }));
    }),
  );
});

test("nothing of it ends the comment early", () => {
  expect(hiddenRecord({ text: "--> <b>" })).toMatch(/^<!-- [^>]* -->$/);
});

test.each([
  ["a quotation of a record that is not the end", `${hiddenRecord({ a: 1 })}\nmore`],
  ["a record behind words on its line", `> ${hiddenRecord({ a: 1 })}`],
  ["one that was cut", hiddenRecord({ a: 1 }).slice(0, -3)],
  ["broken JSON", "<!-- release-steward-record: {a -->"],
  ["nothing", ""],
])("%s is no record", (_, text) => {
  expect(hiddenRecordIn(text)).toBeNull();
});
