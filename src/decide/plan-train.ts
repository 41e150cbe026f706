// A release train: the repository as a whole under its own counter, beside its components' releases.
import type { ComponentPlan } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { emptyPlan } from "./empty-plan.ts";
import { nextTrain, type VersionTag } from "./versions/index.ts";
import { TRAIN } from "./wanted-files.ts";

type Train = NonNullable<Playbook["release"]["train"]>;

/** It appears as a component called `train`; it changes no file and has no pull request of its own. */
export function planTrain(train: Train, trains: readonly VersionTag[], components: readonly ComponentPlan[], snapshot: Snapshot): ComponentPlan {
  const range = snapshot.ranges.get(TRAIN);
  if (range === undefined) throw new Error("Bug: the commits of the train were never asked for");
  const previous = range.since === null ? null : (trains.find(({ tag }) => tag.name === range.since?.name) ?? null);
  const base = emptyPlan({ name: "train", path: "." }, previous);
  if (range.commits.length === 0) return base;
  const next = nextTrain(train, trains, snapshot.takenAt);
  if (next.is === "nothing") return base;
  if (next.is === "refused") return { ...base, decision: "refused", because: next.because, problems: next.problems };
  const riding = train.includes === "*" ? components : components.filter(({ name }) => train.includes.includes(name));
  const pending = riding.filter(({ decision }) => decision === "release").map(({ name }) => name);
  const because = `${next.because}${pending.length === 0 ? "" : `; ${pending.join(", ")} could be released before it`}`;
  return { ...base, decision: "release", version: next.version, tag: next.tag, because };
}
