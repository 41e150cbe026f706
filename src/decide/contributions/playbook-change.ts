// Pull requests that change the playbook: what they make of it is said before they are merged, while the one of the
// default branch goes on ruling.
import type { Playbook } from "../../model/playbook.ts";
import type { Problem, Result } from "../../model/problem.ts";
import type { Contribution, Hosted } from "../../model/snapshot.ts";
import type { Wants } from "../wants.ts";

/** Where one is looked for in a repository that has none yet. */
const USUAL_PATH = ".github/release-steward.yml";

/** Problems of a text that is meant as a playbook; what the playbook says does not matter here. */
export type ReadPlaybook = (text: string, path: string) => Result<unknown>;

export type PlaybookChange = { readonly is: "none" | "right" | "removed" } | { readonly is: "wrong"; readonly problems: readonly Problem[] };

/** What has to be read before `contributionChecks` can speak. Lists what is missing only. */
export function contributionWants({ playbook }: { readonly playbook: Pick<Playbook, "path"> }, hosted: Hosted): Wants {
  const path = pathOf(playbook);
  const changing = (hosted.contributions ?? []).filter((one) => changesPlaybook(one, playbook) && !hosted.filesAt.has(`${one.headSha}:${path}`));
  return { files: [], contributions: hosted.contributions === null, hostedFiles: changing.map(({ headSha }) => ({ sha: headSha, path })) };
}

export function playbookChange(contribution: Contribution, playbook: Pick<Playbook, "path">, { filesAt }: Hosted, read: ReadPlaybook): PlaybookChange {
  if (!changesPlaybook(contribution, playbook)) return { is: "none" };
  const path = pathOf(playbook);
  const state = filesAt.get(`${contribution.headSha}:${path}`);
  if (state === undefined) throw new Error(`Bug: the playbook of #${String(contribution.number)} was never asked for`);
  if (state.is === "missing") return { is: "removed" };
  if (state.is !== "text") {
    const message = `expected the playbook to be a text, found ${state.is === "too-large" ? "one that is too large" : `a ${state.is}`}`;
    return { is: "wrong", problems: [{ severity: "error", message, path, line: 1, column: null, hint: null }] };
  }
  const result = read(state.text, path);
  return result.ok ? { is: "right" } : { is: "wrong", problems: result.problems };
}

function changesPlaybook({ paths }: Contribution, playbook: Pick<Playbook, "path">): boolean {
  return paths?.includes(pathOf(playbook)) === true;
}

function pathOf({ path }: Pick<Playbook, "path">): string {
  return path ?? USUAL_PATH;
}
