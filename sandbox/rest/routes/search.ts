// The search for issues and pull requests.
import { type Found, searchIssues } from "../../world/search.ts";
import { ApiError } from "../../world/types.ts";
import type { Call } from "../call.ts";
import { paged } from "../pages.ts";
import type { Route } from "../routes.ts";
import { issueShape } from "../shapes/issue.ts";

const itemShape =
  ({ world }: Call) =>
  ({ repository, issue }: Found) => ({ ...issueShape(world, repository, issue), score: 1 });

export const searchRoutes: readonly Route[] = [
  {
    method: "GET",
    template: "/search/issues",
    handle: (call) => {
      const query = call.query.get("q") ?? "";
      if (query.trim() === "") throw new ApiError(422, "Validation Failed", [{ resource: "Search", field: "q", code: "missing" }]);
      const found = searchIssues(call.world, call.actor, query, call.query.get("sort"), call.query.get("order") ?? undefined);
      return paged(call, found, itemShape(call), (items, total) => ({ total_count: total, incomplete_results: false, search_type: "lexical", items }));
    },
  },
];
