import { describe, expect, it } from "@jest/globals";
import { readTaskValue, tasksOf, taskValue, turnTask } from "./tasks.ts";

const turn = (text: string, number: number): string | null => turnTask(text, number, tasksOf(text)[number]!);

describe("turning a task", () => {
  it.each([
    ["the first", "- [ ] a\n- [ ] b\n", 0, "- [x] a\n- [ ] b\n"],
    ["a done one", "- [ ] a\n- [X] b\n", 1, "- [ ] a\n- [ ] b\n"],
    ["a nested one", "- [ ] a\n  - [ ] b\n", 1, "- [ ] a\n  - [x] b\n"],
    ["one in a numbered list", "1. [ ] a\n2. [ ] b\n", 1, "1. [ ] a\n2. [x] b\n"],
    ["one in a quote", "> - [ ] a\n> - [ ] b\n", 1, "> - [ ] a\n> - [x] b\n"],
    ["one after what only looks like one", "```\n- [ ] code\n```\n\n- [ ] real\n", 0, "```\n- [ ] code\n```\n\n- [x] real\n"],
    ["one of two with the same text", "- [ ] same\n- [ ] same\n", 1, "- [ ] same\n- [x] same\n"],
    ["one with the line ends of browsers", "Text\r\n\r\n- [ ] a\r\n- [ ] b\r\n", 1, "Text\r\n\r\n- [ ] a\r\n- [x] b\r\n"],
    ["one in details", "<details><summary>S</summary>\n\n- [ ] in\n\n</details>\n", 0, "<details><summary>S</summary>\n\n- [x] in\n\n</details>\n"],
  ])("turns %s and nothing else", (_, text, number, expected) => {
    expect(turn(text, number)).toBe(expected);
  });

  it("refuses when the text says something else by now", () => {
    const seen = tasksOf("- [ ] a\n")[0]!;
    expect(turnTask("- [x] a\n", 0, seen)).toBeNull();
    expect(turnTask("- [ ] another\n", 0, seen)).toBeNull();
    expect(turnTask("no list\n", 0, seen)).toBeNull();
  });
});

it("sends a task and reads it back", () => {
  const task = { isDone: true, text: 'labels "checked" (@lee, 12:04)' };
  expect(readTaskValue(taskValue(3, task))).toEqual({ number: 3, task });
  expect(readTaskValue("3")).toBeNull();
});
