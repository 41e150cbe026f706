// A local git repository as a Snapshot: complete answers or a RepositoryProblem, never a partial one. Reads only;
// needs git and no network.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Sha, Snapshot, Tag, Wanted } from "../../model/snapshot.ts";
import { type Files, openFiles } from "./files.ts";
import { type Place, patternsFor, placeOf, readFacts } from "./head.ts";
import { openHistory } from "./history.ts";
import { type Source, isInHistory, readRanges } from "./ranges.ts";
import { readRemote } from "./remote.ts";
import { gitOutput } from "./run.ts";
import { ALL_TAGS, readReferences, tagsOf } from "./tags.ts";
import { textOf } from "./text.ts";
import { type Tree, openTrees } from "./tree.ts";

export { RepositoryProblem } from "./problem.ts";

/** One moment of the repository. */
export type Moment = {
  /** Head, tags and tree; no file and no range yet. */
  readonly first: () => Promise<Snapshot>;
  /** The same moment with what was wanted added to it. */
  readonly answer: (snapshot: Snapshot, wanted: Wanted) => Promise<Snapshot>;
};

export type GitObserver = Moment & {
  /**
   * An earlier moment, for replays: that commit as the head, without the tags that came later, taken at its commit
   * date. The whole history is read at the first such question and serves all that follow.
   */
  readonly asOf: (past: { readonly sha: Sha; readonly hiddenTags: ReadonlySet<string> }) => Moment;
  /** Ends what still runs; no file can be asked for afterwards. */
  readonly close: () => void;
};

type Repository = Source & {
  readonly identity: Snapshot["repository"];
  readonly tags: readonly Tag[];
  readonly place: Place;
  readonly files: Files;
  readonly treeOf: (commit: Sha) => Promise<Tree>;
};
type Look = Pick<Snapshot, "head" | "takenAt">;

/**
 * @param directory a working copy, a folder in it, a linked worktree or a bare repository
 * @param options.ref what to look at; null for what is checked out
 * @param options.onProgress hears of reads that take long
 * @throws RepositoryProblem
 */
export async function openRepository(
  directory: string,
  options: { readonly ref: string | null; readonly onProgress: (line: string) => void },
): Promise<GitObserver> {
  const takenAt = Date.now();
  const treeOf = openTrees(directory);
  const [references, facts, identity] = await Promise.all([
    readReferences(directory, [ALL_TAGS, ...patternsFor(options.ref)]),
    readFacts(directory).then((found) => {
      // The tree is the next thing that is needed, and is read while many references still are.
      if (options.ref === null && found.checkedOut !== null) void treeOf(found.checkedOut.sha);
      return found;
    }),
    readRemote(directory),
  ]);
  const [place, tags, cutOff] = await Promise.all([
    placeOf(directory, options.ref, facts, references),
    tagsOf(directory, references),
    facts.isShallow ? readCutOff(directory) : new Set<Sha>(),
  ]);
  const repository = { directory, identity, treeOf, place, tags, cutOff, history: openHistory(directory, options.onProgress), files: openFiles(directory) };
  const now = async (): Promise<Look> => ({ head: await currentHead(repository), takenAt });
  let mainLine: Promise<(sha: Sha) => boolean> | null = null;
  return {
    ...momentOf(repository, tags, now),
    asOf({ sha, hiddenTags }) {
      const then = async (): Promise<Look> => {
        mainLine ??= readEverything(repository);
        return pastLook(repository, sha, await mainLine);
      };
      return momentOf(repository, hiddenTags.size === 0 ? tags : tags.filter(({ name }) => !hiddenTags.has(name)), then);
    },
    close: repository.files.close,
  };
}

function momentOf(repository: Repository, tags: readonly Tag[], look: () => Promise<Look>): Moment {
  let seen: Promise<{ readonly look: Look; readonly tree: Tree }> | null = null;
  const see = async (): Promise<{ readonly look: Look; readonly tree: Tree }> => {
    const found = await look();
    return { look: found, tree: await repository.treeOf(found.head.sha) };
  };
  const once = (): ReturnType<typeof see> => (seen ??= see());
  return {
    async first() {
      const { look: found, tree } = await once();
      return { ...found, repository: repository.identity, tags, paths: new Set(tree.keys()), files: new Map(), ranges: new Map(), hosted: null };
    },
    async answer(snapshot, wanted) {
      const { look: found, tree } = await once();
      const [files, ranges] = await Promise.all([repository.files.read(tree, wanted.files), readRanges(repository, found.head.sha, wanted.ranges)]);
      return { ...snapshot, files: new Map([...snapshot.files, ...files]), ranges: new Map([...snapshot.ranges, ...ranges]) };
    },
  };
}

async function currentHead(repository: Repository): Promise<Snapshot["head"]> {
  const { sha, branch, main } = repository.place;
  const isMain = branch !== null && branch === main.branch;
  return { sha, branch, onDefaultBranch: isMain || (await isInHistory(repository, sha, main.tips)) };
}

/** Reads all that the head, the default branch and the tags can reach, and tells which of it is on the main line. */
async function readEverything({ history, place, tags }: Repository): Promise<(sha: Sha) => boolean> {
  await history.cover([place.sha, ...place.main.tips, ...tags.map(({ sha }) => sha)], [null]);
  const reaches = place.main.tips.map((tip) => history.reach(tip));
  return (sha) => reaches.some((reach) => reach(sha));
}

async function pastLook({ history, place }: Repository, sha: Sha, isOnMainLine: (sha: Sha) => boolean): Promise<Look> {
  await history.cover([sha], [null]);
  const commit = history.commit(sha);
  if (commit === null) throw new Error(`Bug: ${sha} was read and is not there.`);
  const isMain = isOnMainLine(sha);
  return { head: { sha, branch: isMain ? place.main.branch : null, onDefaultBranch: isMain }, takenAt: commit.committedAt };
}

/** The commits whose parents a shallow clone lacks. */
async function readCutOff(directory: string): Promise<ReadonlySet<Sha>> {
  const path = textOf(await gitOutput(directory, ["rev-parse", "--git-path", "shallow"])).replace(/\n$/, "");
  const text = await readFile(resolve(directory, path), "latin1");
  return new Set(text.split("\n").filter((line) => line !== ""));
}
