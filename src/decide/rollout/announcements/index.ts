// Who is told of a release, when, how, and in which words. Nothing here sends anything.
export type { Announced } from "./announced.ts";
export { announcementDraft, templateOf, templatePaths } from "./draft.ts";
export { draftsComment } from "./drafts-comment.ts";
export { sentCommand } from "./gates.ts";
export { announcementInputs } from "./inputs.ts";
export { previewAnnouncements } from "./preview.ts";
