// The milestone of the release that follows: its version, and its title spelt like the one before.
import inc from "semver/functions/inc.js";
import type { Bump, Scheme, VersionText } from "../../../model/version.ts";
import { hasToken } from "../../gates/release-milestones.ts";

/** Null where nobody can tell: a calendar is no size. */
export function versionAfter(version: VersionText, size: Bump, scheme: Scheme): VersionText | null {
  return scheme === "calver" ? null : inc(version, size);
}

/** `cavern 0.9.0: faster queries` leads to `cavern 0.10.0`, `v1.2` to `v1.3`: what is said behind the version is about that one. */
export function titleAfter(title: string, version: VersionText, next: VersionText): string {
  const [from, to] = hasToken(title, version) ? [version, next] : [lineOf(version), lineOf(next) === lineOf(version) ? next : lineOf(next)];
  const at = title.indexOf(from);
  if (at === -1) return next;
  const [closing = ""] = /^[)\]}"']*/.exec(title.slice(at + from.length)) ?? [];
  return `${title.slice(0, at)}${to}${closing}`;
}

/** `1.3` of `1.3.0`. */
export function lineOf(version: VersionText): string {
  return version.split(".").slice(0, 2).join(".");
}
