// Which pull requests a commit belongs to: the merged ones that brought it and, unless the default branch has it
// already, the open ones that contain it (GitHub's description of `Commit.associatedPullRequests`).
import type { Sha } from "../git/types.ts";
import type { Issue, Repository } from "../world/types.ts";
import { broughtCommits } from "./pull-facts.ts";

/** What merged pull requests brought; a merged one never changes. */
type Index = { readonly known: Set<number>; readonly issues: Map<Sha, Issue[]>; growing: Promise<void> };
const indexes = new WeakMap<Repository, Index>();

const grow = async (repository: Repository, { known, issues }: Index): Promise<void> => {
  for (const issue of repository.issues.values()) {
    if (issue.pull === null || issue.pull.merged === null || known.has(issue.number)) continue;
    const brought = await broughtCommits(repository, issue.pull);
    for (const sha of brought) issues.set(sha, [...(issues.get(sha) ?? []), issue]);
    known.add(issue.number);
  }
};

const merged = async (repository: Repository, sha: Sha): Promise<readonly Issue[]> => {
  const index = indexes.get(repository) ?? { known: new Set(), issues: new Map(), growing: Promise.resolve() };
  indexes.set(repository, index);
  index.growing = index.growing.then(() => grow(repository, index));
  await index.growing;
  return index.issues.get(sha) ?? [];
};

/** One question of git for each open pull request, whichever commit is asked for. */
const open = async ({ git, issues, defaultBranch }: Repository, sha: Sha): Promise<readonly Issue[]> => {
  const candidates = [...issues.values()].filter(({ pull, state }) => pull !== null && state === "open");
  const defaultTip = git.refs().get(`refs/heads/${defaultBranch}`);
  const contains = async ({ pull }: Issue): Promise<boolean> => {
    if (pull === null) return false;
    const tips = [git.refs().get(`refs/heads/${pull.base}`), defaultTip].filter((tip) => tip !== undefined);
    return (await git.log({ include: [pull.headSha], exclude: tips })).includes(sha);
  };
  const answers = await Promise.all(candidates.map(contains));
  return candidates.filter((_, index) => answers[index]);
};

/** In the order of their numbers. */
export const pullRequestsOfCommit = async (repository: Repository, sha: Sha): Promise<readonly Issue[]> => {
  const found = [...(await merged(repository, sha)), ...(await open(repository, sha))];
  return found.toSorted((one, other) => one.number - other.number);
};
