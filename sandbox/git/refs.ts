// The refs of a repository, held in memory. Promises that one change happens at a time and that memory says what the storage has.
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

/** Where refs stay. */
export type RefStorage = {
  /** Sorted by name, as they are now; `known` is what they were. */
  readonly read: (known: ReadonlyMap<string, Sha>) => Promise<ReadonlyMap<string, Sha>>;
  /** All or none. @throws Error for a name or an object that git refuses */
  readonly write: (changes: readonly RefChange[], known: ReadonlyMap<string, Sha>) => Promise<void>;
};

const stores = new WeakMap<GitRepository, RefStore>();

/** For what moves refs other than through `updateRefs`. */
export function refStoreOf(repository: GitRepository): RefStore {
  const store = stores.get(repository);
  if (store === undefined) throw new Error("The repository was not opened here");
  return store;
}

export function registerRefStore(repository: GitRepository, store: RefStore): void {
  stores.set(repository, store);
}

export async function openRefs(storage: RefStorage): Promise<RefStore> {
  let refs = await storage.read(new Map());
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
      await storage.write(changes, refs);
    } catch (error) {
      // Someone may have moved a ref in the folder itself: then that is the reason to give.
      refs = await storage.read(refs);
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
          refs = await storage.read(refs);
          return { result, changes: names.map((name) => change(name, old, refs.get(name) ?? null)).filter(isMove) };
        } catch (error) {
          refs = await storage.read(refs);
          throw error;
        }
      }),
    settled: async () => {
      await turn;
    },
  };
}

/** What the updates would move. @throws StaleRef */
function changesOf(updates: readonly RefUpdate[], refs: ReadonlyMap<string, Sha>): readonly RefChange[] {
  for (const { name, before } of updates) if (before !== undefined && before !== (refs.get(name) ?? null)) throw new StaleRef(name);
  return updates.map(({ name, after }) => change(name, refs, after)).filter(isMove);
}

const change = (name: string, refs: ReadonlyMap<string, Sha>, after: Sha | null): RefChange => ({ name, before: refs.get(name) ?? null, after });
const isMove = ({ before, after }: RefChange): boolean => before !== after;

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
