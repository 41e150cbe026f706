// Lists of commits.
import type { CommitObject } from "../../git/types.ts";
import { commitPath } from "../addresses.ts";
import { html, type Html } from "../html.ts";
import { moment } from "../moments.ts";
import type { Visit } from "../visit.ts";
import { verifiedBadge } from "./badge.ts";
import { checkMark, checksOf } from "./checks.ts";

export function commitList(visit: Visit, commits: readonly CommitObject[]): Html {
  return html`<ul class="rows commits">
    ${commits.map((commit) => commitLine(visit, commit))}
  </ul>`;
}

/** The commits for their SHAs, in that order; what can't be read is left out. */
export async function readCommits(visit: Visit, shas: readonly string[]): Promise<readonly CommitObject[]> {
  const commits = await Promise.all(shas.map(async (sha) => visit.repository.git.commit(sha)));
  return commits.filter((commit) => commit !== null);
}

export function subject(commit: CommitObject): string {
  return commit.message.split("\n", 1)[0] ?? "";
}

function commitLine(visit: Visit, commit: CommitObject): Html {
  const path = commitPath(visit.repository, commit.sha);
  return html`<li class="row">
    <a class="grow" href="${path}">${subject(commit)}</a>
    <span class="quiet">${commit.author.name} ${moment(commit.committer.at, visit.standIn.world.now())}</span>
    ${verifiedBadge(commit)} ${checkMark(checksOf(visit.repository, commit.sha))} <a href="${path}"><code>${commit.sha.slice(0, 7)}</code></a>
  </li>`;
}
