// One commit message, whatever it is: what it says, which pull request it names, what it takes back. Never throws, drops
// nothing: a message that cannot be read says one thing without a type.
import { readBody } from "./read-body.ts";
import type { Statement } from "./read-body.ts";
import { withoutNumbers } from "./read-header.ts";
import type { KnownTypes } from "./read-header.ts";
import { readRevert } from "./read-revert.ts";
import type { Revert } from "./read-revert.ts";

export type Message = {
  /** Never empty. The subject's own comes first, unless its squash bullets speak for it. */
  readonly statements: readonly Statement[];
  /** The subject, or for GitHub's merge commits the title that their body opens with; without pull request numbers. */
  readonly title: string;
  /** The pull request that a GitHub merge commit names. */
  readonly merges: number | null;
  /** The pull request that a squash commit's subject ends with. */
  readonly squashes: number | null;
  readonly revert: Revert | null;
  readonly releaseAs: string | null;
  /** The message is longer than `MESSAGE_MAX` and was read up to there. */
  readonly isCut: boolean;
};

/** UTF-16 code units. */
export const MESSAGE_MAX = 65_536;

const MERGE_OF_PULL_REQUEST = /^Merge pull request #([1-9]\d{0,8}) from \S/;
/** Update bots quote other projects' notes below such a subject. */
const UPDATE_BY_BOT = /^bumps? .{1,200} from \S+ to \S/i;

/** Reads a message in time linear in its length. `known` are the types that bullets and paragraphs may open with. */
export function readCommit(message: string, known: KnownTypes): Message {
  const isCut = message.length > MESSAGE_MAX;
  const lines = message.slice(0, MESSAGE_MAX).split(/\r\n|[\r\n]/);
  const first = nextText(lines, 0);
  const merges = numberIn(MERGE_OF_PULL_REQUEST.exec(lines[first]?.trim() ?? ""));
  const titled = merges === null ? first : nextText(lines, first + 1);
  const subjectAt = titled < lines.length ? titled : first;
  const subject = lines[subjectAt]?.trim() ?? "";
  const rest = lines.slice(subjectAt + 1);
  const { text: title, number: squashes } = withoutNumbers(subject);
  const reading = readRevert(subject, rest, known);
  const { header } = reading;
  const own: Statement = { ...(header ?? { type: null, scope: null, isBreaking: false, description: title }), subject, breakingNotes: [] };
  const isOwnWork = reading.revert === null && !(header === null && UPDATE_BY_BOT.test(title));
  const body = readBody(own, rest, { known, paragraphs: isOwnWork, bullets: isOwnWork && header === null });
  return {
    statements: spoken(body.statements),
    title,
    merges,
    squashes,
    revert: reading.revert,
    releaseAs: body.releaseAs,
    isCut,
  };
}

/** A subject without a type gives way to what stands below it, unless a footer of its own says something. */
function spoken(statements: readonly Statement[]): readonly Statement[] {
  const [subject, ...further] = statements;
  const isMute = subject?.type === null && !subject.isBreaking;
  return isMute && further.length > 0 ? further : statements;
}

function nextText(lines: readonly string[], from: number): number {
  const found = lines.slice(from).findIndex((line) => line.trim() !== "");
  return found === -1 ? lines.length : from + found;
}

function numberIn(match: RegExpExecArray | null): number | null {
  return match?.[1] === undefined ? null : Number(match[1]);
}
