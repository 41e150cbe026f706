// Commit statuses.
import { z } from "zod";
import { need } from "../../world/access.ts";
import { combinedState, currentStatuses } from "../../world/statuses.ts";
import { type Answer, created, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { statusShape } from "../shapes/check.ts";
import { apiOfRepository } from "../shapes/links.ts";
import { repositoryShape } from "../shapes/repository.ts";
import { commitNamed } from "./commits.ts";

const READ = need("statuses", "read");
const newStatus = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  context: z.string().default("default"),
  description: z.string().max(140).nullish(),
  target_url: z.string().nullish(),
});

const combined = async (call: RepositoryCall): Promise<Answer> => {
  const { world, repository } = call;
  const sha = await commitNamed(call, textOf(call, "ref"));
  const statuses = currentStatuses(repository, sha);
  const url = `${apiOfRepository(world, repository)}/commits/${sha}`;
  const withoutCreator = (status: (typeof statuses)[number]) => {
    const { creator: _creator, ...shape } = statusShape(world, repository, status);
    return shape;
  };
  return paged(call, statuses, withoutCreator, (page, total) => ({
    state: combinedState(statuses),
    statuses: page,
    sha,
    total_count: total,
    repository: repositoryShape(world, repository),
    commit_url: url,
    url: `${url}/status`,
  }));
};

export const statusRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/commits/{+ref}/status", needs: READ, handle: combined },
  {
    method: "GET",
    template: "/commits/{+ref}/statuses",
    needs: READ,
    handle: async (call) => {
      const sha = await commitNamed(call, textOf(call, "ref"));
      const statuses = call.repository.statuses.filter((status) => status.sha === sha).toReversed();
      return paged(call, statuses, (status) => statusShape(call.world, call.repository, status));
    },
  },
  {
    method: "POST",
    template: "/statuses/{sha}",
    needs: need("statuses", "write"),
    handle: async (call) => {
      const { state, context, description, target_url: targetUrl } = read(call, newStatus);
      const fields = { state, context, description: description ?? null, targetUrl: targetUrl ?? null };
      return created(statusShape(call.world, call.repository, await call.operations.createStatus(writer(call), call.repository, textOf(call, "sha"), fields)));
    },
  },
];
