// One write at a time in each repository: what a webhook shows is what stood there when it was raised.
import type { Repository } from "./types.ts";

const tails = new WeakMap<Repository, Promise<unknown>>();

/** Runs `work` when all work given before it for this repository has ended, well or badly. */
export const inTurn = <Result>(repository: Repository, work: () => Promise<Result>): Promise<Result> => {
  const before = tails.get(repository) ?? Promise.resolve();
  const turn = before.then(work, work);
  tails.set(
    repository,
    turn.catch(() => null),
  );
  return turn;
};
