// The drafts of one moment in one comment on the merged release pull request, each ready to be copied, said once.
import type { OwnComment } from "../../../model/snapshot.ts";
import { PULL_REQUEST_BODY_MAX, shorten } from "../../changelog/index.ts";
import { hiddenRecord, hiddenRecordIn, isFields } from "../../hidden-record.ts";
import { asHtml, asMarkdown, paragraphs } from "../../prose/words.ts";
import { withoutHalf } from "../../gates/phrases.ts";
import type { Announced } from "./announced.ts";

export type Draft = {
  /** Who is told. */
  readonly to: readonly string[];
  /** `communications (@acme/communications)`: who sends it. */
  readonly owner: string;
  /** Logins and teams of that role: the comment calls them. */
  readonly handles: readonly string[];
  /** What to say for each of `to` once it was sent; null: tick it. */
  readonly commands: readonly (string | null)[];
  readonly text: string;
};

/** Left for the record and the words around the drafts. */
const AROUND_MAX = 4000;

/** `v1.2.0/production`: a moment of a release is announced once. */
function draftsKey({ values }: Pick<Announced, "values">, moment: string): string {
  return `${values.tag}/${moment}`;
}

export function draftsComment(
  drafts: readonly Draft[],
  release: Pick<Announced, "values" | "title">,
  moment: string,
): { readonly key: string; readonly body: string } {
  const key = draftsKey(release, moment);
  const roomEach = Math.floor((PULL_REQUEST_BODY_MAX - AROUND_MAX) / Math.max(1, drafts.length));
  const text = paragraphs([
    `${calls(drafts)}**Ready to be sent** for ${asMarkdown(release.title)}: copy a text, send it, and say so. Change it as you like; nothing here is sent by the app.`,
    ...drafts.map((draft) => block(draft, roomEach)),
  ]);
  const record = hiddenRecord({ announcement: key });
  return { key, body: `${shorten(text, PULL_REQUEST_BODY_MAX - record.length - 2, null)}\n\n${record}` };
}

/** More are not called: somebody of them sends it. */
const CALLED_MAX = 10;

function calls(drafts: readonly Draft[]): string {
  const handles = drafts
    .flatMap((one) => one.handles.map((handle) => `@${handle.replace(/^@/, "")}`))
    .filter((handle) => /^@[A-Za-z0-9][\w-]{0,99}(?:\/[\w.-]{1,100})?$/.test(handle));
  const called = [...new Set(handles)].slice(0, CALLED_MAX);
  return called.length === 0 ? "" : `${called.join(" ")} `;
}

/** Whether this app said it already. Only what it wrote itself counts, whatever somebody made of the comment later. */
export function isSaid(key: string, own: readonly OwnComment[], app: string): boolean {
  return own.some(({ revisions }) =>
    revisions.some(({ editor, text }) => {
      const record = editor === app ? hiddenRecordIn(text) : null;
      return isFields(record) && record["announcement"] === key;
    }),
  );
}

function block({ to, owner, commands, text }: Draft, roomMax: number): string {
  const said = commands.flatMap((command) => (command === null ? [] : [`\`${command}\``]));
  const sent = said.length === 0 ? "tick it in the checklist" : `say ${said.join(" and ")}, or tick it in the checklist`;
  const heading = asHtml(`${to.join(", ")}: sent by ${owner}`, 300);
  const head = `<details><summary>${heading}</summary>\n\nOnce it is sent, ${sent}.\n\n`;
  return `${head}${fenced(text, roomMax - head.length - 100)}\n\n</details>`;
}

/** Ready to be copied: no fence within the text can end it. */
export function fenced(text: string, max: number): string {
  const shown = withoutHalf(text.length <= max ? text : `${text.slice(0, max - 1)}…`);
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}markdown\n${shown}\n${fence}`;
}
