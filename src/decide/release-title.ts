// What a release is called, and where it stands.
import type { Words } from "../model/report.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Component } from "./components.ts";

/** A repository with one component names its releases by version, one with several says whose. */
export function releaseTitle(
  { component, version }: { readonly component: string; readonly version: string },
  { components }: { readonly components: readonly Component[] },
): Words {
  return components.length === 1 ? `v${version}` : `${component} ${version}`;
}

/** Null where there is no page to link to. */
export function releasePage(tag: string, { repository }: Pick<Snapshot, "repository">): string | null {
  return repository.url === null ? null : `${repository.url}/releases/tag/${encodeURIComponent(tag)}`;
}
