// Issues that a pull request says it closes (https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue).
import type { Issue, Repository } from "./types.ts";

const CLOSES = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]+(?:(?<name>[\w.-]+\/[\w.-]+))?#(?<number>\d+)\b/giu;

/** In the order of their mention; only into the default branch, and only issues of this repository: others are not followed. */
export const closedIssues = ({ owner, name, defaultBranch, issues }: Repository, body: string, base: string): readonly Issue[] => {
  if (base !== defaultBranch) return [];
  const own = `${owner.login}/${name}`.toLowerCase();
  const numbers = [...body.matchAll(CLOSES)].flatMap(({ groups }) => ((groups?.["name"] ?? own).toLowerCase() === own ? [Number(groups?.["number"])] : []));
  return [...new Set(numbers)].flatMap((number) => {
    const issue = issues.get(number);
    return issue === undefined || issue.pull !== null ? [] : [issue];
  });
};
