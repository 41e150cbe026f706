// Objects in a map. Beside the questions of every store they answer at once, which walking a history needs.
import { named, type ObjectStore, type ObjectType } from "../object-store.ts";
import { readCommit, readTag } from "../object-text.ts";
import { readTree, type RawEntry } from "../tree-bytes.ts";
import type { CommitObject, Sha } from "../types.ts";

export type MemoryObjects = {
  readonly store: ObjectStore;
  readonly typeOf: (sha: Sha) => ObjectType | null;
  /** Tags are peeled. @throws Error, in git's words, when there is no such commit */
  readonly commit: (sha: Sha) => CommitObject;
  /** Of a tree, or the root of a commit. @throws Error when there is no such tree */
  readonly treeOf: (sha: Sha) => Sha;
  readonly entries: (tree: Sha) => readonly RawEntry[];
  readonly blob: (sha: Sha) => Buffer;
};

type Held = { readonly type: ObjectType; readonly body: Buffer };

const NAME = /^([0-9a-f]{4,40})(?:\^\{([a-z]+)\})?$/;
const WHOLE = 40;

export function openMemoryObjects(): MemoryObjects {
  const held = new Map<Sha, Held>();
  const commits = new Map<Sha, CommitObject>();
  const trees = new Map<Sha, readonly RawEntry[]>();
  let isClosed = false;

  function write(type: ObjectType, body: Buffer): Sha {
    const { sha } = named(type, body);
    // A copy: whoever wrote it may go on using the buffer.
    if (!held.has(sha)) held.set(sha, { type, body: Buffer.from(body) });
    return sha;
  }

  function readHeld<Read>(known: Map<Sha, Read>, sha: Sha, type: ObjectType, read: (body: Buffer) => Read): Read {
    const seen = known.get(sha);
    if (seen !== undefined) return seen;
    const object = held.get(sha);
    if (object?.type !== type) throw new Error(`bad object ${sha}`);
    const fresh = read(object.body);
    known.set(sha, fresh);
    return fresh;
  }
  const commitAt = (sha: Sha): CommitObject => readHeld(commits, sha, "commit", (body) => readCommit(sha, body.toString()));
  const entries = (sha: Sha): readonly RawEntry[] => readHeld(trees, sha, "tree", readTree);

  /** From tags to what they name, from a commit to its tree, until it is of that type. */
  function peel(sha: Sha, type: string): Sha | null {
    const object = held.get(sha);
    if (object === undefined) return null;
    if (object.type === type) return sha;
    if (object.type === "tag") return peel(readTag(sha, object.body.toString()).target, type);
    return object.type === "commit" && type === "tree" ? commitAt(sha).tree : null;
  }

  /** An abbreviation names the only object that it can be. */
  function find(name: string): Sha | null {
    const [, start = "", type] = NAME.exec(name) ?? [];
    if (start === "") return null;
    const candidates = start.length === WHOLE ? [start] : [...held.keys()].filter((sha) => sha.startsWith(start));
    const found = new Set(candidates.map((sha) => (type === undefined ? sha : peel(sha, type))).filter((sha) => sha !== null && held.has(sha)));
    const [only = null] = found;
    return found.size === 1 ? only : null;
  }

  async function contents(name: string): ReturnType<ObjectStore["contents"]> {
    if (isClosed) throw new Error("The repository is closed");
    const sha = find(name);
    const object = sha === null ? undefined : held.get(sha);
    return sha === null || object === undefined ? null : { sha, ...object, size: object.body.length };
  }

  write("tree", Buffer.alloc(0));
  return {
    store: {
      contents,
      summary: contents,
      write,
      async close() {
        isClosed = true;
      },
    },
    typeOf: (sha) => held.get(sha)?.type ?? null,
    commit: (sha) => commitAt(peel(sha, "commit") ?? sha),
    treeOf(sha) {
      const tree = peel(sha, "tree");
      if (tree === null) throw new Error(`bad object ${sha}`);
      return tree;
    },
    entries,
    blob(sha) {
      const object = held.get(sha);
      if (object?.type !== "blob") throw new Error(`unable to read ${sha}`);
      return object.body;
    },
  };
}
