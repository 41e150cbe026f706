// Branches that were asked for: where each stands, and the last pull request of this app from it that is over.
import type { Hosted, OwnPullRequest } from "../../model/snapshot.ts";
import { CHECKS_WEIGHT, checksAt } from "./checks.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, nodesAt, numberAt, textAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import { PULL_IN_FULL, PULL_WEIGHT, isOwn, ownPullRequestAt, pullQuestion } from "./own-pull-requests.ts";
import { PAGE, type Page, pageAt } from "./pages.ts";
import { ACTOR } from "./people.ts";
import type { Question } from "./question.ts";

type Branch = Hosted["branches"] extends ReadonlyMap<string, infer Value> ? Value : never;

/** Closed pull requests of one branch name in a page: nearly always the first is the one. */
const CLOSED_PAGE = 20;
const NOT_OPEN = "states: [CLOSED, MERGED], orderBy: { field: CREATED_AT, direction: DESC }";

export function readBranches(named: Named, names: readonly string[]): Promise<[string, Branch][]> {
  return Promise.all(names.map(async (name): Promise<[string, Branch]> => [name, await readBranch(named, name)]));
}

async function readBranch(named: Named, name: string): Promise<Branch> {
  const { ref, closed, newest } = await named.ask(branchQuestion(name));
  const target = ref === null ? null : fieldsAt(ref, "target");
  const sha = target === null ? null : textAt(target, "oid");
  const [checks, lastClosed] = await Promise.all([
    target === null || sha === null ? [] : checksAt(named, target, sha),
    readLastClosed(named, name, closed, newest),
  ]);
  return { sha, checks, lastClosed };
}

async function readLastClosed(named: Named, name: string, first: Page, newest: Fields | undefined): Promise<OwnPullRequest | null> {
  for (let page = first; ; page = await named.ask(closedPage(name, page.next))) {
    const found = page.nodes.find((pull) => isOwn(pull, named.app));
    if (found !== undefined) {
      const number = numberAt(found, "number");
      const isHere = newest !== undefined && numberAt(newest, "number") === number;
      return ownPullRequestAt(named, isHere ? newest : await named.ask(pullQuestion(number)));
    }
    if (page.next === null) return null;
  }
}

type Answer = { readonly ref: Fields | null; readonly closed: Page; readonly newest: Fields | undefined };

function branchQuestion(name: string): Question<Answer> {
  return {
    key: `branch ${name}`,
    fields: (bind) => {
      const short = bind("String!", name);
      return {
        ref: `ref(qualifiedName: ${bind("String!", `refs/heads/${name}`)}) { target { __typename oid ... on Commit { ...OwnChecks } } }`,
        closed: `pullRequests(headRefName: ${short}, ${NOT_OPEN}, first: ${CLOSED_PAGE}) { ${PAGE} nodes { number author ${ACTOR} } }`,
        newest: `pullRequests(headRefName: ${short}, ${NOT_OPEN}, first: 1) { nodes { ...PullInFull } }`,
      };
    },
    fragments: PULL_IN_FULL,
    weight: CHECKS_WEIGHT + CLOSED_PAGE + PULL_WEIGHT,
    read: (answer) => ({ ref: fieldsOrNullAt(answer, "ref"), closed: pageAt(answer, "closed"), newest: nodesAt(answer, "newest")[0] }),
    again: () => branchQuestion(name),
  };
}

function closedPage(name: string, after: string | null): Question<Page> {
  return {
    key: `closed ${name} ${after}`,
    fields: (bind) => ({
      closed: `pullRequests(headRefName: ${bind("String!", name)}, ${NOT_OPEN}, first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { number author ${ACTOR} } }`,
    }),
    fragments: [],
    weight: 100,
    read: (answer) => pageAt(answer, "closed"),
    again: null,
  };
}
