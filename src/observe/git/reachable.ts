// Which tag a line was last released at: the first of its candidates that the head can reach. Exact, and in few
// processes, however many components ask and however many newer tags stand on other lines.
import type { Sha, Tag } from "../../model/snapshot.ts";
import { askGit, explained, gitOutput, streamGit } from "./run.ts";

/** So many commits are asked about one by one, at most, in each of so many rounds. */
const SINGLY_MAX = 4;
const ROUNDS_MAX = 3;

/**
 * For each list the first tag in the history of `head`; null when there is none.
 * @param known commits of which it is known already whether `head` can reach them; what is found out is added
 */
export async function firstReachable(directory: string, head: Sha, lists: readonly (readonly Tag[])[], known: Map<Sha, boolean>): Promise<(Tag | null)[]> {
  await askSingly(directory, head, lists, known);
  const undecided = nextOf(lists, known);
  if (undecided.length > 0) await askAtOnce(directory, head, undecided, known);
  await askSingly(directory, head, lists, known);
  const left = new Set(lists.filter((list) => nextOf([list], known).length > 0).flatMap((list) => list.map(({ sha }) => sha)));
  if (left.size > 0) await readAll(directory, head, left, known);
  return lists.map((list) => list.find(({ sha }) => known.get(sha) === true) ?? null);
}

/** Whether a commit is in the history of `head`, itself included. */
export async function isAncestor(directory: string, sha: Sha, head: Sha): Promise<boolean> {
  const words = ["merge-base", "--is-ancestor", sha, head];
  const answer = await askGit(directory, words);
  if (answer.code === 0 || answer.code === 1) return answer.code === 0;
  throw await explained(directory, words, answer);
}

/** The candidates on which each list waits: the first of which nothing is known, unless an earlier one is reachable. One tag a commit. */
function nextOf(lists: readonly (readonly Tag[])[], known: ReadonlyMap<Sha, boolean>): Tag[] {
  const next = lists.map((list) => list.find(({ sha }) => known.get(sha) !== false)).filter((tag) => tag !== undefined && !known.has(tag.sha));
  return [...new Map(next.flatMap((tag) => (tag === undefined ? [] : [[tag.sha, tag]]))).values()];
}

async function askSingly(directory: string, head: Sha, lists: readonly (readonly Tag[])[], known: Map<Sha, boolean>): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const next = nextOf(lists, known);
    if (next.length === 0 || next.length > SINGLY_MAX) return;
    const answers = await Promise.all(next.map(({ sha }) => isAncestor(directory, sha, head)));
    for (const [index, { sha }] of next.entries()) known.set(sha, answers[index] === true);
  }
}

/** One process for many tags. Git's yes is certain; its no goes by commit dates and stays open. */
async function askAtOnce(directory: string, head: Sha, tags: readonly Tag[], known: Map<Sha, boolean>): Promise<void> {
  const words = ["for-each-ref", `--merged=${head}`, "--format=%(refname)", ...tags.map(({ name }) => `refs/tags/${name}`)];
  const merged = new Set((await gitOutput(directory, words)).toString("utf8").split("\n"));
  for (const { name, sha } of tags) if (merged.has(`refs/tags/${name}`)) known.set(sha, true);
}

/** Every commit of the head, streamed: the dearest way, for lines whose newest tags are mostly elsewhere. */
async function readAll(directory: string, head: Sha, left: ReadonlySet<Sha>, known: Map<Sha, boolean>): Promise<void> {
  let rest = "";
  await streamGit(directory, ["rev-list", "--stdin"], `${head}\n`, (chunk) => {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (left.has(line)) known.set(line, true);
  });
  for (const sha of left) if (!known.has(sha)) known.set(sha, false);
}
