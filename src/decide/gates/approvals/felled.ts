// Which commit took an approval away: what is released is no longer what was approved.
import type { Words } from "../../../model/plan.ts";
import type { OwnPullRequest, Sha } from "../../../model/snapshot.ts";
import { foreignCommits } from "../../foreign-commits.ts";
import { reachable } from "../../reachable.ts";
import { code, counted, listed, shortSha } from "../phrases.ts";
import type { Subject } from "../subject.ts";

/**
 * `` with `4f2c1e9` (`values.yaml` changed) ``: the newest commit that came after the base of what was approved, or else
 * the newest one that somebody pushed to the release branch since.
 */
export function felledBy(approved: Sha, baseSha: Sha, subject: Subject, pullRequest: OwnPullRequest): Words {
  const since = commitsSince(baseSha, subject);
  const pushed = pushedSince(approved, pullRequest);
  // Of a base that is not in the list every commit looks new, so a push to the branch is the surer answer.
  const isBaseKnown = since.length < subject.commits.length;
  const merged = since.find(({ paths }) => paths.length > 0) ?? since[0];
  if (pushed !== undefined && (merged === undefined || !isBaseKnown)) {
    const who =
      pushed.people.length === 0
        ? "somebody"
        : listed(
            pushed.people.map((one) => `@${one}`),
            3,
          );
    return `with ${code(shortSha(pushed.sha))} (${who} pushed to ${code(pullRequest.branch)})`;
  }
  if (merged === undefined) return "since what is released is no longer the same";
  return `with ${code(shortSha(merged.sha))}${changed(merged.paths)}`;
}

function commitsSince(baseSha: Sha, { commits }: Subject): Subject["commits"] {
  const before = reachable(commits, baseSha);
  return commits.filter(({ sha }) => !before.has(sha));
}

function pushedSince(approved: Sha, pullRequest: OwnPullRequest): OwnPullRequest["commits"][number] | undefined {
  const bySha = new Map(pullRequest.commits.map((commit) => [commit.sha, commit]));
  const seen = new Set<Sha>();
  const open = [approved];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (seen.has(sha)) continue;
    seen.add(sha);
    open.push(...(bySha.get(sha)?.parents ?? []));
  }
  return foreignCommits(pullRequest).find(({ sha }) => !seen.has(sha));
}

function changed(paths: readonly string[]): Words {
  const [first] = paths;
  if (first === undefined) return "";
  return paths.length === 1 ? ` (${code(first)} changed)` : ` (${code(first)} and ${counted(paths.length - 1, "more path")} changed)`;
}
