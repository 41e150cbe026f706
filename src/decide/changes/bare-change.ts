// A change that no commit says: an item of a changelog, or a requirement that follows another release.
import type { Change } from "../../model/change.ts";
import type { Sha } from "../../model/snapshot.ts";

/** Stands at a commit for want of its own; its effect is still unknown. */
export function bareChange(sha: Sha, text: string): Change {
  return {
    sha,
    type: null,
    scope: null,
    description: text,
    subject: text,
    isBreaking: false,
    breakingNotes: [],
    pullRequest: null,
    authorName: "",
    authorLogin: null,
    paths: [],
    releaseAs: null,
    cancelledBy: null,
    effect: "unknown",
    because: "",
  };
}
