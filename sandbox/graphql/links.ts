// Addresses of pages, as `url` fields give them.
import type { Issue, Repository, User, World } from "../world/types.ts";

export const repositoryUrl = (world: World, { owner, name }: Repository): string => `${world.url}/${owner.login}/${name}`;

export const accountUrl = (world: World, { login, type }: User): string =>
  type === "Bot" ? `${world.url}/apps/${login.replace(/\[bot\]$/, "")}` : `${world.url}/${login}`;

export const issueUrl = (world: World, repository: Repository, { number, pull }: Issue): string =>
  `${repositoryUrl(world, repository)}/${pull === null ? "issues" : "pull"}/${number}`;

/** What `resourcePath` is to `url`. */
export const pathOf = (url: string): string => new URL(url).pathname;
