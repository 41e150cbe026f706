// What an approval is bound to: everything that a release holds, apart from the files that the release writes itself. So
// an approval survives a refresh of the release branch that changes nothing else, and falls with a real change.
import type { Playbook } from "../../model/playbook.ts";
import type { Hosted, OwnPullRequest, Sha } from "../../model/snapshot.ts";
import type { Component } from "../components.ts";
import { digest } from "../fingerprint.ts";
import { pathIn } from "../wanted-files.ts";

type Released = { readonly playbook: Playbook; readonly components: readonly Component[]; readonly allComponents: readonly Component[] };

/** Fingerprint of the released files at the head, and of what somebody pushed to the release branch; empty where no gate asks for an approval. */
export function contentOf({ playbook, components, allComponents }: Released, { blobs, executables }: Hosted, pullRequest: OwnPullRequest | null): string {
  if (Object.values(playbook.gates).every(({ kind }) => kind !== "approval")) return "";
  const written = new Set(components.flatMap((component) => writtenFiles(component, playbook)));
  const isReleased = releasedTest(components, allComponents);
  const lines: string[] = [];
  for (const [path, sha] of blobs) if (isReleased(path) && !written.has(path)) lines.push(`${executables.has(path) ? "x" : "-"} ${sha} ${path}`);
  const files = digest(lines.join("\n"));
  // A merge of the base may hold more than the base: that is not looked into.
  const pushed = pullRequest === null ? [] : pullRequest.commits.filter(({ isOwn }) => !isOwn).map(({ sha }) => sha);
  return pushed.length === 0 ? files : digest([files, ...pushed].join("\n"));
}

/**
 * What a merged pull request holds: what was recorded for its head, unless more came to its branch, or of its components to
 * the base, before the merge.
 * @param late those commits, newest first
 */
export function contentAfterMerge(recorded: string, late: readonly Sha[]): string {
  return late.length === 0 ? recorded : digest([recorded, ...late].join("\n"));
}

/** What somebody pushed to the branch after the head that the app recorded last: a merge may come faster than a look. Newest first. */
export function pushedUnseen({ commits, checkedSha }: OwnPullRequest): readonly Sha[] {
  const seen = commits.findIndex(({ sha }) => sha === checkedSha);
  return commits.slice(0, seen === -1 ? commits.length : seen).flatMap(({ sha, isOwn }) => (isOwn ? [] : [sha]));
}

function writtenFiles(component: Component, { versioning, changelog }: Playbook): readonly string[] {
  const templates = [...versioning.files.map(({ file }) => file), ...(changelog.file === null ? [] : [changelog.file])];
  return templates.map((template) => pathIn(template, component));
}

/** The deepest component that holds a path has it; the root holds every path. */
export function releasedTest(components: readonly Component[], allComponents: readonly Component[]): (path: string) => boolean {
  if (components.some(({ path }) => path === ".")) return () => true;
  const own = components.map(({ path }) => `${path}/`);
  const released = new Set(components.map(({ path }) => path));
  const others = allComponents.filter(({ path }) => path !== "." && !released.has(path)).map(({ path }) => `${path}/`);
  return (path) => {
    const deepest = longest(own, path);
    return deepest !== null && (longest(others, path) ?? "").length < deepest.length;
  };
}

function longest(folders: readonly string[], path: string): string | null {
  return folders.filter((folder) => path.startsWith(folder)).toSorted((left, right) => right.length - left.length)[0] ?? null;
}
