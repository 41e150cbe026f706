// One question about a repository, as a slice asks it. How questions share a document: conversation.ts.
import type { Fields } from "./fields.ts";

/** Puts a value into the document's variables; returns what stands for it in the text, `$v3`. */
export type Binding = (type: "String!" | "String" | "Int!" | "ID!" | "GitObjectID!", value: string | number | null) => string;

export type Question<Answer> = {
  /** Two questions with one key ask for the same, at the same moment. */
  readonly key: string;
  /** Fields of the repository by the name under which `read` finds them. Every text of somebody else goes through `bind`. */
  readonly fields: (bind: Binding) => Readonly<Record<string, string>>;
  /** Whole fragments that the fields use. They may use `$app` and `$page`, as the fields may. */
  readonly fragments: readonly string[];
  /** The fields are not of the repository but of the query itself: `node(id:)`. */
  readonly isAtRoot?: boolean;
  /** Nodes that GitHub counts for it, or as many as its answer is worth: a document has a budget. */
  readonly weight: number;
  readonly read: (answer: Fields) => Answer;
  /** What to ask ahead at the next look; null for a question whose answer stays the same or that will not come again. */
  readonly again: (() => Question<Answer>) | null;
};

/** @throws Refused when GitHub refuses a part of that question, whatever becomes of others in its document; else as the client does */
export type Ask = <Answer>(question: Question<Answer>) => Promise<Answer>;
