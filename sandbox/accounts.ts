// What the API can't make: people and organizations, apps, their installations, repositories, tokens of people.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { workflowActor } from "./actions/actions-app.ts";
import { copyRepository } from "./git/create-repository.ts";
import { openMemoryRepository } from "./git/in-memory/repository.ts";
import { openGitRepository } from "./git/repository.ts";
import type { GitRepository } from "./git/types.ts";
import type { Deliveries } from "./hooks/deliveries.ts";
import type { StandIn } from "./stand-in.ts";
import { noreplyAddress } from "./world/people.ts";
import type { App, Repository, Team, User, World } from "./world/types.ts";

export type Accounts = Pick<
  StandIn,
  "addUser" | "addApp" | "install" | "addTeam" | "setMembers" | "addRepository" | "actorFor" | "workflowActor" | "registerSigningKey" | "tokenFor"
>;

const accountNamed = (world: World, login: string): User => {
  const user = world.users.get(login);
  if (user === undefined) throw new Error(`There is no account ${login}`);
  return user;
};

const addAccount = (world: World, login: string, type: User["type"], name: string): User => {
  if (world.users.has(login)) throw new Error(`There is an account ${login} already`);
  const id = world.nextId();
  const user: User = { id, login, type, name, email: noreplyAddress(world, id, login) };
  world.users.set(login, user);
  return user;
};

const addApp = (world: World, fields: Parameters<StandIn["addApp"]>[0]): App => {
  const id = world.nextId();
  const bot = addAccount(world, `${fields.slug}[bot]`, "Bot", `${fields.slug}[bot]`);
  // Who registered an app is of no consequence here: the first account stands for it.
  const [first = bot] = world.users.values();
  const app: App = { id, clientId: `Iv1.${id.toString(16).padStart(16, "0")}`, owner: first, bot, createdAt: world.now(), ...fields };
  world.apps.set(id, app);
  return app;
};

const addTeam = (world: World, login: string, slug: string, members: readonly string[]): Team => {
  const organization = accountNamed(world, login);
  if (organization.type !== "Organization") throw new Error(`${login} is no organization: only those have teams`);
  const key = `${login}/${slug}`.toLowerCase();
  if (world.teams.has(key)) throw new Error(`There is a team ${key} already`);
  const team: Team = {
    id: world.nextId(),
    organization,
    slug,
    name: slug,
    members: members.map((member) => accountNamed(world, member)),
    createdAt: world.now(),
  };
  world.teams.set(key, team);
  return team;
};

/** Where repositories are: below this folder, as `owner/name.git`, or only in memory when it is null. */
type Root = string | null;

const openGit = async (
  root: Root,
  owner: string,
  name: string,
  from: string | undefined,
): Promise<{ readonly git: GitRepository; readonly branch: string }> => {
  if (root === null) {
    if (from !== undefined) throw new Error(`${from} can't be copied into memory: start the stand-in with git: "disk"`);
    return { git: await openMemoryRepository({ branch: "main" }), branch: "main" };
  }
  const directory = join(root, owner, `${name}.git`);
  const branch = from === undefined ? "main" : await copyRepository(from, directory);
  return { git: await openGitRepository(directory, { branch }), branch };
};

type NewRepository = NonNullable<Parameters<StandIn["addRepository"]>[2]>;
const addRepository = async (
  world: World,
  root: Root,
  account: string,
  name: string,
  { from, isPrivate = false, collaborators = {} }: NewRepository,
): Promise<Repository> => {
  const owner = accountNamed(world, account);
  const key = `${account}/${name}`.toLowerCase();
  if (world.repositories.has(key)) throw new Error(`There is a repository ${key} already`);
  const { git, branch: defaultBranch } = await openGit(root, account, name, from);
  const repository: Repository = {
    id: world.nextId(),
    owner,
    name,
    git,
    defaultBranch,
    isPrivate,
    isArchived: false,
    createdAt: world.now(),
    pushedAt: world.now(),
    settings: { allowMerge: true, allowSquash: true, allowRebase: true, deleteBranchOnMerge: false },
    collaborators: new Map(Object.entries(collaborators)),
    issues: new Map(),
    comments: new Map(),
    labels: new Map(),
    milestones: new Map(),
    checkSuites: new Map(),
    checkRuns: new Map(),
    statuses: [],
    actions: { workflows: new Map(), runs: new Map(), artifacts: new Map(), runsSucceed: false },
    requirements: [],
    releases: new Map(),
    attestations: [],
  };
  world.repositories.set(key, repository);
  return repository;
};

export const accountsOf = (world: World, root: Root, deliveries: Deliveries): Accounts => ({
  addUser: (login, { type = "User", name = login } = {}) => addAccount(world, login, type, name),
  addApp: (fields) => addApp(world, fields),
  install(app, account, { only = null } = {}) {
    const installation = {
      id: world.nextId(),
      app,
      account: accountNamed(world, account),
      permissions: app.permissions,
      only,
      suspendedAt: null,
      createdAt: world.now(),
    };
    world.installations.set(installation.id, installation);
    deliveries.installed(installation);
    return installation;
  },
  addTeam(organization, slug, members) {
    const team = addTeam(world, organization, slug, members);
    deliveries.teamCreated(team);
    return team;
  },
  setMembers(team, logins) {
    const wanted = logins.map((login) => accountNamed(world, login));
    const [gone, come] = [team.members.filter((member) => !wanted.includes(member)), wanted.filter((member) => !team.members.includes(member))];
    team.members.splice(0, team.members.length, ...wanted);
    for (const member of gone) deliveries.memberChanged(team, member, "removed");
    for (const member of come) deliveries.memberChanged(team, member, "added");
  },
  async addRepository(owner, name, options = {}) {
    const repository = await addRepository(world, root, owner, name, options);
    deliveries.repositoryAdded(repository);
    return repository;
  },
  registerSigningKey(login, text) {
    world.signingKeys.push({ user: accountNamed(world, login), text });
  },
  workflowActor: (repository) => workflowActor(world, repository),
  actorFor: (login) => ({ is: "user", user: accountNamed(world, login) }),
  tokenFor(login) {
    const text = `ghp_${randomBytes(18).toString("hex")}`;
    world.tokens.set(text, { text, actor: { is: "user", user: accountNamed(world, login) }, expiresAt: null });
    return text;
  },
});
