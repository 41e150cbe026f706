// For the tests beside it: a small world over one real repository, and a client that asks it in GraphQL.
import { commitFiles, inRepository } from "../git/fixture.ts";
import type { GitRepository, Sha } from "../git/types.ts";
import { operationsOf } from "../world/index.ts";
import type { Operations } from "../world/operations.ts";
import type { Access, Actor, App, Installation, Repository, User, World } from "../world/types.ts";
import { graphqlHandler } from "./index.ts";

const START = Date.UTC(2026, 0, 1);

// What tests read of an answer is what they assert; naming its shape would say it twice.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;
type Answer = {
  readonly data?: Json;
  readonly errors?: readonly { readonly type?: string; readonly message: string; readonly path?: readonly (string | number)[]; readonly locations?: unknown }[];
};
type Ask = (query: string, variables?: Readonly<Record<string, unknown>>, actor?: Actor) => Promise<Answer>;

export type Stage = {
  readonly world: World;
  readonly operations: Operations;
  readonly repository: Repository;
  readonly git: GitRepository;
  /** Its owner, unless the test names another actor. */
  readonly ask: Ask;
  readonly owner: Actor;
  readonly stranger: Actor;
  /** An installed app, as the bot that acts for it. */
  readonly install: (slug: string, permissions: Readonly<Record<string, Access>>) => Actor & { readonly is: "installation" };
  /** Commits files on a branch, made from `main` when there is none. Returns the commit. */
  readonly commit: (branch: string, files: Readonly<Record<string, string | null>>, message?: string) => Promise<Sha>;
  readonly pull: (branch: string, files: readonly Readonly<Record<string, string>>[]) => ReturnType<Operations["openPullRequest"]>;
};

const person = (id: number, login: string, type: User["type"] = "User"): User => ({ id, login, type, name: login, email: `${login}@example.com` });

const emptyWorld = (): World => {
  let id = 100;
  let now = START;
  return {
    url: "http://stand-in.test",
    now: () => now,
    users: new Map(),
    apps: new Map(),
    installations: new Map(),
    repositories: new Map(),
    tokens: new Map(),
    deliveries: [],
    requests: [],
    unknownRoutes: [],
    manifestCodes: new Map(),
    nextId: () => (id += 1),
    tick: () => {
      now += 1000;
    },
  };
};

const emptyRepository = (owner: User, git: GitRepository): Repository => ({
  id: 7,
  owner,
  name: "orbit",
  git,
  defaultBranch: "main",
  isPrivate: false,
  isArchived: false,
  createdAt: START,
  pushedAt: START,
  settings: { allowMerge: true, allowSquash: true, allowRebase: true, deleteBranchOnMerge: false },
  collaborators: new Map(),
  issues: new Map(),
  comments: new Map(),
  labels: new Map(),
  milestones: new Map(),
  checkSuites: new Map(),
  checkRuns: new Map(),
  statuses: [],
  releases: new Map(),
});

/** The public repository `ada/orbit` with one commit on `main`. */
export const inWorld = (use: (stage: Stage) => Promise<void>): Promise<void> =>
  inRepository(async (git) => {
    const world = emptyWorld();
    const [ada, eve] = [person(1, "ada"), person(2, "eve")];
    for (const user of [ada, eve]) world.users.set(user.login, user);
    const repository = emptyRepository(ada, git);
    world.repositories.set("ada/orbit", repository);
    const operations = operationsOf(world, () => Promise.resolve());
    const owner: Actor = { is: "user", user: ada };
    const handle = graphqlHandler(world, operations);
    // Through JSON, as over the wire.
    const ask: Ask = async (query, variables = {}, actor = owner) => JSON.parse(JSON.stringify(await handle(actor, { query, variables })));

    const install: Stage["install"] = (slug, permissions) => {
      const bot = person(world.nextId(), `${slug}[bot]`, "Bot");
      const app: App = {
        id: world.nextId(),
        slug,
        clientId: slug,
        owner: ada,
        bot,
        publicKey: "",
        permissions,
        events: [],
        webhook: null,
        createdAt: world.now(),
      };
      const installation: Installation = { id: world.nextId(), app, account: ada, permissions, suspendedAt: null, createdAt: world.now() };
      world.users.set(bot.login, bot);
      world.apps.set(app.id, app);
      world.installations.set(installation.id, installation);
      return { is: "installation", user: bot, installation };
    };
    const commit: Stage["commit"] = async (branch, files, message = "change\n") => {
      const name = `refs/heads/${branch}`;
      const parent = git.refs().get(name) ?? git.refs().get("refs/heads/main");
      const sha = await commitFiles(git, parent === undefined ? [] : [parent], files, message);
      await operations.updateRefs(owner, repository, [{ name, after: sha, force: false }]);
      return sha;
    };
    const pull: Stage["pull"] = async (branch, commits) => {
      for (const [index, files] of commits.entries()) await commit(branch, files, `${branch} ${index + 1}\n`);
      return operations.openPullRequest(owner, repository, { title: branch, body: null, head: branch, base: "main", isDraft: false });
    };
    await commit("main", { "README.md": "# Orbit\n" }, "first\n\nwith a body\n");
    await use({ world, operations, repository, git, ask, owner, stranger: { is: "user", user: eve }, install, commit, pull });
  });
