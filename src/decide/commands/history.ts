// What became of a comment: which commands each edit brought and took away, what was answered, and what is still open.
// A reaction alone answers what the comment was written with; whoever judged an edited text left a record of it. So no
// edit slips through between reading and answering.
import type { CommandComment } from "../../model/snapshot.ts";
import { type Answer, answersIn } from "./record.ts";
import { commandsIn } from "./scanner.ts";
import type { Order, Place, PlacedConversation, Request } from "./types.ts";

/** A comment whose answer was written but not marked with its reaction: the app was interrupted in between. */
export type Unmarked = { readonly place: Place; readonly comment: CommandComment; readonly is: Answer["is"] };

export type Open = { readonly requests: readonly Request[]; readonly unmarked: readonly Unmarked[] };

/** Everything that is to be answered, in the order of the conversations. */
export function openRequests(conversations: readonly PlacedConversation[], appLogin: string): Open {
  const requests: Request[] = [];
  const unmarked: Unmarked[] = [];
  for (const { place, conversation } of conversations) {
    const recorded = answersIn(conversation.own, appLogin);
    for (const comment of conversation.requests) {
      const answers = answersTo(comment, recorded);
      const request = openIn(comment, answers, place);
      if (request !== null) requests.push(request);
      const [first] = answers;
      if (first !== undefined && comment.answered === null) unmarked.push({ place, comment, is: first.is });
    }
  }
  return { requests, unmarked };
}

/** A command that was accepted; `isGone`: an edit took it away since. */
export type AcceptedOrder = { readonly place: Place; readonly comment: CommandComment; readonly order: Order; readonly isGone: boolean };

/** Everything that was accepted by a recorded answer, in no particular order. */
export function acceptedOrders(conversations: readonly PlacedConversation[], appLogin: string): readonly AcceptedOrder[] {
  return conversations.flatMap(({ place, conversation }) => {
    const recorded = answersIn(conversation.own, appLogin);
    return conversation.requests.flatMap((comment) => {
      const accepted = answersTo(comment, recorded).filter(({ is }) => is === "accepted");
      if (accepted.length === 0) return [];
      const lives = livesOf(comment);
      return accepted.flatMap(({ revision, after }) =>
        lives.filter((life) => isAnsweredBy(life, revision, after)).map(({ order, goneIn }) => ({ place, comment, order, isGone: goneIn !== null })),
      );
    });
  });
}

/** The first answer, and those to later edits; empty when nothing was answered yet. */
function answersTo(comment: CommandComment, recorded: ReadonlyMap<string, readonly Answer[]>): readonly Answer[] {
  const records = recorded.get(comment.id) ?? [];
  const first = records.find(({ after }) => after === null) ?? (comment.answered === null ? null : { revision: 0, after: null, is: comment.answered.is });
  if (first === null) return [];
  const answers: Answer[] = [first];
  for (const record of records.toSorted((one, other) => one.revision - other.revision)) {
    if (record.after === answers.at(-1)?.revision) answers.push(record);
  }
  return answers;
}

function openIn(comment: CommandComment, answers: readonly Answer[], place: Place): Request | null {
  const after = answers.at(-1)?.revision ?? null;
  const revision = comment.revisions.length - 1;
  if (after !== null && after >= revision) return null;
  const lives = livesOf(comment);
  const orders = lives.filter((life) => isAnsweredBy(life, revision, after)).map(({ order }) => order);
  const isAsWritten = after === null && lives.every((life) => life.order.revision === 0 && isAnsweredBy(life, revision, after));
  return orders.length === 0 ? null : { place, comment, orders, revision, after, isAsWritten };
}

/** From the revision that brought a command to the one that no longer has it. */
type Life = { readonly order: Order; goneIn: number | null };

function isAnsweredBy({ order, goneIn }: Life, revision: number, after: number | null): boolean {
  return order.revision <= revision && order.revision > (after ?? -1) && (goneIn === null || goneIn > revision);
}

/** What stays in the text stays the same command; what was taken away and is put back is another one. */
function livesOf(comment: CommandComment): readonly Life[] {
  const lives: Life[] = [];
  let standing = new Map<string, Life[]>();
  for (const [revision, { text, editor, at }] of comment.revisions.entries()) {
    const now = new Map<string, Life[]>();
    for (const spoken of commandsIn(text)) {
      const life =
        standing.get(spoken.text)?.shift() ??
        begun({ ...spoken, revision, by: revision === 0 ? comment.author : editor, at: revision === 0 ? comment.createdAt : at });
      if (life.order.revision === revision) lives.push(life);
      const same = now.get(spoken.text);
      if (same === undefined) now.set(spoken.text, [life]);
      else same.push(life);
    }
    for (const gone of [...standing.values()].flat()) gone.goneIn = revision;
    standing = now;
  }
  return lives;
}

function begun(order: Order): Life {
  return { order, goneIn: null };
}
