// People, bots, organizations and apps. A bot's login has its `[bot]` suffix in REST and where GraphQL calls it a
// `User`; as a `Bot` it has none.
import { nodeId } from "../../world/node-id.ts";
import type { Fields } from "../context.ts";
import { accountUrl, pathOf } from "../links.ts";
import { dateTime } from "../moments.ts";
import type { AccountThing, AppThing } from "../things.ts";

const KINDS = { User: "U", Bot: "BOT", Organization: "O" } as const;

export const accountFields: Fields<AccountThing> = {
  id: ({ user }) => nodeId(KINDS[user.type], user.id),
  databaseId: ({ user }) => user.id,
  login: ({ is, user }) => (is === "Bot" ? user.login.replace(/\[bot\]$/, "") : user.login),
  name: ({ user }) => user.name,
  email: ({ user }) => user.email,
  url: ({ user }, _, { world }) => accountUrl(world, user),
  resourcePath: ({ user }, _, { world }) => pathOf(accountUrl(world, user)),
  avatarUrl: ({ user }, _, { world }) => `${world.url}/avatars/u/${user.id}`,
  isViewer: ({ user }, _, { actor }) => user.id === actor.user.id,
};

export const appFields: Fields<AppThing> = {
  id: ({ app }) => nodeId("A", app.id),
  databaseId: ({ app }) => app.id,
  slug: ({ app }) => app.slug,
  name: ({ app }) => app.slug,
  clientId: ({ app }) => app.clientId,
  url: ({ app }, _, { world }) => accountUrl(world, app.bot),
  createdAt: ({ app }) => dateTime(app.createdAt),
};
