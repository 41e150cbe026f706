// A repository at one moment, sorted out: what every part of the decision begins with.
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Component } from "./components.ts";
import type { ClassifiedTags } from "./versions/index.ts";

export type Repository = {
  readonly components: readonly Component[];
  readonly tags: ClassifiedTags;
  readonly playbook: Playbook;
  readonly snapshot: Snapshot;
};
