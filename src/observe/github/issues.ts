// Open issues: all of them, those with a label, those of a milestone. Pull requests are none.
import type { Hosted, OpenIssue } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, nodesAt, numberAt, textAt, timeAt } from "./fields.ts";
import type { Asking } from "./moment.ts";
import { PAGE, type Page, pageAt, readOn } from "./pages.ts";
import type { Ask, Binding, Question } from "./question.ts";
import { readUnlessRefused } from "./refusal.ts";

type Labelled = Hosted["labelled"] extends ReadonlyMap<string, infer Value> ? Value : never;

/** What reading issues, labels and milestones takes. */
export const ISSUES_NEED = "issues: read";
const EVERY = "*";

/** What blocks a release is seldom more; GitHub counts what could come, not what comes. */
const FIRST_PAGE = 25;
const PAGE_SIZE = 100;
const LABELS_MAX = 100;
const ASSIGNEES_MAX = 10;
const EVENTS_MAX = 100;
const ISSUE_WEIGHT = 2 + LABELS_MAX + ASSIGNEES_MAX + EVENTS_MAX;

const ISSUE = `fragment OpenIssue on Issue {
  number title url createdAt
  milestone { title }
  labels(first: ${LABELS_MAX}) { nodes { name } }
  assignees(first: ${ASSIGNEES_MAX}) { nodes { login } }
  timelineItems(last: ${EVENTS_MAX}, itemTypes: [LABELED_EVENT]) { nodes { __typename ... on LabeledEvent { createdAt label { name } } } }
}`;

/** Where a list of issues hangs: the repository, a label, a milestone. */
type Holder = {
  readonly name: string;
  readonly around: (bind: Binding, issues: string) => Readonly<Record<string, string>>;
  /** Null when it is not there. */
  readonly within: (answer: Fields) => Fields | null;
};

const REPOSITORY: Holder = { name: "open issues", around: (_, issues) => ({ issues }), within: (answer) => answer };

function label(name: string): Holder {
  const around: Holder["around"] = (bind, issues) => ({ holder: `label(name: ${bind("String!", name)}) { ${issues} }` });
  return { name: `open issues labelled ${name}`, around, within: (answer) => fieldsOrNullAt(answer, "holder") };
}

function milestone(number: number): Holder {
  const around: Holder["around"] = (bind, issues) => ({ holder: `milestone(number: ${bind("Int!", number)}) { ${issues} }` });
  return { name: `open issues of milestone ${number}`, around, within: (answer) => fieldsOrNullAt(answer, "holder") };
}

/** @param names lower case; `*` for every open issue */
export function readLabelled({ ask }: Pick<Asking, "ask">, names: readonly string[]): Promise<[string, Labelled][]> {
  const issuesWith = async (name: string): Promise<{ readonly exists: boolean; readonly issues: readonly OpenIssue[] }> => {
    const issues = await readIssues(ask, name === EVERY ? REPOSITORY : label(name));
    return { exists: issues !== null, issues: issues ?? [] };
  };
  return Promise.all(names.map(async (name): Promise<[string, Labelled]> => [name, await readUnlessRefused(ISSUES_NEED, issuesWith(name))]));
}

/** Null when the milestone is not there any more. */
export function readIssuesOfMilestone(ask: Ask, number: number): Promise<readonly OpenIssue[] | null> {
  return readIssues(ask, milestone(number));
}

/** Oldest first; null when what they hang on is not there. */
async function readIssues(ask: Ask, holder: Holder): Promise<readonly OpenIssue[] | null> {
  const first = await ask(issuesPage(holder, null));
  if (first === null) return null;
  return (await readOn(holder.name, first, (after) => ask(issuesPage(holder, after)), "number")).map(issueOf);
}

function issueOf(issue: Fields): OpenIssue {
  const since = new Map<string, EpochMs>();
  for (const event of nodesAt(issue, "timelineItems")) since.set(textAt(fieldsAt(event, "label"), "name"), timeAt(event, "createdAt"));
  const isIn = fieldsOrNullAt(issue, "milestone");
  return {
    number: numberAt(issue, "number"),
    title: textAt(issue, "title"),
    url: textAt(issue, "url"),
    labels: nodesAt(issue, "labels").map((one) => ({ name: textAt(one, "name"), since: since.get(textAt(one, "name")) ?? null })),
    milestone: isIn === null ? null : textAt(isIn, "title"),
    assignees: nodesAt(issue, "assignees").map((assignee) => textAt(assignee, "login")),
    createdAt: timeAt(issue, "createdAt"),
  };
}

function issuesPage(holder: Holder, after: string | null): Question<Page | null> {
  return {
    key: `${holder.name} ${after}`,
    fields: (bind) =>
      holder.around(
        bind,
        `issues(states: [OPEN], first: ${after === null ? FIRST_PAGE : "$page"}, after: ${bind("String", after)}, orderBy: { field: CREATED_AT, direction: ASC }) { ${PAGE} nodes { ...OpenIssue } }`,
      ),
    fragments: [ISSUE],
    weight: (after === null ? FIRST_PAGE : PAGE_SIZE) * ISSUE_WEIGHT,
    read(answer) {
      const found = holder.within(answer);
      return found === null ? null : pageAt(found, "issues");
    },
    again: () => issuesPage(holder, after),
  };
}
