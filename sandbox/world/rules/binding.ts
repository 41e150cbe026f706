// Which rules bind whom, and where (https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets).
import picomatch from "picomatch";
import { isOwner, roleOf } from "../access.ts";
import { isAtLeast } from "../roles.ts";
import { isMemberOf } from "../teams.ts";
import type { Actor, Repository, World } from "../types.ts";
import type { Bypass, Ruleset } from "./types.ts";

const PREFIX = { branch: "refs/heads/", tag: "refs/tags/" } as const;

const names = ({ defaultBranch }: Repository, pattern: string, ref: string): boolean => {
  if (pattern === "~ALL") return true;
  return pattern === "~DEFAULT_BRANCH" ? ref === `refs/heads/${defaultBranch}` : picomatch.isMatch(ref, pattern, { dot: true });
};

/** All active ones that name that reference. */
export const rulesetsOn = (repository: Repository, ref: string): Ruleset[] =>
  repository.rulesets.filter(
    ({ isActive, target, include, exclude }) =>
      isActive &&
      ref.startsWith(PREFIX[target]) &&
      include.some((pattern) => names(repository, pattern, ref)) &&
      !exclude.some((pattern) => names(repository, pattern, ref)),
  );

const isThat = (world: World, actor: Actor, repository: Repository, who: Bypass["who"]): boolean => {
  if (actor.is === "app") return false;
  if (actor.is === "installation") return who.is === "app" && who.id === actor.installation.app.id;
  switch (who.is) {
    case "app":
      return false;
    case "person":
      return actor.user.id === who.id;
    case "owners":
      return isOwner(repository, actor.user);
    case "role":
      return isAtLeast(roleOf(repository, actor.user), who.role);
    case "team":
      return [...world.teams.values()].some((team) => team.id === who.id && isMemberOf(team, actor.user));
  }
};

/** Those that bind that actor; null is anybody, whom nothing spares. */
export const bindingRulesets = (world: World, actor: Actor | null, repository: Repository, ref: string, way: "push" | "merge"): Ruleset[] =>
  rulesetsOn(repository, ref).filter(
    ({ bypass }) => actor === null || !bypass.some(({ who, when }) => (when === "always" || way === "merge") && isThat(world, actor, repository, who)),
  );
