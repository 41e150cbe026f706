// What an expression such as `main`, `v1.0.0`, a SHA or `main:docs/guide.md` names.
import type { CommitObject, Sha } from "../git/types.ts";
import type { Repository } from "../world/types.ts";
import { gitThing, type GitThing } from "./things.ts";

/** A ref keeps its tag object, as git's own `rev-parse` does. */
const shaOf = async ({ git, defaultBranch }: Repository, revision: string): Promise<Sha | null> => {
  const refs = git.refs();
  const names = revision === "HEAD" ? [`refs/heads/${defaultBranch}`] : [revision, `refs/${revision}`, `refs/tags/${revision}`, `refs/heads/${revision}`];
  for (const name of names) {
    const sha = refs.get(name);
    if (sha !== undefined) return sha;
  }
  if (/^[0-9a-f]{40}$/.test(revision)) return revision;
  return git.resolve(revision);
};

/** The commit of a SHA or name, tags peeled; null when there is none. */
export const commitAt = async (repository: Repository, revision: string): Promise<CommitObject | null> => {
  const sha = await shaOf(repository, revision);
  const peeled = sha === null ? null : await repository.git.resolve(sha);
  return peeled === null ? null : repository.git.commit(peeled);
};

/** The object of an expression; null when there is none. */
export const objectOf = async (repository: Repository, expression: string): Promise<GitThing | null> => {
  const separator = expression.indexOf(":");
  if (separator < 0) {
    const sha = await shaOf(repository, expression);
    return sha === null ? null : gitThing(repository, sha);
  }
  const path = expression.slice(separator + 1).replaceAll(/^\/+|\/+$/g, "");
  const commit = await commitAt(repository, expression.slice(0, separator) || "HEAD");
  const entry = commit === null ? null : await repository.git.entry(commit.sha, path);
  return entry === null ? null : gitThing(repository, entry.sha, path);
};
