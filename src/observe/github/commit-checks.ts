// What everybody says of a commit: check runs of all apps and commit statuses.
import type { CommitCheck, Read, Sha } from "../../model/snapshot.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, numberAt, textAt, textOrNullAt, timeAt, timeOrNullAt } from "./fields.ts";
import type { Asking } from "./moment.ts";
import { PAGE, type Page, pageAt, readOn } from "./pages.ts";
import type { Question } from "./question.ts";
import { readUnlessRefused } from "./refusal.ts";

const CONTEXTS_PAGE = 100;
/** Check runs come with every app that may; only statuses are a permission of their own. */
const NEEDS = "statuses: read";

/** As branch protection counts them: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks */
const STATES: Readonly<Record<string, CommitCheck["state"]>> = {
  SUCCESS: "passed",
  NEUTRAL: "passed",
  SKIPPED: "passed",
  PENDING: "running",
  EXPECTED: "running",
};

export function readCommitChecks({ ask }: Pick<Asking, "ask">, commits: readonly Sha[]): Promise<[Sha, Read<readonly CommitCheck[]>][]> {
  return Promise.all(
    commits.map(async (sha): Promise<[Sha, Read<readonly CommitCheck[]>]> => {
      const read = await readUnlessRefused(NEEDS, readChecksOf(ask, sha));
      if (!read.ok) return [sha, read];
      return [sha, read.value === null ? { ok: false, because: `GitHub does not know the commit ${sha}`, permission: null } : { ok: true, value: read.value }];
    }),
  );
}

/** Null when there is no such commit. */
async function readChecksOf(ask: Asking["ask"], sha: Sha): Promise<readonly CommitCheck[] | null> {
  const first = await ask(contextsPage(sha, null));
  if (first === null) return null;
  const contexts = await readOn(`checks of ${sha}`, first, (after) => ask(contextsPage(sha, after)), "id");
  const newest = new Map<string, { readonly order: number; readonly check: CommitCheck }>();
  for (const context of contexts) {
    const one = textAt(context, "__typename") === "CheckRun" ? checkRunOf(context) : statusOf(context);
    const key = JSON.stringify([one.kind, one.check.suite, one.check.name]);
    if ((newest.get(key)?.order ?? -1) < one.order) newest.set(key, one);
  }
  return [...newest.values()].map(({ check }) => check);
}

/** `order`: of those with one name the highest is the newest. */
type Told = { readonly kind: "run" | "status"; readonly order: number; readonly check: CommitCheck };

/** GitHub counts the ids of runs upwards. */
function checkRunOf(run: Fields): Told {
  const suite = fieldsAt(run, "checkSuite");
  const app = fieldsOrNullAt(suite, "app");
  const conclusion = textOrNullAt(run, "conclusion");
  const check: CommitCheck = {
    name: textAt(run, "name"),
    app: app === null ? null : { slug: textAt(app, "slug"), id: numberAt(app, "databaseId") },
    suite: numberAt(suite, "databaseId"),
    state: conclusion === null ? "running" : (STATES[conclusion] ?? "failed"),
    says: (conclusion ?? textAt(run, "status")).toLowerCase(),
    url: textOrNullAt(run, "detailsUrl"),
    startedAt: timeOrNullAt(run, "startedAt"),
  };
  return { kind: "run", order: numberAt(run, "databaseId"), check };
}

function statusOf(status: Fields): Told {
  const at = timeAt(status, "createdAt");
  const state = textAt(status, "state");
  const check: CommitCheck = {
    name: textAt(status, "context"),
    app: null,
    suite: null,
    state: STATES[state] ?? "failed",
    says: state.toLowerCase(),
    url: textOrNullAt(status, "targetUrl"),
    startedAt: at,
  };
  return { kind: "status", order: at, check };
}

const RUN = "id databaseId name status conclusion startedAt detailsUrl checkSuite { databaseId app { slug databaseId } }";
const STATUS = "id context state targetUrl createdAt";

/** Null when there is no such commit; nothing where nobody has said anything. */
function contextsPage(sha: Sha, after: string | null): Question<Page | null> {
  return {
    key: `contexts ${sha} ${after}`,
    fields: (bind) => ({
      commit: `object(oid: ${bind("GitObjectID!", sha)}) { __typename ... on Commit { statusCheckRollup { contexts(first: $page, after: ${bind("String", after)}) { ${PAGE} nodes { __typename ... on CheckRun { ${RUN} } ... on StatusContext { ${STATUS} } } } } } }`,
    }),
    fragments: [],
    weight: 3 * CONTEXTS_PAGE,
    read(answer) {
      const commit = fieldsOrNullAt(answer, "commit");
      if (commit === null) return null;
      const rollup = fieldsOrNullAt(commit, "statusCheckRollup");
      return rollup === null ? { nodes: [], total: 0, next: null } : pageAt(rollup, "contexts");
    },
    again: () => contextsPage(sha, after),
  };
}
