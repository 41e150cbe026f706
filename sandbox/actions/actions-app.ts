// The app that GitHub reports jobs with. It is made for the first run: where nothing runs, nothing is there of it.
import { noreplyAddress } from "../world/people.ts";
import type { App, User, World } from "../world/types.ts";

const SLUG = "github-actions";
/** As on github.com, where rules and playbooks name it. */
const ID = 15_368;

export const actionsApp = (world: World): App => {
  const known = [...world.apps.values()].find(({ slug }) => slug === SLUG);
  if (known !== undefined) return known;
  const login = `${SLUG}[bot]`;
  const id = world.nextId();
  const bot: User = { id, login, type: "Bot", name: login, email: noreplyAddress(world, id, login) };
  const [owner = bot] = world.users.values();
  world.users.set(login, bot);
  const app: App = {
    id: ID,
    slug: SLUG,
    clientId: `Iv1.${ID.toString(16).padStart(16, "0")}`,
    owner,
    bot,
    publicKey: "",
    permissions: { metadata: "read", contents: "write", checks: "write", statuses: "write" },
    events: [],
    webhook: null,
    createdAt: world.now(),
  };
  world.apps.set(ID, app);
  return app;
};
