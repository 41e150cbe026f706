// Pull requests: listed, opened, edited, merged, and what is in them.
import { z } from "zod";
import { need } from "../../world/access.ts";
import { type Answer, created, found, given, numberOf, ok, read, type RepositoryCall, writer } from "../call.ts";
import { paged } from "../pages.ts";
import { changedBy } from "../../world/pull-facts.ts";
import type { RepositoryRoute } from "../routes.ts";
import { fileShape } from "../shapes/commit.ts";
import { fullPullShape, isPull, pullShape, type PullRequest } from "../shapes/pull.ts";
import { commitList } from "./commits.ts";

const READ = need("pull_requests", "read");
const WRITE = need("pull_requests", "write", "read");

const newPull = z.object({ title: z.string(), head: z.string(), base: z.string(), body: z.string().nullish(), draft: z.boolean().default(false) });
const editedPull = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});
const mergeBody = z.object({
  commit_title: z.string().nullish(),
  commit_message: z.string().nullish(),
  sha: z.string().nullish(),
  merge_method: z.enum(["merge", "squash", "rebase"]).default("merge"),
});

/** @throws ApiError 404, for an issue too */
export const pullOf = (call: RepositoryCall): PullRequest => {
  const issue = found(call.repository.issues.get(numberOf(call, "number")));
  return isPull(issue) ? issue : found<PullRequest>(null);
};
const full = async (call: RepositoryCall, issue: PullRequest) => fullPullShape(call.world, call.repository, issue, call);

const list = (call: RepositoryCall): Promise<Answer> => {
  const { repository, query } = call;
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const sort = query.get("sort") ?? "created";
  const isAscending = query.get("direction") === "asc";
  const fits = ({ pull, state: is }: PullRequest): boolean =>
    (state === "all" || is === state) &&
    (base === null || pull.base === base) &&
    (head === null || [pull.head, `${repository.owner.login}:${pull.head}`].includes(head));
  const keyOf = (issue: PullRequest): number => (sort === "updated" ? issue.updatedAt : issue.createdAt);
  const pulls = [...repository.issues.values()]
    .filter(isPull)
    .filter(fits)
    .sort((one, other) => keyOf(one) - keyOf(other) || one.number - other.number);
  return paged(call, isAscending ? pulls : pulls.toReversed(), (issue) => pullShape(call.world, repository, issue));
};

const open = async (call: RepositoryCall): Promise<Answer> => {
  const { title, head, base, body, draft } = read(call, newPull);
  const issue = await call.operations.openPullRequest(writer(call), call.repository, { title, head, base, body: body ?? null, isDraft: draft });
  return isPull(issue) ? created(await full(call, issue)) : found<Answer>(null);
};

const edit = async (call: RepositoryCall): Promise<Answer> => {
  const issue = pullOf(call);
  const { title, body, state, base } = read(call, editedPull);
  await call.operations.editIssue(writer(call), call.repository, issue, given({ title, body: body ?? (body === null ? "" : undefined), state, base }));
  return ok(await full(call, issue));
};

const merge = async (call: RepositoryCall): Promise<Answer> => {
  const body = read(call, mergeBody);
  const how = { method: body.merge_method, sha: body.sha ?? null, title: body.commit_title ?? null, message: body.commit_message ?? null };
  const sha = await call.operations.mergePullRequest(writer(call), call.repository, pullOf(call), how);
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
};

const files = async (call: RepositoryCall): Promise<Answer> => {
  const issue = pullOf(call);
  return paged(call, await changedBy(call.repository, issue, issue.pull), (change) => fileShape(call.world, call.repository, issue.pull.headSha, change));
};

const commits = async (call: RepositoryCall): Promise<Answer> => {
  const { pull } = pullOf(call);
  return commitList(call, (await call.repository.git.log({ include: [pull.headSha], exclude: [pull.baseSha] })).toReversed());
};

export const pullRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/pulls", needs: READ, handle: list },
  { method: "POST", template: "/pulls", needs: WRITE, handle: open },
  { method: "GET", template: "/pulls/{number}", needs: READ, handle: async (call) => ok(await full(call, pullOf(call))) },
  { method: "PATCH", template: "/pulls/{number}", needs: WRITE, handle: edit },
  { method: "PUT", template: "/pulls/{number}/merge", needs: need("contents", "write"), handle: merge },
  {
    method: "GET",
    template: "/pulls/{number}/merge",
    needs: need("contents", "read"),
    handle: (call) => (pullOf(call).pull.merged === null ? found<Answer>(null) : { status: 204, body: null, headers: {} }),
  },
  { method: "GET", template: "/pulls/{number}/files", needs: READ, handle: files },
  { method: "GET", template: "/pulls/{number}/commits", needs: READ, handle: commits },
];
