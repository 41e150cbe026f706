// The whole history of the head, for lines that were never released.
import { Transient } from "../../model/errors.ts";
import { COMMIT, COMMIT_WEIGHT } from "./commits.ts";
import { type Fields, fieldsAt, nodesAt, textAt } from "./fields.ts";
import type { Moment } from "./moment.ts";
import type { Openings } from "./openings.ts";
import { PAGE, type Page, pageAt } from "./pages.ts";
import type { Question } from "./question.ts";
import { keepTrees, treesSelection } from "./trees.ts";

const NEWEST = 10;
const COMMITS_PAGE = 100;

/** A page of commits, newest first, in the fields of COMMIT. Their folders are kept. */
export async function readHistoryPage(moment: Moment, openings: Openings, after: string | null): Promise<Page> {
  const { ask, head } = moment;
  const ahead = after === null ? await ask(ofDefaultBranch(openings, "all")) : null;
  const commit = ahead !== null && textAt(ahead, "oid") === head.sha ? ahead : await ask(ofCommit(head.sha, openings, after));
  if (textAt(commit, "oid") !== head.sha) throw new Transient(`GitHub does not find the commit ${head.sha}.`);
  const page = pageAt(commit, "history");
  for (const one of [...page.nodes, ...("fresh" in commit ? nodesAt(commit, "fresh") : [])]) keepTrees(moment, one);
  return page;
}

/** The first page, named by the branch so that it can be asked ahead. */
function ofDefaultBranch(openings: Openings, trees: "all" | "newest"): Question<Fields> {
  return {
    key: `history ${openings.key}`,
    fields: (bind) => {
      const folders = treesSelection(openings, bind);
      const history = `history(first: $page) { ${PAGE} nodes { ...UnreleasedCommit ${trees === "all" ? folders : "tree { oid }"} } }`;
      const fresh = trees === "newest" ? `fresh: history(first: ${NEWEST}) { nodes { oid ${folders} } }` : "";
      return { branch: `defaultBranchRef { target { __typename oid ... on Commit { ${history} ${fresh} } } }` };
    },
    fragments: [COMMIT],
    weight: COMMITS_PAGE * COMMIT_WEIGHT,
    read: (answer) => fieldsAt(fieldsAt(answer, "branch"), "target"),
    again: () => ofDefaultBranch(openings, "newest"),
  };
}

function ofCommit(sha: string, openings: Openings, after: string | null): Question<Fields> {
  return {
    key: `history ${sha} ${after} ${openings.key}`,
    fields: (bind) => ({
      commit: `object(oid: ${bind("GitObjectID!", sha)}) { __typename oid ... on Commit { history(first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { ...UnreleasedCommit ${treesSelection(openings, bind)} } } } }`,
    }),
    fragments: [COMMIT],
    weight: COMMITS_PAGE * COMMIT_WEIGHT,
    read: (answer) => fieldsAt(answer, "commit"),
    again: null,
  };
}
