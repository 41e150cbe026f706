// Commits that are made through the API.
import type { Sha } from "../git/types.ts";
import type { Stage } from "./events.ts";
import type { Operations } from "./operations.ts";
import { GITHUB, personOf } from "./people.ts";
import { SIGNATURE } from "./signature.ts";
import { type Actor, ApiError, type Repository } from "./types.ts";

type NewCommit = Parameters<Operations["createCommit"]>[2];

/** @throws ApiError 422 when the tree or a parent is missing */
export const createCommit = async (stage: Stage, actor: Actor, repository: Repository, commit: NewCommit): Promise<Sha> => {
  const { git } = repository;
  if ((await git.typeOf(commit.tree)) !== "tree") throw new ApiError(422, "Tree SHA does not exist");
  for (const parent of commit.parents)
    if ((await git.typeOf(parent)) !== "commit") throw new ApiError(422, `Parent SHA does not exist or is not a commit object: ${parent}`);
  const at = stage.world.now();
  const isSigned = actor.is === "installation" && commit.author === null;
  const author = commit.author === null ? personOf(actor.user, at) : { ...commit.author, at: commit.author.at ?? at };
  return git.writeCommit({
    tree: commit.tree,
    parents: commit.parents,
    message: commit.message,
    author,
    committer: isSigned ? { ...GITHUB, at } : author,
    signature: isSigned ? SIGNATURE : null,
  });
};
