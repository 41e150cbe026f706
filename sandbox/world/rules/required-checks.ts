// What must pass on a head before it is merged into a branch. A name stands for the newest check run that carries it and
// for the newest status of that context: where there are both, both must pass
// (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks).
import type { Sha } from "../../git/types.ts";
import type { App, Repository, World } from "../types.ts";
import type { RequiredCheck } from "./types.ts";

type Standing = "passed" | "expected" | "pending" | "failing";

/** As branch protection counts them. */
const PASSED: ReadonlySet<string | null> = new Set(["success", "neutral", "skipped"]);

const appOf = (world: World, { appId }: RequiredCheck): App | null => (appId === null ? null : (world.apps.get(appId) ?? null));

/** Those of one app only where it was named; an app that is gone has none. */
const standingsOf = (world: World, repository: Repository, sha: Sha, wanted: RequiredCheck): Standing[] => {
  const app = appOf(world, wanted);
  const isAny = wanted.appId === null;
  const run = [...repository.checkRuns.values()].findLast(
    ({ name, headSha, suite }) => name === wanted.name && headSha === sha && (isAny || suite.app === app),
  );
  const status = repository.statuses.findLast((one) => one.context === wanted.name && one.sha === sha && (isAny || one.creator === app?.bot));
  return [
    ...(run === undefined ? [] : ([run.status !== "completed" ? "pending" : PASSED.has(run.conclusion) ? "passed" : "failing"] as const)),
    ...(status === undefined ? [] : ([status.state === "success" ? "passed" : status.state === "pending" ? "pending" : "failing"] as const)),
  ];
};

const standingOf = (world: World, repository: Repository, sha: Sha, wanted: RequiredCheck): Standing => {
  const standings = standingsOf(world, repository, sha, wanted);
  if (standings.length === 0) return "expected";
  return (["failing", "pending"] as const).find((worst) => standings.includes(worst)) ?? "passed";
};

/** A sentence for each that has not passed on that commit, in GitHub's words. */
export const unmetChecks = (world: World, repository: Repository, sha: Sha, checks: readonly RequiredCheck[]): string[] =>
  checks.flatMap((wanted) => {
    const standing = standingOf(world, repository, sha, wanted);
    return standing === "passed" ? [] : [`Required status check "${wanted.name}" is ${standing}.`];
  });
