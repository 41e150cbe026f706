// Tags with the commits they lead to, newest first.
import type { CommitObject } from "../../git/types.ts";
import type { Milliseconds, Repository } from "../../world/types.ts";

export type TaggedCommit = {
  readonly name: string;
  readonly commit: CommitObject;
  /** When the tag was made if it says so, else when its commit was. */
  readonly at: Milliseconds;
  readonly isAnnotated: boolean;
};

const PREFIX = "refs/tags/";

/** Tags of things that are no commits are left out. */
export async function taggedCommits({ git }: Repository): Promise<readonly TaggedCommit[]> {
  const refs = [...git.refs()].filter(([name]) => name.startsWith(PREFIX));
  const tags = await Promise.all(
    refs.map(async ([ref, target]): Promise<TaggedCommit | null> => {
      const sha = await git.resolve(ref);
      const commit = sha === null ? null : await git.commit(sha);
      if (commit === null) return null;
      const tag = target === commit.sha ? null : await git.tag(target);
      return { name: ref.slice(PREFIX.length), commit, at: tag?.tagger?.at ?? commit.committer.at, isAnnotated: tag !== null };
    }),
  );
  return tags.filter((tag) => tag !== null).sort((one, other) => other.at - one.at || other.name.localeCompare(one.name));
}
