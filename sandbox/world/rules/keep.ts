// Rules come, change and go.
import type { Stage } from "../events.ts";
import type { Operations } from "../operations.ts";
import { type Actor, ApiError, type Repository } from "../types.ts";
import type { Rules, Ruleset } from "./types.ts";

export const NO_RULES: Rules = { refuses: [], checks: [], pullRequest: null, queue: null };

/** One of that number is replaced. @throws ApiError 422 for a name that another one has */
export const keepRuleset = async (stage: Stage, _actor: Actor, repository: Repository, fields: Parameters<Operations["keepRuleset"]>[2]): Promise<Ruleset> => {
  const { rulesets } = repository;
  const known = rulesets.findIndex(({ id }) => id === fields.id);
  const isTaken = rulesets.some(({ id, name, by }) => id !== fields.id && by === fields.by && name === fields.name);
  if (isTaken) throw new ApiError(422, "Validation Failed", [{ resource: "RepositoryRuleset", field: "name", code: "custom", message: "Name must be unique" }]);
  const now = stage.world.now();
  const ruleset: Ruleset = { ...fields, id: fields.id ?? stage.world.nextId(), createdAt: rulesets[known]?.createdAt ?? now, updatedAt: now };
  if (known === -1) rulesets.push(ruleset);
  else rulesets.splice(known, 1, ruleset);
  return Promise.resolve(ruleset);
};

export const deleteRuleset = (_stage: Stage, _actor: Actor, { rulesets }: Repository, ruleset: Ruleset): Promise<void> => {
  rulesets.splice(rulesets.indexOf(ruleset), 1);
  return Promise.resolve();
};

/** Nobody passes by them. Of each kind there is one such set of rules for a branch; without checks it goes. */
export const requireChecks = async (
  stage: Stage,
  actor: Actor,
  repository: Repository,
  { branch, by, checks }: Parameters<Operations["requireChecks"]>[2],
): Promise<void> => {
  const name = by === "protection" ? branch : `Checks of ${branch}`;
  const known = repository.rulesets.find((one) => one.by === by && one.name === name);
  if (known !== undefined && checks.length === 0) return deleteRuleset(stage, actor, repository, known);
  if (checks.length === 0) return;
  const fields = { name, by, target: "branch", include: [`refs/heads/${branch}`], exclude: [], isActive: true, bypass: [], rules: NO_RULES, ...known } as const;
  await keepRuleset(stage, actor, repository, { ...fields, id: known?.id ?? null, rules: { ...fields.rules, checks } });
};
