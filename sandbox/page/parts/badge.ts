// Small marks: a word in a frame. The word says it all; the colour only helps.
import type { CommitObject } from "../../git/types.ts";
import { verificationOf } from "../../world/signature.ts";
import { html, type Content, type Html } from "../html.ts";
import type { Issue, Label, User } from "../../world/types.ts";

export type Tone = "good" | "bad" | "wait" | "calm" | "done";

export function badge(tone: Tone, content: Content): Html {
  return html`<span class="badge ${tone}">${content}</span>`;
}

export function stateBadge(issue: Issue): Html {
  if (issue.pull !== null && issue.pull.merged !== null) return badge("done", "✓ Merged");
  if (issue.state === "closed") return issue.pull === null ? badge("done", "✓ Closed") : badge("bad", "✗ Closed");
  return issue.pull?.isDraft === true ? badge("calm", "Draft") : badge("good", "Open");
}

export function labelBadge(label: Label): Html {
  return html`<span class="label" ${label.description !== null && html`title="${label.description}"`}
    ><svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
      <circle cx="4" cy="4" r="3.5" stroke="currentColor" stroke-width="0.6" fill="#${colour(label)}" />
    </svg>
    ${label.name}</span
  >`;
}

export function verifiedBadge(commit: CommitObject): Content {
  return verificationOf(commit).isVerified && badge("good", "✓ Verified");
}

/** An app's without `[bot]`. */
export function shortLogin({ login }: User): string {
  return login.replace(/\[bot\]$/u, "");
}

export function who(user: User): Html {
  return html`<strong class="who">${shortLogin(user)}</strong>${user.type === "Bot" && html` <span class="chip">bot</span>`}`;
}

function colour(label: Label): string {
  return /^[0-9a-f]{6}$/iu.test(label.color) ? label.color : "888888";
}
