// What a pull request that follows a release has to know of the repository that it is for: another one of the same
// installation, or the app's own. One installation belongs to one account, so no other account's repository is ever asked for.
import { Refused } from "../../model/errors.ts";
import { type Elsewhere, type ElsewhereAsked, elsewhereKey, type ElsewherePull, type FileState, type Read, type Sha } from "../../model/snapshot.ts";
import { REST_PAGE, readCounted } from "./counted.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, flagAt, listAt, numberAt, textAt, timeAt } from "./fields.ts";
import { ENTRY, entryState, readFileAt } from "./files.ts";
import { inRepository } from "./in-repository.ts";
import { EXECUTABLE } from "./listing.ts";
import type { Named } from "./moment.ts";
import { closedAt, isOwn, isOwnCommit, stateAt } from "./own-pull-requests.ts";
import { PAGE, type Page, pageAt, readPages } from "./pages.ts";
import { ACTOR, COMMITTER, actorAt } from "./people.ts";
import type { Question } from "./question.ts";
import { becauseOf } from "./refusal.ts";
import { REVIEWS, REVIEWS_WEIGHT, readReviews } from "./reviews.ts";

const NEEDS = "contents: read and pull requests: read";
const FILES_MAX = 100;
const LABELS_MAX = 100;
/** Pull requests that are over: nearly always the newest of the branch is the one. */
const OVER_PAGE = 20;
const FILE_WEIGHT = 120;

/** By `elsewhereKey`. */
export function readElsewhere(named: Named, asked: readonly ElsewhereAsked[]): Promise<[string, Read<Elsewhere>][]> {
  return Promise.all(asked.map(async (one): Promise<[string, Read<Elsewhere>]> => [elsewhereKey(one), await readUnlessOutOfReach(named, one)]));
}

async function readUnlessOutOfReach(named: Named, asked: ElsewhereAsked): Promise<Read<Elsewhere>> {
  const { repository } = asked;
  try {
    const found = isOfSameAccount(named, repository) ? await readOne(named, asked) : null;
    return found === null ? outOfReach(repository) : { ok: true, value: found };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (/could not resolve to a repository/i.test(error.reason)) return outOfReach(repository);
    return { ok: false, because: `${repository}: ${becauseOf(error, NEEDS)}`, permission: error.isForPermission ? NEEDS : null };
  }
}

function outOfReach(repository: string): Read<never> {
  return { ok: false, because: `the app is not installed on ${repository}, or may not see it`, permission: null };
}

function isOfSameAccount({ owner }: Pick<Named, "owner">, repository: string): boolean {
  return repository.toLowerCase().startsWith(`${owner.toLowerCase()}/`);
}

/** Null for one that this installation does not cover. */
async function readOne(named: Named, { repository, files, branch }: ElsewhereAsked): Promise<Elsewhere | null> {
  const [owner = "", repo = ""] = repository.split("/");
  const there = inRepository(named, owner, repo);
  const [facts, opened, over] = await Promise.all([
    there.ask(factsQuestion(files, branch)),
    readPages(there.ask, `open pull requests of ${repository}`, openPage, "number"),
    readOver(there, branch),
  ]);
  // A name that was given up leads to where the repository went.
  if (!isOfSameAccount(named, textAt(facts, "fullName"))) return null;
  const base = fieldsOrNullAt(facts, "base");
  if (base === null) throw new Refused("look", "there is no commit on its default branch yet", null);
  const name = textAt(base, "name");
  const into = opened.filter((pull) => textAt(pull, "baseRefName") === name);
  const open = into.find((pull) => isOwn(pull, named.app) && textAt(pull, "headRefName") === branch && !flagAt(pull, "isCrossRepository"));
  const others = into.filter((pull) => pull !== open && mayChange(pull, files));
  if (open === undefined && over === null && !(await isCovered(named, facts))) return null;
  const full = (pull: Fields | null): Promise<ElsewherePull | null> =>
    pull === null ? Promise.resolve(null) : readPull(there, numberAt(pull, "number"), files);
  const [state, openPull, overPull, otherPulls] = await Promise.all([
    stateOf(there, facts, base, files),
    full(open ?? null),
    full(over),
    Promise.all(others.map((pull) => readPull(there, numberAt(pull, "number"), files))),
  ]);
  return { ...state, open: openPull, over: overPull, others: otherPulls.toSorted((one, other) => other.number - one.number) };
}

