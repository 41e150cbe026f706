// Who owns the files that a pull request changes, by the CODEOWNERS file on its base branch: the last line whose pattern
// fits a path decides (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
import picomatch from "picomatch";
import { roleOf } from "./access.ts";
import { changedBy } from "./pull-facts.ts";
import { isAtLeast } from "./roles.ts";
import { isMemberOf, roleOfTeam } from "./teams.ts";
import type { Issue, Pull, Repository, Review, Team, User, World } from "./types.ts";

const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
export type Owner = User | Team;
export const isBy =
  (owner: Owner) =>
  ({ author }: Review): boolean =>
    "slug" in owner ? isMemberOf(owner, author) : owner === author;
type Line = { readonly fits: (path: string) => boolean; readonly owners: readonly string[] };

/** As in a gitignore: bound to the root by a slash before its end, else found in any folder; what is a folder holds all below it. */
const globsOf = (pattern: string): string[] => {
  const isBound = pattern.replace(/\/$/u, "").includes("/");
  const bare = pattern.replace(/^\//u, "");
  const glob = isBound ? bare : `**/${bare}`;
  if (glob.endsWith("/")) return [`${glob}**`];
  return glob.endsWith("/*") ? [glob] : [glob, `${glob}/**`];
};

const linesOf = (text: string): Line[] =>
  text.split(/\r?\n/u).flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(?:^|\s)#.*$/u, "")
      .trim()
      .split(/\s+/u);
    return pattern === undefined || pattern === "" ? [] : [{ fits: picomatch(globsOf(pattern), { dot: true }), owners }];
  });

const ownerNamed = (world: World, repository: Repository, handle: string): Owner | null => {
  const name = handle.replace(/^@/u, "");
  if (!name.includes("/")) {
    const user = [...world.users.values()].find(({ login, email }) => login.toLowerCase() === name.toLowerCase() || email === handle);
    return user !== undefined && isAtLeast(roleOf(repository, user), "write") ? user : null;
  }
  const team = world.teams.get(name.toLowerCase());
  return team !== undefined && team.organization === repository.owner && isAtLeast(roleOfTeam(repository, team) ?? "none", "write") ? team : null;
};

const ownersFile = async ({ git }: Repository, base: string): Promise<string> => {
  const sha = git.refs().get(`refs/heads/${base}`);
  for (const place of sha === undefined ? [] : PLACES) {
    const entry = await git.entry(sha ?? "", place);
    if (entry?.type === "blob") return String((await git.blob(entry.sha)) ?? "");
  }
  return "";
};

/** One group for each set of owners; somebody of each must agree where code owners must. Who may not write owns nothing. */
export const codeOwners = async (world: World, repository: Repository, issue: Issue, pull: Pull): Promise<readonly (readonly Owner[])[]> => {
  const lines = linesOf(await ownersFile(repository, pull.base));
  if (lines.length === 0) return [];
  const groups = new Map<string, readonly Owner[]>();
  for (const { path } of await changedBy(repository, issue, pull)) {
    const handles = lines.findLast(({ fits }) => fits(path))?.owners ?? [];
    const owners = handles.map((handle) => ownerNamed(world, repository, handle)).filter((owner) => owner !== null);
    if (owners.length > 0) groups.set(handles.join(" "), owners);
  }
  return [...groups.values()];
};
