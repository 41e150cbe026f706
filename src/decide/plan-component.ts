// One component's part of the plan: what changed, which version follows, and the files that would say so.
import { eachOnce } from "./each-once.ts";
import type { Facts } from "../model/agreement.ts";
import type { Change } from "../model/change.ts";
import type { ComponentPlan, Reason } from "../model/plan.ts";
import type { Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import type { Sha, Snapshot } from "../model/snapshot.ts";
import type { Bump, VersionText } from "../model/version.ts";
import type { ComponentChanges } from "./changes/index.ts";
import { claimsOf } from "./claims.ts";
import type { Component } from "./components.ts";
import { emptyPlan } from "./empty-plan.ts";
import { withMinimum } from "./minimum.ts";
import { NOTHING_WRITTEN } from "./prose/human-sections.ts";
import { releaseNotes } from "./prose/release-notes.ts";
import { releaseFiles } from "./release-files.ts";
import { templateText } from "./template-text.ts";
import { type ClassifiedTags, driftOf, isoDate, nextCandidate, nextVersion, tagFormat, type VersionTag } from "./versions/index.ts";

export type Subject = {
  readonly component: Component;
  readonly playbook: Playbook;
  readonly snapshot: Snapshot;
  readonly tags: ClassifiedTags;
  readonly previous: VersionTag | null;
  readonly found: ComponentChanges;
  /** The version that people asked for by a command; null when nobody did. */
  readonly asked: Facts["version"];
};

/** A plan for the component, and the folders of charts that its release raises. */
export type Planned = { readonly plan: ComponentPlan; readonly dependents: readonly string[] };

export function planComponent(subject: Subject): Planned {
  const { component, playbook, previous, found, snapshot } = subject;
  const { changes, minimum } = withMinimum(found.changes, playbook.versioning.minimum);
  const claims = claimsOf(component, playbook, snapshot);
  const base = blank(subject, changes, [...found.problems, ...claims.problems]);
  const signal = askedSignal(changes, subject.asked) ?? signalOf(changes, found.releaseAs === null ? null : found.releaseAs.text, playbook.versioning.noSignal);
  const line = {
    component: component.name,
    previous,
    taken: subject.tags.releases.get(component.name) ?? [],
    lookalikes: subject.tags.lookalikes.get(component.name) ?? [],
  };
  const format = tagFormat(playbook.release.tag.name, component.name);
  const drift = (proposed: string | null): readonly Problem[] =>
    driftOf({ ...line, format, numbering: playbook.versioning, claims: [...claims.versionFiles, ...claims.others], proposed });

  const nothing = (): Planned => only({ ...base, because: becauseNothing(changes), problems: [...base.problems, ...drift(null)] });

  if (signal.is === "nothing") return nothing();
  if (signal.is === "question")
    return only({ ...base, decision: "undetermined", because: question(changes, previous), problems: [...base.problems, ...drift(null)] });

  const next = nextVersion({
    ...line,
    tagTemplate: playbook.release.tag.name,
    versioning: playbook.versioning,
    effect: signal.effect,
    minimum,
    releaseAs: signal.releaseAs,
    files: claims.versionFiles,
    onDefaultBranch: snapshot.head.onDefaultBranch,
    takenAt: snapshot.takenAt,
  });
  if (next.is === "nothing") return nothing();
  if (next.is === "refused")
    return only({ ...base, decision: "refused", because: next.because, problems: [...base.problems, ...next.problems, ...drift(next.version)] });

  const files = releaseFiles({ component, version: next.version, tag: next.tag, previousTag: previous?.tag.name ?? null, changes }, playbook, snapshot);
  const problems = eachOnce([...base.problems, ...files.problems, ...drift(next.version)]);
  if (files.unfinished !== null) return only({ ...base, decision: "refused", because: files.unfinished, problems });
  const released: ComponentPlan = {
    ...base,
    decision: "release",
    bump: next.bump,
    version: next.version,
    tag: next.tag,
    because: `${countOf(changes)}${previous === null ? "" : ` since ${previous.tag.name}`}`,
    files: files.edits,
    changelog: files.section,
    ...candidatesOf(next.version, subject),
    problems,
  };
  const notes = releaseNotes(
    { ...released, previousTag: previous?.tag.name ?? null, date: isoDate(snapshot.takenAt) },
    { repositoryUrl: snapshot.repository.url, sections: playbook.release.notes.sections, human: NOTHING_WRITTEN, template: templateText(playbook, snapshot) },
  );
  return { plan: { ...released, notes }, dependents: files.dependents };
}

function candidatesOf(version: VersionText, { component, playbook, snapshot, tags }: Subject): Pick<ComponentPlan, "candidates" | "nextCandidate"> {
  const candidates = tags.candidates.get(component.name)?.get(version) ?? [];
  const tagNames = new Set(snapshot.tags.map(({ name }) => name));
  // The version was just proposed, so it is not released and a candidate of it can't be refused.
  const next = nextCandidate(playbook.release, { component: component.name, version, candidates, released: [], tagNames });
  return { candidates: candidates.map(({ tag }) => tag), nextCandidate: next.ok ? (next.value?.tag ?? null) : null };
}

/** A component whose folder is gone: it was released once, and nothing of it is left to release. */
export function planRetired({ component, previous }: Pick<Subject, "component" | "previous">): ComponentPlan {
  return { ...emptyPlan(component, previous), because: `\`${component.path}\` is not in the tree at this commit` };
}

type Signal =
  | { readonly is: "release"; readonly effect: Bump | null; readonly releaseAs: string | null }
  /** Something changed, nothing says what it is, and the playbook wants to be asked. */
  | { readonly is: "question" }
  | { readonly is: "nothing" };

/** What a person says counts before what the changes say; of nothing nobody makes a release. */
function askedSignal(changes: readonly Change[], asked: Facts["version"]): Signal | null {
  if (asked === null || changes.length === 0) return null;
  return asked.is === "bump" ? { is: "release", effect: asked.level, releaseAs: null } : { is: "release", effect: null, releaseAs: asked.version };
}

const BUMPS: readonly Bump[] = ["major", "minor", "patch"];

function signalOf(changes: readonly Change[], releaseAs: string | null, noSignal: Playbook["versioning"]["noSignal"]): Signal {
  const effect = BUMPS.find((bump) => changes.some((change) => change.effect === bump)) ?? null;
  if (effect !== null || releaseAs !== null) return { is: "release", effect, releaseAs };
  if (!changes.some((change) => change.effect === "unknown") || noSignal === "nothing") return { is: "nothing" };
  return noSignal === "patch" ? { is: "release", effect: "patch", releaseAs: null } : { is: "question" };
}

function blank({ component, previous, found, asked }: Subject, changes: readonly Change[], problems: readonly Problem[]): ComponentPlan {
  return { ...emptyPlan(component, previous), reasons: changes.map(reasonOf), unparsed: found.unparsed, problems, asked: commandOf(asked) };
}

function commandOf(asked: Facts["version"]): ComponentPlan["asked"] {
  if (asked === null) return null;
  const { by, at, url } = asked;
  return { by, at, url, command: asked.is === "bump" ? `/release bump ${asked.level}` : `/release as ${asked.version}` };
}

export function reasonOf({ sha, subject, effect, because, pullRequest }: Change): Reason {
  return { sha, subject, effect, because, pullRequest: pullRequest?.number ?? null };
}

function becauseNothing(changes: readonly Change[]): string {
  if (changes.length === 0) return "nothing changed";
  return `${countOf(changes)}, none of which a release would carry`;
}

/** What the maintainers are asked, in one sentence. */
function question(changes: readonly Change[], previous: VersionTag | null): string {
  const all = changes.length;
  const silent = changes.filter(({ effect }) => effect === "unknown").length;
  const since = previous === null ? "" : ` since ${previous.tag.name}`;
  const what =
    silent < all
      ? `${silent} of ${all} changes${since} ${silent === 1 ? "carries" : "carry"} no signal and the rest ${all - silent === 1 ? "needs" : "need"} no release`
      : all === 1
        ? `the only change${since} carries no signal`
        : `none of ${all} changes${since} carries a signal`;
  return `${previous === null ? "no release yet, and " : ""}${what}: which version is next?`;
}

function countOf(changes: readonly Change[]): string {
  const commits = new Set<Sha>(changes.map(({ sha }) => sha)).size;
  return `${String(commits)} ${commits === 1 ? "change" : "changes"}`;
}

function only(plan: ComponentPlan): Planned {
  return { plan, dependents: [] };
}
