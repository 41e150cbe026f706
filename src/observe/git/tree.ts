// Every path at a commit, with what is needed to read what stands there.
import type { Sha } from "../../model/snapshot.ts";
import { gitOutput } from "./run.ts";
import { textOf } from "./text.ts";

/** `mode` as git writes it: `100644`, `100755` file, `120000` symlink, `160000` submodule. */
type Entry = { readonly mode: string; readonly sha: Sha };
export type Tree = ReadonlyMap<string, Entry>;

/** Reads trees; asked again for the last one, it has it already, so that it can be asked before it is needed. */
export function openTrees(directory: string): (commit: Sha) => Promise<Tree> {
  let last: { readonly commit: Sha; readonly tree: Promise<Tree> } | null = null;
  return (commit) => {
    if (last?.commit === commit) return last.tree;
    const tree = readTree(directory, commit);
    // Whoever needs the tree hears of the failure.
    tree.catch(() => undefined);
    last = { commit, tree };
    return tree;
  };
}

async function readTree(directory: string, commit: Sha): Promise<Tree> {
  const output = await gitOutput(directory, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  const tree = new Map<string, Entry>();
  let from = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, from)) {
    const tab = output.indexOf(0x09, from);
    const [mode = "", , sha = ""] = output.toString("latin1", from, tab).split(" ");
    tree.set(textOf(output.subarray(tab + 1, end)), { mode, sha });
    from = end + 1;
  }
  return tree;
}
