// What one release starts: by its tag, by its publication, and by this app. A workflow that several of these start would build
// the same release more than once; one that the playbook expects and that none of them starts would never build it.
import type { StartedWorkflow } from "../../model/plan.ts";
import type { Artifact } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import { code, counted, listed } from "../gates/phrases.ts";
import type { Spot, Triggers } from "./read-workflow.ts";
import type { Workflow } from "./workflows.ts";

/** `candidate`: the tag of its next candidate; null when it gets none. */
export type Release = { readonly tag: string; readonly isPrerelease: boolean; readonly candidate: string | null };

/** `key` is the same for two causes that ask for exactly the same. */
type Cause = Spot & { readonly by: StartedWorkflow["by"]; readonly words: string; readonly key: string };

export function startsOf(
  release: Release,
  workflows: readonly Workflow[],
  artifacts: readonly Artifact[],
): { readonly workflows: readonly StartedWorkflow[]; readonly problems: readonly Problem[] } {
  const readable = workflows.flatMap(({ on, ...rest }) => (on === null ? [] : [{ ...rest, on }]));
  const found = readable.map((workflow) => ({ workflow, causes: causesOf(workflow, release, artifacts) }));
  return {
    workflows: found.flatMap(({ workflow, causes }) => [...new Set(causes.map(({ by }) => by))].map((by) => ({ workflow: workflow.file, by }))),
    problems: found.flatMap(({ workflow, causes }) => [
      ...doubled(workflow, causes, release),
      ...neverByPublication(workflow, causes, release),
      ...expectedInVain(workflow, causes, release, artifacts),
    ]),
  };
}

type Readable = Workflow & { readonly on: Triggers };

function causesOf({ file, on }: Readable, release: Release, artifacts: readonly Artifact[]): readonly Cause[] {
  return [...byTag(on, release.tag), ...byPublication(on, release), ...byApp(file, on, artifacts)];
}

function byTag({ push, create }: Triggers, tag: string): Cause[] {
  return [
    ...(push?.takes(tag) === true ? [causeAt(push, "tag", "by the push of its tag")] : []),
    ...(create === null ? [] : [causeAt(create, "tag", "by the creation of its tag")]),
  ];
}

/**
 * A release is a draft first, so that of all kinds of activity its publication is `published` and, unless it is a
 * pre-release, `released`: two events, and a workflow that listens to both runs twice.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#release
 */
function byPublication({ release: trigger }: Triggers, { isPrerelease }: Release): Cause[] {
  if (trigger === null) return [];
  const { types } = trigger;
  const happening = isPrerelease ? ["published"] : ["published", "released"];
  return happening.filter((type) => types === null || types.includes(type)).map((type) => causeAt(trigger, "publication", `by its publication (\`${type}\`)`));
}

function byApp(file: string, { dispatch, repositoryDispatch }: Triggers, artifacts: readonly Artifact[]): Cause[] {
  return artifacts.flatMap(({ on, workflow, start }): Cause[] => {
    if (on !== "release") return [];
    const key = JSON.stringify(start);
    if (start.trigger === "workflow_dispatch" && workflow === file && dispatch !== null)
      return [{ ...causeAt(dispatch, "app", "by `workflow_dispatch` of `artifacts`"), key }];
    if (start.trigger === "repository_dispatch" && repositoryDispatch !== null && listensTo(repositoryDispatch, start.event))
      return [{ ...causeAt(repositoryDispatch, "app", `by the event ${code(start.event)} of \`artifacts\``), key }];
    return [];
  });
}

export function listensTo(trigger: NonNullable<Triggers["repositoryDispatch"]>, event: string): boolean {
  return trigger.types === null || trigger.types.includes(event);
}

function causeAt({ line, column }: Spot, by: Cause["by"], words: string): Cause {
  return { line, column, by, words, key: words };
}

/** Several dispatches with inputs of their own are a fan-out: each builds something else. */
function doubled({ file, path }: Readable, causes: readonly Cause[], { tag }: Release): Problem[] {
  const isFanOut = causes.every(({ by }) => by === "app") && new Set(causes.map(({ key }) => key)).size === causes.length;
  const [, second] = causes;
  if (second === undefined || isFanOut) return [];
  const times = causes.length === 2 ? "twice" : counted(causes.length, "time");
  const message = `${code(file)} would run ${times} for ${code(tag)}: ${listed(causes.map(({ words }) => words))}`;
  return [warning(message, { path, ...placeOf(second) }, "leave one of them")];
}

/** Listens to activity that a release of this app never has: nothing of it comes for a draft, nor when one is published. */
function neverByPublication({ file, path, on: { release: trigger } }: Readable, causes: readonly Cause[], { tag, isPrerelease }: Release): Problem[] {
  const types = trigger?.types ?? [];
  const expected = isPrerelease ? ["created", "prereleased"] : ["created"];
  if (trigger === null || causes.length > 0 || !types.some((type) => expected.includes(type))) return [];
  const message = `${code(file)} would not start for ${code(tag)}: a release is a draft before it is published, for which GitHub tells nobody of ${listed(types.map((type) => code(type)))}`;
  return [warning(message, { path, ...placeOf(trigger) }, "let it listen to `published`")];
}

function expectedInVain({ file, path, on }: Readable, causes: readonly Cause[], release: Release, artifacts: readonly Artifact[]): Problem[] {
  const own = artifacts.filter(({ workflow }) => workflow === file);
  const problems = own.flatMap(({ on: what, start: { trigger } }): Problem[] => {
    const tag = what === "release" ? release.tag : release.candidate;
    if (trigger === "tag" && tag !== null && byTag(on, tag).length === 0) return [notByTag(file, path, on, tag, causes)];
    if (trigger === "release" && what === "release" && byPublication(on, release).length === 0) return [notByPublication(file, path, on, causes)];
    return [];
  });
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

function notByTag(file: string, path: string, { push }: Triggers, tag: string, causes: readonly Cause[]): Problem {
  const instead = push === null ? "it does not listen to `push`" : `its \`push\` does not take that tag`;
  const hint = causes.some(({ by }) => by === "publication")
    ? "say `trigger: release` in `artifacts`: its publication starts it"
    : "let its `push` take the tag, or correct `artifacts`";
  return warning(`\`artifacts\` expects the tag ${code(tag)} to start ${code(file)}, and ${instead}`, { path, ...placeOf(push) }, hint);
}

function notByPublication(file: string, path: string, { release: trigger }: Triggers, causes: readonly Cause[]): Problem {
  const instead = trigger === null ? "it does not listen to `release`" : "it does not listen to `release` of the type `published`";
  const hint = causes.some(({ by }) => by === "tag")
    ? "say `trigger: tag` in `artifacts`: the tag starts it"
    : "let it listen to `release: published`, or correct `artifacts`";
  return warning(`\`artifacts\` expects a publication to start ${code(file)}, and ${instead}`, { path, ...placeOf(trigger) }, hint);
}

function placeOf(spot: Spot | null): { readonly line: number | null; readonly column: number | null } {
  return { line: spot?.line ?? null, column: spot?.column ?? null };
}

export function warning(message: string, place: Pick<Problem, "path" | "line" | "column">, hint: string | null): Problem {
  return { severity: "warning", message, ...place, hint };
}
