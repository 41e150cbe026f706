// Every open milestone with its open issues.
import { Transient } from "../../model/errors.ts";
import type { Hosted, Milestone } from "../../model/snapshot.ts";
import { type Fields, fieldsOrNullAt, numberAt, textAt, timeOrNullAt } from "./fields.ts";
import { ISSUES_NEED, readIssuesOfMilestone } from "./issues.ts";
import type { Asking } from "./moment.ts";
import { PAGE, type Page, pageAt, readPages } from "./pages.ts";
import type { Ask, Question } from "./question.ts";
import { readUnlessRefused } from "./refusal.ts";

export function readMilestones({ ask }: Pick<Asking, "ask">): Promise<NonNullable<Hosted["milestones"]>> {
  return readUnlessRefused(ISSUES_NEED, readAll(ask));
}

async function readAll(ask: Ask): Promise<readonly Milestone[]> {
  const nodes = await readPages(ask, "open milestones", milestonesPage, "number");
  return Promise.all(nodes.map((node) => milestoneOf(ask, node)));
}

async function milestoneOf(ask: Ask, milestone: Fields): Promise<Milestone> {
  const number = numberAt(milestone, "number");
  const issues = await readIssuesOfMilestone(ask, number);
  if (issues === null) throw new Transient(`The milestone ${number} was deleted while it was read.`);
  return { number, title: textAt(milestone, "title"), dueOn: timeOrNullAt(milestone, "dueOn"), issues };
}

function milestonesPage(after: string | null): Question<Page> {
  return {
    key: `milestones ${after}`,
    fields: (bind) => ({ milestones: `milestones(states: [OPEN], first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { number title dueOn } }` }),
    fragments: [],
    weight: 100,
    // Null where a repository has switched its issues off.
    read: (answer) => (fieldsOrNullAt(answer, "milestones") === null ? { nodes: [], total: 0, next: null } : pageAt(answer, "milestones")),
    again: () => milestonesPage(after),
  };
}
