// What its administrators do to a repository as a whole.
import { z } from "zod";
import { need, roleOf } from "../../world/access.ts";
import { answer, created, found, given, noContent, ok, read, textOf, writer } from "../call.ts";
import type { RepositoryRoute } from "../routes.ts";
import { branchShape } from "../shapes/git-data.ts";
import { fullRepositoryShape, repositoryShape } from "../shapes/repository.ts";

/** Each operation asks for more by itself: an archive takes no other writes. */
const SEEN = need("metadata", "read");

const edited = z.object({
  name: z.string().optional(),
  default_branch: z.string().optional(),
  archived: z.boolean().optional(),
  allow_merge_commit: z.boolean().optional(),
  allow_squash_merge: z.boolean().optional(),
  allow_rebase_merge: z.boolean().optional(),
  delete_branch_on_merge: z.boolean().optional(),
});
const transferred = z.object({ new_owner: z.string(), new_name: z.string().optional() });
const renamedBranch = z.object({ new_name: z.string() });

export const administrationRoutes: readonly RepositoryRoute[] = [
  {
    method: "PATCH",
    template: "",
    needs: SEEN,
    handle: async (call) => {
      const { world, repository, operations } = call;
      const body = read(call, edited);
      const actor = writer(call);
      await operations.editRepository(
        actor,
        repository,
        given({
          name: body.name,
          defaultBranch: body.default_branch,
          isArchived: body.archived,
          allowMerge: body.allow_merge_commit,
          allowSquash: body.allow_squash_merge,
          allowRebase: body.allow_rebase_merge,
          deleteBranchOnMerge: body.delete_branch_on_merge,
        }),
      );
      return ok(fullRepositoryShape(world, repository, actor.is === "user" ? roleOf(repository, actor.user) : null));
    },
  },
  {
    method: "DELETE",
    template: "",
    needs: SEEN,
    handle: async (call) => {
      await call.operations.deleteRepository(writer(call), call.repository);
      return noContent();
    },
  },
  {
    method: "POST",
    template: "/transfer",
    needs: SEEN,
    handle: async (call) => {
      const { world, repository, operations } = call;
      const { new_owner: login, new_name: name } = read(call, transferred);
      const owner = found([...world.users.values()].find((user) => user.login.toLowerCase() === login.toLowerCase()));
      await operations.transferRepository(writer(call), repository, { owner, ...given({ name }) });
      return answer(202, repositoryShape(world, repository));
    },
  },
  {
    method: "POST",
    template: "/branches/{+branch}/rename",
    needs: need("contents", "write"),
    handle: async (call) => {
      const { world, repository, operations } = call;
      const { new_name: to } = read(call, renamedBranch);
      await operations.renameBranch(writer(call), repository, textOf(call, "branch"), to);
      const commit = await repository.git.commit(found(repository.git.refs().get(`refs/heads/${to}`)));
      return created(branchShape(world, repository, to, found(commit)));
    },
  },
];
