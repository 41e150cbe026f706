// Opening pull requests.
import type { Stage } from "./events.ts";
import { addIssue } from "./issues.ts";
import type { Operations } from "./operations.ts";
import { invalid } from "./refusals.ts";
import { requestCodeOwners } from "./reviews.ts";
import { type Actor, ApiError, type Issue, type Repository } from "./types.ts";

const refuse = (message: string): ApiError => new ApiError(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message }]);

/** `head` may name the owner: `owner:branch`. @throws ApiError 422 */
export const openPullRequest = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  fields: Parameters<Operations["openPullRequest"]>[2],
): Promise<Issue> => {
  const { git, owner } = repository;
  const prefix = `${owner.login}:`;
  const head = fields.head.startsWith(prefix) ? fields.head.slice(prefix.length) : fields.head;
  const headSha = git.refs().get(`refs/heads/${head}`);
  const baseSha = git.refs().get(`refs/heads/${fields.base}`);
  if (headSha === undefined) throw invalid("PullRequest", "head", "invalid");
  if (baseSha === undefined) throw invalid("PullRequest", "base", "invalid");
  const twin = [...repository.issues.values()].find(({ state, pull }) => state === "open" && pull?.head === head && pull.base === fields.base);
  if (twin !== undefined) throw refuse(`A pull request already exists for ${prefix}${head}.`);
  if (await git.isAncestor(headSha, baseSha)) throw refuse(`No commits between ${fields.base} and ${head}`);
  if ((await git.mergeBase(baseSha, headSha)) === null) throw refuse(`The ${head} branch has no history in common with ${fields.base}`);
  const issue = addIssue(stage, actor, repository, {
    title: fields.title,
    body: fields.body,
    pull: {
      head,
      base: fields.base,
      headSha,
      baseSha,
      lastPusher: actor.user,
      isDraft: fields.isDraft,
      merged: null,
      reviews: [],
      requestedUsers: [],
      requestedTeams: [],
    },
  });
  await stage.emit(repository, actor, { is: "issue", action: "opened", issue });
  await requestCodeOwners(stage, actor, repository, issue);
  return issue;
};

export const setDraft = async (stage: Stage, actor: Actor, repository: Repository, issue: Issue, isDraft: boolean): Promise<void> => {
  if (issue.pull === null) throw new ApiError(404, "Not Found");
  if (issue.pull.isDraft === isDraft) return;
  issue.pull.isDraft = isDraft;
  issue.updatedAt = stage.world.now();
  await stage.emit(repository, actor, { is: "issue", action: isDraft ? "converted_to_draft" : "ready_for_review", issue });
  await requestCodeOwners(stage, actor, repository, issue);
};
