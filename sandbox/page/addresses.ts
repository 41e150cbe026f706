// Where things stand on the page: the same paths as on GitHub wherever GitHub has one.
import type { Issue, Release, Repository, WorkflowRun } from "../world/types.ts";

/** `/owner/name`. */
export function repositoryPath(repository: Repository): string {
  return `/${encodeURIComponent(repository.owner.login)}/${encodeURIComponent(repository.name)}`;
}

/** `/owner/name/pull/4` or `/owner/name/issues/4`. */
export function issuePath(repository: Repository, issue: Pick<Issue, "number" | "pull">): string {
  return `${repositoryPath(repository)}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`;
}

/** A published release: `/owner/name/releases/tag/v1.0.0`. */
export function releasePath(repository: Repository, release: Pick<Release, "tag">): string {
  return `${repositoryPath(repository)}/releases/tag/${encodePath(release.tag)}`;
}

export function runPath(repository: Repository, run: Pick<WorkflowRun, "id">): string {
  return `${repositoryPath(repository)}/actions/runs/${run.id}`;
}

export function commitPath(repository: Repository, sha: string): string {
  return `${repositoryPath(repository)}/commit/${sha}`;
}

/** A folder or file of a branch, tag or commit, or its history; without `path`, the root folder. */
export function revisionPath(repository: Repository, kind: "tree" | "blob" | "commits", revision: string, path = ""): string {
  return [repositoryPath(repository), kind, encodePath(revision), ...(path === "" ? [] : [encodePath(path)])].join("/");
}

/** What `git clone` takes. */
export function cloneAddress(worldUrl: string, repository: Repository): string {
  return `${worldUrl}/${repository.owner.login}/${repository.name}.git`;
}

/** The address when it is one a link may lead to (http or https), or null. */
export function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\//iu.test(text) ? text : null;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
