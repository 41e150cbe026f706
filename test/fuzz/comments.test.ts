// Whatever people and strangers write into comments and checklists, nothing breaks, and nobody gains a word they do not have.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boxesIn, keyOf } from "../../src/decide/checklist/boxes.ts";
import { statusCommentOf, statusRecordAsComment } from "../../src/decide/checklist/record.ts";
import { stepsOf } from "../../src/decide/checklist/steps.ts";
import { emptyRecord, recordNow } from "../../src/decide/checklist/ticks.ts";
import { answerActions } from "../../src/decide/commands/answers.ts";
import { foldFacts } from "../../src/decide/commands/fold.ts";
import { helpText } from "../../src/decide/commands/help.ts";
import { openRequests } from "../../src/decide/commands/history.ts";
import { judge, type JudgeContext } from "../../src/decide/commands/judge.ts";
import { commandsIn } from "../../src/decide/commands/scanner.ts";
import type { Place } from "../../src/decide/commands/types.ts";
import { NOTHING_SAID } from "../../src/model/agreement.ts";
import { DEFAULTS } from "../../src/model/defaults.ts";
import type { Gate, Playbook } from "../../src/model/playbook.ts";
import type { CommandComment, OwnComment } from "../../src/model/snapshot.ts";
import { APP, commentBy, conversation, ON_CLOSED, ON_DESK, ON_PULL_REQUEST, ON_RELEASED, UNDER_WAY } from "../fixtures/said.ts";
import { slowestOf } from "../fixtures/slowest.ts";
import { HOUR_MS, MINUTE_MS, NOON, peopleWith } from "../fixtures/subject.ts";

/** Longest comment that GitHub takes. */
const COMMENT_MAX = 65_536;
/** More commands in one comment are never accepted. */
const COMMANDS_MAX = 20;

const evidence = (items: readonly string[], by: string | null): Gate => ({
  kind: "evidence",
  options: { items, each: "release" },
  whenPaths: [],
  soakMs: null,
  windows: [],
  by,
});
const PLAYBOOK: Playbook = {
  ...DEFAULTS,
  roles: { sre: ["@acme/sre"] },
  gates: { smoke: evidence(["login", "storage access"], "sre"), backup: evidence(["Backed up"], null) },
  release: { ...DEFAULTS.release, commands: { hold: "sre" } },
};
const CONTEXT: JudgeContext = {
  playbook: PLAYBOOK,
  lines: ["cavern", "sshd"],
  underWay: [UNDER_WAY],
  permissions: new Map([
    ["kim", "write"],
    ["sam", "read"],
  ]),
  people: () => peopleWith({ sre: ["kim"], write: ["kim"] }),
  takenAt: NOON + HOUR_MS,
};

const commands = [
  "/release status",
  "/release bump major",
  "/release as 2.0.0",
  "/release hold it burns",
  "/release unhold",
  "/release evidence backup https://e.example/1",
  "/release evidence smoke: login https://e.example/2",
  "/release override backup it is Friday",
  "/release defer #12 later",
  "/release simulate at Friday 18:00",
  "/release freeze holidays until 2026-12-24",
  "/release thaw",
  "/release help",
  "/release",
  "/release bmup mayor",
];
const marks = [
  "\n",
  "\n\n",
  "\r\n",
  " ",
  "\t",
  "    ",
  "> ",
  "- ",
  "1. ",
  "```",
  "~~~",
  "`",
  "``",
  "<!--",
  "-->",
  "<div>",
  "</div>",
  "<a ",
  "<script>",
  "\\",
  '"',
  "'",
  "“",
  "@kim",
  "cavern ",
  "#12",
  "\u202E",
  "\u200B",
  "\u0000",
  "𝕏",
];
const fragment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...commands) },
  { weight: 5, arbitrary: fc.constantFrom(...marks) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 10 }) },
);
/** A comment, or the longest that can be made of the same. */
const comment = fc
  .tuple(fc.array(fragment, { maxLength: 25 }), fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(COMMENT_MAX) }))
  .map(([parts, times]) => {
    const text = parts.join("");
    return text.repeat(Math.min(times, Math.max(1, Math.floor(COMMENT_MAX / Math.max(1, text.length))))).slice(0, COMMENT_MAX);
  });
const editor = fc.constantFrom("kim", "sam", "zoe", null);
const revisions = fc
  .tuple(comment, fc.array(fc.tuple(editor, comment), { maxLength: 3 }))
  .map(([first, edits]): Parameters<typeof commentBy>[1] => [first, ...edits]);

function answered(author: string, texts: Parameters<typeof commentBy>[1], place: Place, change: Partial<CommandComment>) {
  const conversations = [{ place, conversation: conversation([commentBy(author, texts, change)]) }];
  const { requests, unmarked } = openRequests(conversations, APP);
  const judged = judge(requests, CONTEXT);
  const agreement = foldFacts({
    conversations,
    appLogin: APP,
    judged,
    context: CONTEXT,
    isOver: (number) => number === ON_RELEASED.pullRequest,
    releasedAt: () => null,
  });
  const says = {
    status: () => "",
    plan: () => "",
    simulate: () => "",
    announce: () => "",
    help: (asker: string, where: Place) => helpText(asker, where, CONTEXT),
  };
  return { judged, actions: answerActions(judged, unmarked, says), facts: agreement.of("cavern"), lapsed: agreement.lapsed("cavern") };
}

