// Task lists: which boxes a text has, and the same text with one of them ticked or unticked.
import { Lexer, walkTokens, type Token, type TokensList } from "marked";

export type Task = { readonly isDone: boolean; /** First line of the item, without the box. */ readonly text: string };

const BOX = /(?<=^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:>[ \t]*)?\[)[ xX](?=\][ \t])/gmu;

/** The boxes of a parsed text, in order, each with its token. */
export function boxesOf(tokens: Token[] | TokensList): readonly { readonly box: Token; readonly task: Task }[] {
  const boxes: { box: Token; task: Task }[] = [];
  let item = "";
  void walkTokens(tokens, (token) => {
    if (token.type === "list_item") item = String(token.text);
    if (token.type === "checkbox") boxes.push({ box: token, task: { isDone: token.checked === true, text: firstLine(item) } });
  });
  return boxes;
}

export function tasksOf(text: string): readonly Task[] {
  return boxesOf(new Lexer({ gfm: true }).lex(text)).map(({ task }) => task);
}

/**
 * The text with the box of one task turned. Each place that looks like a box is tried, and the one is taken after which
 * exactly that task has changed; so code blocks and quotes need no rules of their own here.
 * @returns null when that task is not in the text in the state it was seen in.
 */
export function turnTask(text: string, number: number, seen: Task): string | null {
  const before = tasksOf(text);
  const found = before[number];
  if (found === undefined || found.isDone !== seen.isDone || found.text !== seen.text) return null;
  for (const match of text.matchAll(BOX)) {
    const turned = text.slice(0, match.index) + (seen.isDone ? " " : "x") + text.slice(match.index + 1);
    const after = tasksOf(turned);
    if (after.length === before.length && after.every((task, index) => (task.isDone !== before[index]?.isDone) === (index === number))) return turned;
  }
  return null;
}

/** What the button of a box sends: its number, state and text, so that a text that changed meanwhile is not mistaken. */
export function taskValue(number: number, task: Task): string {
  return [number, task.isDone ? "done" : "open", task.text].join(" ");
}

/** Reads `taskValue`; null when it is none. */
export function readTaskValue(value: string): { readonly number: number; readonly task: Task } | null {
  const groups = /^(?<number>\d+) (?<state>done|open) (?<text>.*)$/u.exec(value)?.groups;
  if (groups === undefined) return null;
  return { number: Number(groups["number"]), task: { isDone: groups["state"] === "done", text: groups["text"] ?? "" } };
}

function firstLine(item: string): string {
  return (item.split("\n", 1)[0] ?? "").trim();
}
