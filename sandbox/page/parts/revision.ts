// What stands in a path after `tree/`, `blob/` or `commits/`: a branch, a tag or a SHA, then a path in it. Names of
// branches may hold slashes, so the longest name that exists is taken.
import type { Sha } from "../../git/types.ts";
import type { Repository } from "../../world/types.ts";

export type Revision = { readonly name: string; readonly sha: Sha; readonly path: string };

/** Null when nothing there is a revision. */
export async function revisionIn({ git }: Repository, rest: string): Promise<Revision | null> {
  const parts = rest.split("/");
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join("/");
    const isName = git.refs().has(`refs/heads/${name}`) || git.refs().has(`refs/tags/${name}`) || (length === 1 && /^[0-9a-f]{7,40}$/u.test(name));
    const sha = isName ? await git.resolve(name) : null;
    if (sha !== null) return { name, sha, path: parts.slice(length).join("/") };
  }
  return null;
}
