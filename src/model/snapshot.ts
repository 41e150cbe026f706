// Everything a decision may look at, read at one moment and frozen. Who read it (GitHub's API or a local
// repository) does not show. A snapshot is complete: an observer that could not read a part throws instead.
import type { EpochMs } from "./time.ts";

/** A full object name in lower-case hex: 40 digits (SHA-1) or 64 (SHA-256). */
export type Sha = string;

/** A tag, peeled: `sha` is the commit it leads to. Tags that lead to no commit are left out by the observer. */
export type Tag = { readonly name: string; readonly sha: Sha };

export type PullRequest = {
  readonly number: number;
  readonly title: string;
  readonly labels: readonly string[];
  /** Login of its author; null when unknown (a local repository does not say). An app's ends with `[bot]`. */
  readonly author: string | null;
};

/** A check run that this app made. Nobody else can write one in its name, so what it says is believed. */
export type OwnCheck = {
  /** The id that REST takes, and the node id that GraphQL takes. */
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly externalId: string;
  /** Null while it is in progress. */
  readonly conclusion: string | null;
  /** When it was begun; null when GitHub does not say. */
  readonly startedAt: EpochMs | null;
  readonly title: string;
  readonly summary: string;
  /** Empty when there is none. */
  readonly text: string;
  /** Where its details are, as the app set it; null when GitHub says none. */
  readonly url: string | null;
};

/** What any app or script says of a commit: the newest check run of that name in its suite, or the newest status of that context. */
export type CommitCheck = {
  readonly name: string;
  /** Slug and id of the app that made it; null for a commit status, which any writer can set. */
  readonly app: { readonly slug: string; readonly id: number } | null;
  /** Two workflows may each have a job of that name: each of them is a suite of its own. Null for a commit status. */
  readonly suite: number | null;
  /** `passed` is success, neutral and skipped, as branch protection counts them; `running` is everything that has no conclusion yet. */
  readonly state: "passed" | "failed" | "running";
  /** GitHub's own word, lower case: `timed_out`, `queued`. */
  readonly says: string;
  /** Null when GitHub has none. */
  readonly url: string | null;
  readonly startedAt: EpochMs | null;
};

/** A text that was edited: what it said from then on. */
export type Revision = {
  readonly at: EpochMs;
  /** Null for somebody whose account is gone. */
  readonly editor: string | null;
  readonly text: string;
};

/** A comment of a person in which a line begins with `/release`, or did before an edit. */
export type CommandComment = {
  /** Node id. */
  readonly id: string;
  readonly url: string;
  readonly author: string;
  readonly createdAt: EpochMs;
  /** Oldest first, the text it was written with among them; the last one stands there. */
  readonly revisions: readonly Revision[];
  /** When this app reacted to it with eyes: it began to answer. */
  readonly seenAt: EpochMs | null;
  /** What this app's own reaction on it records, and since when. */
  readonly answered: { readonly is: "accepted" | "refused"; readonly at: EpochMs } | null;
};

/** A comment of this app. Whoever may write to the repository can edit it, so only revisions of the app itself are believed. */
export type OwnComment = {
  /** Node id. */
  readonly id: string;
  readonly url: string;
  readonly createdAt: EpochMs;
  /** Oldest first; at least the newest 100. The last one stands there. */
  readonly revisions: readonly Revision[];
};

/** Where people talk to the app, and it answers: a pull request of its own, or its desk. */
export type Conversation = {
  /** Oldest first, never an app's. */
  readonly requests: readonly CommandComment[];
  /** Oldest first. */
  readonly own: readonly OwnComment[];
};

export type Review = {
  readonly url: string;
  /** Null for somebody whose account is gone; an app's ends with `[bot]`. */
  readonly author: string | null;
  readonly state: "approved" | "changes-requested" | "commented" | "dismissed";
  /** What was looked at; null when GitHub no longer knows. */
  readonly sha: Sha | null;
  readonly at: EpochMs;
};

