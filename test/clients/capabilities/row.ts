// One capability of GitHub as an app's author meets it: what is done by Octokit, and what must come of it.
import type { Octokit } from "octokit";
import type { Scene } from "../../../sandbox/fixture.ts";

export type On = {
  readonly scene: Scene;
  /** With the token of the app's installation. */
  readonly bot: Octokit;
  /** With the app's JWT. */
  readonly app: Octokit;
  /** Administrates the repository. */
  readonly kim: Octokit;
  readonly sam: Octokit;
  /** What one row leaves for those behind it. */
  readonly kept: Map<string, string | number>;
};
/** `holds` resolves to what `expected` equals. */
export type Row = { readonly capability: string; readonly holds: (on: On) => Promise<unknown>; readonly expected: unknown };

export const row = (capability: string, expected: unknown, holds: Row["holds"]): Row => ({ capability, holds, expected });
export const acme = { owner: "acme", repo: "app" };
export const encoded = (text: string): string => Buffer.from(text).toString("base64");

/** The status of a refusal; what is not refused says so. */
export const refusal = async (answer: Promise<{ readonly status: number }>): Promise<number | string> => {
  try {
    return `accepted with ${(await answer).status}`;
  } catch (error) {
    if (error instanceof Error && "status" in error && typeof error.status === "number") return error.status;
    throw error;
  }
};

export const textKept = ({ kept }: On, name: string): string => String(kept.get(name));
export const numberKept = ({ kept }: On, name: string): number => Number(kept.get(name));

/** A branch off main with one file in one commit, made of git's objects. Returns the commit. */
export const branchWith = async ({ bot }: On, branch: string, path: string, content: string, from = "main"): Promise<string> => {
  const { commit } = (await bot.rest.repos.getBranch({ ...acme, branch: from })).data;
  const tree = await bot.rest.git.createTree({ ...acme, base_tree: commit.commit.tree.sha, tree: [{ path, mode: "100644", type: "blob", content }] });
  const { sha } = (await bot.rest.git.createCommit({ ...acme, message: `feat: ${branch}`, tree: tree.data.sha, parents: [commit.sha] })).data;
  if (from === branch) await bot.rest.git.updateRef({ ...acme, ref: `heads/${branch}`, sha });
  else await bot.rest.git.createRef({ ...acme, ref: `refs/heads/${branch}`, sha });
  return sha;
};
