// Files that the playbook names and that do not exist: whoever wrote the name wants to know before a release needs them.
import type { Deployment, Playbook } from "../model/playbook.ts";
import type { Problem } from "../model/problem.ts";
import { keyOfGate } from "./gates/phrases.ts";
import { workflowPath } from "./workflows/workflows.ts";

/** Warnings in the order of the playbook, each file once. Names with placeholders depend on the release and are left out. */
export function missingReferences(playbook: Playbook, tree: ReadonlySet<string>): readonly Problem[] {
  const named = new Map<string, string>();
  for (const [key, path] of referencesIn(playbook)) if (!path.includes("{") && !tree.has(path) && !named.has(path)) named.set(path, key);
  return [...named].map(([path, key]) => missingFile(playbook.path, key, path));
}

/** @param key of the playbook that names it */
export function missingFile(playbookPath: string | null, key: string, path: string): Problem {
  return {
    severity: "warning",
    message: `\`${key}\` names \`${path}\`, which does not exist`,
    path: playbookPath,
    line: null,
    column: null,
    hint: "add the file, or correct its name",
  };
}

function referencesIn({ release, gates, artifacts, environments, communications }: Playbook): readonly (readonly [key: string, path: string])[] {
  return [
    ...(release.notes.template === null ? [] : [["release.notes.template", release.notes.template] as const]),
    ...Object.entries(gates).flatMap(([id, gate]) => (gate.kind === "require_yaml" ? [[keyOfGate(id), gate.options.file] as const] : [])),
    ...artifacts.map(({ workflow }) => ["artifacts", workflowPath(workflow)] as const),
    ...environments.flatMap(({ name, deploy, rollback, pin }) => [
      ...[deploy, rollback].flatMap((one) => workflowOf(one).map((workflow) => [`environments.${name}`, workflow] as const)),
      ...(pin === null ? [] : [[`environments.${name}.pin`, pin.file] as const]),
    ]),
    ...communications.flatMap(({ how, template }) => [
      ...(how.by === "workflow" ? [["communications", workflowPath(how.workflow)] as const] : []),
      ...(template === null ? [] : [["communications", template] as const]),
    ]),
  ];
}

function workflowOf(deployment: Deployment | null): readonly string[] {
  return deployment !== null && deployment.by === "workflow" ? [workflowPath(deployment.workflow)] : [];
}
