// From a global id back to the thing. What the asker may not see does not exist; what it lacks a permission for is
// refused, as it is on the way through a repository.
import { readNodeId } from "../world/node-id.ts";
import type { Repository, User, World } from "../world/types.ts";
import { maySee, maySeeTeam, mayWrite, requireMembers, requirePermission } from "./access.ts";
import type { Context } from "./context.ts";
import { unresolvedNode } from "./errors.ts";
import { accountThing, checkRunThing, commentThing, gitThing, issueThing, labelThing, milestoneThing, refThing, teamThing, type Thing } from "./things.ts";

const userOf = (world: World, id: number): User | null =>
  [...world.users.values(), ...Array.from(world.apps.values(), ({ bot }) => bot)].find((user) => user.id === id) ?? null;

const accountOf = (world: World, id: number): Thing | null => {
  const user = userOf(world, id);
  return user === null ? null : accountThing(user);
};

type Lookup = (repository: Repository, id: number) => Thing | null;

const orNull = <Record_>(record: Record_ | undefined, thing: (record: Record_) => Thing | null): Thing | null => (record === undefined ? null : thing(record));

/** Records are numbered across all repositories. */
const LOOKUPS: Readonly<Record<string, Lookup>> = {
  R: (repository, id) => (repository.id === id ? { is: "Repository", repository } : null),
  I: (repository, id) =>
    orNull(
      [...repository.issues.values()].find((issue) => issue.id === id && issue.pull === null),
      (issue) => issueThing(repository, issue),
    ),
  PR: (repository, id) =>
    orNull(
      [...repository.issues.values()].find((issue) => issue.id === id && issue.pull !== null),
      (issue) => issueThing(repository, issue),
    ),
  IC: (repository, id) => orNull(repository.comments.get(id), (comment) => commentThing(repository, comment)),
  PRR: (repository, id) => {
    for (const issue of repository.issues.values()) {
      const review = issue.pull?.reviews.find((candidate) => candidate.id === id);
      if (issue.pull !== null && review !== undefined) return { is: "PullRequestReview", repository, issue, pull: issue.pull, review };
    }
    return null;
  },
  LA: (repository, id) =>
    orNull(
      [...repository.labels.values()].find((label) => label.id === id),
      (label) => labelThing(repository, label),
    ),
  MI: (repository, id) =>
    orNull(
      [...repository.milestones.values()].find((milestone) => milestone.id === id),
      (milestone) => milestoneThing(repository, milestone),
    ),
  RE: (repository, id) =>
    orNull(
      [...repository.releases.values()].find((release) => release.id === id),
      (release) => ({ is: "Release", repository, release }),
    ),
  RA: (repository, id) => {
    for (const release of repository.releases.values()) {
      const asset = release.assets.find((candidate) => candidate.id === id);
      if (asset !== undefined) return { is: "ReleaseAsset", repository, release, asset };
    }
    return null;
  },
  DE: (repository, id) => orNull(repository.deployments.get(id), (deployment) => ({ is: "Deployment", repository, deployment })),
  DES: (repository, id) => {
    for (const deployment of repository.deployments.values()) {
      const status = deployment.statuses.find((candidate) => candidate.id === id);
      if (status !== undefined) return { is: "DeploymentStatus", repository, deployment, status };
    }
    return null;
  },
  CR: (repository, id) => orNull(repository.checkRuns.get(id), (run) => checkRunThing(repository, run)),
  CS: (repository, id) => orNull(repository.checkSuites.get(id), (suite) => ({ is: "CheckSuite", repository, suite })),
};

const inRepository = async (world: World, kind: string, id: string): Promise<Thing | null> => {
  const separator = id.indexOf(":");
  const repository = [...world.repositories.values()].find((candidate) => candidate.id === Number(id.slice(0, separator)));
  if (separator < 1 || repository === undefined) return null;
  const name = id.slice(separator + 1);
  return kind === "REF" ? refThing(repository, name) : gitThing(repository, name);
};

const find = async (world: World, kind: string, id: string): Promise<Thing | null> => {
  if (kind === "U" || kind === "BOT" || kind === "O") return accountOf(world, Number(id));
  if (kind === "TM")
    return orNull(
      [...world.teams.values()].find((team) => team.id === Number(id)),
      teamThing,
    );
  if (kind === "A") return orNull(world.apps.get(Number(id)), (app) => ({ is: "App", app }));
  if (["C", "T", "B", "TAG", "REF"].includes(kind)) return inRepository(world, kind, id);
  for (const repository of world.repositories.values()) {
    const thing = LOOKUPS[kind]?.(repository, Number(id)) ?? null;
    if (thing !== null) return thing;
  }
  return null;
};

const NEEDED: Readonly<Partial<Record<Thing["is"], readonly string[]>>> = {
  Ref: ["contents"],
  Commit: ["contents"],
  Tree: ["contents"],
  Blob: ["contents"],
  Tag: ["contents"],
  Release: ["contents"],
  ReleaseAsset: ["contents"],
  Issue: ["issues"],
  PullRequest: ["pull_requests"],
  PullRequestReview: ["pull_requests"],
  IssueComment: ["issues", "pull_requests"],
  CheckRun: ["checks"],
  CheckSuite: ["checks"],
  Deployment: ["deployments"],
  DeploymentStatus: ["deployments"],
};

/** Null when it does not exist for the asker. @throws Refusal without the permission */
export const nodeOf = async (context: Context, id: string): Promise<Thing | null> => {
  const read = readNodeId(id);
  const thing = read === null ? null : await find(context.world, read.kind, read.id);
  if (thing?.is === "Team") {
    requireMembers(context, thing.team.organization);
    return maySeeTeam(context, thing.team) ? thing : null;
  }
  if (thing === null || !("repository" in thing)) return thing;
  const { repository } = thing;
  if (!maySee(context.actor, repository)) return null;
  if ("release" in thing && thing.release.isDraft && !mayWrite(context.actor, repository)) return null;
  const needed = NEEDED[thing.is];
  if (needed !== undefined) requirePermission(context, repository, needed);
  return thing;
};

const isA = <Is extends Thing["is"]>(thing: Thing, types: readonly Is[]): thing is Extract<Thing, { is: Is }> => types.some((is) => is === thing.is);

/** The node that a mutation names, of one of the types it takes. @throws Refusal when it is none */
export const nodeOfType = async <Is extends Thing["is"]>(context: Context, id: string, types: readonly Is[]): Promise<Extract<Thing, { is: Is }>> => {
  const thing = await nodeOf(context, id);
  if (thing === null || !isA(thing, types)) throw unresolvedNode(id);
  return thing;
};
