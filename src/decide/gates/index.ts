// Every kind of gate: its file, and one line here.
import type { GateQuestion } from "../../model/playbook.ts";
import { approval } from "./approval.ts";
import { check } from "./check.ts";
import type { Finding, GateDefinition, Kind, NamedGate, OptionsOf, Wants } from "./define.ts";
import { evidence } from "./evidence.ts";
import { forbid } from "./forbid.ts";
import { freeze } from "./freeze.ts";
import { noOpenIssues } from "./no-open-issues.ts";
import { pathsTogether } from "./paths-together.ts";
import { pullRequestLabels } from "./pull-request-labels.ts";
import { requireYaml } from "./require-yaml.ts";
import type { Subject } from "./subject.ts";

export type { NamedGate } from "./define.ts";
export type { Subject } from "./subject.ts";

export const GATES: { readonly [K in Kind]: GateDefinition<K> } = {
  check,
  approval,
  evidence,
  no_open_issues: noOpenIssues,
  pull_request_labels: pullRequestLabels,
  paths_together: pathsTogether,
  forbid,
  require_yaml: requireYaml,
  freeze,
};

/** A gate's definition with its own options filled in: which kind it is no longer shows. */
export type AskedGate = {
  readonly wants: (subject: Subject) => Wants;
  readonly evaluate: (subject: Subject) => Finding;
  readonly owner: (subject: Subject) => string | null;
};

export function askedGate(gate: NamedGate): AskedGate {
  switch (gate.kind) {
    case "check":
      return bound(GATES.check, gate.options, gate);
    case "approval":
      return bound(GATES.approval, gate.options, gate);
    case "evidence":
      return bound(GATES.evidence, gate.options, gate);
    case "no_open_issues":
      return bound(GATES.no_open_issues, gate.options, gate);
    case "pull_request_labels":
      return bound(GATES.pull_request_labels, gate.options, gate);
    case "paths_together":
      return bound(GATES.paths_together, gate.options, gate);
    case "forbid":
      return bound(GATES.forbid, gate.options, gate);
    case "require_yaml":
      return bound(GATES.require_yaml, gate.options, gate);
    case "freeze":
      return bound(GATES.freeze, gate.options, gate);
  }
}

function bound<K extends GateQuestion["kind"]>({ wants, evaluate, owner }: GateDefinition<K>, options: OptionsOf<K>, gate: NamedGate): AskedGate {
  return {
    wants: (subject) => wants(options, subject, gate),
    evaluate: (subject) => evaluate(options, subject, gate),
    owner: (subject) => owner(options, subject, gate),
  };
}
