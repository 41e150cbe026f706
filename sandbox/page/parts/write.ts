// The forms at the end of a conversation: comment, close or reopen, review.
import type { Issue, Pull } from "../../world/types.ts";
import { form, kept, longField, the, wasRefused } from "../form.ts";
import { html, type Content, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";
import { isAsked } from "./rights.ts";

const VERDICTS = [
  { state: "COMMENTED", label: "Comment only" },
  { state: "APPROVED", label: "Approve" },
  { state: "CHANGES_REQUESTED", label: "Ask for changes" },
] as const;

/** Null when there is nobody to act as. */
export function writing(visit: Visit, issue: Issue): Content {
  const person = visit.viewer.person;
  if (person === null) return null;
  return html`<section class="writing" id="writing" aria-labelledby="writing-title">
    <h2 id="writing-title">Write as ${person.login}</h2>
    ${commentForm(visit, issue)} ${issue.pull !== null && issue.state === "open" && reviewForm(visit, issue.pull)}
  </section>`;
}

function commentForm(visit: Visit, issue: Issue): Html {
  const name = the("comment");
  const kind = issue.pull === null ? "issue" : "pull request";
  return form(visit, name, [
    longField(visit, name, { name: "body", label: "Comment, in Markdown", value: "" }),
    html`<span class="together">
      <button type="submit" class="button main">Comment</button>
      ${
        issue.pull?.merged === undefined || issue.pull.merged === null
          ? html`<button type="submit" class="button" name="state" value="${issue.state === "open" ? "closed" : "open"}">
              ${issue.state === "open" ? `Close ${kind}` : `Reopen ${kind}`}
            </button>`
          : null
      }
    </span>`,
  ]);
}

function reviewForm(visit: Visit, pull: Pull): Html {
  const name = the("review");
  const chosen = kept(visit, name, "verdict", "COMMENTED");
  return html`<details class="card" id="review-box" ${(wasRefused(visit, name) || isAsked(visit, pull)) && html`open`}>
    <summary>Review the changes</summary>
    <div class="pad">
      ${form(visit, name, [
        html`<fieldset>
          <legend>Verdict</legend>
          ${VERDICTS.map(
            ({ state, label }) =>
              html`<div class="choice">
                <input type="radio" id="verdict-${state}" name="verdict" value="${state}" ${state === chosen && html`checked`} />
                <label for="verdict-${state}">${label}</label>
              </div>`,
          )}
        </fieldset>`,
        longField(visit, name, { name: "body", label: "What you think, in Markdown", value: "", rows: 3 }),
        html`<button type="submit" class="button">Send review</button>`,
      ])}
    </div>
  </details>`;
}
