// The plan of a component before anything is known but its name and its last release: nothing to release.
import type { ComponentPlan } from "../model/plan.ts";
import type { VersionTag } from "./versions/index.ts";

export function emptyPlan({ name, path }: Pick<ComponentPlan, "name" | "path">, previous: VersionTag | null): ComponentPlan {
  return {
    name,
    path,
    previous: previous === null ? null : { tag: previous.tag.name, version: previous.version, sha: previous.tag.sha },
    decision: "nothing",
    bump: null,
    version: null,
    tag: null,
    because: "nothing changed",
    asked: null,
    reasons: [],
    unparsed: [],
    files: [],
    changelog: "",
    notes: "",
    candidates: [],
    nextCandidate: null,
    starts: { workflows: [], warnings: [] },
    problems: [],
  };
}
