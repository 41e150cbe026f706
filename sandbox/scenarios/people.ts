// What people do on the stand-in, for scenarios and tests: commits, pull requests that are opened and merged.
import type { Sha } from "../git/types.ts";
import type { StandIn } from "../stand-in.ts";
import { NO_RULES } from "../world/rules/keep.ts";
import type { Ruleset } from "../world/rules/types.ts";
import type { Actor, App, CheckRun, Issue, Permission, Repository, Status } from "../world/types.ts";

const PEOPLE: Readonly<Record<string, string>> = { ann: "Ann Berg", lee: "Lee Duarte", sam: "Sam Okafor" };

/** Ann maintains, Lee writes most of it, Sam reports. */
export const COLLABORATORS: Readonly<Record<string, Permission>> = { ann: "admin", lee: "write", sam: "triage" };

/** Everybody but the one who is there already as the owner. */
export function addPeople(standIn: StandIn, owner: string): void {
  for (const [login, name] of Object.entries(PEOPLE)) if (login !== owner) standIn.addUser(login, { name });
}

/** Text by path; null removes the file. */
export type Files = Readonly<Record<string, string | null>>;

/** Writes a commit that no branch leads to yet. */
async function writeCommit(
  { world }: StandIn,
  { git }: Repository,
  commit: { readonly parent: Sha | null; readonly message: string; readonly files: Files; readonly login: string },
): Promise<Sha> {
  const { parent, message, files, login } = commit;
  const edits = await Promise.all(
    Object.entries(files).map(async ([path, text]) => ({ path, mode: "100644", sha: text === null ? null : await git.writeBlob(Buffer.from(text)) })),
  );
  const base = parent === null ? null : ((await git.commit(parent))?.tree ?? null);
  const { name, email } = world.users.get(login) ?? { name: login, email: `${login}@example.test` };
  const author = { name, email, at: world.now() };
  const tree = await git.writeTree(base, edits);
  return await git.writeCommit({ tree, parents: parent === null ? [] : [parent], author, committer: author, message: `${message}\n`, signature: null });
}

/** Commits on a branch, which is created when it does not exist. */
export async function commitTo(
  standIn: StandIn,
  repository: Repository,
  branch: string,
  commit: { readonly message: string; readonly files: Files; readonly login: string },
): Promise<Sha> {
  const name = `refs/heads/${branch}`;
  const parent = repository.git.refs().get(name) ?? null;
  const sha = await writeCommit(standIn, repository, { ...commit, parent });
  await standIn.operations.updateRefs(standIn.actorFor(commit.login), repository, [{ name, before: parent, after: sha, force: false }]);
  return sha;
}

/** A pull request against the default branch, opened by its author and left open. */
export async function openPull(
  standIn: StandIn,
  repository: Repository,
  pull: {
    readonly branch: string;
    readonly title: string;
    readonly body?: string;
    readonly files: Files;
    readonly login: string;
    readonly labels?: readonly string[];
  },
): Promise<Issue> {
  const { branch, title, body = null, files, login, labels = [] } = pull;
  const base = repository.git.refs().get(`refs/heads/${repository.defaultBranch}`) ?? null;
  const sha = await writeCommit(standIn, repository, { parent: base, message: title, files, login });
  const actor = standIn.actorFor(login);
  await standIn.operations.updateRefs(actor, repository, [{ name: `refs/heads/${branch}`, before: null, after: sha, force: false }]);
  const issue = await standIn.operations.openPullRequest(actor, repository, { title, body, head: branch, base: repository.defaultBranch, isDraft: false });
  if (labels.length > 0) await standIn.operations.addLabels(actor, repository, issue, labels);
  return issue;
}

export async function mergePull(standIn: StandIn, repository: Repository, pull: Issue, login: string, method: "merge" | "squash" | "rebase"): Promise<Sha> {
  return await standIn.operations.mergePullRequest(standIn.actorFor(login), repository, pull, { method, sha: null, title: null, message: null });
}

/** The continuous integration of every scenario: an app of its own, as on GitHub only apps make check runs. */
const CI = "acme-ci";

/** Installed for the owner of the repositories; it hears nothing. */
export function installCi(standIn: StandIn, owner: string): App {
  const app = standIn.addApp({
    slug: CI,
    publicKey: "",
    permissions: { metadata: "read", contents: "read", checks: "write", statuses: "write" },
    events: [],
    webhook: null,
  });
  standIn.install(app, owner);
  return app;
}

/** What `acme-ci` says of a commit: null begins a run, a conclusion ends it. */
export async function reportCheck(standIn: StandIn, repository: Repository, sha: Sha, name: string, conclusion: string | null): Promise<CheckRun> {
  return await standIn.operations.reportCheck(ciOf(standIn, repository), repository, sha, { name, conclusion, appSlug: CI });
}

/** The older way: a status with that context, in the name of `acme-ci` or of a person who may write. */
export async function setStatus(
  standIn: StandIn,
  repository: Repository,
  sha: Sha,
  status: { readonly context: string; readonly state: Status["state"]; readonly login?: string },
): Promise<Status> {
  const { context, state, login } = status;
  const actor = login === undefined ? ciOf(standIn, repository) : standIn.actorFor(login);
  return await standIn.operations.createStatus(actor, repository, sha, { context, state, description: null, targetUrl: null });
}

function ciOf({ world }: StandIn, { owner }: Repository): Actor {
  const installation = [...world.installations.values()].find(({ app, account }) => app.slug === CI && account === owner);
  if (installation === undefined) throw new Error(`${owner.login} has no ${CI}: call installCi first`);
  return { is: "installation", user: installation.app.bot, installation };
}

type RulesetFields = Partial<Omit<Ruleset, "id" | "createdAt" | "updatedAt">>;

/** A ruleset of the default branch that asks for nothing, but for what is said. */
export async function keepRules(standIn: StandIn, repository: Repository, login: string, fields: RulesetFields): Promise<Ruleset> {
  return await standIn.operations.keepRuleset(standIn.actorFor(login), repository, {
    id: null,
    name: "Rules",
    by: "ruleset",
    target: "branch",
    include: ["~DEFAULT_BRANCH"],
    exclude: [],
    isActive: true,
    bypass: [],
    rules: NO_RULES,
    ...fields,
  });
}