type State = Omit<Elsewhere, "open" | "over" | "others">;

async function stateOf(there: Named, facts: Fields, base: Fields, files: readonly string[]): Promise<State> {
  const commit = fieldsAt(base, "target");
  const head = fieldsOrNullAt(facts, "head");
  const headCommit = head === null ? null : fieldsAt(head, "target");
  const headSha = headCommit === null ? null : textAt(headCommit, "oid");
  const entries = files.map((path, index) => ({ path, entry: fieldsOrNullAt(commit, `file${String(index)}`) }));
  return {
    id: textAt(facts, "id"),
    databaseId: numberAt(facts, "databaseId"),
    url: textAt(facts, "url"),
    isArchived: flagAt(facts, "isArchived"),
    isFork: flagAt(facts, "isFork"),
    branch: textAt(base, "name"),
    sha: textAt(commit, "oid"),
    tree: textAt(fieldsAt(commit, "tree"), "oid"),
    files: new Map(
      await Promise.all(
        entries.map(async ({ path, entry }) => [path, entry === null ? ({ is: "missing" } as const) : await entryState(there, entry)] as const),
      ),
    ),
    executables: new Set(entries.flatMap(({ path, entry }) => (entry !== null && numberAt(entry, "mode") === EXECUTABLE ? [path] : []))),
    head:
      headCommit === null || headSha === null ? null : { sha: headSha, isOwn: isOwnCommit(headCommit, there.app), files: await filesAt(there, headSha, files) },
  };
}

async function filesAt(there: Named, sha: Sha, files: readonly string[]): Promise<ReadonlyMap<string, FileState>> {
  return new Map(await Promise.all(files.map(async (path) => [path, await readFileAt(there, sha, path)] as const)));
}

/** More files than are listed, or none at all: it may change any. */
function mayChange(pull: Fields, files: readonly string[]): boolean {
  const changed = fieldsOrNullAt(pull, "files");
  if (changed === null) return true;
  const paths = listAt(changed, "nodes").map((file) => textAt(file, "path"));
  return numberAt(changed, "totalCount") > paths.length || paths.some((path) => files.includes(path));
}

/**
 * Anybody's token reads a public repository, and only where the app is installed may it write. What it once opened a pull
 * request in, and what is hidden from others, is not looked up.
 */
async function isCovered({ rest, owner, repo }: Named, facts: Fields): Promise<boolean> {
  if (flagAt(facts, "isPrivate") || textAt(facts, "fullName").toLowerCase() === `${owner}/${repo}`.toLowerCase()) return true;
  const listed = await readCounted({ what: "repositories of the installation", list: "repositories" }, async (page) => {
    return (await rest("GET /installation/repositories", { per_page: REST_PAGE, page })).data;
  });
  return listed.some((one) => numberAt(one, "id") === numberAt(facts, "databaseId"));
}

async function readOver({ ask, app }: Named, branch: string): Promise<Fields | null> {
  for (let after: string | null = null; ;) {
    const page: Page = await ask(overPage(branch, after));
    const found = page.nodes.find((pull) => isOwn(pull, app) && !flagAt(pull, "isCrossRepository"));
    if (found !== undefined || page.next === null) return found ?? null;
    after = page.next;
  }
}