/** A pull request whose author is this app. */
export type OwnPullRequest = Conversation & {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  readonly title: string;
  readonly body: string;
  /** The description in which people's sections are read: the body, or the newest version of it that is not the app's. */
  readonly written: string;
  readonly labels: readonly string[];
  /** Branch that it would merge, and the branch that it would merge into; short names. */
  readonly branch: string;
  readonly base: string;
  /** Where the branch stood last, and its root tree; the tree is null where GitHub has not listed the last push yet. */
  readonly headSha: Sha;
  readonly headTree: Sha | null;
  /** This app's check runs on the newest of its last 10 commits that carries any, newest first, and that commit. */
  readonly checks: readonly OwnCheck[];
  readonly checkedSha: Sha | null;
  /** Its commits (at most the newest 100), newest first. `people`: logins or, where GitHub knows none, names of author and committer. */
  readonly commits: readonly { readonly sha: Sha; readonly parents: readonly Sha[]; readonly isOwn: boolean; readonly people: readonly string[] }[];
  readonly isConflicting: boolean;
  /** Null while it is open. */
  readonly closed: { readonly at: EpochMs; readonly byApp: boolean } | null;
  /** The commit that the merge put on the base and its root tree; null unless merged. */
  readonly mergeSha: Sha | null;
  readonly mergeTree: Sha | null;
  /** Every review, oldest first. */
  readonly reviews: readonly Review[];
  /** Logins and `organisation/team` who were asked for a review and have not given it yet. */
  readonly requestedReviewers: readonly string[];
};

/** An open pull request that is not this app's, into the default branch. */
export type Contribution = {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly author: string | null;
  readonly labels: readonly string[];
  readonly headSha: Sha;
  /** Null when it changes more files than are read (100): then nothing is said about paths. */
  readonly paths: readonly string[] | null;
  /** This app's check runs on its head, newest first. */
  readonly checks: readonly OwnCheck[];
};

export type OpenIssue = {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** With the moment at which each was put on last; null when GitHub's newest 100 events do not say. */
  readonly labels: readonly { readonly name: string; readonly since: EpochMs | null }[];
  readonly milestone: string | null;
  readonly assignees: readonly string[];
  readonly createdAt: EpochMs;
};

export type Milestone = {
  readonly number: number;
  readonly title: string;
  readonly dueOn: EpochMs | null;
  /** Its open issues; pull requests are none. */
  readonly issues: readonly OpenIssue[];
};

/** Who belongs to a team, or why that is not known. */
export type Team =
  | { readonly is: "known"; readonly members: readonly string[] }
  /** There is none of that name, as far as the app can see. */
  | { readonly is: "missing" }
  | { readonly is: "unreadable"; readonly because: string };

/** The issue that shows every line: the oldest issue of this app that is a desk. */
export type Desk = Conversation & {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly isOpen: boolean;
  readonly title: string;
  readonly body: string;
};

export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** A release on GitHub, as far as the app looks for it. */
export type HostedRelease = {
  readonly id: number;
  readonly tag: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
  readonly isOwn: boolean;
  /** Its text as it stands there, whoever wrote it last. */
  readonly body: string;
  /** Names of every file that is attached to it. */
  readonly assets: readonly string[];
};

/** A run of a workflow in its newest attempt. */
export type WorkflowRun = {
  readonly id: number;
  /** File name in `.github/workflows/`. */
  readonly workflow: string;
  /** `push`, `release`, `workflow_dispatch`, `repository_dispatch`. */
  readonly event: string;
  /** Short name of the branch or tag that it runs on; null where GitHub has none. */
  readonly branch: string | null;
  readonly sha: Sha;
  /** Login of who caused it; null for somebody whose account is gone. */
  readonly actor: string | null;
  /** What it is called in the list: the workflow's `run-name`. */
  readonly title: string;
  /** GitHub's word: `queued`, `in_progress`, `waiting` for an approval, `completed`. */
  readonly status: string;
  /** GitHub's word; null until it is completed. */
  readonly conclusion: string | null;
  /** Counts from 1. */
  readonly attempt: number;
  readonly url: string;
  readonly createdAt: EpochMs;
  /** When the newest attempt began, and when GitHub saw it change last. */
  readonly startedAt: EpochMs;
  readonly updatedAt: EpochMs;
};

/** Which runs are wanted. */
export type RunsAsked =
  /** Every run whose commit this is. */
  | { readonly of: "commit"; readonly sha: Sha }
  /** One run; none where it was deleted. */
  | { readonly of: "run"; readonly id: number }
  /** Runs that this app dispatched not before then, of that workflow. */
  | { readonly of: "dispatch"; readonly workflow: string; readonly event: "workflow_dispatch" | "repository_dispatch"; readonly since: EpochMs };

/** Jobs of a run's newest attempt that did not succeed, with the step at which each ended. */
export type FailedJob = { readonly name: string; readonly step: string | null; readonly conclusion: string; readonly url: string };

