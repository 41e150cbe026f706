import type { GitHub } from "../github/types.ts";
import type { Hosted } from "../model/snapshot.ts";

/** Where actions are performed: one repository, by GitHub's ids, as its installation. */
export type Place = {
  readonly github: GitHub;
  /** Numeric, for REST: it survives a rename. */
  readonly repository: { readonly id: number; readonly nodeId: Hosted["id"] };
  /** Told of each pull request that was opened: lists may lag behind. */
  readonly onOpened: (number: number) => void;
  /** Throws when the lease is lost: asked before every write. */
  readonly assertLeased: () => void;
};
