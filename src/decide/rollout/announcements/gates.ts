// That an announcement was sent is said by a person, by the gate that the playbook gives to each one that is only drafted.
import type { Communication, Playbook } from "../../../model/playbook.ts";
import { nameOf, stepsOf } from "../../checklist/steps.ts";

/** What to say once it was sent: `/release evidence email <link>`. Null where no way of naming it is safe: a tick does. */
export function sentCommand({ name }: Pick<Communication, "name">, to: string, { gates }: Pick<Playbook, "gates">): string | null {
  const step = nameOf({ gate: name, item: to }, stepsOf(gates));
  return step === null ? null : `/release evidence ${step} <link>`;
}
