// The changelog: read, written and listed. What other parts may use.
export { PULL_REQUEST_BODY_MAX, RELEASE_BODY_MAX, shorten } from "./limits.ts";
export { listedPullRequests } from "./listing.ts";
export { itemsIn, sectionsOf } from "./note-sections.ts";
export type { NoteSection } from "./note-sections.ts";
export { breakMentions, safeLine } from "./safe-text.ts";
export { newestVersion, sectionTextOf } from "./structure.ts";
export { readUnreleased } from "./unreleased.ts";
export type { UnreleasedItem } from "./unreleased.ts";
export { writeChangelog } from "./write.ts";
