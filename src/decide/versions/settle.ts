// What no tag tells by its spelling, only beside the releases: whether a moving tag moves, and whether a candidate sits
// on the commit of a later version.
import type { Tag } from "../../model/snapshot.ts";
import type { TagKind, VersionText } from "../../model/version.ts";
import { comparePrecedence } from "./order.ts";
import type { Moving, Spelt } from "./read-tag.ts";

export type VersionTag = { readonly tag: Tag; readonly version: VersionText };

/** `releases` of every component, newest first. */
export function settler(releases: ReadonlyMap<string, readonly VersionTag[]>): (spelt: Spelt & { readonly tag: Tag }) => TagKind {
  const byCommit = new Map([...releases].map(([component, own]) => [component, Map.groupBy(own, ({ tag }) => tag.sha)]));
  return ({ kind, tag, components }) => {
    const component = components[0] ?? "";
    if (kind.is === "moving") return settleMoving(kind, tag, releases.get(component) ?? []);
    if (kind.is !== "candidate") return kind;
    const here = byCommit.get(component)?.get(tag.sha) ?? [];
    const later = here.find(({ version }) => comparePrecedence(version, kind.version) > 0);
    // A release may well sit on the commit of its own candidate, whatever else was tagged there.
    if (later === undefined || here.some(({ version }) => version === kind.version)) return kind;
    return { is: "mistagged", component: kind.component, because: `sits on the commit of ${later.tag.name}` };
  };
}

function settleMoving({ component, line }: Moving, { sha }: Tag, releases: readonly VersionTag[]): TagKind {
  if (!/^\d/.test(line)) return { is: "floating", component, because: `a tag that moves: \`${line}\` is no version` };
  const members = releases.filter(({ version }) => version.startsWith(`${line}.`));
  const newest = members[0];
  if (newest === undefined) return { is: "mistagged", component, because: `${line.includes(".") ? "two numbers" : "one number"} where three are expected` };
  const here = members.find(({ tag }) => tag.sha === sha);
  if (here === undefined) return { is: "floating", component, because: `a tag that moves with ${line}, on none of its releases` };
  return {
    is: "floating",
    component,
    because: `a tag that moves with ${line}, on ${here.tag.name}${here === newest ? "" : `; the newest is ${newest.tag.name}`}`,
  };
}
