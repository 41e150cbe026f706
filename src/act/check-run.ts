// The app's check run as GraphQL and REST take it.
import { type CheckText, RECORD_OPENING } from "../model/plan.ts";
import type { Sha } from "../model/snapshot.ts";
import type { Mutation } from "./mutation.ts";

/** Name under which branch protection finds it. */
const NAME = "Release Steward";
/** Most annotations that one request may carry. */
const ANNOTATIONS_MAX = 50;
/** https://docs.github.com/rest/checks/runs: summary and text have at most 65,535 characters. */
const TEXT_MAX = 65_535;
/** One line, which GitHub cuts anyway where it has no room. */
const TITLE_MAX = 255;

/**
 * One check run a commit, written over as long as it stands. GitHub adds the annotations of an update to those that are
 * there, so that a check run with places in files is never written over.
 * @param standing its node id; null to make one
 */
export function writeCheckRun(
  repositoryNodeId: string,
  headSha: Sha,
  check: CheckText,
  standing: string | null,
  { name, url }: { readonly name: string; readonly url: string | null } = { name: NAME, url: null },
): Mutation {
  const { externalId, conclusion, problems } = check;
  const annotations = problems.flatMap(({ path, line, column, message, hint, severity }) =>
    path === null || line === null
      ? []
      : [
          {
            path,
            location: { startLine: line, endLine: line, ...(column === null ? {} : { startColumn: column, endColumn: column }) },
            annotationLevel: severity === "error" ? "FAILURE" : "WARNING",
            message: hint === null ? message : `${message}\nhint: ${hint}`,
          },
        ],
  );
  const said = {
    repositoryId: repositoryNodeId,
    externalId,
    ...(url === null ? {} : { detailsUrl: url }),
    ...(conclusion === null ? { status: "IN_PROGRESS" } : { status: "COMPLETED", conclusion: conclusion.toUpperCase() }),
    output: { ...checkOutput(check), ...(annotations.length === 0 ? {} : { annotations: annotations.slice(0, ANNOTATIONS_MAX) }) },
  };
  const wanted = "checkRun { databaseId }";
  if (standing === null) return { field: "createCheckRun", input: { ...said, headSha, name }, wanted };
  return { field: "updateCheckRun", input: { ...said, checkRunId: standing }, wanted };
}

/** Its words, as long as GitHub takes them. */
export function checkOutput({ title, summary, text }: Pick<CheckText, "title" | "summary" | "text">): Readonly<Record<string, string>> {
  return {
    title: title.length <= TITLE_MAX ? title : `${title.slice(0, TITLE_MAX - 1)}…`,
    summary: cut(summary, TEXT_MAX),
    ...(text === "" ? {} : { text: cut(text, TEXT_MAX) }),
  };
}

/** A text's end matters more than its middle: the record stands there. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const notice = "\n\n_Shortened for GitHub's limit on length._\n\n";
  const tail = text.lastIndexOf(RECORD_OPENING);
  const end = tail === -1 ? "" : text.slice(tail);
  if (limit < notice.length + end.length) return `${text.slice(0, limit - 1)}…`;
  return `${text.slice(0, limit - notice.length - end.length)}${notice}${end}`;
}
