// Who owns a path by a CODEOWNERS file, as GitHub reads one: the last rule that matches decides, a rule without owners
// takes a path from everybody, and a line that GitHub does not understand is left out. Patterns are those of gitignore
// without `!` and `[]`; `folder/*` holds the files of that folder and none below. No pattern can take more time than its
// length times that of the path. https://docs.github.com/articles/about-code-owners
import type { Words } from "../../model/plan.ts";
import type { Handle } from "../../model/playbook.ts";

export type PathOwners = {
  readonly handles: readonly Handle[];
  /** Owners by e-mail: GitHub knows who that is, this app does not. */ readonly emails: readonly string[];
};

export type CodeOwners = {
  /**
   * Null for a folder (a path with a final `/`, of which some file is meant) below which rules differ: which of them
   * decides is not known. Both lists are empty when nobody owns the path.
   */
  readonly ownersOf: (path: string) => PathOwners | null;
  /** Lines that GitHub leaves out; the first line is 1. */
  readonly mistakes: readonly { readonly line: number; readonly because: Words }[];
};

type Rule = { readonly pattern: Pattern } & PathOwners;
/** `**` stands for any number of segments; `isDeep`: what lies below a match matches, too. */
type Pattern = { readonly segments: readonly Segment[]; readonly isDeep: boolean };
type Segment = "**" | readonly Sign[];
/** `*`, `?`, a character, or a backslash and the character that it keeps from meaning anything. */
type Sign = string;

const NOBODY: PathOwners = { handles: [], emails: [] };
const HANDLE = /^@[A-Za-z0-9][\w-]*(?:\/[\w.-]+)?$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

export function readCodeOwners(text: string): CodeOwners {
  const rules: Rule[] = [];
  const mistakes: { line: number; because: Words }[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const [pattern, ...owners] = wordsOf(line);
    if (pattern === undefined) continue;
    const because = mistakeIn(pattern, owners);
    if (because === null)
      rules.push({ pattern: compile(pattern), handles: owners.filter((one) => HANDLE.test(one)), emails: owners.filter((one) => !HANDLE.test(one)) });
    else mistakes.push({ line: index + 1, because });
  }
  return { ownersOf: (path) => ownersIn(rules, path), mistakes };
}

function ownersIn(rules: readonly Rule[], path: string): PathOwners | null {
  const segments = path.split("/");
  const decisive = rules.findLastIndex(({ pattern }) => matches(pattern, segments));
  const owners = rules[decisive] ?? NOBODY;
  if (!path.endsWith("/")) return owners;
  const folder = segments.slice(0, -1);
  const mayDiffer = rules.slice(decisive + 1).some((rule) => !isSame(rule, owners) && mayMatchBelow(rule.pattern, folder));
  return mayDiffer ? null : owners;
}

function isSame(left: PathOwners, right: PathOwners): boolean {
  const all = ({ handles, emails }: PathOwners): string =>
    [...handles, ...emails]
      .map((one) => one.toLowerCase())
      .toSorted()
      .join(" ");
  return all(left) === all(right);
}

/** Pattern and owners. A backslash keeps a space in its word; `#` at the front of a word begins a comment. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:\\.|[^\s\\]|\\$)+/gu) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  return comment === -1 ? words : words.slice(0, comment);
}

function mistakeIn(pattern: string, owners: readonly string[]): Words | null {
  if (pattern.startsWith("!")) return "a pattern can't begin with `!`";
  if (pattern.startsWith("\\#")) return "a pattern can't begin with `#`";
  if (/[[\]]/.test(pattern.replaceAll(/\\./gu, ""))) return "a pattern can't hold `[` or `]`";
  if (/^\/+$/.test(pattern)) return "a pattern has to name something";
  const stranger = owners.find((one) => !HANDLE.test(one) && !EMAIL.test(one));
  return stranger === undefined ? null : `${JSON.stringify(stranger.slice(0, 100))} is no owner`;
}

/** Bound to the root when a slash stands before its end; otherwise it may begin in any folder. */
function compile(text: string): Pattern {
  const isBound = text.replace(/\/$/, "").includes("/");
  const named = text.split("/").filter((part) => part !== "");
  const last = named.at(-1);
  const holdsAll = text.endsWith("/") || last === "**";
  const kept = last === "**" ? named.slice(0, -1) : named;
  const segments = [...(isBound ? [] : ["**"]), ...kept, ...(holdsAll ? ["*"] : [])];
  return { segments: segments.map(segmentOf), isDeep: holdsAll || last !== "*" };
}

function segmentOf(text: string): Segment {
  return text === "**" ? text : (text.match(/\\.|./gsu) ?? []);
}

function matches({ segments, isDeep }: Pattern, path: readonly string[]): boolean {
  return covers(segments, path, {
    isAny: (one) => one === "**",
    isOne: (one, text) => one !== "**" && covers(one, charactersOf(text), LETTERS),
    isOpenEnded: isDeep,
  });
}

type Comparing<P> = { readonly isAny: (one: P) => boolean; readonly isOne: (one: P, text: string) => boolean; readonly isOpenEnded: boolean };

const LETTERS: Comparing<Sign> = {
  isAny: (sign) => sign === "*",
  isOne: (sign, character) => sign === "?" || sign === character || sign === `\\${character}`,
  isOpenEnded: false,
};

/** Whether the parts stand for all of the text, or for its beginning. After a mismatch only the last wildcard takes one more: earlier ones never have to. */
function covers<P>(parts: readonly P[], text: readonly string[], { isAny, isOne, isOpenEnded }: Comparing<P>): boolean {
  let next = 0;
  let at = 0;
  let wildcard: { readonly next: number; at: number } | null = null;
  for (;;) {
    const part = parts[next];
    const unit = text[at];
    if (part === undefined && (isOpenEnded || unit === undefined)) return true;
    if (part !== undefined && isAny(part)) {
      next += 1;
      wildcard = { next, at };
    } else if (part !== undefined && unit !== undefined && isOne(part, unit)) {
      next += 1;
      at += 1;
    } else {
      if (wildcard === null || wildcard.at >= text.length) return false;
      wildcard.at += 1;
      ({ next, at } = wildcard);
    }
  }
}

/** Whether something below the folder could match. */
function mayMatchBelow({ segments, isDeep }: Pattern, folder: readonly string[]): boolean {
  for (const [index, name] of folder.entries()) {
    const segment = segments[index];
    if (segment === undefined) return isDeep;
    if (segment === "**") return true;
    if (!covers(segment, charactersOf(name), LETTERS)) return false;
  }
  return isDeep || segments.length > folder.length;
}

function charactersOf(text: string): readonly string[] {
  return text.match(/./gsu) ?? [];
}
