// What may be sent to a workflow: capped and of harmless characters, so that nothing of a repository reaches a script as
// more than a value.
import type { Dispatch, Words } from "../../model/plan.ts";
import { code } from "../gates/phrases.ts";

/** https://docs.github.com/rest/actions/workflows: at most 25 inputs, 65,535 characters in all; top-level keys of a repository dispatch: 10. */
const INPUTS_MAX = 25;
const PAYLOAD_KEYS_MAX = 10;
const TOTAL_MAX = 60_000;
const NAME = /^[A-Za-z_][\w-]{0,99}$/;

/** What is wrong with it; null when it may be sent. */
export function faultIn(dispatch: Dispatch): Words | null {
  const values = dispatch.event === "workflow_dispatch" ? dispatch.inputs : dispatch.payload;
  const entries = Object.entries(values);
  const limit = dispatch.event === "workflow_dispatch" ? INPUTS_MAX : PAYLOAD_KEYS_MAX;
  if (entries.length > limit) return `${String(entries.length)} inputs are more than the ${String(limit)} that GitHub takes`;
  const name = entries.find(([one]) => !NAME.test(one))?.[0];
  if (name !== undefined) return `${code(name)} is no name of an input`;
  if (entries.reduce((sum, [one, value]) => sum + one.length + value.length, 0) > TOTAL_MAX)
    return `the inputs are longer than ${String(TOTAL_MAX)} characters`;
  const strange = entries.find(([, value]) => /[^\P{Cc}\n\t]|[\p{Cf}\u2028\u2029]/u.test(value))?.[0];
  return strange === undefined ? null : `the input ${code(strange)} holds a control character`;
}
