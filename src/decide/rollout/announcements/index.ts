// Who is told of a release, when, how, and in which words. Nothing here sends anything.
export { type Announced, announcementsOf } from "./announced.ts";
export { announcementDraft, templateOf, templatePaths } from "./draft.ts";
export { type Draft, draftsComment, draftsKey, isSaid } from "./drafts-comment.ts";
export { sentCommand } from "./gates.ts";
export { announcementInputs, type AnnouncementInputs } from "./inputs.ts";
export { previewAnnouncements } from "./preview.ts";
