// What a release is called, and where it stands.
import type { Words } from "../../model/plan.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { Everything } from "../plan-components.ts";
import type { Rollout } from "./releasing.ts";

/** A repository with one component names its releases by version, one with several says whose. */
export function titleOfRelease({ followed: { record } }: Pick<Rollout, "followed">, { components }: Pick<Everything, "components">): Words {
  return components.length === 1 ? `v${record.version}` : `${record.component} ${record.version}`;
}

/** Null where there is no page to link to. */
export function releasePage(tag: string, { repository }: Pick<Snapshot, "repository">): string | null {
  return repository.url === null ? null : `${repository.url}/releases/tag/${encodeURIComponent(tag)}`;
}
