// One file written or removed by a commit of its own, and branches merged without a pull request: each is a commit and a
// moved branch.
import { z } from "zod";
import type { Sha } from "../../git/types.ts";
import { need } from "../../world/access.ts";
import { ApiError } from "../../world/types.ts";
import { type Answer, answer, created, found, noContent, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import type { RepositoryRoute } from "../routes.ts";
import { commitShape, gitCommitShape } from "../shapes/commit.ts";
import { apiOfRepository } from "../shapes/links.ts";
import { contentShape } from "./contents.ts";
import { pullOf } from "./pulls.ts";

const WRITE = need("contents", "write");
const person = z.object({ name: z.string(), email: z.string(), date: z.iso.datetime({ offset: true }).optional() });
const removed = z.object({ message: z.string(), sha: z.string().optional(), branch: z.string().optional(), author: person.optional() });
const written = removed.extend({ content: z.base64() });
const merged = z.object({ base: z.string(), head: z.string(), commit_message: z.string().optional() });
const updated = z.object({ expected_head_sha: z.string().optional() });

const moveTo = (call: RepositoryCall, branch: string, before: Sha | null, after: Sha): Promise<void> =>
  call.operations.updateRefs(writer(call), call.repository, [{ name: `refs/heads/${branch}`, before, after, force: false }]);

/** A commit on the branch that gives the path this content, or takes it away. */
const commitFile = async (call: RepositoryCall, body: z.output<typeof removed>, content: Buffer | null): Promise<Answer> => {
  const { world, repository, operations } = call;
  const { git } = repository;
  const path = textOf(call, "path");
  const branch = body.branch ?? repository.defaultBranch;
  const head = git.refs().get(`refs/heads/${branch}`) ?? null;
  if (head === null && git.refs().size > 0) throw new ApiError(404, `Branch ${branch} not found`);
  const entry = head === null ? null : await git.entry(head, path);
  if (entry === null && content === null) return found<Answer>(null);
  if (entry !== null && body.sha === undefined) throw new ApiError(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (body.sha !== undefined && entry?.sha !== body.sha) throw new ApiError(409, `${path} does not match ${body.sha}`);
  const edit = { path, mode: entry?.mode ?? "100644", sha: content === null ? null : await git.writeBlob(content) };
  const base = head === null ? null : ((await git.commit(head))?.tree ?? null);
  const { author } = body;
  const sha = await operations.createCommit(writer(call), repository, {
    tree: await git.writeTree(base, [edit]),
    parents: head === null ? [] : [head],
    message: body.message,
    author: author === undefined ? null : { name: author.name, email: author.email, at: author.date === undefined ? null : Date.parse(author.date) },
  });
  await moveTo(call, branch, head, sha);
  const commit = gitCommitShape(world, repository, found(await git.commit(sha)));
  const file = await git.entry(sha, path);
  const shown = { content: file === null ? null : contentShape(call, branch, path, { ...file, size: content?.length ?? 0 }), commit };
  return entry === null ? created(shown) : ok(shown);
};

/** Null where the base has the head already. @throws ApiError 409 for a conflict */
const mergeInto = async (call: RepositoryCall, base: string, onto: Sha, head: Sha, message: string): Promise<Sha | null> => {
  const { repository, operations } = call;
  if (await repository.git.isAncestor(head, onto)) return null;
  const result = await repository.git.merge(onto, head);
  if (result.is === "conflict") throw new ApiError(409, "Merge conflict");
  const sha = await operations.createCommit(writer(call), repository, { tree: result.tree, parents: [onto, head], message, author: null });
  await moveTo(call, base, onto, sha);
  return sha;
};

const merge = async (call: RepositoryCall): Promise<Answer> => {
  const { world, repository } = call;
  const { base, head, commit_message: message } = read(call, merged);
  const onto = repository.git.refs().get(`refs/heads/${base}`);
  if (onto === undefined) throw new ApiError(404, "Base does not exist");
  const from = repository.git.refs().get(`refs/heads/${head}`) ?? (await repository.git.resolve(head));
  if (from === null) throw new ApiError(404, "Head does not exist");
  const sha = await mergeInto(call, base, onto, from, message ?? `Merge ${head} into ${base}`);
  return sha === null ? noContent() : created({ ...commitShape(world, repository, found(await repository.git.commit(sha))) });
};

/** GitHub does it a little later; here it is done by the time of the answer. */
const updateBranch = async (call: RepositoryCall): Promise<Answer> => {
  const { world, repository } = call;
  const { pull, number } = pullOf(call);
  const { expected_head_sha: expected } = read(call, updated);
  if (expected !== undefined && expected !== pull.headSha)
    throw new ApiError(422, "Validation Failed", [{ resource: "PullRequest", code: "custom", message: `expected head sha didn't match current head ref.` }]);
  const base = found(repository.git.refs().get(`refs/heads/${pull.base}`));
  const sha = await mergeInto(call, pull.head, pull.headSha, base, `Merge branch '${pull.base}' into ${pull.head}`);
  if (sha === null) throw new ApiError(422, "There are no new commits on the base branch.");
  return answer(202, { message: "Updating pull request branch.", url: `${apiOfRepository(world, repository)}/pulls/${number}` });
};

export const writeContentRoutes: readonly RepositoryRoute[] = [
  {
    method: "PUT",
    template: "/contents/{+path}",
    needs: WRITE,
    handle: (call) => {
      const body = read(call, written);
      return commitFile(call, body, Buffer.from(body.content, "base64"));
    },
  },
  { method: "DELETE", template: "/contents/{+path}", needs: WRITE, handle: (call) => commitFile(call, read(call, removed), null) },
  { method: "POST", template: "/merges", needs: WRITE, handle: merge },
  { method: "PUT", template: "/pulls/{number}/update-branch", needs: need("pull_requests", "write"), handle: updateBranch },
];