async function readPull(there: Named, number: number, files: readonly string[]): Promise<ElsewherePull> {
  const pull = await there.ask(pullQuestion(number));
  const state = stateAt(pull);
  const headSha = textAt(pull, "headRefOid");
  const labels = fieldsOrNullAt(pull, "labels");
  const [reviews, texts] = await Promise.all([readReviews(there.ask, number, pull), filesAt(there, headSha, files)]);
  return {
    id: textAt(pull, "id"),
    number,
    url: textAt(pull, "url"),
    state,
    author: actorAt(pull, "author"),
    branch: textAt(pull, "headRefName"),
    headSha,
    title: textAt(pull, "title"),
    body: textAt(pull, "body"),
    isDraft: flagAt(pull, "isDraft"),
    isConflicting: textAt(pull, "mergeable") === "CONFLICTING",
    labels: labels === null ? [] : listAt(labels, "nodes").map((label) => textAt(label, "name")),
    reviews,
    createdAt: timeAt(pull, "createdAt"),
    closed: state === "open" ? null : closedAt(pull, state, there.app),
    files: texts,
  };
}

function factsQuestion(files: readonly string[], branch: string): Question<Fields> {
  return {
    key: `elsewhere ${branch} ${JSON.stringify(files)}`,
    fields(bind) {
      const entries = files.map((path, index) => `file${String(index)}: file(path: ${bind("String!", path)}) ${ENTRY}`);
      return {
        id: "id",
        databaseId: "databaseId",
        fullName: "nameWithOwner",
        url: "url",
        isArchived: "isArchived",
        isFork: "isFork",
        isPrivate: "isPrivate",
        base: `defaultBranchRef { name target { __typename ... on Commit { oid tree { oid } ${entries.join(" ")} } } }`,
        head: `ref(qualifiedName: ${bind("String!", `refs/heads/${branch}`)}) { target { __typename ... on Commit { oid author ${COMMITTER} committer ${COMMITTER} } } }`,
      };
    },
    fragments: [],
    weight: 10 + files.length * FILE_WEIGHT,
    read: (answer) => answer,
    again: () => factsQuestion(files, branch),
  };
}

function openPage(after: string | null): Question<Page> {
  return {
    key: `open elsewhere ${after}`,
    fields: (bind) => ({
      open: `pullRequests(states: [OPEN], first: $page, after: ${bind("String", after)}, orderBy: { field: CREATED_AT, direction: DESC }) { ${PAGE} nodes { number baseRefName headRefName isCrossRepository author ${ACTOR} files(first: ${FILES_MAX}) { totalCount nodes { path } } } }`,
    }),
    fragments: [],
    weight: 100 * (FILES_MAX + 1),
    read: (answer) => pageAt(answer, "open"),
    again: () => openPage(after),
  };
}

function overPage(branch: string, after: string | null): Question<Page> {
  return {
    key: `over elsewhere ${branch} ${after}`,
    fields: (bind) => ({
      over: `pullRequests(headRefName: ${bind("String!", branch)}, states: [CLOSED, MERGED], first: ${OVER_PAGE}, after: ${bind("String", after)}, orderBy: { field: CREATED_AT, direction: DESC }) { ${PAGE} nodes { number isCrossRepository author ${ACTOR} } }`,
    }),
    fragments: [],
    weight: OVER_PAGE,
    read: (answer) => pageAt(answer, "over"),
    again: () => overPage(branch, after),
  };
}

function pullQuestion(number: number): Question<Fields> {
  return {
    key: `pull elsewhere ${number}`,
    fields: (bind) => ({
      pull: `pullRequest(number: ${bind("Int!", number)}) { id url state title body isDraft mergeable headRefName headRefOid createdAt mergedAt closedAt author ${ACTOR} mergedBy ${ACTOR} labels(first: ${LABELS_MAX}) { nodes { name } } ${REVIEWS} timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { __typename ... on ClosedEvent { createdAt actor ${ACTOR} } } } }`,
    }),
    fragments: [],
    weight: LABELS_MAX + REVIEWS_WEIGHT,
    read: (answer) => fieldsAt(answer, "pull"),
    again: () => pullQuestion(number),
  };
}
