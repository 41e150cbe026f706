// The app's own part of a release's text: what the release leaves behind and how far it has come, between two marks at the
// end. Everything outside of them belongs to others and stays as it is, to the letter.
import type { Words } from "../../model/plan.ts";
import type { ArtifactReport, RolloutReport } from "../../model/rollout.ts";
import { sayInstant } from "../calendar/moments.ts";
import { RELEASE_BODY_MAX } from "../changelog/index.ts";
import { artifactTable } from "./artifact-table.ts";
import { asMarkdown, paragraphs } from "./words.ts";

const OPENING = "<!-- release-steward:artifacts -->";
const CLOSING = "<!-- /release-steward:artifacts -->";

export type OwnedRegion = {
  /** How far it is, in one line. */
  readonly state: Words;
  /** Null: nobody asked for a table. */
  readonly artifacts: readonly ArtifactReport[] | null;
  /** Tags that moved along. */
  readonly moving: readonly Words[];
};

/** @param isTableWanted even if it is empty; without it, it is shown where there is something to show. Null: nothing follows the publication, and nobody asked */
export function ownedRegion(report: RolloutReport, isTableWanted: boolean): OwnedRegion | null {
  const { steps, artifacts, moving } = report;
  if (!isTableWanted && artifacts.length === 0 && steps.every(({ kind }) => kind === "tag" || kind === "publication")) return null;
  return { state: stateLine(report), artifacts: isTableWanted || artifacts.length > 0 ? artifacts : null, moving };
}

/** While it goes on, always the same: a text on a public page is not written again for each minute. */
function stateLine({ state, because, endedAt, evaluatedAt, steps }: RolloutReport): Words {
  switch (state) {
    case "verified":
      return `Verified ${sayInstant(endedAt ?? evaluatedAt)}`;
    case "paused":
      return `Rollout paused: ${pausedBy(steps) ?? because}`;
    case "frozen":
      return `Rollout paused: ${because}`;
    case "withdrawn":
      return `Withdrawn: ${because}`;
    case "superseded":
      return `Superseded: ${because}`;
    case "running":
    case "waiting":
      return "Rollout under way";
  }
}

/** `docs failed, run 12, attempt 1`. */
function pausedBy(steps: RolloutReport["steps"]): Words | null {
  const stuck = steps.find(({ state }) => state === "failed" || state === "halted");
  if (stuck === undefined) return null;
  const last = stuck.attempts.at(-1);
  return `${stuck.step} ${stuck.state === "failed" ? "failed" : "was halted"}${last === undefined ? "" : `, run ${String(last.run)}, attempt ${String(last.attempt)}`}`;
}

/**
 * The body with that region in place of its own, or behind everything else. Never longer than GitHub takes because of it:
 * rows of the table give way, then the region as a whole.
 */
export function withOwnedRegion(body: string, region: OwnedRegion): string {
  const { before, after } = aroundRegion(body) ?? { before: separated(body), after: "\n" };
  const room = RELEASE_BODY_MAX - before.length - after.length;
  const own = regionText(region, room);
  return own === null ? withoutOwnedRegion(body) : `${before}${own}${after}`;
}

export function withoutOwnedRegion(body: string): string {
  const around = aroundRegion(body);
  return around === null ? body : `${around.before}${around.after}`;
}

/** Whether two bodies say the same: line ends and blanks at the end do not count. */
export function isSameReleaseBody(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd();
}

/** Null where not even its state fits. */
function regionText({ state, artifacts, moving }: OwnedRegion, room: number): string | null {
  const line = `**${asMarkdown(state, 300)}**`;
  const moved = moving.map((words) => `- ${asMarkdown(words, 200)}`).join("\n");
  const rest = marked(paragraphs([line, moved])).length + "\n\n".length;
  const own = [
    ...(artifacts === null ? [] : [paragraphs([line, artifactTable(artifacts, Math.max(0, room - rest)), moved])]),
    paragraphs([line, moved]),
    line,
  ].map((middle) => marked(middle));
  return own.find((text) => text.length <= room) ?? null;
}

function marked(text: string): string {
  return `${OPENING}\n\n${text}\n\n${CLOSING}`;
}

type Around = { readonly before: string; readonly after: string };

/** Around the last region whose two marks stand on lines of their own; an earlier one is somebody's quotation. Null for none. */
export function aroundRegion(body: string): Around | null {
  let open: number | null = null;
  let found: Around | null = null;
  let start = 0;
  while (start <= body.length) {
    const newline = body.indexOf("\n", start);
    const end = newline === -1 ? body.length : newline;
    const line = body.slice(start, end).replace(/\r$/, "");
    if (line === OPENING) open = start;
    else if (line === CLOSING && open !== null) {
      found = { before: body.slice(0, open), after: body.slice(start + CLOSING.length) };
      open = null;
    }
    start = end + 1;
  }
  return found;
}

/** A blank line stands before the region, so that no list or table runs into it. */
function separated(body: string): string {
  if (body === "" || body.endsWith("\n\n") || body.endsWith("\r\n\r\n")) return body;
  return body.endsWith("\n") ? `${body}\n` : `${body}\n\n`;
}
