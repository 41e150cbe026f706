import { expect, test } from "@jest/globals";
import { itemsIn, sectionsOf } from "./note-sections.ts";

const NOTES =
  "Before.\r\n\r\n## Highlights\r\nWords.\r\n### Inside\r\n- one\r\n  - nested\r\n- two\r\n\r\n```\n## no heading\n- no item\n```\n## Fixed ##\n- three\n";

test("each heading has everything below it until the next of its level, whatever stands in code", () => {
  expect(sectionsOf(NOTES)).toEqual([
    { title: "", text: "Before." },
    { title: "Highlights", text: "Words.\n### Inside\n- one\n  - nested\n- two\n\n```\n## no heading\n- no item\n```" },
    { title: "Inside", text: "- one\n  - nested\n- two\n\n```\n## no heading\n- no item\n```" },
    { title: "Fixed", text: "- three" },
  ]);
  expect(sectionsOf(NOTES).map(itemsIn)).toEqual([[], ["one - nested", "two"], ["one - nested", "two"], ["three"]]);
});

test("text without headings is one section", () => {
  expect(sectionsOf("")).toEqual([{ title: "", text: "" }]);
});