describe("any comment", () => {
  const time = slowestOf("comments");

  test("its commands stand in it, one a line", () => {
    fc.assert(
      fc.property(comment, (text) => {
        const found = commandsIn(text);
        expect(found.length).toBeLessThanOrEqual(text.split("/release").length - 1);
        for (const { text: line, verb, rest } of found) {
          expect(line.startsWith("/release")).toBe(true);
          expect(line).not.toMatch(/[\n\r]/);
          expect(verb).not.toMatch(/\s/);
          expect(rest).toBe(rest.trim());
        }
      }),
    );
  });

  test("it is accepted, refused with reasons, or left; what is said to it fits into a comment", () => {
    fc.assert(
      fc.property(revisions, fc.constantFrom(ON_PULL_REQUEST, ON_DESK, ON_CLOSED), (texts, place) => {
        const { judged, actions, lapsed } = time(() => answered("kim", texts, place, {}));
        const reasons = judged.flatMap((one) => (one.verdict === "refused" ? [one.refusals.join("").trim()] : []));
        expect(reasons).not.toContain("");
        for (const { reply } of actions) {
          expect(reply?.length ?? 0).toBeLessThanOrEqual(COMMENT_MAX);
          expect(reply?.isWellFormed() ?? true).toBe(true);
        }
        for (const words of lapsed) expect(words.isWellFormed()).toBe(true);
      }),
    );
  });

  test("a stranger changes nothing with it, whoever else writes into it", () => {
    fc.assert(
      fc.property(revisions, fc.constantFrom(ON_PULL_REQUEST, ON_DESK), (texts, place) => {
        const { judged, facts } = time(() => answered("sam", texts, place, {}));
        expect(judged.map(({ verdict }) => verdict)).not.toContain("accepted");
        expect(facts).toEqual(NOTHING_SAID);
      }),
    );
  });

  test("a stranger gets no answer to it", () => {
    fc.assert(
      fc.property(fc.array(comment, { minLength: 1, maxLength: 3 }), fc.constantFrom(ON_PULL_REQUEST, ON_DESK), (texts, place) => {
        expect(time(() => answered("sam", texts, place, {})).actions).toEqual([]);
      }),
    );
  });

  test("once accepted as it was written, no edit of anybody adds a word that vouches", () => {
    fc.assert(
      fc.property(revisions, (texts) => {
        const first = typeof texts[0] === "string" ? commandsIn(texts[0]) : [];
        fc.pre(first.length <= COMMANDS_MAX);
        const accepted = { is: "accepted", at: NOON + MINUTE_MS / 2 } as const;
        const { facts } = time(() => answered("kim", texts, ON_PULL_REQUEST, { answered: accepted }));
        const vouched = (verb: string): number => first.filter((one) => one.verb === verb).length;
        expect(facts.evidence.length).toBeLessThanOrEqual(vouched("evidence"));
        expect(facts.overrides.length).toBeLessThanOrEqual(vouched("override"));
      }),
    );
  });
});

describe("any edit of the checklist", () => {
  const time = slowestOf("checklists");
  const steps = stepsOf(PLAYBOOK.gates);
  const line = fc.constantFrom(
    "- [ ] smoke: login",
    "- [x] smoke: login",
    "* [X] smoke: login (by the way)",
    "- [x] smoke: logins",
    "- [x] smoke: storage access",
    "- [ ] smoke: storage access",
    "+ [x] backup: Backed up",
    "- [x] backup: Backed",
    "  - [x]   backup:   Backed up",
    "- [x] other: thing",
    "- [xx] backup: Backed up",
    "[x] backup: Backed up",
    statusRecordAsComment({ line: "cavern", seen: NOON, ticks: [{ gate: "backup", item: "Backed up", by: "kim", at: NOON }] }),
    "",
  );
  const text = fc.array(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: fragment }), { maxLength: 15 }).map((parts) => parts.join("\n"));

  test("a tick has a person, a step of the playbook, and a box that says so now; a record that people write is none", () => {
    fc.assert(
      fc.property(text, fc.array(fc.tuple(fc.constantFrom("kim", "sam", null), text), { maxLength: 5 }), (first, edits) => {
        const own: OwnComment = {
          id: "C_own",
          url: "https://github.com/acme/app/pull/7#own",
          createdAt: NOON,
          revisions: [
            { at: NOON, editor: APP, text: `${first}\n\n${statusRecordAsComment(emptyRecord("cavern"))}` },
            ...edits.map(([by, body], index) => ({ at: NOON + (index + 1) * MINUTE_MS, editor: by, text: body })),
          ],
        };
        const status = statusCommentOf([own], APP);
        if (status === null) throw new Error("the app's own comment is known again");
        expect(status.record).toEqual(emptyRecord("cavern"));
        const { ticks } = time(() => recordNow(status, APP, steps));
        const keys = new Set(steps.map(keyOf));
        for (const tick of ticks) {
          expect(keys).toContain(keyOf(tick));
          expect(["kim", "sam"]).toContain(tick.by);
        }
        const boxes = boxesIn(own.revisions.at(-1)?.text ?? "", steps);
        for (const tick of ticks) expect(boxes.get(keyOf(tick))).toBe(true);
      }),
    );
  });
});
