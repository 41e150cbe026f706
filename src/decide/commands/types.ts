// What people said to the app: commands as they stand in comments, and what was made of them.
import type { CommandComment, Conversation } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import type { Bump, VersionText } from "../../model/version.ts";

/** Where a comment stands: what a command without a component is about. */
export type Place = {
  /** Node id of the issue or pull request. */
  readonly subjectId: string;
  /** Null for the desk. */
  readonly pullRequest: number | null;
  /** The line of the pull request; null on the desk, where a command says which component it means unless there is only one. */
  readonly line: string | null;
  /** A pull request that was closed without a merge: there, people can only ask for a new one. */
  readonly isClosed: boolean;
  /** The pull request of a release that was begun: there, people speak of that release and not of the next one. */
  readonly isReleased: boolean;
};

/** A release that was begun and has not come to its end. */
export type UnderWay = {
  readonly line: string;
  /** `cavern 0.9.0`; several components of one pull request in one. */
  readonly title: string;
  /** Null where a person made its tag. */
  readonly pullRequest: number | null;
  readonly startedAt: EpochMs;
};

export type PlacedConversation = { readonly place: Place; readonly conversation: Conversation };

/** A line of a comment that begins with `/release`. */
export type Spoken = {
  /** The line without surrounding space and invisible characters, for repeating it to its author. */
  readonly text: string;
  /** First word after `/release`, lower case; empty when there is none. */
  readonly verb: string;
  /** What follows the verb, without surrounding space. */
  readonly rest: string;
};

/** A command and how it came into its comment. */
export type Order = Spoken & {
  /** Index of the revision that brought it; 0: the comment was written with it. */
  readonly revision: number;
  /** Who put it there; null for somebody whose account is gone. */
  readonly by: string | null;
  readonly at: EpochMs;
};

/** What one comment asks for and was not answered yet. It is accepted as a whole or not at all. */
export type Request = {
  readonly place: Place;
  readonly comment: CommandComment;
  readonly orders: readonly Order[];
  /** Index of the revision that is judged. */
  readonly revision: number;
  /** Index of the revision that was answered before; null when none was. Otherwise `orders` are what edits added since. */
  readonly after: number | null;
  /** `orders` are exactly what the comment was written with: a reaction alone answers it. */
  readonly isAsWritten: boolean;
};

/** Lines: a component's name or `*`; null for every line. */
export type Command =
  | { readonly verb: "help" }
  | { readonly verb: "thaw" }
  | { readonly verb: "status"; readonly line: string | null }
  | { readonly verb: "plan"; readonly line: string | null }
  | { readonly verb: "unhold"; readonly line: string | null }
  | { readonly verb: "bump"; readonly line: string; readonly level: Bump }
  | { readonly verb: "as"; readonly line: string; readonly version: VersionText }
  | { readonly verb: "hold"; readonly line: string | null; readonly reason: string }
  | { readonly verb: "evidence"; readonly line: string; /** Names one step of the playbook, as it was written. */ readonly step: string; readonly link: string }
  | { readonly verb: "defer"; readonly line: string | null; readonly issue: number; readonly reason: string }
  | { readonly verb: "override"; readonly line: string; readonly gate: string; readonly reason: string }
  | { readonly verb: "freeze"; readonly reason: string; readonly until: EpochMs | null }
  | { readonly verb: "simulate"; readonly line: string | null; readonly whatIf: WhatIf }
  /** `step`: a name as in the release's steps; null: whatever failed. */
  | { readonly verb: "retry"; readonly line: string; readonly step: string | null }
  | { readonly verb: "skip"; readonly line: string; readonly step: string; readonly reason: string }
  | { readonly verb: "withdraw"; readonly line: string; readonly reason: string }
  | { readonly verb: "announce"; readonly line: string; readonly isDryRun: boolean };

export type Verb = Command["verb"];

export type WhatIf =
  /** `@login`, `@organisation/team`, or a role of the playbook. */
  { readonly is: "approve"; readonly who: string } | { readonly is: "merge"; readonly pullRequest: number } | { readonly is: "at"; readonly at: EpochMs };
