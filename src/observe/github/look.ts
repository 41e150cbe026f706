// What every look begins with: who the repository is and where its default branch stands.
import type { GitHub } from "../../github/types.ts";
import { Parked } from "../../model/errors.ts";
import type { Sha } from "../../model/snapshot.ts";
import { CHECKS_WEIGHT, OWN_CHECKS } from "./checks.ts";
import { type Fields, fieldsAt, fieldsOf, fieldsOrNullAt, flagAt, textAt } from "./fields.ts";
import type { Question } from "./question.ts";

export type Look = {
  /** Node id. */
  readonly id: string;
  readonly owner: string;
  readonly repo: string;
  readonly url: string;
  readonly branch: string;
  readonly sha: Sha;
  readonly tree: Sha;
  /** The head commit, with the fields of OWN_CHECKS. */
  readonly commit: Fields;
};

/** The node id of a repository from the number that webhooks carry; needed once, since GraphQL knows no other name that a rename keeps. */
export async function identify(rest: GitHub["rest"], repository: number): Promise<string> {
  const { data } = await rest("GET /repositories/{repository_id}", { repository_id: repository });
  return textAt(fieldsOf(data, "repository"), "node_id");
}

/** @throws Parked where there is nothing that could be released: archived, disabled, without any commit */
export const LOOK: Question<Look> = {
  key: "look",
  fields: () => ({
    id: "id",
    name: "name",
    owner: "owner { login }",
    url: "url",
    isArchived: "isArchived",
    isDisabled: "isDisabled",
    branch: "defaultBranchRef { name target { __typename ... on Commit { oid tree { oid } ...OwnChecks } } }",
  }),
  fragments: [OWN_CHECKS],
  weight: CHECKS_WEIGHT,
  read(answer) {
    const owner = textAt(fieldsAt(answer, "owner"), "login");
    const repo = textAt(answer, "name");
    if (flagAt(answer, "isArchived")) throw new Parked(`${owner}/${repo} is archived.`);
    if (flagAt(answer, "isDisabled")) throw new Parked(`${owner}/${repo} is disabled.`);
    const branch = fieldsOrNullAt(answer, "branch");
    if (branch === null) throw new Parked(`${owner}/${repo} has no commit on its default branch yet.`);
    const commit = fieldsAt(branch, "target");
    return {
      id: textAt(answer, "id"),
      owner,
      repo,
      url: textAt(answer, "url"),
      branch: textAt(branch, "name"),
      sha: textAt(commit, "oid"),
      tree: textAt(fieldsAt(commit, "tree"), "oid"),
      commit,
    };
  },
  again: null,
};
