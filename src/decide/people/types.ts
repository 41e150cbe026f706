// Who may do what, as GitHub says it at this moment. Never taken from what an event or a comment says about its author.
import type { Words } from "../../model/plan.ts";
import type { Role } from "../../model/playbook.ts";
import type { Wanted } from "../../model/snapshot.ts";

/** Whether somebody has a role. `unknown`: a team or a permission could not be read; nobody gets a role by that. */
export type Standing = { readonly is: "in" } | { readonly is: "out" } | { readonly is: "unknown"; readonly because: Words; readonly next: Words };

/** A role's people as far as they are known. */
export type Members = {
  /** Logins, each once, in no particular order; those who have the role by a permission level are not listed. */
  readonly logins: readonly string[];
  /** Permission levels that give the role: `write` stands for that or more. */
  readonly levels: readonly string[];
  /** Teams that can't be read, do not exist, or have nobody in them, each with the remedy. */
  readonly faults: readonly { readonly because: Words; readonly next: Words; readonly isEmpty: boolean }[];
};

type HostedWanted = NonNullable<Wanted["hosted"]>;

/** `role` is a name of the playbook's `roles`, `owners` for the code owners of what is released, or null for whoever may write. */
export type People = {
  readonly standing: (login: string, role: Role | null) => Standing;
  readonly members: (role: Role | null) => Members;
  /** `steward (@acme/stewards)`, `owners of charts/api (@kim, @lee)`, `anybody with write access`. */
  readonly describe: (role: Role | null) => Words;
  /** For `owners`: groups of owners of which each has to agree, with the paths that they own. One group holding everybody for any other role. */
  readonly groups: (role: Role) => readonly { readonly handles: readonly string[]; readonly paths: readonly string[] }[];
  /** Like `standing`, for one group. */
  readonly isOneOf: (login: string, handles: readonly string[]) => Standing;
  /** What has to be read before `standing` of these logins and `members` of the role are known. Lists what is missing only. */
  readonly wants: (role: Role | null, logins: readonly string[]) => Pick<HostedWanted, "teams" | "logins"> & { readonly files: readonly string[] };
};
