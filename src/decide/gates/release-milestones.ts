// Which milestone is meant: the one that the playbook names, or for `current` the one whose title names the release.
import type { Milestone } from "../../model/snapshot.ts";
import type { Subject } from "./subject.ts";

/** Empty when there is none. Several only when several titles name the release equally well. */
export function milestonesMeant(
  name: string,
  open: readonly Milestone[],
  subject: Pick<Subject, "releases" | "components" | "allComponents">,
): readonly Milestone[] {
  if (name !== "current") return open.filter(({ title }) => title.trim().toLowerCase() === name.trim().toLowerCase());
  const own = open.filter(({ title }) => !namesAnother(title, subject));
  for (const text of [fullVersion, majorMinor]) {
    const found = own.filter(({ title }) => subject.releases.some(({ version }) => hasToken(title, text(version))));
    const byName = found.filter(({ title }) => subject.components.some((component) => hasToken(title, component.name)));
    if (found.length > 0) return byName.length > 0 ? byName : found;
  }
  return [];
}

function fullVersion(version: string): string {
  return version;
}

/** `1.3` of `1.3.0`: teams often plan a minor line in one milestone. */
function majorMinor(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** `reg 0.9.0` is not about a release of cavern 0.9.0. */
export function namesAnother(title: string, { components, allComponents }: Pick<Subject, "components" | "allComponents">): boolean {
  const own = new Set(components.map(({ name }) => name));
  const named = allComponents.filter(({ name }) => hasToken(title, name));
  return named.length > 0 && !named.some(({ name }) => own.has(name));
}

/** Whether the text stands there for itself, in any case: `1.3` in `v1.3`, `app-1.3` and `Release 1.3.x`, and not in `1.3.0`, `11.3` or `1.3-rc1`. */
export function hasToken(title: string, token: string): boolean {
  const text = title.toLowerCase();
  const wanted = token.toLowerCase();
  const opening = /^\d/.test(wanted) ? /(?:^|[^\p{L}\p{N}.])v?$/u : /(?:^|[^\p{L}\p{N}.-])$/u;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const after = text.slice(at + wanted.length, at + wanted.length + 3);
    if (opening.test(text.slice(Math.max(0, at - 3), at)) && !/^(?:[\p{L}\p{N}]|\.\p{N}|[-+]\p{L})/u.test(after)) return true;
  }
  return false;
}
