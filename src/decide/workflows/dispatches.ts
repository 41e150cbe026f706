// Whether the workflows that `artifacts` dispatches would take it: the file, its trigger, and each input. GitHub refuses a
// dispatch with an input that the workflow does not know, and one that lacks a required input.
import type { Artifact, Playbook } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import { code, listed } from "../gates/phrases.ts";
import { missingFile } from "../missing-references.ts";
import type { Input, Triggers } from "./read-workflow.ts";
import { listensTo, warning } from "./starts.ts";
import { type Workflow, workflowPath } from "./workflows.ts";

/** Warnings in the order of the playbook. Nothing is said of a workflow that can't be read: that is said where it is read. */
export function dispatchProblems({ artifacts, path }: Playbook, workflows: readonly Workflow[]): readonly Problem[] {
  const found = artifacts.flatMap(({ workflow: file, start }): readonly Problem[] => {
    const workflow = workflows.find((one) => one.file === file);
    if (workflow === undefined) return [missingFile(path, "artifacts", workflowPath(file))];
    if (workflow.on === null) return [];
    if (start.trigger === "workflow_dispatch") return wrongDispatch(workflow, workflow.on.dispatch, start);
    if (start.trigger === "repository_dispatch") return wrongEvent(workflow, workflow.on, start.event, workflows);
    return [];
  });
  return [...new Map(found.map((problem) => [problem.message, problem])).values()];
}

type Start<Trigger> = Extract<Artifact["start"], { readonly trigger: Trigger }>;

function wrongDispatch({ file, path }: Workflow, dispatch: Triggers["dispatch"], { inputs }: Start<"workflow_dispatch">): readonly Problem[] {
  if (dispatch === null)
    return [
      warning(
        `\`artifacts\` dispatches ${code(file)}, which has no \`workflow_dispatch\``,
        { path, line: null, column: null },
        "add it to the workflow's `on`",
      ),
    ];
  const { line, column, inputs: known } = dispatch;
  const names = known.map(({ name }) => name);
  const strange = Object.keys(inputs).filter((name) => !names.includes(name));
  const hint =
    names.length === 0
      ? "it takes none"
      : `it takes ${listed(
          names.map((name) => code(name)),
          25,
        )}`;
  return [
    ...strange.map((name) => warning(`\`artifacts\` passes the input ${code(name)} to ${code(file)}, which does not take it`, { path, line, column }, hint)),
    ...known.flatMap((input) => wrongInput(input, Object.hasOwn(inputs, input.name) ? (inputs[input.name] ?? null) : null, file, path)),
  ];
}

function wrongInput(input: Input, value: string | null, file: string, path: string): readonly Problem[] {
  const { name, line, column, isNeeded } = input;
  const place = { path, line, column };
  if (value === null)
    return isNeeded
      ? [warning(`${code(file)} requires the input ${code(name)}, which \`artifacts\` does not pass`, place, "pass it, or give it a default")]
      : [];
  const expected = expectedOf(input, value);
  return expected === null ? [] : [warning(`the input ${code(name)} of ${code(file)} takes ${expected}, and \`artifacts\` passes ${code(value)}`, place, null)];
}

/** What it takes instead; null when the value fits, or holds a placeholder whose value only a release knows. */
function expectedOf({ type, options }: Input, value: string): string | null {
  if (/\{[a-z0-9_]+\}/.test(value)) return null;
  if (type === "boolean") return value === "true" || value === "false" ? null : "`true` or `false`";
  if (type === "number") return /^-?\d+(?:\.\d+)?$/.test(value) ? null : "a number";
  if (type === "choice")
    return options.includes(value)
      ? null
      : listed(
          options.map((option) => code(option)),
          10,
          "or",
        );
  return null;
}

function wrongEvent({ file, path }: Workflow, { repositoryDispatch }: Triggers, event: string, workflows: readonly Workflow[]): readonly Problem[] {
  if (repositoryDispatch !== null && listensTo(repositoryDispatch, event)) return [];
  const others = workflows.filter(({ on }) => on !== null && on.repositoryDispatch !== null && listensTo(on.repositoryDispatch, event));
  const place = { path, line: repositoryDispatch?.line ?? null, column: repositoryDispatch?.column ?? null };
  const instead = others.length === 0 ? "and no other workflow does" : `but ${listed(others.map((one) => code(one.file)))} does`;
  return [
    warning(
      `\`artifacts\` sends the event ${code(event)} for ${code(file)}, which does not listen to it, ${instead}`,
      place,
      "add it to `repository_dispatch: types`, or correct `event`",
    ),
  ];
}