/** A provenance attestation of a digest, as GitHub keeps it. */
export type Attestation = { readonly predicateType: string; readonly url: string | null };

/** A repository of the same installation, or the app's own, as far as a pull request that follows a release needs it. */
export type Elsewhere = {
  /** Node id, numeric id and page. */
  readonly id: string;
  readonly databaseId: number;
  readonly url: string;
  readonly isArchived: boolean;
  readonly isFork: boolean;
  /** Name of the default branch, where it stands, and its root tree. */
  readonly branch: string;
  readonly sha: Sha;
  readonly tree: Sha;
  /** Files that were asked for, at that commit, and which of them are executable. */
  readonly files: ReadonlyMap<string, FileState>;
  readonly executables: ReadonlySet<string>;
  /** The branch that was asked for; null: it does not exist. `isOwn`: its last commit is this app's. */
  readonly head: { readonly sha: Sha; readonly isOwn: boolean; readonly files: ReadonlyMap<string, FileState> } | null;
  /** This app's pull request from that branch into the default branch: the open one, and the newest that is over. */
  readonly open: ElsewherePull | null;
  readonly over: ElsewherePull | null;
  /** Every other open pull request into the default branch that changes one of those files, or so many that nobody can tell. Newest first. */
  readonly others: readonly ElsewherePull[];
};
export type ElsewherePull = {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "closed" | "merged";
  readonly author: string | null;
  readonly branch: string;
  readonly headSha: Sha;
  readonly title: string;
  readonly body: string;
  readonly isDraft: boolean;
  readonly isConflicting: boolean;
  readonly labels: readonly string[];
  /** Every review, oldest first. */
  readonly reviews: readonly Review[];
  readonly createdAt: EpochMs;
  /** Null while it is open. */
  readonly closed: { readonly at: EpochMs; readonly byApp: boolean } | null;
  /** Files that were asked for, at its head. */
  readonly files: ReadonlyMap<string, FileState>;
};
/** Files, and a branch, of a repository by its full name; the app's own may be named as well. */
export type ElsewhereAsked = { readonly repository: string; readonly files: readonly string[]; readonly branch: string };

/** A pull request or issue that a release contains, as far as it has to be told so. */
export type Contained = {
  /** Node id. */
  readonly id: string;
  readonly number: number;
  readonly isPullRequest: boolean;
  /** Issues that it closes; empty for an issue. */
  readonly closes: readonly number[];
  /** Texts of this app's own comments among its newest 50. */
  readonly own: readonly string[];
};

