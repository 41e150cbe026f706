// Git references: read, made, moved and deleted.
import { z } from "zod";
import { need } from "../../world/access.ts";
import { ApiError } from "../../world/types.ts";
import { created, found, noContent, ok, read, type RepositoryCall, textOf, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { refShape } from "../shapes/git-data.ts";

const READ = need("contents", "read");
const WRITE = need("contents", "write");

const shapeOf = async ({ world, repository }: RepositoryCall, name: string) => {
  const sha = found(repository.git.refs().get(name));
  return refShape(world, repository, name, sha, found(await repository.git.typeOf(sha)));
};

const newRef = z.object({ ref: z.string().regex(/^refs\/.+\/?.+/u), sha: z.string() });
const movedRef = z.object({ sha: z.string(), force: z.boolean().default(false) });

export const refRoutes: readonly RepositoryRoute[] = [
  { method: "GET", template: "/git/ref/{+ref}", needs: READ, handle: async (call) => ok(await shapeOf(call, `refs/${textOf(call, "ref")}`)) },
  {
    method: "GET",
    template: "/git/matching-refs/{+ref}",
    needs: READ,
    handle: (call) => {
      const names = [...call.repository.git.refs().keys()].filter((name) => name.startsWith(`refs/${textOf(call, "ref")}`)).sort();
      return paged(call, names, (name) => shapeOf(call, name));
    },
  },
  {
    method: "POST",
    template: "/git/refs",
    needs: WRITE,
    handle: async (call) => {
      const { ref, sha } = read(call, newRef);
      if (call.repository.git.refs().has(ref)) throw new ApiError(422, "Reference already exists");
      await call.operations.updateRefs(writer(call), call.repository, [{ name: ref, before: null, after: sha, force: false }]);
      return created(await shapeOf(call, ref));
    },
  },
  {
    method: "PATCH",
    template: "/git/refs/{+ref}",
    needs: WRITE,
    handle: async (call) => {
      const name = `refs/${textOf(call, "ref")}`;
      const { sha, force } = read(call, movedRef);
      const before = call.repository.git.refs().get(name);
      if (before === undefined) throw new ApiError(422, "Reference does not exist");
      await call.operations.updateRefs(writer(call), call.repository, [{ name, before, after: sha, force }]);
      return ok(await shapeOf(call, name));
    },
  },
  {
    method: "DELETE",
    template: "/git/refs/{+ref}",
    needs: WRITE,
    handle: async (call) => {
      await call.operations.updateRefs(writer(call), call.repository, [{ name: `refs/${textOf(call, "ref")}`, after: null, force: true }]);
      return noContent();
    },
  },
];
