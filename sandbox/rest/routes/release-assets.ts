// Files of a release: attached, fetched, renamed, removed. Their bytes go to an address of their own, `/api/uploads`, as
// on an Enterprise Server, and come from the storage.
import { z } from "zod";
import { assetAddress } from "../../storage.ts";
import { need } from "../../world/access.ts";
import { ApiError, type Release, type ReleaseAsset } from "../../world/types.ts";
import { answer, created, found, given, noContent, numberOf, ok, read, type RepositoryCall, writer } from "../call.ts";
import { paged } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { assetShape } from "../shapes/release.ts";
import { numberedRelease, visibleReleases } from "./releases.ts";

const READ = need("contents", "read");
const WRITE = need("contents", "write");
const editedAsset = z.object({ name: z.string().optional(), label: z.string().nullish() });

type Attached = { readonly release: Release; readonly asset: ReleaseAsset };
const attached = (call: RepositoryCall): Attached => {
  const id = numberOf(call, "id");
  for (const release of visibleReleases(call)) for (const asset of release.assets) if (asset.id === id) return { release, asset };
  return found<Attached>(null);
};
const shapeOf = ({ world, repository }: RepositoryCall, { release, asset }: Attached) => assetShape(world, repository, release, asset);

export const releaseAssetRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/releases/{id}/assets",
    needs: READ,
    handle: (call) => {
      const release = numberedRelease(call);
      return paged(call, release.assets, (asset) => shapeOf(call, { release, asset }));
    },
  },
  {
    method: "POST",
    template: "/releases/{id}/assets",
    needs: WRITE,
    handle: async (call) => {
      const release = numberedRelease(call);
      const name = call.query.get("name");
      if (!(call.body instanceof Uint8Array)) throw new ApiError(404, "Not Found");
      if (name === null || name === "") throw new ApiError(422, "Validation Failed", [{ resource: "ReleaseAsset", field: "name", code: "missing_field" }]);
      const file = { name, content: call.body, contentType: call.contentType, label: call.query.get("label") };
      return created(shapeOf(call, { release, asset: await call.operations.uploadReleaseAsset(writer(call), call.repository, release, file) }));
    },
  },
  {
    method: "GET",
    template: "/releases/assets/{id}",
    needs: READ,
    handle: (call) => {
      const found = attached(call);
      if (!call.accept.includes("application/octet-stream")) return ok(shapeOf(call, found));
      return answer(302, null, { location: assetAddress(call.world, found.asset) });
    },
  },
  {
    method: "PATCH",
    template: "/releases/assets/{id}",
    needs: WRITE,
    handle: async (call) => {
      const found = attached(call);
      await call.operations.editReleaseAsset(writer(call), call.repository, found.release, found.asset, given(read(call, editedAsset)));
      return ok(shapeOf(call, found));
    },
  },
  {
    method: "DELETE",
    template: "/releases/assets/{id}",
    needs: WRITE,
    handle: async (call) => {
      const { release, asset } = attached(call);
      await call.operations.deleteReleaseAsset(writer(call), call.repository, release, asset);
      return noContent();
    },
  },
];
