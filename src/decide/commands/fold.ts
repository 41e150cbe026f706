// What people have said about each line, folded from the accepted commands in the order in which they were said. Nothing
// is judged again: who may say what was decided when it was said.
import { type Facts, NOTHING_SAID, type Said } from "../../model/agreement.ts";
import type { Words } from "../../model/plan.ts";
import type { EpochMs } from "../../model/time.ts";
import { code } from "../gates/phrases.ts";
import { acceptedOrders } from "./history.ts";
import type { Judged, JudgeContext } from "./judge.ts";
import type { Command, Order, Place, PlacedConversation } from "./types.ts";
import { type AnyDefinition, understandAgain } from "./understand.ts";

export type Agreement = {
  /** Without ticks: those are in the checklist. */
  readonly of: (line: string) => Facts;
  /** What was accepted and lost its effect, or kept it although it was edited away; for the status. */
  readonly lapsed: (line: string) => readonly Words[];
  /** The same of a release that is under way. */
  readonly ofRelease: (release: SpokenOf) => Facts;
  readonly lapsedOfRelease: (release: SpokenOf) => readonly Words[];
  /** The last accepted `/release plan` there; on a closed pull request it asks for a new one. */
  readonly planAsked: (subjectId: string) => Said | null;
};

/** A release that people speak of: on its pull request, and on the desk after `since` until the next one of its line was begun. */
export type SpokenOf = {
  readonly line: string;
  readonly pullRequest: number | null;
  readonly since: EpochMs;
  /** Null: it is the newest. */
  readonly until: EpochMs | null;
};

export type Conversations = {
  /** Release pull requests that are open, wait, or are of a release under way; the desk, and closed ones on which a plan may be asked for. */
  readonly conversations: readonly PlacedConversation[];
  readonly appLogin: string;
  /** Requests that are accepted in this run: they count at once. */
  readonly judged: readonly Judged[];
  readonly context: Pick<JudgeContext, "playbook" | "lines">;
  /** When the line was released last: what lets a release happen was said on the desk for one release only. Null: never. */
  readonly releasedAt: (line: string) => EpochMs | null;
  /** Whether everything that a pull request releases is released: what is said there is not about the next release. */
  readonly isOver: (pullRequest: number) => boolean;
};

export function foldFacts(input: Conversations): Agreement {
  const heard = everythingAccepted(input).toSorted((one, other) => one.said.at - other.said.at);
  const about = (line: string) =>
    heard.filter((one) => isAbout(one, line) && !isAboutRelease(one, input.isOver) && !isForEarlierRelease(one, line, input.releasedAt));
  const aboutRelease = (release: SpokenOf) => heard.filter((one) => isOfRelease(one, release));
  return {
    of: (line) => factsIn(about(line)),
    lapsed: (line) => about(line).flatMap((one) => lapseOf(one) ?? []),
    ofRelease: (release) => factsIn(aboutRelease(release)),
    lapsedOfRelease: (release) => aboutRelease(release).flatMap((one) => lapseOf(one) ?? []),
    planAsked: (subjectId) =>
      heard.findLast(({ place, command, isGone }) => place.subjectId === subjectId && command?.verb === "plan" && !isGone)?.said ?? null,
  };
}

function factsIn(heard: readonly Heard[]): Facts {
  return { ...heard.reduce(withCommand, NOTHING_SAID), hold: holdIn(heard) };
}

type Heard = {
  readonly place: Place;
  readonly said: Said;
  readonly text: string;
  readonly isGone: boolean;
  readonly definition: AnyDefinition | null;
  /** Null: it no longer fits the playbook, for this reason. */
  readonly command: Command | null;
  readonly misfit: Words;
};

function everythingAccepted({ conversations, appLogin, judged, context }: Conversations): readonly Heard[] {
  const before = acceptedOrders(conversations, appLogin);
  const now = judged.flatMap(({ request, verdict }) =>
    verdict === "accepted" ? request.orders.map((order) => ({ place: request.place, comment: request.comment, order, isGone: false })) : [],
  );
  return [...before, ...now].map(({ place, comment, order, isGone }) => {
    const said = { by: comment.author, at: order.at, url: comment.url };
    return { place, said, text: order.text, isGone, ...heardAs(order, place, context) };
  });
}

function heardAs(order: Order, place: Place, { playbook, lines }: Conversations["context"]): Pick<Heard, "definition" | "command" | "misfit"> {
  const understood = understandAgain(order, { place: { ...place, isClosed: false, isReleased: false }, playbook, lines, saidAt: order.at });
  const { definition } = understood;
  return understood.ok ? { definition, command: understood.command, misfit: "" } : { definition, command: null, misfit: understood.refusal };
}

