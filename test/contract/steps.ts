// What several contract tests do with a stand-in on their way: steps that must succeed.
import type { Answer, Client } from "./drive.ts";

export const repo = "/repos/acme/tool";

/** The body of an answer that must be a success. */
export async function good(answer: Promise<Answer>): Promise<Answer["body"]> {
  const { status, body } = await answer;
  if (status >= 400) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

/** An answer that must refuse, and how. */
export async function refused(status: number, answer: Promise<Answer>): Promise<void> {
  const { status: found, body } = await answer;
  if (found !== status) throw new Error(`expected ${status}, found ${found}: ${JSON.stringify(body)}`);
}

/** Reads each of the paths. */
export async function every(client: Client, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) await good(client("GET", path));
}

export async function headOf(client: Client, branch: string): Promise<string> {
  return (await good(client("GET", `${repo}/git/ref/heads/${branch}`))).object.sha as string;
}

/** A commit on top of a branch that sets one file, made of blob and tree; no branch moves. Returns the commit. */
export async function commitOn(client: Client, branch: string, path: string, content = `${path}\n`): Promise<string> {
  const parent = await good(client("GET", `${repo}/git/commits/${await headOf(client, branch)}`));
  const blob = await good(client("POST", `${repo}/git/blobs`, { content, encoding: "utf-8" }));
  const tree = await good(client("POST", `${repo}/git/trees`, { base_tree: parent.tree.sha, tree: [{ path, mode: "100644", type: "blob", sha: blob.sha }] }));
  const commit = await good(client("POST", `${repo}/git/commits`, { message: `feat: ${path}`, tree: tree.sha, parents: [parent.sha] }));
  return commit.sha as string;
}

/** One file on main, which moves. */
export async function setFile(client: Client, path: string, content: string): Promise<void> {
  await good(client("PATCH", `${repo}/git/refs/heads/main`, { sha: await commitOn(client, "main", path, content) }));
}

/** A branch off main with one commit, which is returned. */
export async function pushBranch(client: Client, name: string, path: string): Promise<string> {
  const sha = await commitOn(client, "main", path);
  await good(client("POST", `${repo}/git/refs`, { ref: `refs/heads/${name}`, sha }));
  return sha;
}

/** A pull request to main with one commit. Returns its number. */
export async function openPull(client: Client, branch: string): Promise<number> {
  await pushBranch(client, branch, `${branch}.txt`);
  return (await good(client("POST", `${repo}/pulls`, { title: `feat: ${branch}`, head: branch, base: "main", body: "What it does" }))).number as number;
}
