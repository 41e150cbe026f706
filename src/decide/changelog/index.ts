// The changelog: read, written and listed. What other parts may use.
export { PULL_REQUEST_BODY_MAX, RELEASE_BODY_MAX, shorten } from "./limits.ts";
export { listedPullRequests } from "./listing.ts";
export type { Listing } from "./listing.ts";
export { breakMentions, safeLine, safeText } from "./safe-text.ts";
export { newestVersion } from "./structure.ts";
export { readUnreleased } from "./unreleased.ts";
export type { Unreleased, UnreleasedItem } from "./unreleased.ts";
export { writeChangelog } from "./write.ts";
export type { ChangelogRelease, WrittenChangelog } from "./write.ts";
