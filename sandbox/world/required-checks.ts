// What must pass on a head before it is merged into a branch. A name stands for the newest check run that carries it and
// for the newest status of that context: where there are both, both must pass
// (https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks).
import type { Sha } from "../git/types.ts";
import type { Stage } from "./events.ts";
import type { Operations } from "./operations.ts";
import type { Actor, App, Repository, Requirement, World } from "./types.ts";

type Standing = "passed" | "expected" | "pending" | "failing";
type Wanted = Requirement["checks"][number];

/** As branch protection counts them. */
const PASSED: ReadonlySet<string | null> = new Set(["success", "neutral", "skipped"]);

const appOf = (world: World, { appId }: Wanted): App | null => (appId === null ? null : (world.apps.get(appId) ?? null));

/** Those of one app only where it was named; an app that is gone has none. */
const standingsOf = (world: World, repository: Repository, sha: Sha, wanted: Wanted): Standing[] => {
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

const standingOf = (world: World, repository: Repository, sha: Sha, wanted: Wanted): Standing => {
  const standings = standingsOf(world, repository, sha, wanted);
  if (standings.length === 0) return "expected";
  return (["failing", "pending"] as const).find((worst) => standings.includes(worst)) ?? "passed";
};

/** Why that commit may not be merged into the branch, in GitHub's words; null when nothing is in the way. */
export const mergeRefusal = (world: World, repository: Repository, branch: string, sha: Sha): string | null => {
  for (const requirement of repository.requirements) {
    if (requirement.branch !== branch) continue;
    const unmet = requirement.checks.flatMap((wanted) => {
      const standing = standingOf(world, repository, sha, wanted);
      return standing === "passed" ? [] : [`Required status check "${wanted.name}" is ${standing}.`];
    });
    if (unmet.length > 0) return requirement.by === "ruleset" ? `Repository rule violations found\n\n${unmet.join("\n")}` : unmet.join(" ");
  }
  return null;
};

/** GitHub has webhooks for it that no app of ours hears: none is sent. */
export const requireChecks = (
  stage: Stage,
  _actor: Actor,
  repository: Repository,
  { branch, by, checks }: Parameters<Operations["requireChecks"]>[2],
): Promise<void> => {
  const { requirements } = repository;
  const kept = requirements.filter((requirement) => requirement.branch !== branch || requirement.by !== by);
  const made: Requirement[] = checks.length === 0 ? [] : [{ id: stage.world.nextId(), branch, by, checks }];
  requirements.splice(0, requirements.length, ...kept, ...made);
  return Promise.resolve();
};
