// For the tests beside it: a small world over one real repository, and a client that asks it in GraphQL.
import { ada, commitFiles } from "../git/fixture.ts";
import type { GitRepository, Sha } from "../git/types.ts";
import type { StandIn } from "../stand-in.ts";
import { startStandIn } from "../start.ts";
import type { Operations } from "../world/operations.ts";
import type { Access, Actor, Repository, World } from "../world/types.ts";
import { graphqlHandler } from "./index.ts";

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

/** The public repository `ada/orbit` with one commit on `main`. */
export const inWorld = async (use: (stage: Stage) => Promise<void>): Promise<void> => {
  const standIn = await startStandIn({ clock: "manual", git: "memory", deliver: () => Promise.resolve(200) });
  try {
    await use(await stageOf(standIn));
  } finally {
    await standIn.close();
  }
};

const stageOf = async (standIn: StandIn): Promise<Stage> => {
  const { world, operations } = standIn;
  for (const login of ["ada", "eve"]) standIn.addUser(login);
  // Known by the address that the fixtures of git commit with.
  world.users.set("ada", { ...standIn.actorFor("ada").user, email: ada.email });
  const repository = await standIn.addRepository("ada", "orbit");
  const { git } = repository;
  const owner = standIn.actorFor("ada");
  const handle = graphqlHandler(world, operations);
  // Through JSON, as over the wire.
  const ask: Ask = async (query, variables = {}, actor = owner) => JSON.parse(JSON.stringify(await handle(actor, { query, variables })));
  const install: Stage["install"] = (slug, permissions) => {
    const app = standIn.addApp({ slug, publicKey: "", permissions, events: [], webhook: null });
    return { is: "installation", user: app.bot, installation: standIn.install(app, "ada") };
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
  return { world, operations, repository, git, ask, owner, stranger: standIn.actorFor("eve"), install, commit, pull };
};
