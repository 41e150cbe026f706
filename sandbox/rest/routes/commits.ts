// Commits: the list, one with its files, the comparison of two, and the pull requests of one.
import { need } from "../../world/access.ts";
import { ApiError } from "../../world/types.ts";
import { type Answer, answer, type Call, found, type RepositoryCall, textOf } from "../call.ts";
import { linkHeader, paged, windowOf } from "../pages.ts";
import { sizeOf } from "../../world/pull-facts.ts";
import type { RepositoryRoute } from "../routes.ts";
import { commitShape, fileShape } from "../shapes/commit.ts";
import { apiOfRepository, encodedPath, pageOfRepository } from "../shapes/links.ts";
import { isPull, pullShape, type PullRequest } from "../shapes/pull.ts";

const CONTENTS = need("contents", "read");
/** GitHub's limits for comparisons. */
const COMMITS_COMPARED = 250;
const FILES_COMPARED = 300;

const shapeOfCommit = async ({ world, repository }: RepositoryCall, sha: string) => commitShape(world, repository, found(await repository.git.commit(sha)));

/** What a client calls a commit. @throws ApiError 422 for 40 digits that are none, as GitHub does, 404 for the rest */
export const commitNamed = async ({ repository }: RepositoryCall, name: string): Promise<string> => {
  const sha = await repository.git.resolve(name);
  if (sha === null && /^[0-9a-f]{40}$/u.test(name)) throw new ApiError(422, `No commit found for SHA: ${name}`);
  return found(sha);
};

const timeOf = (call: Call, name: string): number | undefined => {
  const text = call.query.get(name);
  return text === null ? undefined : Date.parse(text);
};

const list = async (call: RepositoryCall): Promise<Answer> => {
  const { git, defaultBranch } = call.repository;
  if (git.refs().size === 0) throw new ApiError(409, "Git Repository is empty.");
  const window = windowOf(call);
  const path = call.query.get("path");
  const [since, until] = [timeOf(call, "since"), timeOf(call, "until")];
  const shas = await git.log({
    include: [found(await git.resolve(call.query.get("sha") ?? defaultBranch))],
    ...(path === null ? {} : { paths: [path] }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    limit: window.size + 1,
    skip: window.skip,
  });
  const page = await Promise.all(shas.slice(0, window.size).map((sha) => shapeOfCommit(call, sha)));
  return answer(200, page, linkHeader(call, window, null, shas.length > window.size));
};

const one = async (call: RepositoryCall): Promise<Answer> => {
  const { world, repository } = call;
  const sha = await commitNamed(call, textOf(call, "ref"));
  const commit = found(await repository.git.commit(sha));
  const changes = await repository.git.diff(commit.parents[0] ?? null, sha);
  const { additions, deletions } = sizeOf(changes);
  const window = windowOf(call, 100);
  return answer(
    200,
    {
      ...commitShape(world, repository, commit),
      stats: { total: additions + deletions, additions, deletions },
      files: changes.slice(window.skip, window.skip + window.size).map((change) => fileShape(world, repository, sha, change)),
    },
    linkHeader(call, window, null, changes.length > window.skip + window.size),
  );
};

const statusOf = (ahead: number, behind: number): string => {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
};

/** Three dots: from where both were one. Files are on the first page only; commits come oldest first. */
const compare = async (call: RepositoryCall): Promise<Answer> => {
  const { world, repository } = call;
  const { git } = repository;
  const basehead = textOf(call, "basehead");
  const [baseName = "", headName = ""] = basehead.split("...").map((side) => side.replace(`${repository.owner.login}:`, ""));
  const base = found(await git.resolve(baseName));
  const head = found(await git.resolve(headName));
  const mergeBase = found(await git.mergeBase(base, head));
  const ahead = (await git.log({ include: [head], exclude: [base] })).toReversed();
  const behind = await git.count(base, head);
  const isPaged = call.query.has("page") || call.query.has("per_page");
  const window = isPaged ? windowOf(call, COMMITS_COMPARED) : { page: 1, size: COMMITS_COMPARED, skip: 0 };
  const changes = window.page === 1 ? await git.diff(mergeBase, head) : [];
  const page = `${pageOfRepository(world, repository)}/compare/${encodedPath(basehead)}`;
  const last = Math.max(1, Math.ceil(ahead.length / window.size));
  const body = {
    url: `${apiOfRepository(world, repository)}/compare/${encodedPath(basehead)}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: await shapeOfCommit(call, base),
    merge_base_commit: await shapeOfCommit(call, mergeBase),
    status: statusOf(ahead.length, behind),
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: await Promise.all(ahead.slice(window.skip, window.skip + window.size).map((sha) => shapeOfCommit(call, sha))),
    files: changes.slice(0, FILES_COMPARED).map((change) => fileShape(world, repository, head, change)),
  };
  return answer(200, body, linkHeader(call, window, last, window.page < last));
};

/** Merged with it or by it, or still open with it in them. */
const isOf = async ({ repository }: RepositoryCall, issue: PullRequest, sha: string): Promise<boolean> => {
  const { headSha, baseSha, merged } = issue.pull;
  if (merged?.sha === sha || headSha === sha) return true;
  return (await repository.git.isAncestor(sha, headSha)) && !(await repository.git.isAncestor(sha, baseSha));
};

const pullsOf = async (call: RepositoryCall): Promise<Answer> => {
  const sha = await commitNamed(call, textOf(call, "ref"));
  const pulls: PullRequest[] = [];
  for (const issue of call.repository.issues.values()) if (isPull(issue) && (await isOf(call, issue, sha))) pulls.push(issue);
  return paged(call, pulls, (issue) => pullShape(call.world, call.repository, issue));
};

/** After the routes of checks and statuses: a ref takes all that is left of the path. */
export const commitRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/commits", needs: CONTENTS, handle: list },
  { method: "GET", template: "/commits/{ref}/pulls", needs: need("pull_requests", "read"), handle: pullsOf },
  { method: "GET", template: "/commits/{+ref}", needs: CONTENTS, handle: one },
  { method: "GET", template: "/compare/{+basehead}", needs: CONTENTS, handle: compare },
];

export const commitList = async (call: RepositoryCall, shas: readonly string[]): Promise<Answer> => paged(call, shas, (sha) => shapeOfCommit(call, sha));