/** What a repository has on GitHub beside git. Every list is complete for what its comment says. */
export type Hosted = {
  /** Node id, for mutations. */
  readonly id: string;
  /** Login of the app, `release-steward[bot]`, and the line that signs its commits off. */
  readonly app: {
    readonly login: string;
    readonly signoff: string;
    /** With what it can sign tags; null for not at all. */ readonly signs: "pgp" | "ssh" | null;
  };
  /** The head commit's root tree, and which files in it are executable. */
  readonly headTree: Sha;
  readonly executables: ReadonlySet<string>;
  /** This app's check runs on the head commit, newest first. */
  readonly headChecks: readonly OwnCheck[];
  /** Every open pull request of this app, oldest first. */
  readonly open: readonly OwnPullRequest[];
  /** Branches that were asked for: what they point to and the newest pull request of this app from each that is not open. */
  readonly branches: ReadonlyMap<string, { readonly sha: Sha | null; readonly checks: readonly OwnCheck[]; readonly lastClosed: OwnPullRequest | null }>;
  /** Merged pull requests of this app that were asked for, by number. */
  readonly merged: ReadonlyMap<number, OwnPullRequest>;
  /** Numbers of this app's pull requests among those that were merged and changed last; an older one is not among them. */
  readonly mergedLately: readonly number[];
  /** Those of them that were asked for because the unreleased commits may not tell of them, by number. */
  readonly mergedBefore: ReadonlyMap<number, OwnPullRequest>;
  /** Tags that were asked for: this app's check runs on the commit that they lead to or will lead to, and every release of theirs, drafts included. */
  readonly tagged: ReadonlyMap<
    string,
    {
      readonly sha: Sha | null;
      /** When its commit was made; null when there is none. */ readonly committedAt: EpochMs | null;
      readonly checks: readonly OwnCheck[];
      readonly releases: readonly HostedRelease[];
    }
  >;
  /** Logins that were asked for: what each may do here, now. */
  readonly permissions: ReadonlyMap<string, Permission>;
  /** Files at other commits that were asked for, by `sha:path`. */
  readonly filesAt: ReadonlyMap<string, FileState>;
  /** The blob of every file at the head, by path. */
  readonly blobs: ReadonlyMap<string, Sha>;
  /** Null when there is none. A closed one was closed by a person. */
  readonly desk: Desk | null;
  /** Why nobody can tell whether there is a desk; null when it is known. */
  readonly deskUnread: string | null;
  /** Further open issues of this app that look like a desk. */
  readonly otherDesks: readonly { readonly id: string; readonly number: number }[];
  /** Commits that were asked for: this app's check runs there, newest first. A commit that is not known any more has none. */
  readonly records: ReadonlyMap<Sha, readonly OwnCheck[]>;
  /** Commits that were asked for: what everybody says of them, or why that can't be read. */
  readonly commitChecks: ReadonlyMap<Sha, Read<readonly CommitCheck[]>>;
  /** What has to pass on the default branch by rulesets and classic protection; null until it was asked for. */
  readonly requiredChecks: Read<readonly { readonly name: string; readonly appId: number | null }[]> | null;
  /** Teams that were asked for, by `organisation/team` in lower case. */
  readonly teams: ReadonlyMap<string, Team>;
  /** Labels that were asked for, in lower case: every open issue that carries it; `*` for every open issue. */
  readonly labelled: ReadonlyMap<string, Read<{ readonly exists: boolean; readonly issues: readonly OpenIssue[] }>>;
  /** Every open milestone; null until it was asked for. */
  readonly milestones: Read<readonly Milestone[]> | null;
  /** Null until it was asked for. Oldest first. */
  readonly contributions: readonly Contribution[] | null;
  /** Runs of workflows that were asked for, by `runsKey`. */
  readonly runs: ReadonlyMap<string, Read<readonly WorkflowRun[]>>;
  /** Failed jobs that were asked for, by `run/attempt`. */
  readonly failedJobs: ReadonlyMap<string, Read<readonly FailedJob[]>>;
  /** What workflows reported, by the id of the run: names and values of its report artifact. */
  readonly reports: ReadonlyMap<number, Read<Readonly<Record<string, string>> | null>>;
  /** Attestations of this repository that were asked for, by digest. */
  readonly attestations: ReadonlyMap<string, Read<readonly Attestation[]>>;
  /** Repositories that were asked for, by `elsewhereKey`. */
  readonly elsewhere: ReadonlyMap<string, Read<Elsewhere>>;
  /** Pull requests and issues that were asked for, by number; null where nothing can be said: it is gone, or locked. */
  readonly contained: ReadonlyMap<number, Contained | null>;
  /** Tags of releases that somebody wants to see although they are over: nothing is done about those. */
  readonly shown: readonly string[];
  /** Open and closed issues of this app that are retrospectives, by the tag they are about; null until they were asked for. */
  readonly retrospectives: Read<ReadonlyMap<string, { readonly number: number; readonly url: string }>> | null;
};

/** By what an answer is found again. */
export function runsKey(asked: RunsAsked): string {
  switch (asked.of) {
    case "commit":
      return `commit ${asked.sha}`;
    case "run":
      return `run ${String(asked.id)}`;
    case "dispatch":
      return `${asked.event} ${asked.workflow} since ${String(asked.since)}`;
  }
}

/** By what an answer is found again: a repository may be asked for several branches. */
export function elsewhereKey({ repository, branch }: Pick<ElsewhereAsked, "repository" | "branch">): string {
  return `${repository.toLowerCase()}#${branch}`;
}

/** Something that one gate needs and that another may do without: that it can't be read closes that gate and names the remedy. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly because: string; /** `issues: read`; null when GitHub does not say. */ readonly permission: string | null };

export type Commit = {
  readonly sha: Sha;
  /** First parent first; empty for a root. */
  readonly parents: readonly Sha[];
  readonly committedAt: EpochMs;
  readonly authorName: string;
  /** Login of the author on GitHub; null when unknown. */
  readonly authorLogin: string | null;
  /** The whole message, subject first, as stored. */
  readonly message: string;
  /**
   * Every path that differs from the first parent, old and new names of a rename both; always empty for a merge. A folder
   * that nobody asked to have told apart (`Wanted.folders`) may stand for all that differs in it, with a final `/`.
   */
  readonly paths: readonly string[];
  /** The pull request that brought it, when the observer knows; null in a local repository. */
  readonly pullRequest: PullRequest | null;
};

