// What the stand-in needs of a git repository. Two implementations: on disk with git (repository.ts), and in memory (in-memory/repository.ts).

/** 40 hex digits. */
export type Sha = string;
export type Person = { readonly name: string; readonly email: string; /** Milliseconds since the epoch. */ readonly at: number };
export type CommitObject = {
  readonly sha: Sha;
  readonly tree: Sha;
  readonly parents: readonly Sha[];
  readonly author: Person;
  readonly committer: Person;
  /** As stored, with its final line end if it has one. */
  readonly message: string;
  /** The `gpgsig` header, unfolded; null when unsigned. */
  readonly signature: string | null;
};
export type TagObject = {
  readonly sha: Sha;
  readonly tag: string;
  readonly target: Sha;
  readonly targetType: string;
  readonly tagger: Person | null;
  /** As stored, with its signature if it has one. */
  readonly message: string;
  /** All of the object, as stored: what a signature signs the beginning of. */
  readonly text: string;
};
export type TreeEntry = {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: Sha;
  /** Bytes of a blob; null for the rest. */ readonly size: number | null;
};
/** As GitHub lists it; `patch` is null for binary files. */
export type FileChange = {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly additions: number;
  readonly deletions: number;
  readonly sha: Sha;
  readonly patch: string | null;
};
/** `before` undefined: whatever stands there; null: must not exist. `after` null: delete. */
export type RefUpdate = { readonly name: string; readonly before?: Sha | null; readonly after: Sha | null };
/** What a push changed, in the order of its commands. */
export type RefChange = { readonly name: string; readonly before: Sha | null; readonly after: Sha | null };
export type MergeResult = { readonly is: "clean"; readonly tree: Sha } | { readonly is: "conflict"; readonly paths: readonly string[] };

/** Thrown when a ref does not stand where an update expects it: nothing of that update was done. */
export class StaleRef extends Error {
  readonly ref: string;
  constructor(ref: string) {
    super(`Reference ${ref} is not where it was expected`);
    this.ref = ref;
  }
}

export type GitRepository = {
  /** Where git finds it; null when it is held in memory. */
  readonly directory: string | null;
  /** Full names, from memory, always as git has them. Tags are not peeled. */
  readonly refs: () => ReadonlyMap<string, Sha>;
  /** A commit for a SHA, a full or short ref name, peeled; null when there is none. */
  readonly resolve: (revision: string) => Promise<Sha | null>;
  readonly typeOf: (sha: Sha) => Promise<"commit" | "tree" | "blob" | "tag" | null>;
  readonly commit: (sha: Sha) => Promise<CommitObject | null>;
  readonly tag: (sha: Sha) => Promise<TagObject | null>;
  /** Entries of one tree; null when it is none. `recursive`: whole paths, trees included. */
  readonly tree: (sha: Sha, recursive?: boolean) => Promise<readonly TreeEntry[] | null>;
  /** What stands at a path of a commit or tree; the empty path is the root tree. */
  readonly entry: (revision: Sha, path: string) => Promise<TreeEntry | null>;
  readonly blob: (sha: Sha) => Promise<Buffer | null>;
  readonly writeBlob: (content: Buffer) => Promise<Sha>;
  /** A tree like `base` (null: empty) with these paths set, or removed where `sha` is null. */
  readonly writeTree: (base: Sha | null, edits: readonly { readonly path: string; readonly mode: string; readonly sha: Sha | null }[]) => Promise<Sha>;
  readonly writeCommit: (commit: Omit<CommitObject, "sha">) => Promise<Sha>;
  readonly writeTag: (tag: Omit<TagObject, "sha" | "text">) => Promise<Sha>;
  /** All or none, compare-and-swap. @throws StaleRef */
  readonly updateRefs: (updates: readonly RefUpdate[]) => Promise<readonly RefChange[]>;
  /** Commits reachable from `include` and not from `exclude`, newest first in topological order. `paths`: only those that change them. */
  readonly log: (question: {
    readonly include: readonly Sha[];
    readonly exclude?: readonly Sha[];
    readonly paths?: readonly string[];
    readonly since?: number;
    readonly until?: number;
    readonly limit?: number;
    readonly skip?: number;
  }) => Promise<readonly Sha[]>;
  readonly count: (include: Sha, exclude: Sha) => Promise<number>;
  readonly mergeBase: (one: Sha, other: Sha) => Promise<Sha | null>;
  readonly isAncestor: (ancestor: Sha, descendant: Sha) => Promise<boolean>;
  /** A real three-way merge. */
  readonly merge: (ours: Sha, theirs: Sha) => Promise<MergeResult>;
  /** The tree of `onto` with what `commit` changed against its first parent. */
  readonly cherryPick: (onto: Sha, commit: Sha) => Promise<MergeResult>;
  /** From `from` (null: the empty tree) to `to`, renames found. */
  readonly diff: (from: Sha | null, to: Sha) => Promise<readonly FileChange[]>;
  /** Nothing is read afterwards. A directory stays, a helper process ends. */
  readonly close: () => Promise<void>;
};

/** One that git itself can work on: its clients are served from it. */
export type RepositoryOnDisk = GitRepository & { readonly directory: string };
export const isOnDisk = (repository: GitRepository): repository is RepositoryOnDisk => repository.directory !== null;

/** @throws Error when it is held in memory */
export function onDisk(repository: GitRepository): RepositoryOnDisk {
  if (!isOnDisk(repository)) throw new Error('The repository is held in memory, where git can\'t read it: start the stand-in with git: "disk"');
  return repository;
}
