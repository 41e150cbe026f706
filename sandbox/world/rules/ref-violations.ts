// What rules say of a reference that is made, moved or deleted, in GitHub's words.
import type { GitRepository, Sha } from "../../git/types.ts";
import { verificationOf } from "../signature.ts";
import type { Actor, Repository, World } from "../types.ts";
import { bindingRulesets } from "./binding.ts";
import { unmetChecks } from "./required-checks.ts";
import type { Ruleset } from "./types.ts";

export type RefMove = { readonly name: string; readonly before: Sha | null; readonly after: Sha | null };
/** `messages` are sentences, at least one. */
export type Violation = { readonly ref: string; readonly by: Ruleset["by"]; readonly messages: readonly string[] };

const kindOf = (name: string): "branch" | "tag" => (name.startsWith("refs/tags/") ? "tag" : "branch");

/** Tags are peeled; what is no commit is on no way. */
export const isFastForward = async (git: GitRepository, from: Sha, to: Sha): Promise<boolean> => {
  const [before, after] = await Promise.all([git.resolve(from), git.resolve(to)]);
  return before !== null && after !== null && git.isAncestor(before, after);
};

const newCommits = async ({ git }: Repository, { name, before, after }: RefMove): Promise<readonly Sha[]> => {
  if (after === null || (await git.resolve(after)) === null) return [];
  const known = before === null ? [...git.refs()].filter(([other]) => other !== name).map(([, sha]) => sha) : [before];
  return git.log({ include: [after], exclude: known });
};

const ofCommits = async (repository: Repository, move: RefMove, { refuses }: Ruleset["rules"]): Promise<string[]> => {
  const [signed, linear] = [refuses.includes("required_signatures"), refuses.includes("required_linear_history")];
  if (!signed && !linear) return [];
  const commits = await Promise.all((await newCommits(repository, move)).map((sha) => repository.git.commit(sha)));
  const known = commits.filter((commit) => commit !== null);
  const isUnsigned = signed && known.some((commit) => !verificationOf(commit).isVerified);
  const isMerge = linear && known.some(({ parents }) => parents.length > 1);
  return [...(isUnsigned ? ["Commits must have verified signatures."] : []), ...(isMerge ? ["This branch must not contain merge commits."] : [])];
};

/** Of a push, or of a call of the API that moves a reference: people came past the pull request. */
const ofPush = (world: World, repository: Repository, { after }: RefMove & { readonly after: Sha }, isNew: boolean, { rules }: Ruleset): string[] => [
  ...(rules.queue !== null && !isNew ? ["Changes must be made through the merge queue"] : []),
  ...(rules.pullRequest !== null && !isNew ? ["Changes must be made through a pull request."] : []),
  ...unmetChecks(world, repository, after, rules.checks),
];

const judge = async (world: World, repository: Repository, move: RefMove, way: "push" | "merge", ruleset: Ruleset): Promise<string[]> => {
  const { name, before, after } = move;
  const { refuses } = ruleset.rules;
  const kind = kindOf(name);
  if (after === null) return refuses.includes("deletion") ? [`Cannot delete ${ruleset.by === "protection" ? "a protected" : "this"} ${kind}`] : [];
  const messages = await ofCommits(repository, move, ruleset.rules);
  if (before === null && refuses.includes("creation")) messages.push("Cannot create ref due to creations being restricted.");
  if (before !== null && refuses.includes("update")) messages.push("Cannot update this protected ref.");
  if (way === "merge") return messages;
  const isForced = before !== null && refuses.includes("non_fast_forward") && !(await isFastForward(repository.git, before, after));
  return [...messages, ...(isForced ? [`Cannot force-push to this ${kind}`] : []), ...ofPush(world, repository, { ...move, after }, before === null, ruleset)];
};

/** Its objects must be there. `merge`: what GitHub itself puts on the branch, whose pull request was judged before. */
export const refViolations = async (
  world: World,
  actor: Actor,
  repository: Repository,
  move: RefMove,
  way: "push" | "merge" = "push",
): Promise<Violation[]> => {
  if (move.before === move.after) return [];
  const found = await Promise.all(
    bindingRulesets(world, actor, repository, move.name, way).map(async (ruleset) => ({
      ref: move.name,
      by: ruleset.by,
      messages: await judge(world, repository, move, way, ruleset),
    })),
  );
  return found.filter(({ messages }) => messages.length > 0);
};
