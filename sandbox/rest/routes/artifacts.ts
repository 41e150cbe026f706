// What runs leave behind: artifacts, and attestations of digests.
import { hasExpired, PROVENANCE } from "../../actions/artifacts.ts";
import { archiveAddress } from "../../storage.ts";
import { need } from "../../world/access.ts";
import { ApiError, type RunArtifact } from "../../world/types.ts";
import { answer, found, numberOf, ok, type RepositoryCall, textOf } from "../call.ts";
import { paged, windowOf } from "../pages.ts";
import type { RepositoryRoute } from "../routes.ts";
import { artifactShape, attestationShape } from "../shapes/artifact.ts";

const ACTIONS = need("actions", "read");
const ATTESTATIONS = need("attestations", "read");
/** GitHub's short names of kinds; other words stand for themselves. */
const KINDS: Readonly<Record<string, string>> = { provenance: PROVENANCE };

const artifactOf = (call: RepositoryCall): RunArtifact => found(call.repository.actions.artifacts.get(numberOf(call, "id")));

export const artifactRoutes: readonly RepositoryRoute[] = [
  {
    method: "GET",
    template: "/actions/runs/{id}/artifacts",
    needs: ACTIONS,
    handle: (call) => {
      const { world, repository, query } = call;
      const run = found(repository.actions.runs.get(numberOf(call, "id")));
      const artifacts = [...repository.actions.artifacts.values()].filter((one) => one.run === run && (!query.has("name") || one.name === query.get("name")));
      return paged(
        call,
        query.get("direction") === "asc" ? artifacts : artifacts.toReversed(),
        (artifact) => artifactShape(world, repository, artifact),
        (page, total) => ({ total_count: total, artifacts: page }),
      );
    },
  },
  { method: "GET", template: "/actions/artifacts/{id}", needs: ACTIONS, handle: (call) => ok(artifactShape(call.world, call.repository, artifactOf(call))) },
  {
    method: "GET",
    template: "/actions/artifacts/{id}/zip",
    needs: ACTIONS,
    handle: (call) => {
      const artifact = artifactOf(call);
      if (hasExpired(artifact, call.world.now())) throw new ApiError(410, "Artifact has expired");
      return answer(302, null, { location: archiveAddress(call.world, artifact) });
    },
  },
  {
    method: "GET",
    template: "/attestations/{+digest}",
    needs: ATTESTATIONS,
    handle: (call) => {
      const { world, repository, query } = call;
      const kind = query.get("predicate_type");
      const wanted = kind === null ? null : (KINDS[kind] ?? kind);
      const all = repository.attestations.filter(
        ({ digest, predicateType }) => digest === textOf(call, "digest") && (wanted ?? predicateType) === predicateType,
      );
      if (all.length === 0) throw new ApiError(404, "Not Found");
      return ok({ attestations: all.slice(0, windowOf(call).size).map((one) => attestationShape(world, repository, one)) });
    },
  },
];
