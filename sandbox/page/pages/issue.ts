// One issue: its conversation.
import { conversationForms } from "../forms/conversation.ts";
import { issueAt } from "../find.ts";
import { html } from "../html.ts";
import { stateBadge, who } from "../parts/badge.ts";
import { aside } from "../parts/aside.ts";
import { timeline } from "../parts/timeline.ts";
import { writing } from "../parts/write.ts";
import { moment } from "../moments.ts";
import type { Page } from "../visit.ts";

export const issue: Page = {
  path: /^\/issues\/(?<number>\d+)$/u,
  show: async (visit) => {
    const issue = issueAt(visit, "issue");
    if (issue === null) return null;
    const main = html`<h1>${issue.title} <span class="quiet">#${issue.number}</span></h1>
      <p>${stateBadge(issue)} ${who(issue.author)} opened this issue ${moment(issue.createdAt, visit.standIn.world.now())}</p>
      <div class="with-aside">
        <div>${await timeline(visit, issue, [])} ${writing(visit, issue)}</div>
        ${aside(visit, issue)}
      </div>`;
    return { title: `${issue.title} #${issue.number}`, tab: "issues", main };
  },
  forms: conversationForms,
};
