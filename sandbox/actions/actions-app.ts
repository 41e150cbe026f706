// The app that GitHub reports jobs with, and that runs act as. It is made for the first run: where nothing runs, nothing
// is there of it.
import { noreplyAddress } from "../world/people.ts";
import type { Actor, App, Repository, User, World } from "../world/types.ts";

const SLUG = "github-actions";
/** As on github.com, where rules and playbooks name it. */
const ID = 15_368;
/** Of a `GITHUB_TOKEN` whose file asks for all there is: workflow files are never among it. */
const PERMISSIONS = {
  metadata: "read",
  actions: "write",
  attestations: "write",
  checks: "write",
  contents: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "write",
} as const;

export const actionsApp = (world: World): App => {
  const known = [...world.apps.values()].find(({ slug }) => slug === SLUG);
  if (known !== undefined) return known;
  const login = `${SLUG}[bot]`;
  const id = world.nextId();
  const bot: User = { id, login, type: "Bot", name: login, email: noreplyAddress(world, id, login), organization: null };
  const [owner = bot] = world.users.values();
  world.users.set(login, bot);
  const app: App = {
    id: ID,
    slug: SLUG,
    clientId: `Iv1.${ID.toString(16).padStart(16, "0")}`,
    owner,
    bot,
    publicKey: "",
    permissions: PERMISSIONS,
    events: [],
    webhook: null,
    createdAt: world.now(),
  };
  world.apps.set(ID, app);
  return app;
};

/** Who a run is when it uses its `GITHUB_TOKEN`: the app, in that repository alone. It is no installation that hears of anything. */
export const workflowActor = (world: World, { owner, id }: Repository): Actor => {
  const app = actionsApp(world);
  const installation = { id: 0, app, account: owner, permissions: PERMISSIONS, only: [id], suspendedAt: null, createdAt: app.createdAt };
  return { is: "installation", user: app.bot, installation };
};

/** What a run does with its own token starts no further runs, lest they never end. */
export const isWorkflow = (actor: Actor): boolean => actor.is === "installation" && actor.installation.id === 0;
