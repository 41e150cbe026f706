// A story that once broke something: it holds now.
import { expect } from "@jest/globals";
import type { History } from "../history.ts";
import { brokenIn } from "../shrink.ts";

export async function holds(history: History): Promise<void> {
  expect(await brokenIn(history)).toBeNull();
}
