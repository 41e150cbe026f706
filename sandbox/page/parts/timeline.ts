// The conversation as a list: boxes for what people wrote, lines for what they did.
import type { Issue, Label } from "../../world/types.ts";
import type { CommitObject } from "../../git/types.ts";
import { commitPath, releasePath } from "../addresses.ts";
import { html, type Content, type Html } from "../html.ts";
import { renderMarkdown } from "../markdown/render.ts";
import { moment } from "../moments.ts";
import type { Visit } from "../visit.ts";
import { badge, labelBadge, who } from "./badge.ts";
import { checksOf } from "./checks.ts";
import { commitList } from "./commits.ts";
import { conversationOf, type Happening } from "./conversation.ts";
import { postBox } from "./post.ts";
import { REVIEW_WORDS } from "./reviewers.ts";

export async function timeline(visit: Visit, issue: Issue, commits: readonly CommitObject[]): Promise<Html> {
  const happenings = conversationOf(visit.repository, issue, commits);
  const entries = await Promise.all(happenings.map(async (happening) => entry(visit, issue, happening)));
  return html`<ol class="timeline" id="timeline">
    <li id="entry-body">
      ${await postBox(visit, { subject: "body", author: issue.author, at: issue.createdAt, body: issue.body ?? "", title: issue.title, edits: issue.edits, reactions: issue.reactions })}
    </li>
    ${entries}
  </ol>`;
}

async function entry(visit: Visit, issue: Issue, happening: Happening): Promise<Html> {
  const now = visit.standIn.world.now();
  switch (happening.is) {
    case "comment": {
      const { comment } = happening;
      const box = await postBox(visit, {
        subject: String(comment.id),
        author: comment.author,
        at: comment.createdAt,
        body: comment.body,
        title: null,
        edits: comment.edits,
        reactions: comment.reactions,
      });
      return html`<li id="issuecomment-${comment.id}">${box}</li>`;
    }
    case "review": {
      const { review } = happening;
      const isOld = issue.pull !== null && review.sha !== issue.pull.headSha;
      const body =
        review.body.trim() === "" ? null : await renderMarkdown(review.body, { repository: visit.repository, world: visit.standIn.world, taskForm: null });
      return html`<li class="${body === null ? "event" : "card"}" id="review-${review.id}">
        <p class="event-line">
          ${who(review.author)} ${REVIEW_WORDS[review.state]}
          <a href="${commitPath(visit.repository, review.sha)}"><code>${review.sha.slice(0, 7)}</code></a>
          ${isOld && html`<span class="quiet">(not the newest commit)</span>`} <span class="quiet">${moment(review.submittedAt, now)}</span>
        </p>
        ${body !== null && html`<div class="pad">${body}</div>`}
      </li>`;
    }
    case "state":
      return html`<li class="event">
        <p class="event-line">
          ${who(happening.change.actor)} ${happening.change.is === "closed" ? badge("bad", "✗ closed") : badge("good", "reopened")} this
          <span class="quiet">${moment(happening.at, now)}</span>
        </p>
      </li>`;
    case "labels":
      return html`<li class="event">
        <p class="event-line">
          ${who(happening.actor)} ${labelsSaid("added", happening.added)} ${labelsSaid("removed", happening.removed)}
          <span class="quiet">${moment(happening.at, now)}</span>
        </p>
      </li>`;
    case "merged":
      return html`<li class="event">
        <p class="event-line">
          ${who(happening.merged.by)} ${badge("done", "✓ merged")} this as
          <a href="${commitPath(visit.repository, happening.merged.sha)}"><code>${happening.merged.sha.slice(0, 7)}</code></a>
          <span class="quiet">${moment(happening.at, now)}</span>
        </p>
        ${releasesAt(visit, happening.merged.sha)}
      </li>`;
    case "commits":
      return html`<li class="event">
        <p class="event-line">
          <span class="quiet">${happening.commits.length === 1 ? "a commit" : `${happening.commits.length} commits`} on the branch</span>
        </p>
        ${commitList(visit, happening.commits)}
      </li>`;
  }
}

function labelsSaid(word: string, labels: readonly Label[]): Content {
  return labels.length > 0 && html`${word} ${labels.map((label) => [labelBadge(label), " "])}`;
}

/** What became of a merge: the checks of its commit, and the releases that were tagged there. */
function releasesAt({ repository }: Visit, sha: string): Content {
  const refs = repository.git.refs();
  const releases = [...repository.releases.values()].filter(({ tag, isDraft }) => !isDraft && refs.get(`refs/tags/${tag}`) === sha);
  return [
    checksOf(repository, sha).map(({ tone, word, name, title }) => html`<p class="event-line">${badge(tone, word)} ${title ?? name}</p>`),
    releases.map((release) => html`<p class="event-line">Release <a href="${releasePath(repository, release)}">${release.name ?? release.tag}</a></p>`),
  ];
}
