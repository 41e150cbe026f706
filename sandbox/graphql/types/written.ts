// What everything written by somebody has: author, text, edits and reactions. Issues, pull requests, comments and
// reviews are such things.
import type { IssueReactionsArgs, IssueUserContentEditsArgs, ReactionContent, ReactionGroupReactorsArgs } from "@octokit/graphql-schema";
import { associationOf } from "../../world/access.ts";
import { nodeId } from "../../world/node-id.ts";
import type { Comment, Edit, Issue, Milliseconds, Reaction, Repository, User } from "../../world/types.ts";
import { connection, ordered } from "../connection.ts";
import type { Fields } from "../context.ts";
import { dateTime, dateTimeOrNull } from "../moments.ts";
import { accountThing, userThing, type ReactionThing } from "../things.ts";

export type Written = {
  readonly id: number;
  readonly author: User;
  readonly body: string;
  readonly createdAt: Milliseconds;
  readonly updatedAt: Milliseconds;
  readonly edits: readonly Edit[];
};

export type EditThing = { readonly is: "UserContentEdit"; readonly of: Written; readonly edit: Edit; readonly index: number };

/** The first entry of the edits is the text as it was created: no edit. */
const lastEdit = ({ edits }: Written): Edit | null => (edits.length > 1 ? (edits.at(-1) ?? null) : null);

export const writtenFields = <Source extends { readonly repository: Repository }>(textOf: (source: Source) => Written): Fields<Source> => ({
  databaseId: (source) => textOf(source).id,
  fullDatabaseId: (source) => String(textOf(source).id),
  author: (source) => accountThing(textOf(source).author),
  authorAssociation: (source) => associationOf(source.repository, textOf(source).author),
  body: (source) => textOf(source).body,
  bodyText: (source) => textOf(source).body,
  createdAt: (source) => dateTime(textOf(source).createdAt),
  publishedAt: (source) => dateTime(textOf(source).createdAt),
  updatedAt: (source) => dateTime(textOf(source).updatedAt),
  lastEditedAt: (source) => dateTimeOrNull(lastEdit(textOf(source))?.at ?? null),
  editor: (source) => {
    const edit = lastEdit(textOf(source));
    return edit === null ? null : accountThing(edit.editor);
  },
  includesCreatedEdit: (source) => lastEdit(textOf(source)) !== null,
  // Newest first; `diff` is the whole text of that version.
  userContentEdits: (source, args: IssueUserContentEditsArgs) => {
    const of = textOf(source);
    const edits: readonly EditThing[] = of.edits.map((edit, index) => ({ is: "UserContentEdit", of, edit, index }));
    return connection(lastEdit(of) === null ? [] : edits.toReversed(), args, (edit) => edit);
  },
  repository: ({ repository }) => ({ is: "Repository", repository }),
  viewerDidAuthor: (source, _, { actor }) => textOf(source).author.id === actor.user.id,
});

export const editFields: Fields<EditThing> = {
  id: ({ of, index }) => nodeId("UCE", `${of.id}:${index}`),
  editor: ({ edit }) => accountThing(edit.editor),
  editedAt: ({ edit }) => dateTime(edit.at),
  createdAt: ({ edit }) => dateTime(edit.at),
  updatedAt: ({ edit }) => dateTime(edit.at),
  diff: ({ edit }) => edit.body,
  deletedAt: () => null,
  deletedBy: () => null,
};

const CONTENTS: Readonly<Record<ReactionContent, Reaction["content"]>> = {
  THUMBS_UP: "+1",
  THUMBS_DOWN: "-1",
  LAUGH: "laugh",
  HOORAY: "hooray",
  CONFUSED: "confused",
  HEART: "heart",
  ROCKET: "rocket",
  EYES: "eyes",
};
/** GraphQL's names by REST's. */
const NAMES = new Map(Object.entries(CONTENTS).map(([name, content]) => [content, name]));

export const reactionContent = (name: ReactionContent): Reaction["content"] => CONTENTS[name];

type GroupThing = { readonly is: "ReactionGroup"; readonly repository: Repository; readonly subject: Issue | Comment; readonly content: Reaction["content"] };

/** Every content has its group, used or not. */
export const reactionGroups = (repository: Repository, subject: Issue | Comment): readonly GroupThing[] =>
  Object.values(CONTENTS).map((content) => ({ is: "ReactionGroup", repository, subject, content }));

export const reactableFields = <Source extends { readonly repository: Repository }>(subjectOf: (source: Source) => Issue | Comment): Fields<Source> => ({
  reactionGroups: (source) => reactionGroups(source.repository, subjectOf(source)),
  reactions: (source, args: IssueReactionsArgs) => {
    const subject = subjectOf(source);
    const wanted = args.content ? CONTENTS[args.content] : null;
    const reactions = subject.reactions.filter(({ content }) => wanted === null || content === wanted);
    const sorted = ordered(reactions, args.orderBy ?? { field: "CREATED_AT", direction: "ASC" }, { CREATED_AT: ({ createdAt }) => createdAt });
    return connection(sorted, args, (reaction): ReactionThing => ({ is: "Reaction", repository: source.repository, subject, reaction }));
  },
});

const reactionsOf = ({ subject, content }: GroupThing): readonly Reaction[] => subject.reactions.filter((reaction) => reaction.content === content);

/** Each edge says when. */
const reactorsOf = async (reactions: readonly Reaction[], args: ReactionGroupReactorsArgs): Promise<unknown> => {
  const page = await connection(reactions, args, (reaction) => reaction);
  return {
    ...page,
    nodes: page.nodes.map(({ user }) => accountThing(user)),
    edges: page.edges.map(({ node, cursor }) => ({ cursor, node: accountThing(node.user), reactedAt: dateTime(node.createdAt) })),
  };
};

export const reactionGroupFields: Fields<GroupThing> = {
  content: ({ content }) => NAMES.get(content),
  createdAt: (group) => dateTimeOrNull(reactionsOf(group)[0]?.createdAt ?? null),
  viewerHasReacted: (group, _, { actor }) => reactionsOf(group).some(({ user }) => user.id === actor.user.id),
  reactors: (group, args: ReactionGroupReactorsArgs) => reactorsOf(reactionsOf(group), args),
  users: (group, args: ReactionGroupReactorsArgs) =>
    connection(
      reactionsOf(group).filter(({ user }) => user.type === "User"),
      args,
      ({ user }) => userThing(user),
    ),
};

export const reactionFields: Fields<ReactionThing> = {
  id: ({ reaction }) => nodeId("REA", reaction.id),
  databaseId: ({ reaction }) => reaction.id,
  content: ({ reaction }) => NAMES.get(reaction.content),
  createdAt: ({ reaction }) => dateTime(reaction.createdAt),
  user: ({ reaction }) => userThing(reaction.user),
};
