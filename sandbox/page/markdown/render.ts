// People's Markdown as GitHub shows it: parsed, sanitised, references linked, task boxes as buttons.
import { Marked, type Token } from "marked";
import { randomUUID } from "node:crypto";
import { escapeText, trusted, type Html } from "../html.ts";
import type { Repository, World } from "../../world/types.ts";
import { commitsNamedIn, linkReferences } from "./references.ts";
import { sanitise } from "./sanitise.ts";
import { boxesOf, taskValue, type Task } from "./tasks.ts";

/** Where a text is shown. */
export type Place = {
  readonly repository: Repository;
  readonly world: World;
  /** Id of the form that turns task boxes; null where they can only be read. */
  readonly taskForm: string | null;
};

// Nobody can write this into a text: it is new each time the process starts.
const MARK = `task-${randomUUID()}-`;
const MARKED_BOX = new RegExp(`${MARK}(?<number>\\d+)-`, "gu");
const numbers = new WeakMap<Token, number>();
// Line ends count in comments, as on GitHub.
const parser = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    checkbox: (token) => `${MARK}${numbers.get(token) ?? 0}- `,
    // A link instead: the page loads nothing from elsewhere.
    image: ({ href, text }) => `<a href="${escapeText(href)}">Picture: ${escapeText(text)}</a>`,
  },
});

/** Safe markup of a Markdown text. */
export async function renderMarkdown(text: string, place: Place): Promise<Html> {
  const commits = await commitsNamedIn(text, place.repository);
  const tokens = parser.lexer(text.replaceAll("\r\n", "\n"));
  const boxes = boxesOf(tokens);
  for (const [number, { box }] of boxes.entries()) numbers.set(box, number);
  const safe = sanitise(parser.parser(tokens), (escaped, mayLink) => {
    const linked = mayLink ? linkReferences(escaped, place.repository, place.world, commits) : escaped;
    return linked.replace(MARKED_BOX, (_, number: string) => boxMarkup(Number(number), boxes[Number(number)]?.task ?? null, place.taskForm));
  });
  return trusted(`<div class="markdown">${safe.replaceAll("<table>", '<div class="wide"><table>').replaceAll("</table>", "</table></div>")}</div>`);
}

function boxMarkup(number: number, task: Task | null, taskForm: string | null): string {
  if (task === null) return "";
  const state = `role="checkbox" aria-checked="${task.isDone}" aria-label="${escapeText(task.text)}"`;
  const mark = task.isDone ? "✓" : "";
  if (taskForm === null) return `<span class="box" ${state} aria-disabled="true">${mark}</span>`;
  return `<button type="submit" class="box" ${state} form="${escapeText(taskForm)}" name="task" value="${escapeText(taskValue(number, task))}">${mark}</button>`;
}
