// Open pull requests of other people into the default branch: what each would bring into the next release.
import { Transient } from "../../model/errors.ts";
import type { Contribution } from "../../model/snapshot.ts";
import { CHECKS_WEIGHT, OWN_CHECKS, checksAt, checksQuestion } from "./checks.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, listAt, nodesAt, numberAt, textAt } from "./fields.ts";
import type { Moment, Named } from "./moment.ts";
import { isOwn } from "./own-pull-requests.ts";
import { PAGE, type Page, pageAt, readPages } from "./pages.ts";
import { ACTOR, actorAt } from "./people.ts";
import type { Question } from "./question.ts";

/** Most teams have no more open at once; GitHub counts what could come, not what comes. */
const FIRST_PAGE = 25;
const PAGE_SIZE = 100;
const LABELS_MAX = 100;
const FILES_MAX = 100;
const WEIGHT = 2 + LABELS_MAX + FILES_MAX + CHECKS_WEIGHT;

const CONTRIBUTION = `fragment Contributed on PullRequest {
  id number title headRefOid
  author ${ACTOR}
  labels(first: ${LABELS_MAX}) { nodes { name } }
  files(first: ${FILES_MAX}) { totalCount nodes { path } }
  commits(last: 1) { nodes { commit { oid ...OwnChecks } } }
}`;

/** Oldest first. */
export async function readContributions(moment: Moment): Promise<Contribution[]> {
  const pulls = await readPages(moment.ask, "open pull requests into the default branch", (after) => contributionsPage(moment.head.branch, after), "number");
  return Promise.all(pulls.filter((pull) => !isOwn(pull, moment.app)).map((pull) => contributionOf(moment, pull)));
}

async function contributionOf(named: Named, pull: Fields): Promise<Contribution> {
  const headSha = textAt(pull, "headRefOid");
  const labels = fieldsOrNullAt(pull, "labels");
  const files = fieldsOrNullAt(pull, "files");
  const paths = files === null ? [] : listAt(files, "nodes").map((file) => textAt(file, "path"));
  return {
    id: textAt(pull, "id"),
    number: numberAt(pull, "number"),
    title: textAt(pull, "title"),
    author: actorAt(pull, "author"),
    labels: labels === null ? [] : listAt(labels, "nodes").map((label) => textAt(label, "name")),
    headSha,
    paths: files !== null && numberAt(files, "totalCount") === paths.length ? paths : null,
    checks: await checksAt(named, await headOf(named, pull, headSha), headSha),
  };
}

/** The last commit that GitHub lists may be older than the last push. */
async function headOf({ ask }: Named, pull: Fields, headSha: string): Promise<Fields> {
  const [listed] = nodesAt(pull, "commits").map((node) => fieldsAt(node, "commit"));
  if (listed !== undefined && textAt(listed, "oid") === headSha) return listed;
  const found = await ask(checksQuestion(headSha));
  if (found === null) throw new Transient(`GitHub does not find the commit ${headSha}, where a pull request ends.`);
  return found;
}

function contributionsPage(base: string, after: string | null): Question<Page> {
  return {
    key: `contributions ${base} ${after}`,
    fields: (bind) => ({
      pulls: `pullRequests(states: [OPEN], baseRefName: ${bind("String!", base)}, first: ${after === null ? FIRST_PAGE : "$page"}, after: ${bind("String", after)}, orderBy: { field: CREATED_AT, direction: ASC }) { ${PAGE} nodes { ...Contributed } }`,
    }),
    fragments: [CONTRIBUTION, OWN_CHECKS],
    weight: (after === null ? FIRST_PAGE : PAGE_SIZE) * WEIGHT,
    read: (answer) => pageAt(answer, "pulls"),
    again: () => contributionsPage(base, after),
  };
}
