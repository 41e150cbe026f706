// What every slice needs to read its part of one moment.
import type { GitHub } from "../../github/types.ts";
import type { Sha, Tag } from "../../model/snapshot.ts";
import type { Fields } from "./fields.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Listing } from "./listing.ts";
import type { Kept } from "./memory.ts";
import type { App } from "./people.ts";
import type { Ask, Question } from "./question.ts";

/** Before the head is known. */
export type Asking = {
  readonly ask: Ask;
  readonly foresee: (question: Question<unknown>) => void;
  readonly learn: (question: Question<unknown>, answer: Fields) => void;
  readonly rest: GitHub["rest"];
  readonly kept: Kept;
  readonly app: App;
};

export type Named = Asking & { readonly owner: string; readonly repo: string };

export type Moment = Named & {
  readonly takenAt: EpochMs;
  readonly head: { readonly sha: Sha; readonly tree: Sha; readonly branch: string };
  readonly tags: readonly Tag[];
  /** Every path at the head. */
  readonly listing: Listing;
};
