// Which component a commit belongs to: the deepest one whose folder holds a path that it touches.
import type { Sha } from "../../model/snapshot.ts";
import type { ReadCommit } from "./pull-requests.ts";

export type ChangedComponent = {
  readonly name: string;
  /** Folder from the root, without a final slash; `.` for the whole repository. */
  readonly path: string;
  /** Folders of other components; those inside of this one's are theirs. */
  readonly others: readonly string[];
};

/**
 * Tells whether a commit that is no merge belongs to the component. The root component is the whole repository, nested
 * components or not, as release-please has it. A folder inside another's belongs to the inner component alone: an outer
 * chart that requires it follows by the cascade. A commit without any path belongs to the root, to the component that
 * its scope names, or to the one that its `Release-As` addresses and then to no other.
 */
export function attribution(component: ChangedComponent): (one: ReadCommit) => boolean {
  const isHere = pathTest(component);
  const verdicts = new Map<Sha, boolean>();
  const judge = ({ commit, message }: ReadCommit): boolean => {
    if (commit.paths.length > 0) return commit.paths.some(isHere);
    const addressed = message.releaseAs === null ? "all" : addressee(message.releaseAs, component.name);
    if (addressed !== "all") return addressed === "this";
    return component.path === "." || message.statements.some(({ scope }) => scope?.toLowerCase() === component.name.toLowerCase());
  };
  return (one) => {
    const known = verdicts.get(one.commit.sha);
    if (known !== undefined) return known;
    const verdict = judge(one);
    verdicts.set(one.commit.sha, verdict);
    return verdict;
  };
}

/** Whom a `Release-As` speaks to: `1.2.0` to everybody, `cavern-1.2.0` and `cavern/v1.2.0` to cavern. */
export function addressee(releaseAs: string, name: string): "this" | "another" | "all" {
  if (releaseAs.startsWith(name) && /^[-@/_]?v?\d/i.test(releaseAs.slice(name.length))) return "this";
  return /^v?\d/i.test(releaseAs) ? "all" : "another";
}

function pathTest({ path, others }: ChangedComponent): (path: string) => boolean {
  if (path === ".") return () => true;
  const own = `${path}/`;
  const inner = others.filter((other) => other.startsWith(own)).map((other) => `${other}/`);
  return (touched) => {
    const isInside = touched === path || touched.startsWith(own);
    return isInside && !inner.some((folder) => touched.startsWith(folder) || `${touched}/` === folder);
  };
}
