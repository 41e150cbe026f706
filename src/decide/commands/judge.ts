// Whether a request is accepted: every command of a comment, or none of them. Strangers get no answer. What is not known
// yet is asked for and judged later; what can't be known is refused with the remedy.
import type { Words } from "../../model/plan.ts";
import type { EpochMs } from "../../model/time.ts";
import type { People } from "../people/types.ts";
import { roleFor, type Authority, hasRole, isStranger, type May, maySay } from "./who-may.ts";
import type { Command, Order, Request, UnderWay } from "./types.ts";
import { isNothing, together, type Wants } from "../wants.ts";
import { about, definitionOf, understand, type Understood } from "./understand.ts";

export type JudgeContext = Authority & {
  readonly takenAt: EpochMs;
  /** Every line of the repository: its components, or `*` alone. */
  readonly lines: readonly string[];
  /** Newest first of each line. */
  readonly underWay: readonly UnderWay[];
};

export type Judged = { readonly request: Request } & (
  | { readonly verdict: "accepted"; readonly commands: readonly Command[] }
  /** One for each faulty line. */
  | { readonly verdict: "refused"; readonly refusals: readonly Words[] }
  /** A stranger: neither reaction nor reply. */
  | { readonly verdict: "silent" }
  /** `until`: null when it waits for something to be read. */
  | { readonly verdict: "wait"; readonly until: EpochMs | null }
);

/** More in one comment are a mistake, or somebody who wants to know what happens. */
const COMMANDS_MAX = 20;

/** How long what this app wrote last may be missing from what GitHub lists. */
const LAG_MS = 60_000;

export function judge(requests: readonly Request[], context: JudgeContext): readonly Judged[] {
  return requests.map((request) => judgeOne(request, context));
}

/** A reaction alone may be given again; words are not said twice. So a hold never waits for a list that lags. */
function judgeOne(request: Request, context: JudgeContext): Judged {
  const judged = verdictOn(request, context);
  const until = answerMayBeUnderWay(request, context.takenAt);
  return until !== null && isSaidInWords(judged) ? { request, verdict: "wait", until } : judged;
}

function isSaidInWords(judged: Judged): boolean {
  if (judged.verdict !== "accepted") return judged.verdict === "refused";
  const { request, commands } = judged;
  return !request.isAsWritten || commands.some(({ verb }) => definitionOf(verb)?.effect === "answers");
}

function verdictOn(request: Request, context: JudgeContext): Judged {
  if (!isNothing(wantedFor(request, context))) return { request, verdict: "wait", until: null };
  const findings = request.orders.slice(0, COMMANDS_MAX).map((order) => judgeOrder(order, request, context));
  if (isSilenced(request, findings, context)) return { request, verdict: "silent" };
  if (request.orders.length > COMMANDS_MAX) return { request, verdict: "refused", refusals: [tooMany(request.orders.length)] };
  const refusals = findings.flatMap(({ refusal }) => refusal ?? []);
  if (refusals.length > 0) return { request, verdict: "refused", refusals };
  return { request, verdict: "accepted", commands: findings.flatMap(({ command }) => command ?? []) };
}

/**
 * Eyes, or a reaction, that are new: the reply that belongs to them may only not be listed yet. The reaction is the newer
 * one where the eyes are of a run that was cut short. Null: there is none.
 */
function answerMayBeUnderWay({ comment: { seenAt, answered } }: Request, takenAt: EpochMs): EpochMs | null {
  const until = Math.max(seenAt ?? -Infinity, answered?.at ?? -Infinity) + LAG_MS;
  return takenAt < until ? until : null;
}

type Finding = { readonly refusal: Words | null; readonly command: Command | null; readonly may: May["is"] };

