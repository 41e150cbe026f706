// What git has to say of a pull request, each computed once: it depends on commits, which never change.
import type { FileChange, GitRepository, Sha } from "../git/types.ts";
import type { Issue, Pull, Repository } from "./types.ts";

/** One answer for each key and repository. */
const remembered = <Value>() => {
  const known = new WeakMap<GitRepository, Map<string, Promise<Value>>>();
  return (git: GitRepository, key: string, compute: () => Promise<Value>): Promise<Value> => {
    const facts = known.get(git) ?? new Map<string, Promise<Value>>();
    known.set(git, facts);
    const fact = facts.get(key) ?? compute();
    facts.set(key, fact);
    return fact;
  };
};
const merges = remembered<boolean>();
const diffs = remembered<readonly FileChange[]>();

/** Where the base branch stands while the pull request is open, where it stood afterwards. */
export const baseOf = ({ git }: Repository, { state }: Pick<Issue, "state">, pull: Pull): Sha =>
  (state === "open" ? git.refs().get(`refs/heads/${pull.base}`) : undefined) ?? pull.baseSha;

/** Whether the head merges into the base. */
export const isMergeable = (repository: Repository, issue: Pick<Issue, "state">, pull: Pull): Promise<boolean> => {
  const base = baseOf(repository, issue, pull);
  return merges(repository.git, `${base} ${pull.headSha}`, async () => (await repository.git.merge(base, pull.headSha)).is === "clean");
};

/** Changes since the head left the base. */
export const changedBy = (repository: Repository, issue: Pick<Issue, "state">, pull: Pull): Promise<readonly FileChange[]> => {
  const base = baseOf(repository, issue, pull);
  return diffs(repository.git, `${base} ${pull.headSha}`, async () => repository.git.diff(await repository.git.mergeBase(base, pull.headSha), pull.headSha));
};

export const sizeOf = (changes: readonly FileChange[]) => ({
  files: changes.length,
  additions: changes.reduce((sum, { additions }) => sum + additions, 0),
  deletions: changes.reduce((sum, { deletions }) => sum + deletions, 0),
});
