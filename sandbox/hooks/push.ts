// The payloads of `push`, `create` and `delete`.
import type { CommitObject, Person, Sha } from "../git/types.ts";
import type { WorldEvent } from "../world/events.ts";
import { userByEmail } from "../world/people.ts";
import type { Actor, Repository, World } from "../world/types.ts";
import { pageOfRepository } from "../rest/shapes/links.ts";
import { moment } from "../rest/shapes/moment.ts";

const NOBODY: Sha = "0".repeat(40);
const SHORT = 12;

const personShape = (world: World, person: Person) => {
  const account = userByEmail(world, person.email);
  return { name: person.name, email: person.email, date: moment(person.at), ...(account === null ? {} : { username: account.login }) };
};

const pushedCommit = async (world: World, repository: Repository, commit: CommitObject) => {
  const changes = await repository.git.diff(commit.parents[0] ?? null, commit.sha);
  const pathsOf = (...statuses: string[]) => changes.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.trimEnd(),
    timestamp: moment(commit.committer.at),
    url: `${pageOfRepository(world, repository)}/commit/${commit.sha}`,
    author: personShape(world, commit.author),
    committer: personShape(world, commit.committer),
    added: pathsOf("added"),
    removed: pathsOf("removed"),
    modified: pathsOf("modified", "changed", "renamed"),
  };
};

/** `ref` without `refs/heads/` or `refs/tags/`. */
export const refPayload = (repository: Repository, name: string) => {
  const isBranch = name.startsWith("refs/heads/");
  return {
    ref: name.replace(/^refs\/(?:heads|tags)\//u, ""),
    ref_type: isBranch ? "branch" : "tag",
    master_branch: repository.defaultBranch,
    description: null,
    pusher_type: "user",
  };
};

export const pushPayload = async (world: World, repository: Repository, actor: Actor, event: WorldEvent & { readonly is: "push" }) => {
  const { git } = repository;
  const [before, after] = [event.before ?? NOBODY, event.after ?? NOBODY];
  const read = async (sha: Sha | null) => {
    const commit = sha === null ? null : await git.commit(sha);
    return commit === null ? null : pushedCommit(world, repository, commit);
  };
  const commits = await Promise.all(event.commits.map(read));
  return {
    ref: event.name,
    before,
    after,
    base_ref: null,
    created: event.before === null,
    deleted: event.after === null,
    forced: event.isForced,
    compare: `${pageOfRepository(world, repository)}/compare/${before.slice(0, SHORT)}...${after.slice(0, SHORT)}`,
    commits: commits.filter((commit) => commit !== null),
    // A tag object is peeled to its commit.
    head_commit: await read(event.after === null ? null : await git.resolve(event.after)),
    pusher: { name: actor.user.login, email: actor.user.email },
  };
};
