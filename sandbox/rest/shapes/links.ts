// Where things are: the API's addresses and the addresses of pages.
import type { Repository, World } from "../../world/types.ts";

export const apiOf = (world: World): string => `${world.url}/api/v3`;
export const fullNameOf = (repository: Repository): string => `${repository.owner.login}/${repository.name}`;
export const apiOfRepository = (world: World, repository: Repository): string => `${apiOf(world)}/repos/${fullNameOf(repository)}`;
/** Where files of its releases are sent to. */
export const uploadsOfRepository = (world: World, repository: Repository): string => `${world.url}/api/uploads/repos/${fullNameOf(repository)}`;
export const pageOfRepository = (world: World, repository: Repository): string => `${world.url}/${fullNameOf(repository)}`;
/** A path with each part encoded and its slashes kept. */
export const encodedPath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
