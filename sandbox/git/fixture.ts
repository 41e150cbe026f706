// For the tests beside it: a repository in a temporary folder, and commits of a few files on it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openGitRepository } from "./repository.ts";
import type { GitRepository, Person, RepositoryOnDisk, Sha } from "./types.ts";

const START = Date.UTC(2026, 0, 1);
export const ada: Person = { name: "Ada Lovelace", email: "ada@example.com", at: START };

/** Runs `use` in a new folder with a repository beside it, and removes both. */
export async function inRepository(use: (repository: RepositoryOnDisk, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-git-"));
  const repository = await openGitRepository(join(folder, "bare.git"), { branch: "main" });
  try {
    await use(repository, folder);
  } finally {
    await repository.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Commits these files on top of the first parent's, a null one removed; each commit is a minute younger than its youngest parent. */
export async function commitFiles(
  repository: GitRepository,
  parents: readonly Sha[],
  files: Readonly<Record<string, string | Buffer | null>>,
  message = "change\n",
): Promise<Sha> {
  const commits = await Promise.all(parents.map((sha) => repository.commit(sha)));
  const edits = await Promise.all(
    Object.entries(files).map(async ([path, content]) => ({
      path,
      mode: "100644",
      sha: content === null ? null : await repository.writeBlob(Buffer.from(content)),
    })),
  );
  const tree = await repository.writeTree(commits[0]?.tree ?? null, edits);
  const at = Math.max(START, ...commits.map((commit) => (commit?.committer.at ?? START) + 60_000));
  return repository.writeCommit({ tree, parents, author: { ...ada, at }, committer: { ...ada, at }, message, signature: null });
}

/** The content of every file of a commit or tree, by path. */
export async function filesOf(repository: GitRepository, revision: Sha): Promise<Record<string, string>> {
  const entries = (await repository.tree(revision, true)) ?? [];
  const blobs = entries.filter(({ type }) => type === "blob");
  return Object.fromEntries(await Promise.all(blobs.map(async ({ path, sha }) => [path, String(await repository.blob(sha))] as const)));
}
