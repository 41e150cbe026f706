// What gates have to read before they can be asked about a release.
import type { Sha, Snapshot } from "../../model/snapshot.ts";
import { askedGates } from "../gates/asked.ts";
import { askedGate, type NamedGate, type Subject } from "../gates/index.ts";
import { together, type Wants } from "../wants.ts";

type Place = { /** The commit that is released; null while it is not merged. */ readonly mergedAt: Sha | null };

export function wantedBy(gates: readonly NamedGate[], subject: Subject, place: Place, snapshot: Snapshot): readonly Wants[] {
  return gates.map((gate) => atMerge(askedGate(gate).wants(subject), place, snapshot));
}

/** Of gates by their names. */
export function gatesWanted(names: readonly string[], subject: Subject, place: Place, snapshot: Snapshot): Wants {
  return together(wantedBy(askedGates(subject.playbook, { gates: names }, subject.paths), subject, place, snapshot));
}

/** Files of a merged release are read at the merged commit, from which the base may have moved on. */
function atMerge(wants: Wants, { mergedAt }: Place, { head }: Snapshot): Wants {
  if (mergedAt === null || mergedAt === head.sha) return wants;
  return { ...wants, files: [], hostedFiles: wants.files.map((path) => ({ sha: mergedAt, path })) };
}
