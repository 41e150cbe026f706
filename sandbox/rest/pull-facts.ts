// What git has to compute of a pull request, each computed once: it depends on commits, which never change.
import type { FileChange, GitRepository } from "../git/types.ts";
import type { Pull, Repository } from "../world/types.ts";

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

/** Whether the head merges into where the base branch stands now. */
export const mergeability = ({ git }: Repository, pull: Pull): Promise<boolean> => {
  const base = git.refs().get(`refs/heads/${pull.base}`) ?? pull.baseSha;
  return merges(git, `${base} ${pull.headSha}`, async () => (await git.merge(base, pull.headSha)).is === "clean");
};

/** Changes since the head left the base. */
export const changedBy = ({ git }: Repository, pull: Pull): Promise<readonly FileChange[]> =>
  diffs(git, `${pull.baseSha} ${pull.headSha}`, async () => git.diff(await git.mergeBase(pull.baseSha, pull.headSha), pull.headSha));

export const sizeOf = (changes: readonly FileChange[]) => ({
  files: changes.length,
  additions: changes.reduce((sum, { additions }) => sum + additions, 0),
  deletions: changes.reduce((sum, { deletions }) => sum + deletions, 0),
});
