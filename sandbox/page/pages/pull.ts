// One pull request: its conversation, with checks and the merge button, and its changed files.
import type { CommitObject } from "../../git/types.ts";
import type { Issue, Pull } from "../../world/types.ts";
import { issuePath, revisionPath } from "../addresses.ts";
import { issueAt } from "../find.ts";
import { checkForms } from "../forms/checks.ts";
import { conversationForms } from "../forms/conversation.ts";
import { pullForms } from "../forms/pull.ts";
import { html, type Content, type Html } from "../html.ts";
import { aside } from "../parts/aside.ts";
import { badge, stateBadge, who } from "../parts/badge.ts";
import { checkPanel } from "../parts/check-panel.ts";
import { checkMark, checksOf } from "../parts/checks.ts";
import { readCommits } from "../parts/commits.ts";
import { fileChanges } from "../parts/diff.ts";
import { mergePanel } from "../parts/merge.ts";
import { isAsked } from "../parts/rights.ts";
import { timeline } from "../parts/timeline.ts";
import { writing } from "../parts/write.ts";
import type { Page, Visit } from "../visit.ts";

const MOST_COMMITS = 250;

export const pull: Page = {
  path: /^\/pull\/(?<number>\d+)$/u,
  show: async (visit) => {
    const issue = issueAt(visit, "pull");
    if (issue === null || issue.pull === null) return null;
    const commits = await commitsOf(visit, issue.pull);
    const main = html`${heading(visit, issue, issue.pull, commits.length, "conversation")}
      ${issue.state === "open" && isAsked(visit, issue.pull) && html`<p class="card pad" id="asked">${badge("wait", "○ asked")} Your review is asked for. <a href="#form-review">Review the changes</a></p>`}
      <div class="with-aside">
        <div>
          ${await timeline(visit, issue, commits)} ${await checkPanel(visit, issue.pull.headSha)}
          ${issue.state === "open" && (await mergePanel(visit, issue, issue.pull))} ${writing(visit, issue)}
        </div>
        ${aside(visit, issue)}
      </div>`;
    return { title: `${issue.title} #${issue.number}`, tab: "pulls", main };
  },
  forms: { ...conversationForms, ...pullForms, ...checkForms },
};

export const pullFiles: Page = {
  path: /^\/pull\/(?<number>\d+)\/files$/u,
  show: async (visit) => {
    const issue = issueAt(visit, "pull");
    if (issue === null || issue.pull === null) return null;
    const { git } = visit.repository;
    const from = await git.mergeBase(await baseOf(visit, issue.pull), issue.pull.headSha);
    const main = html`${heading(visit, issue, issue.pull, (await commitsOf(visit, issue.pull)).length, "files")}
    ${fileChanges(await git.diff(from, issue.pull.headSha))}`;
    return { title: `Files of ${issue.title} #${issue.number}`, tab: "pulls", main };
  },
  forms: {},
};

function heading(visit: Visit, issue: Issue, pull: Pull, commitCount: number, shown: "conversation" | "files"): Html {
  const path = issuePath(visit.repository, issue);
  return html`<h1>${issue.title} <span class="quiet">#${issue.number}</span></h1>
    <p>
      ${stateBadge(issue)} ${checksLink(visit, path, pull)} ${who(pull.merged === null ? issue.author : pull.merged.by)}
      ${pull.merged === null ? "wants to merge" : "merged"} ${commitCount} ${commitCount === 1 ? "commit" : "commits"} from
      <code class="branch">${pull.head}</code> into
      <a href="${revisionPath(visit.repository, "commits", pull.base)}"><code class="branch">${pull.base}</code></a>
    </p>
    <nav class="together choices" aria-label="Pull request">
      <a href="${path}" ${shown === "conversation" && html`aria-current="page"`}>Conversation</a>
      <a href="${path}/files" ${shown === "files" && html`aria-current="page"`}>Files changed</a>
    </nav>`;
}

/** How the checks stand, leading to them: they come after a conversation that may be long. */
function checksLink(visit: Visit, path: string, pull: Pull): Content {
  const mark = checkMark(checksOf(visit.repository, pull.headSha));
  return mark !== null && html`<a class="bare" href="${path}#checks">${mark}</a>`;
}

/** Oldest first. */
async function commitsOf(visit: Visit, pull: Pull): Promise<readonly CommitObject[]> {
  const shas = await visit.repository.git.log({ include: [pull.headSha], exclude: [await baseOf(visit, pull)], limit: MOST_COMMITS });
  return (await readCommits(visit, shas)).toReversed();
}

/** Where the base stood without this pull request: after a merge, the merge's first parent. */
async function baseOf({ repository }: Visit, pull: Pull): Promise<string> {
  const merge = pull.merged === null ? null : await repository.git.commit(pull.merged.sha);
  return merge?.parents[0] ?? pull.baseSha;
}
