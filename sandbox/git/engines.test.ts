// The same random history on disk, where git itself answers, and in memory: every SHA and every answer is the same.
import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { inRepository } from "./fixture.ts";
import { openMemoryRepository } from "./in-memory/repository.ts";
import { answers, history, live } from "./random-history.ts";

it("answers in memory what git answers on disk, after any history", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await inRepository(async (onDisk) => {
        const inMemory = await openMemoryRepository({ branch: "main" });
        expect(await live(inMemory, steps)).toEqual(await live(onDisk, steps));
        expect(await answers(inMemory)).toEqual(await answers(onDisk));
      });
    }),
    { numRuns: Number(process.env["FUZZ_RUNS"] ?? 8), endOnFailure: true },
  );
});
