// The repository itself, who may do what in it, and its branches and tags by name.
import { need, roleOf } from "../../world/access.ts";
import { found, ok, redirection, type RepositoryCall, textOf } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { administrationRoutes } from "./administration.ts";
import { branchShape, shortBranchShape } from "../shapes/git-data.ts";
import { apiOfRepository, encodedPath } from "../shapes/links.ts";
import { fullRepositoryShape, permissionsShape } from "../shapes/repository.ts";
import { userShape } from "../shapes/user.ts";
import { nodeId } from "../../world/node-id.ts";

const METADATA = need("metadata", "read");
const CONTENTS = need("contents", "read");

const namesUnder = ({ repository }: RepositoryCall, prefix: string): string[] =>
  [...repository.git.refs().keys()]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .sort();

/** GitHub folds triage into read and maintain into write here; `role_name` keeps them apart. */
const PLAIN = { admin: "admin", maintain: "write", write: "write", triage: "read", read: "read", none: "none" } as const;

export const repositoryRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "",
    needs: METADATA,
    handle: ({ world, repository, actor }) => ok(fullRepositoryShape(world, repository, actor?.is === "user" ? roleOf(repository, actor.user) : null)),
  },
  ...administrationRoutes,
  {
    method: "GET",
    template: "/collaborators/{login}/permission",
    needs: METADATA,
    handle: (call) => {
      const { world, repository } = call;
      const user = found(world.users.get(textOf(call, "login")));
      const role = roleOf(repository, user);
      return ok({ permission: PLAIN[role], role_name: role, user: { ...userShape(world, user), permissions: permissionsShape(role), role_name: role } });
    },
  },
  {
    method: "GET",
    template: "/branches",
    needs: CONTENTS,
    handle: (call) => {
      const { world, repository } = call;
      return paged(call, namesUnder(call, "refs/heads/"), (name) =>
        shortBranchShape(world, repository, name, found(repository.git.refs().get(`refs/heads/${name}`))),
      );
    },
  },
  {
    method: "GET",
    template: "/branches/{+branch}",
    needs: CONTENTS,
    handle: async (call) => {
      const { world, repository } = call;
      const name = textOf(call, "branch");
      const renamed = repository.renamedBranches.get(name);
      if (renamed !== undefined && !repository.git.refs().has(`refs/heads/${name}`))
        return redirection(301, `${apiOfRepository(world, repository)}/branches/${encodedPath(renamed)}`);
      const commit = await repository.git.commit(found(repository.git.refs().get(`refs/heads/${name}`)));
      return ok(branchShape(world, repository, name, found(commit)));
    },
  },
  {
    method: "GET",
    template: "/tags",
    needs: CONTENTS,
    handle: (call) => {
      const { world, repository } = call;
      const url = apiOfRepository(world, repository);
      return paged(call, namesUnder(call, "refs/tags/").toReversed(), async (name) => {
        const sha = found(await repository.git.resolve(`refs/tags/${name}`));
        return {
          name,
          commit: { sha, url: `${url}/commits/${sha}` },
          zipball_url: `${url}/zipball/refs/tags/${name}`,
          tarball_url: `${url}/tarball/refs/tags/${name}`,
          node_id: nodeId("REF", `${repository.id}:refs/tags/${name}`),
        };
      });
    },
  },
];
