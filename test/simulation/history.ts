// A history is data: a team, and what people, GitHub and the machine do, in order. Nothing in it is drawn while it runs, so
// the same history is the same every time, and a shorter one can be cut from it.
import type { When } from "../../sandbox/faults/spoil.ts";
import type { RunConclusion } from "../../sandbox/world/types.ts";

export type History = {
  /** How the first repository is released; the other one, of another account, is as plain as can be. */
  readonly team: TeamSpec;
  readonly steps: readonly Step[];
};

export type TeamSpec = {
  readonly components: "one" | "two";
  readonly per: "component" | "repository";
  readonly source: "conventional-commits" | "pull-requests";
  readonly noSignal: "ask" | "patch" | "nothing";
  readonly file: "json" | "yaml" | "toml" | "regex" | "none";
  readonly changelog: "conventional" | "keep-a-changelog" | "none";
  readonly tag: "plain" | "annotated";
  readonly moving: boolean;
  readonly gates: readonly GateName[];
  readonly automatic: boolean;
  readonly artifact: "dispatch" | "tag" | "none";
  readonly environments: 0 | 1 | 2;
  readonly publish: "with-tag" | "after-artifacts";
  readonly notes: boolean;
  readonly desk: boolean;
  readonly mention: boolean;
};
export type GateName = "ci" | "blockers" | "reviewed" | "rehearsed";

/** Who is there: kim administers, lee and mo write, jo reads. The team `reviewers` is mo and ann, who write. */
export const PEOPLE = ["kim", "lee", "mo", "ann", "jo"] as const;
export type Person = (typeof PEOPLE)[number];

/** One thing that happens, and how long nothing else does after it. `at`: the first repository, or the other one. */
export type Step = { readonly at: 0 | 1; readonly does: Deed; readonly thenMs: number };

/** `pick` chooses among what is there, whatever its number; where nothing is there, nothing happens. */
export type Deed = HumanDeed | FaultDeed;

export type HumanDeed =
  | { readonly do: "push"; readonly says: ChangeKind; readonly by: Person }
  | { readonly do: "contribute"; readonly says: ChangeKind; readonly by: Person; readonly method: "merge" | "squash" | "rebase" }
  | { readonly do: "merge release"; readonly pick: number; readonly method: "merge" | "squash" | "rebase"; readonly by: Person }
  | { readonly do: "close release"; readonly pick: number }
  | { readonly do: "reopen release"; readonly pick: number }
  | { readonly do: "write notes"; readonly pick: number }
  | { readonly do: "push to release branch"; readonly pick: number }
  | { readonly do: "delete release branch"; readonly pick: number }
  | { readonly do: "approve"; readonly pick: number; readonly by: Person }
  | { readonly do: "dismiss"; readonly pick: number }
  | { readonly do: "say"; readonly words: string; readonly where: "release" | "merged" | "desk"; readonly pick: number; readonly by: Person }
  | { readonly do: "edit comment"; readonly pick: number; readonly words: string; readonly by: Person }
  | { readonly do: "delete comment"; readonly pick: number }
  | { readonly do: "open blocker"; readonly by: Person }
  | { readonly do: "close blocker"; readonly pick: number }
  | { readonly do: "report ci"; readonly pick: number; readonly conclusion: "success" | "failure" | "pending" }
  | { readonly do: "finish run"; readonly pick: number; readonly conclusion: RunConclusion }
  | { readonly do: "run by hand"; readonly pick: number }
  | { readonly do: "tick"; readonly pick: number; readonly where: "release" | "merged"; readonly by: Person }
  | { readonly do: "delete tag"; readonly pick: number }
  | { readonly do: "move tag"; readonly pick: number }
  | { readonly do: "tag by hand"; readonly version: string }
  | { readonly do: "delete release"; readonly pick: number }
  | { readonly do: "revoke"; readonly who: Person }
  | { readonly do: "restore"; readonly who: Person }
  | { readonly do: "rename branch"; readonly pick: number }
  | { readonly do: "rename repository"; readonly pick: number }
  | { readonly do: "archive" }
  | { readonly do: "unarchive" }
  | { readonly do: "break playbook" }
  | { readonly do: "mend playbook" }
  | { readonly do: "change playbook"; readonly gates: readonly GateName[] }
  | { readonly do: "nothing" };

export type ApiFault = "drop" | "cut" | "stale" | 403 | 404 | 409 | 422 | 429 | 500 | 502;
export type FaultDeed =
  /** At the so-manieth request from then on, 1 being the next. */
  | { readonly do: "fault"; readonly in: number; readonly what: ApiFault; readonly when: When }
  /** Somebody does something between two requests. */
  | { readonly do: "meanwhile"; readonly in: number; readonly deed: HumanDeed }
  | { readonly do: "kill"; readonly in: number; readonly when: When; readonly at: "request" | "commit" }
  /** What becomes of the next so many webhooks. */
  | { readonly do: "mail"; readonly what: "lost" | "swallowed" | "doubled" | "delayed" | "reversed" | "swapped"; readonly count: number }
  | { readonly do: "second process" }
  | { readonly do: "freeze"; readonly in: number }
  | { readonly do: "thaw" }
  | { readonly do: "clock jumps"; readonly ms: number }
  | { readonly do: "tokens expire" }
  | { readonly do: "suspend" }
  | { readonly do: "unsuspend" };

export type ChangeKind = "feature" | "fix" | "breaking" | "chore" | "nothing said" | "odd text";
