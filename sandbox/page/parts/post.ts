// What somebody wrote, in a box: the description of an issue or a comment, with its reactions, its edits and its task
// boxes, each of which can be turned.
import { createTwoFilesPatch } from "diff";
import { REACTIONS, type Edit, type Milliseconds, type Reaction, type User } from "../../world/types.ts";
import { form, longField, pressForm, textField, wasRefused, formId } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { moment } from "../moments.ts";
import type { Visit } from "../visit.ts";
import { shortLogin, who } from "./badge.ts";
import { patchTable } from "./diff.ts";
import { mayEdit } from "./rights.ts";

export type Post = {
  /** `body`, or the id of a comment: what forms call it. */
  readonly subject: string;
  readonly author: User;
  readonly at: Milliseconds;
  readonly body: string;
  /** Null for a comment, which has none. */
  readonly title: string | null;
  readonly edits: readonly Edit[];
  readonly reactions: readonly Reaction[];
};

/** Words, which every font has. */
const REACTION_WORDS: Readonly<Record<Reaction["content"], string>> = {
  "+1": "+1",
  "-1": "−1",
  laugh: "laugh",
  confused: "confused",
  heart: "heart",
  hooray: "hooray",
  rocket: "rocket",
  eyes: "eyes",
};

export async function postBox(visit: Visit, post: Post): Promise<Html> {
  const turn = { does: "turn-task", subject: post.subject };
  const now = visit.standIn.world.now();
  const text = await renderMarkdown(post.body, {
    repository: visit.repository,
    world: visit.standIn.world,
    taskForm: mayEdit(visit, post.author) ? formId(turn) : null,
  });
  return html`<article class="card post" id="post-${post.subject}" aria-label="${post.subject === "body" ? "Description" : "Comment"} by ${post.author.login}">
    <header>
      ${who(post.author)} <span class="quiet">${post.subject === "body" ? "opened this" : "commented"} ${moment(post.at, now)}</span>${history(post, now)}
    </header>
    <div class="pad">${post.body.trim() === "" ? html`<p class="quiet">No description.</p>` : text}</div>
    <footer>${reactions(visit, post)}${editor(visit, post)}</footer>
    ${form(visit, turn, null, "press")}
  </article>`;
}

function reactions(visit: Visit, post: Post): Content {
  const given = REACTIONS.map((content) => ({
    content,
    by: post.reactions.filter((reaction) => reaction.content === content).map(({ user }) => shortLogin(user)),
    isOwn: post.reactions.some((reaction) => reaction.content === content && reaction.user.id === visit.viewer.person?.id),
  }));
  const name = { does: "react", subject: post.subject };
  const buttons = given.map(
    ({ content, isOwn }) =>
      html`<button type="submit" name="content" value="${content}" class="quiet-button" aria-label="${isOwn ? "Take back" : "React with"} ${content}">
        ${isOwn && "✓ "}${REACTION_WORDS[content]}
      </button>`,
  );
  const shown = given.filter(({ by }) => by.length > 0);
  const list = html`<ul class="reactions" aria-label="Reactions">
    ${shown.map(({ content, by }) => html`<li>${REACTION_WORDS[content]} <span class="quiet">by ${by.join(", ")}</span></li>`)}
  </ul>`;
  const choice = html`<details class="menu" id="reactions-${post.subject}">
    <summary>React</summary>
    ${form(visit, name, buttons, "press")}
  </details>`;
  return [shown.length > 0 && list, visit.viewer.person !== null && choice];
}

function editor(visit: Visit, post: Post): Content {
  const name = { does: "edit", subject: post.subject };
  // What was refused is shown to its author, whoever that is by now.
  if (!mayEdit(visit, post.author) && !wasRefused(visit, name)) return null;
  return html`<details class="menu" id="editor-${post.subject}" ${wasRefused(visit, name) && html`open`}>
    <summary>Edit</summary>
    ${form(visit, name, [
      post.title !== null && textField(visit, name, { name: "title", label: "Title", value: post.title, isRequired: true }),
      longField(visit, name, { name: "body", label: "Text, in Markdown", value: post.body, rows: Math.min(30, 4 + post.body.split("\n").length) }),
      html`<input type="hidden" name="seen" value="${String(post.edits.length)}" /><button type="submit" class="button">Save</button>`,
    ])}
    ${post.title === null && pressForm(visit, { does: "delete", subject: post.subject }, "Delete comment", { className: "danger" })}
  </details>`;
}

function history(post: Post, now: Milliseconds): Content {
  const changes = post.edits.slice(1).map((edit, index) => ({ edit, before: post.edits[index]?.body ?? "" }));
  const last = changes.at(-1);
  if (last === undefined) return null;
  return html`<details class="menu history" id="history-${post.subject}">
    <summary>
      edited ${changes.length === 1 ? "once" : changes.length === 2 ? "twice" : `${changes.length} times`}, last by
      ${last.edit.editor.login.replace(/\[bot\]$/u, "")} ${moment(last.edit.at, now)}
    </summary>
    <ol>
      ${changes.toReversed().map(({ edit, before }) => html`<li>${who(edit.editor)} <span class="quiet">${moment(edit.at, now)}</span> ${patchTable(createTwoFilesPatch("", "", ended(before), ended(edit.body)))}</li>`)}
    </ol>
  </details>`;
}

function ended(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/\n*$/u, "\n");
}
