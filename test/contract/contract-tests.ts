// Tests that drive one stand-in together: whatever it sends meanwhile, in answers and webhooks, must be as GitHub
// describes it.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { type Driven, drive } from "./drive.ts";
import { watchContract } from "./watch.ts";

/** `github` may be used inside tests only: it starts before the first of them. */
export function contractTests(): {
  readonly github: () => Driven;
  readonly keepsItsContract: (where: string, exercise: (github: Driven) => Promise<void>) => void;
} {
  let driven: Driven | null = null;
  let contract: ReturnType<typeof watchContract> | null = null;
  let heard: readonly string[] = [];
  const github = (): Driven => {
    if (driven === null) throw new Error("the stand-in has not started");
    return driven;
  };

  beforeAll(async () => {
    driven = await drive((standIn) => {
      contract = watchContract(standIn);
    });
  });
  afterAll(() => github().close());

  const keepsItsContract = (where: string, exercise: (github: Driven) => Promise<void>): void => {
    it(`keeps GitHub's contract ${where}`, async () => {
      await exercise(github());
      await github().standIn.delivered();
      const complaints = contract!.complaints();
      const fresh = complaints.filter((complaint) => !heard.includes(complaint));
      heard = complaints;
      expect(fresh).toEqual([]);
    });
  };
  return { github, keepsItsContract };
}