/** What stands at a path at the head. Only `text` can be edited; everything else says why not. */
export type FileState =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "missing" }
  | { readonly is: "too-large"; readonly bytes: number }
  | { readonly is: "binary" }
  | { readonly is: "symlink" }
  | { readonly is: "submodule" };

/** The commits of the head that `since` does not have, newest first in topological order; the whole history when `since` is null. */
export type Range = { readonly since: Tag | null; readonly commits: readonly Commit[] };

export type Snapshot = {
  readonly takenAt: EpochMs;
  readonly repository: {
    /** `owner/name`; null when a local repository has no remote that says so. */
    readonly name: string | null;
    /** `https://github.com/owner/name`, without a final slash; null when there is none to link to. */
    readonly url: string | null;
  };
  readonly head: {
    readonly sha: Sha;
    /** Short branch name; null when the head is not a branch. */
    readonly branch: string | null;
    /** The default branch and its history form the main line; any other branch is a maintenance line. */
    readonly onDefaultBranch: boolean;
  };
  /** All tags, in no particular order. */
  readonly tags: readonly Tag[];
  /** Every path in the tree at the head, files, links and submodules alike. */
  readonly paths: ReadonlySet<string>;
  /** Contents at the head, by path: exactly those that were asked for. */
  readonly files: ReadonlyMap<string, FileState>;
  /** Unreleased commits by line key: exactly those that were asked for. */
  readonly ranges: ReadonlyMap<string, Range>;
  /** Null when read from a local repository. */
  readonly hosted: Hosted | null;
};

/**
 * What a decision still has to know. An observer answers mechanically, so that the choice of tags and files
 * stays in pure code: for each line, `since` is the first of `newestFirst` that the head can reach.
 */
export type Wanted = {
  readonly files: readonly string[];
  readonly ranges: readonly { readonly key: string; readonly newestFirst: readonly Tag[] }[];
  /**
   * Folders whose entries have to be told apart in `Commit.paths`: `.` for the root. `isDeep`: down to each file.
   * An observer that knows every path is free to ignore it.
   */
  readonly folders: readonly { readonly path: string; readonly isDeep: boolean }[];
  /** Only of a hosted repository; null when nothing of it is wanted. */
  readonly hosted: {
    readonly branches: readonly string[];
    /** Numbers of this app's merged pull requests. */
    readonly merged: readonly number[];
    /** Numbers of `Hosted.mergedLately`. */
    readonly mergedBefore: readonly number[];
    /** `at`: the commit that the tag will be on; null for one that stands. */
    readonly tags: readonly { readonly name: string; readonly at: Sha | null }[];
    readonly logins: readonly string[];
    readonly files: readonly { readonly sha: Sha; readonly path: string }[];
    /** Commits whose own check runs are wanted. */
    readonly records: readonly Sha[];
    /** Commits of which it is wanted what everybody says. */
    readonly commitChecks: readonly Sha[];
    readonly requiredChecks: boolean;
    /** `organisation/team`, lower case. */
    readonly teams: readonly string[];
    /** Lower case; `*` for every open issue. */
    readonly labelled: readonly string[];
    readonly milestones: boolean;
    readonly contributions: boolean;
    readonly runs: readonly RunsAsked[];
    /** `run`: id; `attempt`: which. */
    readonly failedJobs: readonly { readonly run: number; readonly attempt: number }[];
    /** Ids of runs. */
    readonly reports: readonly number[];
    /** Digests. */
    readonly attestations: readonly string[];
    readonly elsewhere: readonly ElsewhereAsked[];
    /** Numbers. */
    readonly contained: readonly number[];
    readonly retrospectives: boolean;
  } | null;
};

export const NOTHING_WANTED: Wanted = { files: [], ranges: [], folders: [], hosted: null };

export const NOTHING_HOSTED_WANTED: NonNullable<Wanted["hosted"]> = {
  branches: [],
  merged: [],
  mergedBefore: [],
  tags: [],
  logins: [],
  files: [],
  records: [],
  commitChecks: [],
  requiredChecks: false,
  teams: [],
  labelled: [],
  milestones: false,
  contributions: false,
  runs: [],
  failedJobs: [],
  reports: [],
  attestations: [],
  elsewhere: [],
  contained: [],
  retrospectives: false,
};