function judgeOrder(order: Order, request: Request, context: JudgeContext): Finding {
  const { author } = request.comment;
  const understood = hear(order, request, context);
  const { definition } = understood;
  if (definition === null) return { refusal: understood.ok ? null : understood.refusal, command: null, may: "may-not" };
  const line = lineOf(understood) ?? request.place.line;
  const may = maySay(definition, author, line, context);
  const refused = (refusal: Words): Finding => ({ refusal, command: null, may: may.is });
  const edit = editFault(order, author, definition.isVouching);
  if (edit !== null) return refused(edit);
  if (may.is !== "may") return refused(notAllowed(author, definition.deed, may));
  if (!understood.ok) return refused(understood.refusal);
  const role = understood.alsoNeeds === null ? null : hasRole("this step", understood.alsoNeeds, author, line, context);
  if (role !== null && role.is !== "may") return refused(notAllowed(author, definition.deed, role));
  return { refusal: null, command: understood.command, may: "may" };
}

function hear(order: Order, { place }: Request, { playbook, lines, underWay }: JudgeContext): Understood {
  return understand(order, { place, playbook, lines, underWay, saidAt: order.at });
}

function lineOf(understood: Understood): string | null {
  return understood.ok && "line" in understood.command ? understood.command.line : null;
}

/** An edit speaks for its author only, and vouches for nothing. */
function editFault(order: Order, author: string, isVouching: boolean): Words | null {
  if (order.revision === 0) return null;
  if (!isSamePerson(order.by, author)) {
    const editor = order.by === null ? "by somebody whose account is gone" : `by @${order.by}`;
    return about(order, `this was put into the comment of @${author} ${editor}; whoever wants it says it in a new comment`);
  }
  return isVouching ? about(order, "this came by an edit: say it in a new comment") : null;
}

function isSamePerson(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

function notAllowed(login: string, deed: Words, may: Exclude<May, { readonly is: "may" }>): Words {
  if (may.is === "unknown") return `whether @${login} may ${deed} can't be told: ${may.because}`;
  return `@${login} may not ${deed}: ${may.because}.${may.who === "" ? "" : ` ${may.who}.`}`;
}

/** Whoever has no access, and none of the roles asked for, may not find out what this app thinks. */
function isSilenced({ comment, orders }: Request, findings: readonly Finding[], { permissions }: JudgeContext): boolean {
  const permission = permissions.get(comment.author);
  const isTouchedByOthers = orders.some(({ by }) => !isSamePerson(by, comment.author));
  return permission !== undefined && isStranger(permission) && !isTouchedByOthers && findings.every(({ may }) => may !== "may");
}

function tooMany(count: number): Words {
  return `${String(count)} commands in one comment are too many: ${String(COMMANDS_MAX)} at most`;
}

/** What has to be read before these can be judged. Only what is missing, and nothing for what was answered. */
export function wantsOf(requests: readonly Request[], context: JudgeContext): ReturnType<People["wants"]> {
  const { files, teams = [], logins = [] } = together(requests.map((request) => wantedFor(request, context)));
  return { files, teams, logins };
}

function wantedFor(request: Request, context: JudgeContext): Wants {
  const { author } = request.comment;
  if (!context.permissions.has(author)) return { files: [], teams: [], logins: [author] };
  const asked = request.orders.slice(0, COMMANDS_MAX).flatMap((order) => rolesFor(order, request, context));
  return together(asked.map(({ role, line }) => context.people(line).wants(role, [author])));
}

function rolesFor(order: Order, request: Request, context: JudgeContext): readonly { readonly role: string; readonly line: string | null }[] {
  const { playbook } = context;
  const definition = definitionOf(order.verb);
  if (definition === null) return [];
  const understood = hear(order, request, context);
  const line = lineOf(understood) ?? request.place.line;
  const own = roleFor(definition.verb, playbook);
  const shown = definition.verb === "help" ? Object.values(playbook.release.commands) : [];
  const also = understood.ok ? understood.alsoNeeds : null;
  return [own, also, ...shown].flatMap((role) => (role === null ? [] : [{ role, line }]));
}
