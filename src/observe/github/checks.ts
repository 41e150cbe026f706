// This app's own check runs on a commit. GraphQL brings them along with the commit; more than fit are read by REST.
import type { OwnCheck, Sha } from "../../model/snapshot.ts";
import { REST_PAGE, readCounted } from "./counted.ts";
import { type Fields, fieldsAt, fieldsOrNullAt, listAt, numberAt, textAt, textOrNullAt, timeOrNullAt } from "./fields.ts";
import type { Named } from "./moment.ts";
import type { Question } from "./question.ts";

const SUITES_MAX = 3;
const RUNS_MAX = 50;

/** Nodes that one use of the fragment counts for. */
export const CHECKS_WEIGHT = SUITES_MAX * (RUNS_MAX + 1);

/** For commits, as `...OwnChecks`; read with `checksAt`. */
export const OWN_CHECKS = `fragment OwnChecks on Commit {
  checkSuites(first: ${SUITES_MAX}, filterBy: { appId: $app }) {
    totalCount
    nodes {
      checkRuns(first: ${RUNS_MAX}, filterBy: { checkType: ALL }) {
        totalCount
        nodes { id databaseId name externalId conclusion startedAt title summary text detailsUrl }
      }
    }
  }
}`;

/** @param commit with the fragment's fields */
export async function checksAt(named: Named, commit: Fields, sha: Sha): Promise<OwnCheck[]> {
  // Null where GitHub keeps no checks for a commit.
  const suites = fieldsOrNullAt(commit, "checkSuites");
  if (suites === null) return [];
  const read = listAt(suites, "nodes").map((suite) => fieldsAt(suite, "checkRuns"));
  const isWhole = numberAt(suites, "totalCount") === read.length && read.every((runs) => numberAt(runs, "totalCount") === listAt(runs, "nodes").length);
  return newestFirst(isWhole ? read.flatMap((runs) => listAt(runs, "nodes").map(checkOf)) : await allChecks(named, sha));
}

/** A commit with its date and the fields of OWN_CHECKS; null when there is no such commit. */
export function checksQuestion(sha: Sha): Question<Fields | null> {
  return {
    key: `checks ${sha}`,
    fields: (bind) => ({ commit: `object(oid: ${bind("GitObjectID!", sha)}) { __typename ... on Commit { committedDate ...OwnChecks } }` }),
    fragments: [OWN_CHECKS],
    weight: CHECKS_WEIGHT,
    read: (answer) => fieldsOrNullAt(answer, "commit"),
    again: () => checksQuestion(sha),
  };
}

function checkOf(run: Fields): OwnCheck {
  return {
    id: numberAt(run, "databaseId"),
    nodeId: textAt(run, "id"),
    name: textAt(run, "name"),
    externalId: textOrNullAt(run, "externalId") ?? "",
    conclusion: textOrNullAt(run, "conclusion")?.toLowerCase() ?? null,
    startedAt: timeOrNullAt(run, "startedAt"),
    title: textOrNullAt(run, "title") ?? "",
    summary: textOrNullAt(run, "summary") ?? "",
    text: textOrNullAt(run, "text") ?? "",
    url: textOrNullAt(run, "detailsUrl"),
  };
}

/** Commits that were asked for, each with this app's check runs there; none where the commit is not known any more. */
export function readRecords(named: Named, commits: readonly Sha[]): Promise<[Sha, OwnCheck[]][]> {
  return Promise.all(
    commits.map(async (sha): Promise<[Sha, OwnCheck[]]> => {
      const commit = await named.ask(checksQuestion(sha));
      return [sha, commit === null ? [] : await checksAt(named, commit, sha)];
    }),
  );
}

/** GitHub counts ids upwards. */
function newestFirst(checks: readonly OwnCheck[]): OwnCheck[] {
  return [...checks].sort((one, other) => other.id - one.id);
}

export async function allChecks({ rest, app, owner, repo }: Pick<Named, "rest" | "app" | "owner" | "repo">, sha: Sha): Promise<OwnCheck[]> {
  const runs = await readCounted({ what: `check runs of ${sha}`, list: "check_runs" }, async (page) => {
    const asked = { owner, repo, ref: sha, app_id: app.id, filter: "all", per_page: REST_PAGE, page };
    return (await rest("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", asked)).data;
  });
  return runs.map(restCheckOf);
}

function restCheckOf(run: Fields): OwnCheck {
  const output = fieldsAt(run, "output");
  return {
    id: numberAt(run, "id"),
    nodeId: textAt(run, "node_id"),
    name: textAt(run, "name"),
    externalId: textOrNullAt(run, "external_id") ?? "",
    conclusion: textOrNullAt(run, "conclusion"),
    startedAt: timeOrNullAt(run, "started_at"),
    title: textOrNullAt(output, "title") ?? "",
    summary: textOrNullAt(output, "summary") ?? "",
    text: textOrNullAt(output, "text") ?? "",
    url: textOrNullAt(run, "details_url"),
  };
}
