// The refs of a repository, held in memory. Promises that one change happens at a time and that memory says what git has.
import { runGit } from "./run-git.ts";
import { StaleRef, type GitRepository, type RefChange, type RefUpdate, type Sha } from "./types.ts";

export type RefStore = {
  /** Sorted by name; a map once given is never changed. */
  readonly all: () => ReadonlyMap<string, Sha>;
  /** All or none. @throws StaleRef when one stands elsewhere; Error when git refuses a name or an object. */
  readonly update: (updates: readonly RefUpdate[]) => Promise<readonly RefChange[]>;
  /** Runs `work`, which may move refs by itself, alone; then looks where these refs stand. */
  readonly watch: <Result>(
    names: readonly string[],
    work: () => Promise<Result>,
  ) => Promise<{ readonly result: Result; readonly changes: readonly RefChange[] }>;
  /** Resolves when no change is under way. */
  readonly settled: () => Promise<void>;
};

const NOTHING = "0".repeat(40);
const stores = new WeakMap<GitRepository, RefStore>();

/** For what moves refs other than through `updateRefs`. */
export function refStoreOf(repository: GitRepository): RefStore {
  const store = stores.get(repository);
  if (store === undefined) throw new Error(`${repository.directory} was not opened here`);
  return store;
}

export function registerRefStore(repository: GitRepository, store: RefStore): void {
  stores.set(repository, store);
}

export async function openRefs(directory: string): Promise<RefStore> {
  let refs = await readRefs(directory);
  let turn: Promise<unknown> = Promise.resolve();

  function alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  async function update(updates: readonly RefUpdate[]): Promise<readonly RefChange[]> {
    for (const { name } of updates) assertName(name);
    const changes = changesOf(updates, refs);
    if (changes.length === 0) return [];
    try {
      await runGit(directory, ["update-ref", "--stdin", "-z"], { input: changes.map(command).join("") });
    } catch (error) {
      // Someone may have moved a ref in the folder itself: then that is the reason to give.
      refs = await readRefs(directory);
      changesOf(updates, refs);
      throw error;
    }
    refs = withChanges(refs, changes);
    return changes;
  }

  return {
    all: () => refs,
    update: (updates) => alone(() => update(updates)),
    watch: (names, work) =>
      alone(async () => {
        const old = refs;
        try {
          const result = await work();
          refs = await readRefs(directory);
          return { result, changes: names.map((name) => change(name, old, refs.get(name) ?? null)).filter(isMove) };
        } catch (error) {
          refs = await readRefs(directory);
          throw error;
        }
      }),
    settled: async () => {
      await turn;
    },
  };
}

async function readRefs(directory: string): Promise<ReadonlyMap<string, Sha>> {
  const { stdout } = await runGit(directory, ["for-each-ref", "--format=%(objectname) %(refname)"]);
  const lines = stdout.toString().split("\n").slice(0, -1);
  return new Map(lines.map((line) => [line.slice(NOTHING.length + 1), line.slice(0, NOTHING.length)]));
}

/** What the updates would move. @throws StaleRef */
function changesOf(updates: readonly RefUpdate[], refs: ReadonlyMap<string, Sha>): readonly RefChange[] {
  for (const { name, before } of updates) if (before !== undefined && before !== (refs.get(name) ?? null)) throw new StaleRef(name);
  return updates.map(({ name, after }) => change(name, refs, after)).filter(isMove);
}

const change = (name: string, refs: ReadonlyMap<string, Sha>, after: Sha | null): RefChange => ({ name, before: refs.get(name) ?? null, after });
const isMove = ({ before, after }: RefChange): boolean => before !== after;

function command({ name, before, after }: RefChange): string {
  return after === null ? `delete ${name}\0${before ?? NOTHING}\0` : `update ${name}\0${after}\0${before ?? NOTHING}\0`;
}

function withChanges(refs: ReadonlyMap<string, Sha>, changes: readonly RefChange[]): ReadonlyMap<string, Sha> {
  const next = new Map(refs);
  for (const { name, after } of changes) {
    if (after === null) next.delete(name);
    else next.set(name, after);
  }
  const isSorted = changes.every(({ name, after }) => after === null || refs.has(name));
  return isSorted ? next : new Map([...next].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Git checks the rest; this keeps a name from being read as something else than a ref. @throws Error */
function assertName(name: string): void {
  // oxlint-disable-next-line no-control-regex
  if (!name.startsWith("refs/") || /[\0-\x20\x7f]/.test(name)) throw new Error(`invalid ref format: ${JSON.stringify(name)}`);
}
