// The issue of this app that shows every line. It is this app's when its author is; of several the oldest counts.
import { DEFAULTS } from "../../model/defaults.ts";
import { DESK_MARKER } from "../../model/plan.ts";
import type { Desk, Hosted } from "../../model/snapshot.ts";
import { COMMENT, COMMENTS, COMMENTS_PAGE, readComments } from "./comments.ts";
import { type Fields, fieldsAt, nodesAt, numberAt, textAt } from "./fields.ts";
import type { Asking } from "./moment.ts";
import { PAGE, type Page, pageAt, readOn } from "./pages.ts";
import { ACTOR, type App, actorAt } from "./people.ts";
import type { Question } from "./question.ts";

const DESK_IN_FULL = [
  `fragment DeskInFull on Issue {
  id number url state title body
  author ${ACTOR}
  ${COMMENTS}
}`,
  COMMENT,
];

/**
 * The desk is null when there is none. GitHub's list may lag behind what has just been opened, so what is known by its number is
 * read by it, whatever the list says.
 * @param known numbers of the last look, and of what was opened since
 */
export async function readDesk(asking: Asking, known: readonly number[]): Promise<Desks> {
  const { ask, app } = asking;
  const listed = await readOwnIssues(asking);
  const numbers = new Set([...known, ...listed.filter((issue) => isDesk(issue, app)).map((issue) => numberAt(issue, "number"))]);
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const issue = await ask(deskQuestion(number));
    if (isDesk(issue, app)) return { desk: await deskOf(asking, issue), others: listed.filter((one) => isOther(one, number, app)).map(otherOf) };
  }
  return { desk: null, others: [] };
}

/** Every issue of this app, open or closed, oldest first. Asked for again at the same moment it costs nothing. */
export async function readOwnIssues({ ask, learn, app }: Pick<Asking, "ask" | "learn" | "app">): Promise<readonly Fields[]> {
  const { page, oldest } = await ask(firstPage(app));
  if (oldest !== undefined) learn(deskQuestion(numberAt(oldest, "number")), { issue: oldest });
  return (await readOn("issues of this app", page, (after) => ask(nextPage(app, after)), "number")).filter((issue) => actorAt(issue, "author") === app.login);
}

/** `others`: open ones that are not it. Two looks at once, or a list that lagged, may have opened a second one. */
export type Desks = { readonly desk: Desk | null; readonly others: Hosted["otherDesks"] };

function isOther(issue: Fields, number: number, app: App): boolean {
  return isDesk(issue, app) && numberAt(issue, "number") !== number && textAt(issue, "state") === "OPEN";
}

function otherOf(issue: Fields): Hosted["otherDesks"][number] {
  return { id: textAt(issue, "id"), number: numberAt(issue, "number") };
}

/** Whoever may write can change the title and the body: either tells. */
function isDesk(issue: Fields, app: App): boolean {
  return actorAt(issue, "author") === app.login && (textAt(issue, "title") === DEFAULTS.release.desk || textAt(issue, "body").includes(DESK_MARKER));
}

async function deskOf(asking: Asking, issue: Fields): Promise<Desk> {
  const number = numberAt(issue, "number");
  return {
    id: textAt(issue, "id"),
    number,
    url: textAt(issue, "url"),
    isOpen: textAt(issue, "state") === "OPEN",
    title: textAt(issue, "title"),
    body: textAt(issue, "body"),
    ...(await readComments(asking, { is: "issue", number }, issue)),
  };
}

const DESK = "desk ";

/** The number that a question of `deskQuestion` is about; null for any other question. */
export function deskAsked({ key }: Question<unknown>): number | null {
  return key.startsWith(DESK) ? Number(key.slice(DESK.length)) : null;
}

export function deskQuestion(number: number): Question<Fields> {
  return {
    key: `${DESK}${number}`,
    fields: (bind) => ({ issue: `issue(number: ${bind("Int!", number)}) { ...DeskInFull }` }),
    fragments: DESK_IN_FULL,
    weight: 1 + COMMENTS_PAGE,
    read: (answer) => fieldsAt(answer, "issue"),
    again: () => deskQuestion(number),
  };
}

const OLDEST_FIRST = "orderBy: { field: CREATED_AT, direction: ASC }";
const LISTED = `${PAGE} nodes { id number url state title body author ${ACTOR} }`;

/** With the oldest in full: nearly always it is the one. */
function firstPage(app: App): Question<{ readonly page: Page; readonly oldest: Fields | undefined }> {
  return {
    key: "issues of this app",
    fields: (bind) => {
      const by = `filterBy: { createdBy: ${bind("String!", app.login)} }, ${OLDEST_FIRST}`;
      return { issues: `issues(${by}, first: $page) { ${LISTED} }`, oldest: `issues(${by}, first: 1) { nodes { ...DeskInFull } }` };
    },
    fragments: DESK_IN_FULL,
    weight: 100 + COMMENTS_PAGE,
    read: (answer) => ({ page: pageAt(answer, "issues"), oldest: nodesAt(answer, "oldest")[0] }),
    again: () => firstPage(app),
  };
}

function nextPage(app: App, after: string): Question<Page> {
  return {
    key: `issues of this app ${after}`,
    fields: (bind) => ({
      issues: `issues(filterBy: { createdBy: ${bind("String!", app.login)} }, ${OLDEST_FIRST}, first: $page, after: ${bind("String", after)}) { ${LISTED} }`,
    }),
    fragments: [],
    weight: 100,
    read: (answer) => pageAt(answer, "issues"),
    again: () => nextPage(app, after),
  };
}
