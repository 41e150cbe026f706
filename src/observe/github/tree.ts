// Every path at the head, in one request.
import { Refused } from "../../model/errors.ts";
import type { Sha } from "../../model/snapshot.ts";
import { fieldsOf, flagAt, listAt, numberAt, textAt } from "./fields.ts";
import { EMPTY_TREES, type Listing, kindOf } from "./listing.ts";
import type { Named } from "./moment.ts";

/**
 * Kept by the tree's name: a push that changes no file costs nothing here.
 * @throws Refused when GitHub cuts the list (100,000 entries, 7 MB): nothing is decided on a part of a tree
 */
export async function readListing({ rest, kept, owner, repo }: Named, tree: Sha): Promise<Listing> {
  const known = kept.listings.get(tree);
  if (known !== undefined) return known;
  if (EMPTY_TREES.has(tree)) return new Map();
  const { data } = await rest("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", { owner, repo, tree_sha: tree, recursive: "1" });
  const answer = fieldsOf(data, "tree");
  if (flagAt(answer, "truncated"))
    throw new Refused("reading the files at the head", "the repository has more than the 100,000 paths that GitHub lists at once", null);
  const listing = new Map(
    listAt(answer, "tree").map((entry) => {
      const path = textAt(entry, "path");
      const kind = kindOf(textAt(entry, "type"));
      const bytes = kind === "blob" ? numberAt(entry, "size") : null;
      return [
        path,
        { name: path.slice(path.lastIndexOf("/") + 1), kind, mode: Number.parseInt(textAt(entry, "mode"), 8), sha: textAt(entry, "sha"), bytes },
      ] as const;
    }),
  );
  kept.listings.set(tree, listing);
  return listing;
}
