// What a workflow that sends an announcement is given: only inputs that it declares, and only what fits their types. Where
// it is sent to stays with the workflow and its secrets; no address of a file is ever called.
import type { Words } from "../../../model/plan.ts";
import type { Communication } from "../../../model/playbook.ts";
import { code, listed } from "../../gates/phrases.ts";
import type { Input } from "../../workflows/read-workflow.ts";
import type { Workflow } from "../../workflows/workflows.ts";
import type { Announced } from "./announced.ts";
import { TEXT_MAX } from "./draft.ts";

export type AnnouncementInputs =
  | { readonly ok: true; readonly inputs: Readonly<Record<string, string>> }
  /** GitHub would refuse to start it. */
  | { readonly ok: false; readonly because: Words; readonly next: Words };

/** @param text as `announcementDraft` wrote it */
export function announcementInputs(
  { to }: Pick<Communication, "to">,
  { values }: Pick<Announced, "values">,
  text: string,
  { file, on }: Pick<Workflow, "file" | "on">,
): AnnouncementInputs {
  if (on === null) return refusedFor(`what starts ${code(file)} can't be told`, `correct ${code(file)}`);
  if (on.dispatch === null) return refusedFor(`${code(file)} has no \`workflow_dispatch\``, "add it to the workflow's `on`");
  const { version, tag, component } = values;
  const offered = new Map(Object.entries({ version, tag, component, to: to.join(", "), text: harmless(text) }));
  const given = on.dispatch.inputs.flatMap((input): readonly (readonly [string, string])[] => {
    const value = offered.get(input.name);
    return value !== undefined && fits(input, value) ? [[input.name, value]] : [];
  });
  const names = new Set(given.map(([name]) => name));
  const missing = on.dispatch.inputs.filter(({ name, isNeeded }) => isNeeded && !names.has(name)).map(({ name }) => code(name));
  if (missing.length === 0) return { ok: true, inputs: Object.fromEntries(given) };
  return refusedFor(
    `${code(file)} requires ${listed(missing)}, which an announcement does not have`,
    `give ${missing.length === 1 ? "it a default" : "them defaults"}; an announcement passes ${listed([...offered.keys()].map((name) => code(name)))}`,
  );
}

function fits({ type, options }: Input, value: string): boolean {
  return type === "string" || (type === "choice" && options.includes(value));
}

/** Without characters that nobody sees: they could make a text read otherwise than it is. */
function harmless(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\n\t]|[\p{Cf}\u2028\u2029]/gu, "")
    .slice(0, TEXT_MAX)
    .toWellFormed();
}

function refusedFor(because: Words, next: Words): AnnouncementInputs {
  return { ok: false, because, next };
}
