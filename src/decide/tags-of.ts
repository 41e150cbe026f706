// The repository's tags, sorted out for the components it has.
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Component } from "./components.ts";
import { type ClassifiedTags, classifyTags } from "./versions/index.ts";

export function tagsOf({ release, versioning }: Playbook, { tags }: Snapshot, components: readonly Component[]): ClassifiedTags {
  return classifyTags(tags, { components: components.map(({ name }) => name), release, versioning });
}
