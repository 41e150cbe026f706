// The text of an announcement: two lines for a patch, highlights for a minor release, what breaks and how to move on for a
// major one; or the team's own template. Markdown in which nobody is mentioned, since it is sent where other names count.
import type { Communication } from "../../../model/playbook.ts";
import type { FileState, Snapshot } from "../../../model/snapshot.ts";
import { breakMentions, shorten } from "../../changelog/index.ts";
import { fill } from "../../fill.ts";
import { paragraphs } from "../../prose/words.ts";
import { placeholders } from "../release-values.ts";
import type { Announced } from "./announced.ts";
import { type NotesRead, readNotes } from "./read-notes.ts";

/** Longer announcements are read by nobody; the release has the rest. */
export const TEXT_MAX = 20_000;
/** A template is a page of text. */
const TEMPLATE_MAX = 20_000;

/** @param template its text; null without one */
export function announcementDraft({ on }: Pick<Communication, "on">, release: Announced, template: string | null): string {
  const read = readNotes(release.notes);
  const text = template === null ? ownWords(on, release, read) : fromTemplate(template, release, read);
  return shorten(withoutMentions(text), TEXT_MAX, release.url).trim();
}

/** A mention with its `@` taken away reads the same wherever the text is sent, and calls nobody. */
function withoutMentions(markdown: string): string {
  return breakMentions(markdown, new Set()).replaceAll("@&#8203;", "");
}

function fromTemplate(template: string, { values, url, notes }: Announced, { highlights }: NotesRead): string {
  return fill(template.replaceAll("\r\n", "\n"), { ...placeholders(values), url, notes: notes.trim(), highlights });
}

function ownWords(moment: string, release: Announced, read: NotesRead): string {
  const { title, url, bump, values } = release;
  if (moment === "rollback") {
    const before = values.previousTag === "" ? "" : `\nThe release before it is \`${values.previousTag}\`.`;
    return `**${title} was taken back.** Please do not install it.${before}\nWhat is known: ${url}`;
  }
  const opening = `**${title} ${happened(moment)}**`;
  if (bump === "patch") return `${opening}, a patch release.\nWhat changed: ${url}`;
  return paragraphs([
    `${opening}.`,
    bump !== "major" || read.breaking === "" ? "" : `What breaks:\n\n${read.breaking}`,
    bump !== "major" ? "" : movingOn(read, url),
    read.highlights === "" ? "" : `Highlights:\n\n${read.highlights}`,
    `All changes: ${url}`,
  ]);
}

function happened(moment: string): string {
  if (moment === "candidate") return "has a candidate to try";
  return moment === "release" ? "is out" : `runs in ${moment}`;
}

function movingOn({ upgrade }: NotesRead, releaseUrl: string): string {
  if (upgrade === null) return "";
  return "url" in upgrade ? `How to move to it: ${upgrade.url}` : `How to move to it: see "${upgrade.heading}" in ${releaseUrl}`;
}

/** Files to read before anything can be written. */
export function templatePaths(communications: readonly Pick<Communication, "template">[]): readonly string[] {
  return [...new Set(communications.flatMap(({ template }) => template ?? []))];
}

/** Null without a template, and for one that is no readable text: then the app's own words do. */
export function templateOf({ template }: Pick<Communication, "template">, { files }: Pick<Snapshot, "files">): string | null {
  if (template === null) return null;
  const state: FileState | undefined = files.get(template);
  if (state === undefined) throw new Error(`Bug: ${template} was never asked for`);
  return state.is === "text" && state.text.length <= TEMPLATE_MAX ? state.text : null;
}
