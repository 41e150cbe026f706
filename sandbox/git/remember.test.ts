import { expect, it } from "@jest/globals";
import { remembered } from "./remember.ts";

/** Counts how often each question really is asked; `answers` holds what is known by then. */
function counted(answers: Map<string, number>, limit?: number): { readonly ask: (name: string) => Promise<number | null>; readonly asked: string[] } {
  const asked: string[] = [];
  const ask = async (name: string): Promise<number | null> => {
    asked.push(name);
    if (name === "broken") throw new Error("broken");
    return answers.get(name) ?? null;
  };
  return { ask: remembered(ask, limit), asked };
}

it("asks once for what is known, also while the answer is under way", async () => {
  const { ask, asked } = counted(new Map([["a", 1]]));
  expect(await Promise.all([ask("a"), ask("a")])).toEqual([1, 1]);
  expect(await ask("a")).toBe(1);
  expect(asked).toEqual(["a"]);
});

it("asks again for what was missing or failed", async () => {
  const answers = new Map<string, number>();
  const { ask, asked } = counted(answers);
  expect(await ask("late")).toBeNull();
  answers.set("late", 2);
  expect(await ask("late")).toBe(2);
  await expect(ask("broken")).rejects.toThrow("broken");
  await expect(ask("broken")).rejects.toThrow("broken");
  expect(asked).toEqual(["late", "late", "broken", "broken"]);
});

it("forgets what was not asked for longest", async () => {
  const { ask, asked } = counted(new Map(Object.entries({ a: 1, b: 2, c: 3 })), 2);
  for (const name of ["a", "b", "a", "c", "a", "b"]) await ask(name);
  expect(asked).toEqual(["a", "b", "c", "b"]);
});
