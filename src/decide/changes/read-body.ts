// What the lines below a commit's subject say: further statements, breaking changes and `Release-As`. Code fences and
// quotes say nothing, and neither does prose: a statement opens its paragraph or is a bullet of a squash commit.
import { readHeader } from "./read-header.ts";
import type { Header, KnownTypes } from "./read-header.ts";

export type Statement = {
  /** Lower case; null when the line carries no readable type. */
  readonly type: string | null;
  readonly scope: string | null;
  /** In one line, without type, scope and pull request numbers. */
  readonly description: string;
  /** The line that it was read from, trimmed. */
  readonly subject: string;
  readonly isBreaking: boolean;
  /** Texts of its BREAKING CHANGE footers; lines joined with a line feed. */
  readonly breakingNotes: readonly string[];
};

export type Body = {
  /** The subject's own statement comes first, completed with its footers. */
  readonly statements: readonly Statement[];
  /** Text of the last `Release-As` footer, trimmed; null without one. */
  readonly releaseAs: string | null;
};

/** What to look for: `paragraphs` that open with a known type, `bullets` that do. */
export type Reading = { readonly known: KnownTypes; readonly paragraphs: boolean; readonly bullets: boolean };

/**
 * The specification wants capitals and a colon. The colon is never forgiven; small letters are, as semantic-release does,
 * but not for the plural: `Breaking changes:` is how release notes of other projects begin that update bots quote.
 */
const BREAKING = new RegExp(String.raw`^[\s*|-]{0,8}(?:BREAKING[ -]CHANGES|(?i:BREAKING[ -]CHANGE))[ \t*]{0,8}:[ \t*]{0,8}(.*)$`);
/** What a template's line says when there is nothing to say. An empty line is a mark all the same: somebody kept it. */
const NOTHING = /^(?:no|none|n\/a|na|nothing|-)\.?$/i;
const RELEASE_AS = /^\s{0,8}release-as:[ \t]*(\S.{0,99})/i;
const TRAILER = /^(?:[A-Za-z]+(?:-[A-Za-z]+)+|refs?|closes?|closed|fix(?:es|ed)?|resolves?|resolved|issues?|cc)(?::| #)|^-{3,}\s*$/i;
const BULLET = /^[ \t]?[*+\u2022-][ \t]+(?=\S)(.*)$/;
const PARAGRAPH_TYPE = /^[a-z]/;

type Draft = Omit<Statement, "breakingNotes" | "isBreaking"> & { isBreaking: boolean; readonly breakingNotes: string[][] };

/** Reads the lines after the subject. Linear in their total length. */
export function readBody(subject: Statement, lines: readonly string[], reading: Reading): Body {
  let current: Draft = { ...subject, breakingNotes: [] };
  const drafts = [current];
  const said = new Map([[saidBy(current), current]]);
  let note: string[] | null = null;
  let releaseAs: string | null = null;
  let isAfterBlank = true;
  for (const line of saying(lines)) {
    const wasAfterBlank = isAfterBlank;
    isAfterBlank = line.trim() === "";
    if (isAfterBlank) {
      if (note !== null && note.length > 0) note = null;
      continue;
    }
    const asked = RELEASE_AS.exec(line)?.[1];
    const broken = BREAKING.exec(line)?.[1];
    const statement = statementIn(line, wasAfterBlank, reading);
    if (asked !== undefined) releaseAs = asked.trim();
    if (statement !== null) {
      current = said.get(saidBy(statement)) ?? (isCutOf(statement, drafts[0]) ? drafts[0] : statement);
      current.isBreaking ||= statement.isBreaking;
      if (current === statement) drafts.push(current);
      said.set(saidBy(statement), current);
    }
    if (broken !== undefined && !NOTHING.test(broken.trim())) {
      note = broken.trim() === "" ? [] : [broken.trim()];
      current.isBreaking = true;
      current.breakingNotes.push(note);
    } else if (broken !== undefined || asked !== undefined || statement !== null || TRAILER.test(line)) note = null;
    else note?.push(line.trim());
  }
  return { statements: drafts.map(finished), releaseAs };
}

/** Lines outside code fences and quotes; those inside count as blank. A fence that is never closed is none. */
function saying(lines: readonly string[]): readonly string[] {
  const fences = lines.flatMap((line, index) => (/^\s{0,3}(?:```|~~~)/.test(line) ? [index] : []));
  const paired = new Set(fences.slice(0, fences.length - (fences.length % 2)));
  let isFenced = false;
  return lines.map((line, index) => {
    if (paired.has(index)) isFenced = !isFenced;
    return isFenced || paired.has(index) || line.startsWith(">") ? "" : line;
  });
}

function statementIn(line: string, isAfterBlank: boolean, { known, paragraphs, bullets }: Reading): Draft | null {
  const bullet = bullets ? BULLET.exec(line)?.[1] : undefined;
  if (bullet !== undefined) return drafted(readHeader(bullet, known), bullet, known);
  // Capitals open prose (`Test: ran it by hand`), so a paragraph's type is in small letters, as both big tools want it.
  if (!paragraphs || !isAfterBlank || !PARAGRAPH_TYPE.test(line)) return null;
  return drafted(readHeader(line, known), line, known);
}

function drafted(header: Header | null, line: string, known: KnownTypes): Draft | null {
  return header === null || !known.has(header.type) ? null : { ...header, subject: line.trim(), breakingNotes: [] };
}

function saidBy({ type, scope, description }: Draft): string {
  return JSON.stringify([type, scope, description]);
}

/**
 * Whether the subject says the same and more: a squash commit often holds the message of its only commit below a title
 * that was made from it, with something appended.
 */
function isCutOf({ type, scope, description }: Draft, subject: Draft | undefined): subject is Draft {
  return subject !== undefined && subject.type === type && subject.scope === scope && subject.description.startsWith(description);
}

function finished(draft: Draft): Statement {
  return { ...draft, breakingNotes: draft.breakingNotes.map((lines) => lines.join("\n")).filter((text) => text !== "") };
}
