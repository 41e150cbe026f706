// Where the APIs are, as on an Enterprise Server, and what a request there counts as.
import type { Resource } from "./limits/hourly.ts";

export const REST = "/api/v3";
/** Where files go: the same paths under another address. */
export const UPLOADS = "/api/uploads";
export const GRAPHQL = "/api/graphql";
/** Of the REST API: the only one that this is. */
export const VERSION = "2022-11-28";

const isUnder = (pathname: string, root: string): boolean => pathname === root || pathname.startsWith(`${root}/`);
export const isUpload = ({ pathname }: URL): boolean => isUnder(pathname, UPLOADS);
export const isApi = (url: URL): boolean => url.pathname === GRAPHQL || isUnder(url.pathname, REST) || isUpload(url);

export const isRead = (method: string): boolean => method === "GET" || method === "HEAD";
export const resourceOf = ({ pathname }: URL): Resource => (pathname === GRAPHQL ? "graphql" : isUnder(pathname, `${REST}/search`) ? "search" : "core");
/** How much is left may always be asked. */
export const isFree = ({ pathname }: URL): boolean => pathname === `${REST}/rate_limit`;