/** On a closed pull request nothing counts for its line but that it asks for a new one. */
function isAbout({ place, command }: Heard, line: string): boolean {
  if (command?.verb === "freeze" || command?.verb === "thaw") return true;
  if (place.isClosed && command?.verb !== "plan") return false;
  const target = command !== null && "line" in command ? command.line : place.line;
  return target === null || target === line;
}

/** Said of a release that was begun, and so never of the one that follows. A freeze is about both. */
function isAboutRelease({ place, command, definition }: Heard, isOver: Conversations["isOver"]): boolean {
  if (command?.verb === "freeze" || command?.verb === "thaw") return false;
  return definition?.about === "release" || (place.pullRequest !== null && isOver(place.pullRequest));
}

function isOfRelease(one: Heard, { line, pullRequest, since, until }: SpokenOf): boolean {
  const { place, command, definition, said } = one;
  if (command?.verb === "freeze" || command?.verb === "thaw") return true;
  if (place.pullRequest !== null) return place.pullRequest === pullRequest;
  if (definition?.about === "proposal" || !isAbout(one, line)) return false;
  return isRestraint(one) || (said.at > since && (until === null || said.at <= until));
}

/** Restraints, and what ends them, are not about one release. */
function isRestraint({ command, definition }: Heard): boolean {
  return definition?.effect === "restrains" || command?.verb === "unhold" || command?.verb === "thaw";
}

function isForEarlierRelease(one: Heard, line: string, releasedAt: Conversations["releasedAt"]): boolean {
  const { place, said } = one;
  if (place.pullRequest !== null || isRestraint(one)) return false;
  const released = releasedAt(line);
  return released !== null && said.at <= released;
}

function withCommand(facts: Facts, { command, said, text, definition, isGone, place }: Heard): Facts {
  if (command === null || (isGone && definition?.effect !== "restrains")) return facts;
  const asked = [...facts.requesters, { ...said, command: text }];
  switch (command.verb) {
    case "hold":
    case "unhold":
      return facts;
    case "freeze":
      return { ...facts, freeze: { ...said, reason: command.reason, until: command.until } };
    case "thaw":
      return { ...facts, freeze: null };
    case "bump":
      return { ...facts, version: { ...said, is: "bump", level: command.level }, requesters: asked };
    case "as":
      return { ...facts, version: { ...said, is: "as", version: command.version }, requesters: asked };
    case "evidence":
      return { ...facts, evidence: [...facts.evidence, { ...said, step: command.step, link: command.link }] };
    case "override":
      return { ...facts, overrides: [...facts.overrides, { ...said, gate: command.gate, reason: command.reason }] };
    case "defer":
      return { ...facts, deferred: [...facts.deferred, { ...said, issue: command.issue, reason: command.reason }] };
    case "retry":
      return { ...facts, retries: [...facts.retries, { ...said, step: command.step }] };
    case "skip":
      return { ...facts, skips: [...facts.skips, { ...said, step: command.step, reason: command.reason }] };
    case "withdraw":
      return { ...facts, withdrawn: { ...said, reason: command.reason } };
    case "plan":
      return place.isClosed ? { ...facts, requesters: asked } : facts;
    case "status":
    case "announce":
    case "simulate":
    case "help":
      return facts;
  }
}

/**
 * A pull request's conversation is followed no longer once it is over. So what was said on the desk is ended there alone:
 * ended on a pull request it would come back with its merge.
 */
function holdIn(heard: readonly Heard[]): Facts["hold"] {
  let [atDesk, here]: Facts["hold"][] = [null, null];
  for (const { command, said, place, isGone } of heard) {
    const isDesk = place.pullRequest === null;
    if (command?.verb === "hold" && isDesk) atDesk = { ...said, reason: command.reason, isAtDesk: true };
    else if (command?.verb === "hold") here = { ...said, reason: command.reason, isAtDesk: false };
    else if (command?.verb === "unhold" && !isGone) [atDesk, here] = [isDesk ? null : (atDesk ?? null), null];
  }
  return atDesk ?? here ?? null;
}

const ENDS: Readonly<Record<string, string>> = { hold: "unhold", freeze: "thaw" };

function lapseOf({ command, definition, said, text, isGone, misfit }: Heard): Words | null {
  if (definition?.effect === "answers") return null;
  const what = `${code(text)} of @${said.by}`;
  if (command === null) return `${what} has no effect any more: ${misfit}`;
  if (!isGone) return null;
  if (definition?.effect !== "restrains") return `${what} was edited away: it has no effect any more`;
  return `${what} was edited away and still holds: \`/release ${ENDS[command.verb] ?? "unhold"}\` ends it`;
}
