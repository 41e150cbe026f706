// A commit that no branch leads to yet, signed by GitHub because the app gives it no author of its own.
// https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification
import type { FileEdit } from "../model/plan.ts";
import type { Sha } from "../model/snapshot.ts";
import type { Place } from "./place.ts";
import { stringAt, valueAt } from "./answer.ts";

type Commit = {
  readonly files: readonly FileEdit[];
  readonly baseSha: Sha;
  readonly commitMessage: string;
  readonly found: { readonly baseTree: Sha; readonly executables: readonly string[] } | null;
};

/** The commit, and what a reader should know about its signature. */
export async function writeCommit(
  action: Commit,
  { github, repository }: Pick<Place, "github" | "repository">,
): Promise<{ readonly sha: string; readonly note: string }> {
  const { files, baseSha, commitMessage, found } = action;
  const { id } = repository;
  // An empty list of entries is refused, and a commit that changes nothing has its parent's tree.
  let tree = found?.baseTree ?? "";
  if (files.length > 0) {
    const executables = new Set(found?.executables);
    const entries = files.map(({ path, after }) => ({ path, mode: executables.has(path) ? "100755" : "100644", type: "blob", content: after }));
    tree = stringAt((await github.rest("POST /repositories/{id}/git/trees", { id, base_tree: tree, tree: entries })).data, "sha");
  }
  const commit = await github.rest("POST /repositories/{id}/git/commits", { id, message: commitMessage, tree, parents: [baseSha] });
  const isVerified = valueAt(commit.data, "verification", "verified") === true;
  const reason = valueAt(commit.data, "verification", "reason");
  const note = isVerified ? "Its commit is signed by GitHub and verified." : `Its commit is not verified${typeof reason === "string" ? ` (${reason})` : ""}.`;
  return { sha: stringAt(commit.data, "sha"), note };
}
