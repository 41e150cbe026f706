// Where a name leads: to the repository that has it or, after a renaming or a transfer, to the one that had it
// (https://docs.github.com/en/repositories/creating-and-managing-repositories/renaming-a-repository).
import type { Repository, World } from "./types.ts";

const keyOf = (owner: string, name: string): string => `${owner}/${name}`.toLowerCase();

export type Place = { readonly repository: Repository; /** The name that was asked for is an old one. */ readonly hasMoved: boolean };

export const placeOf = (world: World, owner: string, name: string): Place | null => {
  const key = keyOf(owner, name);
  const repository = world.repositories.get(key);
  if (repository !== undefined) return { repository, hasMoved: false };
  const moved = world.moved.get(key);
  return moved === undefined ? null : { repository: moved, hasMoved: true };
};

/** Gives the repository a name that is free. Its old one leads to it, until another repository takes that. */
export const settle = (world: World, repository: Repository, to: Pick<Repository, "owner" | "name">): void => {
  const [before, after] = [keyOf(repository.owner.login, repository.name), keyOf(to.owner.login, to.name)];
  world.repositories.delete(before);
  world.moved.set(before, repository);
  Object.assign(repository, to);
  add(world, repository);
  // The same name in another case.
  if (before === after) world.moved.delete(before);
};

/** A repository that comes to be takes its name away from one that had it. */
export const add = (world: World, repository: Repository): void => {
  const key = keyOf(repository.owner.login, repository.name);
  world.repositories.set(key, repository);
  world.moved.delete(key);
};

/** Nothing leads to it any more. */
export const remove = (world: World, repository: Repository): void => {
  world.repositories.delete(keyOf(repository.owner.login, repository.name));
  for (const [key, moved] of world.moved) if (moved === repository) world.moved.delete(key);
};
