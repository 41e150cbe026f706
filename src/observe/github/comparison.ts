// How the head relates to a tag, by ancestry, and the commits that the tag does not have. The head is named by its
// branch, so that the question can be asked ahead; should the branch have moved meanwhile, it is asked again by commit.
import { Stale, Transient } from "../../model/errors.ts";
import type { Tag } from "../../model/snapshot.ts";
import { COMMIT, COMMIT_WEIGHT } from "./commits.ts";
import { type Fields, fieldsAt, fieldsOf, fieldsOrNullAt, nodesAt, numberAt, textAt } from "./fields.ts";
import type { Moment } from "./moment.ts";
import type { Openings } from "./openings.ts";
import { PAGE, type Page, pageAt } from "./pages.ts";
import type { Binding, Question } from "./question.ts";
import { PEELED, peel } from "./tags.ts";
import { keepTrees, treesSelection } from "./trees.ts";

/** `ahead`: commits of the head that the tag does not have. A tag that has any that the head lacks is not in its history. */
export type Relation = { readonly isReachable: boolean; readonly ahead: number };

/**
 * A cold look begins with the oldest commits and wants the folders of each. A warm one wants the newest page, and the
 * folders of the newest commits alone: the others are known already, and what is not is asked for.
 */
type Way = "cold" | "warm";
const NEWEST = 10;
const COMMITS_PAGE = 100;

/** @throws Stale when the tag is not where it was at the look */
export async function readRelation(moment: Moment, tag: Tag): Promise<Relation> {
  const found = await comparisonWith(moment, tag, (headRef) => relationQuestion(tag, headRef));
  return found === null ? { isReachable: false, ahead: 0 } : relationOf(found.comparison);
}

/** For a tag at the head, which needs no comparison yet: after the next push it will. `openings` when its commits will be wanted, too. */
export function foreseeComparison({ foresee, head }: Moment, tag: Tag, openings: Openings | null): void {
  foresee(openings === null ? relationQuestion(tag, head.branch) : commitsQuestion({ tag, headRef: head.branch, openings }, "warm"));
}

type Compared = { readonly relation: Relation; readonly page: Page };

/** The page that a look begins with: the oldest commits, or on a warm look the newest. `readSince` joins them. Null when the tag shares no history with the head. */
export function readFirstPageSince(moment: Moment, tag: Tag, openings: Openings): Promise<Compared | null> {
  return readComparison(moment, tag, (headRef) => commitsQuestion({ tag, headRef, openings }, "cold"));
}

/** A page of commits, oldest first, in the fields of COMMIT. Their folders are kept. */
export function readPageSince(moment: Moment, tag: Tag, openings: Openings, after: string | null): Promise<Compared | null> {
  return readComparison(moment, tag, (headRef) => pageQuestion({ tag, headRef, openings }, after));
}

async function readComparison(moment: Moment, tag: Tag, question: (headRef: string) => Question<Fields>): Promise<Compared | null> {
  const found = await comparisonWith(moment, tag, question);
  if (found === null) return null;
  const page = pageAt(found.comparison, "commits");
  const fresh = "fresh" in found.comparison ? nodesAt(found.comparison, "fresh") : [];
  const since = "since" in found.answer ? [fieldsAt(found.answer, "since")] : [];
  for (const commit of [...page.nodes, ...fresh, ...since]) keepTrees(moment, commit);
  return { relation: relationOf(found.comparison), page };
}

function relationOf(comparison: Fields): Relation {
  return { isReachable: numberAt(comparison, "behindBy") === 0, ahead: numberAt(comparison, "aheadBy") };
}

type Found = { readonly answer: Fields; readonly comparison: Fields };

async function comparisonWith(moment: Moment, tag: Tag, question: (headRef: string) => Question<Fields>): Promise<Found | null> {
  const { head, ask } = moment;
  for (const headRef of [head.branch, head.sha]) {
    const answer = await ask(question(headRef));
    const ref = fieldsOrNullAt(answer, "ref");
    if (ref === null || (await peel(ask, fieldsAt(ref, "target"))) !== tag.sha)
      throw new Stale(`The tag ${tag.name} was moved or deleted while it was looked at.`);
    const comparison = fieldsOrNullAt(ref, "compare");
    if (comparison !== null && textAt(fieldsAt(comparison, "headTarget"), "oid") === head.sha) return { answer, comparison };
    if (comparison === null && headRef === head.sha && (await isUnrelated(moment, tag))) return null;
  }
  throw new Stale(`${head.branch} moved while it was compared with ${tag.name}.`);
}

/** GraphQL has no word for histories that never met; REST has one. */
async function isUnrelated({ rest, owner, repo, head }: Moment, tag: Tag): Promise<boolean> {
  const basehead = `${tag.sha}...${head.sha}`;
  const { status, data } = await rest("GET /repos/{owner}/{repo}/compare/{basehead}", { owner, repo, basehead, per_page: 1 }, { expected: [404] });
  if (status === 404 && textAt(fieldsOf(data, "comparison"), "message").startsWith("No common ancestor")) return true;
  throw new Transient(`GitHub does not compare ${tag.name} with ${head.sha}.`);
}

function relationQuestion(tag: Tag, headRef: string): Question<Fields> {
  return {
    key: `relation ${tag.name} ${headRef}`,
    fields: (bind) => ({ ref: comparing(bind, { tag, headRef }, "") }),
    fragments: [PEELED],
    weight: NEWEST,
    read: (answer) => answer,
    again: () => relationQuestion(tag, headRef),
  };
}

type Asked = { readonly tag: Tag; readonly headRef: string; readonly openings: Openings };

function commitsQuestion(asked: Asked, way: Way): Question<Fields> {
  const { tag, headRef, openings } = asked;
  return {
    ...pageQuestion(asked, null),
    key: `commits since ${tag.name} ${tag.sha} ${headRef} ${openings.key}`,
    fields: (bind) => {
      const folders = treesSelection(openings, bind);
      const lists = {
        cold: `commits(first: $page) { ${PAGE} nodes { ...UnreleasedCommit ${folders} } }`,
        warm: `commits(last: $page) { ${PAGE} nodes { ...UnreleasedCommit tree { oid } } } fresh: commits(last: ${NEWEST}) { nodes { oid ${folders} } }`,
      };
      const ref = comparing(bind, asked, lists[way]);
      // The tag's commit is nearly always the parent of the oldest one.
      return way === "warm" ? { ref } : { ref, since: `object(oid: ${bind("GitObjectID!", tag.sha)}) { __typename ... on Commit { oid ${folders} } }` };
    },
    again: () => commitsQuestion(asked, "warm"),
  };
}

function pageQuestion(asked: Asked, after: string | null): Question<Fields> {
  const { tag, headRef, openings } = asked;
  return {
    key: `page of commits since ${tag.name} ${tag.sha} ${headRef} ${openings.key} ${after}`,
    fields: (bind) => ({
      ref: comparing(
        bind,
        asked,
        `commits(first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { ...UnreleasedCommit ${treesSelection(openings, bind)} } }`,
      ),
    }),
    fragments: [PEELED, COMMIT],
    weight: COMMITS_PAGE * COMMIT_WEIGHT,
    read: (answer) => answer,
    again: null,
  };
}

function comparing(bind: Binding, { tag, headRef }: Pick<Asked, "tag" | "headRef">, commits: string): string {
  const name = bind("String!", `refs/tags/${tag.name}`);
  return `ref(qualifiedName: ${name}) { target { ...Peeled } compare(headRef: ${bind("String!", headRef)}) { aheadBy behindBy headTarget { oid } ${commits} } }`;
}
