// A bare git repository for the stand-in: objects through one helper process, refs in memory, git itself for everything hard.
import { createRepository } from "./create-repository.ts";
import { openDiff } from "./diff.ts";
import { openHistory } from "./history.ts";
import { openMerge } from "./merge.ts";
import { commitText, readCommit, readTag, tagText } from "./object-text.ts";
import { openObjectReader } from "./read-objects.ts";
import { openRefs, registerRefStore } from "./refs.ts";
import { openTrees } from "./trees.ts";
import type { CommitObject, GitRepository, Sha } from "./types.ts";
import { writeObject } from "./write-object.ts";

const SHA = /^[0-9a-f]{40}$/;

/**
 * Opens the bare repository at `directory`, made empty if there is none. HEAD names `branch`, which need not exist.
 * One open repository a directory: two would not see each other's refs.
 */
export async function openGitRepository(directory: string, options: { readonly branch: string }): Promise<GitRepository> {
  await createRepository(directory, options.branch);
  const refs = await openRefs(directory);
  const objects = openObjectReader(directory);
  const commits = new Map<Sha, CommitObject>();

  async function commit(sha: Sha): Promise<CommitObject | null> {
    const known = commits.get(sha);
    if (known !== undefined) return known;
    const object = SHA.test(sha) ? await objects.contents(sha) : null;
    if (object?.type !== "commit") return null;
    const read = readCommit(object.sha, object.body.toString());
    commits.set(sha, read);
    return read;
  }

  /** Branches before tags, as GitHub reads a short name. */
  async function resolve(revision: string): Promise<Sha | null> {
    const names = [revision, `refs/${revision}`, `refs/heads/${revision}`, `refs/tags/${revision}`];
    const named = SHA.test(revision) ? undefined : names.map((name) => refs.all().get(name)).find((sha) => sha !== undefined);
    const start = named ?? revision;
    return commits.has(start) ? start : ((await objects.summary(`${start}^{commit}`))?.sha ?? null);
  }

  const writeCommit: GitRepository["writeCommit"] = async (written) => writeObject(directory, "commit", Buffer.from(commitText(written)));

  const repository: GitRepository = {
    directory,
    refs: refs.all,
    resolve,
    typeOf: async (sha) => (await objects.summary(sha))?.type ?? null,
    commit,
    async tag(sha) {
      const object = await objects.contents(sha);
      return object?.type === "tag" ? readTag(object.sha, object.body.toString()) : null;
    },
    async blob(sha) {
      const object = await objects.contents(sha);
      return object?.type === "blob" ? object.body : null;
    },
    writeBlob: async (content) => writeObject(directory, "blob", content),
    writeCommit,
    writeTag: async (tag) => writeObject(directory, "tag", Buffer.from(tagText(tag))),
    updateRefs: refs.update,
    ...openTrees(directory, objects),
    ...openHistory(directory),
    ...openMerge(directory, { commit, writeCommit }),
    ...openDiff(directory),
    async close() {
      await refs.settled();
      await objects.close();
    },
  };
  registerRefStore(repository, refs);
  return repository;
}
