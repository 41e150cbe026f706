// The answer to each judged request: reactions, and a reply only where there is something to say. What changes something
// is answered by reactions alone; a refusal says what is wrong with each line.
import type { AnswerRequest, Words } from "../../model/plan.ts";
import type { CommandComment } from "../../model/snapshot.ts";
import { breakMentions, PULL_REQUEST_BODY_MAX, safeLine, shorten } from "../changelog/index.ts";
import { code } from "../gates/phrases.ts";
import type { Unmarked } from "./history.ts";
import type { Judged } from "./judge.ts";
import { answerRecord } from "./record.ts";
import type { Command, Place, Request, WhatIf } from "./types.ts";

/** Markdown for whoever asked, made where the plan is known; foreign text in it is safe already. `line`: null for every line. */
export type AnswerTexts = {
  readonly status: (place: Place, line: string | null) => string;
  readonly plan: (place: Place, line: string | null) => string;
  readonly simulate: (whatIf: WhatIf, place: Place, line: string | null) => string;
  readonly help: (asker: string, place: Place) => string;
  readonly announce: (place: Place, line: string, isDryRun: boolean) => string;
};

/** One for each comment that is answered now, in order; strangers and what waits get none. */
export function answerActions(judged: readonly Judged[], unmarked: readonly Unmarked[], texts: AnswerTexts): readonly AnswerRequest[] {
  return [...unmarked.map(reactionTo), ...judged.flatMap((one) => answerTo(one, texts) ?? [])];
}

/** The reply stands already; what is missing is its mark. */
function reactionTo({ place, comment, is }: Unmarked): AnswerRequest {
  return { kind: "answer-request", commentId: comment.id, subjectId: place.subjectId, reply: null, reaction: is };
}

function answerTo(judged: Judged, texts: AnswerTexts): AnswerRequest | null {
  if (judged.verdict === "silent" || judged.verdict === "wait") return null;
  const { request, verdict } = judged;
  const text = verdict === "refused" ? refusal(judged.refusals, request) : acceptance(judged.commands, request, texts);
  return {
    kind: "answer-request",
    commentId: request.comment.id,
    subjectId: request.place.subjectId,
    reply: text === "" ? null : withRecord(text, request, verdict),
    reaction: request.after === null ? verdict : reactionToEdit(request.comment),
  };
}

/** Null, unless the eyes are gone: then a run was cut short after it took them back, and nothing is left to take back. */
function reactionToEdit({ seenAt, answered }: CommandComment): AnswerRequest["reaction"] {
  return seenAt === null ? (answered?.is ?? null) : null;
}

function refusal(refusals: readonly Words[], { orders, comment, after }: Request): string {
  const lines = refusals.map(safeLine);
  const whole = after === null ? "Nothing in this comment was done" : "Nothing that the edit added was done";
  const said = orders.length === 1 ? lines : [...lines.map((line) => `- ${line}`), "", `${whole}: say what you want in a new comment.`];
  return breakMentions(said.join("\n"), new Set([comment.author]));
}

/** Empty: the reaction says it all. */
function acceptance(commands: readonly Command[], request: Request, texts: AnswerTexts): string {
  const answers = commands.flatMap((command) => answerText(command, request, texts) ?? []);
  const confirmed = request.isAsWritten ? [] : [confirmation(request)];
  return [...confirmed, ...answers].join("\n\n");
}

/** The reaction that stands was given to another text, so this is said in words. */
function confirmation({ orders, comment }: Request): string {
  const said = orders.map(({ text }) => code(text, 200)).join(", ");
  return breakMentions(safeLine(`Accepted as edited: ${said}.`), new Set([comment.author]));
}

function answerText(command: Command, { place, comment }: Request, texts: AnswerTexts): string | null {
  switch (command.verb) {
    case "status":
      return texts.status(place, command.line);
    case "plan":
      return texts.plan(place, command.line);
    case "simulate":
      return texts.simulate(command.whatIf, place, command.line);
    case "help":
      return texts.help(comment.author, place);
    case "announce":
      return texts.announce(place, command.line, command.isDryRun);
    case "bump":
    case "as":
    case "hold":
    case "unhold":
    case "evidence":
    case "defer":
    case "override":
    case "retry":
    case "skip":
    case "withdraw":
    case "freeze":
    case "thaw":
      return null;
  }
}

function withRecord(text: string, { comment, revision, after }: Request, is: "accepted" | "refused"): string {
  const record = `\n\n${answerRecord({ answers: comment.id, revision, after, is })}`;
  return shorten(text, PULL_REQUEST_BODY_MAX - record.length, null).trimEnd() + record;
}
