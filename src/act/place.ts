import type { GitHub } from "../github/types.ts";
import type { Hosted } from "../model/snapshot.ts";
import type { TagSigner } from "./signing/tag-signer.ts";

/** Where actions are performed: one repository, by GitHub's ids, as its installation. */
export type Place = {
  /** Sends no write once the lease is lost. */
  readonly github: GitHub;
  /** Numeric, for REST: it survives a rename. */
  readonly repository: { readonly id: number; readonly nodeId: Hosted["id"] };
  /** Null: tags are not signed. */
  readonly signer: TagSigner | null;
  /** Told of each pull request that was opened: lists may lag behind. */
  readonly onOpened: (number: number) => void;
  /** Told of the number of the desk that was opened. */
  readonly onDesk: (number: number) => void;
};
