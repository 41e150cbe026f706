import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { APP, commentBy, conversation, ON_CLOSED, ON_DESK, ON_PULL_REQUEST, ON_RELEASED, ownComment, UNDER_WAY } from "../../../test/fixtures/said.ts";
import { MINUTE_MS, NOON, peopleWith } from "../../../test/fixtures/subject.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { CommandComment, OwnComment } from "../../model/snapshot.ts";
import type { People } from "../people/types.ts";
import { answerActions, type AnswerTexts } from "./answers.ts";
import { helpText } from "./help.ts";
import { openRequests } from "./history.ts";
import { judge, type JudgeContext } from "./judge.ts";
import { answerRecord } from "./record.ts";
import { commandsIn } from "./scanner.ts";
import type { Place } from "./types.ts";

const PLAYBOOK: Playbook = {
  ...DEFAULTS,
  roles: { steward: ["@acme/stewards"] },
  communications: [{ name: "announce/release: chat", on: "release", policies: [], to: ["chat"], how: { by: "draft" }, by: null, template: null }],
  gates: { ci: { kind: "check", options: { names: ["*"], app: null }, whenPaths: [], soakMs: null, windows: [], by: null } },
  release: { ...DEFAULTS.release, desk: null, commands: { hold: "steward" } },
};
const CONTEXT: JudgeContext = {
  playbook: PLAYBOOK,
  lines: ["cavern", "sshd"],
  underWay: [UNDER_WAY],
  permissions: new Map([
    ["kim", "write"],
    ["tess", "triage"],
    ["sam", "read"],
  ]),
  people: () => peopleWith({ steward: ["ann", "lee"] }),
  takenAt: NOON + 10 * MINUTE_MS,
};
const TEXTS: AnswerTexts = {
  status: (_, line) => `The status of ${line}.`,
  plan: (_, line) => `The plan of ${line}.`,
  simulate: (whatIf) => `If ${whatIf.is}.`,
  help: (asker) => `Help for ${asker}.`,
  announce: (_, line, isDryRun) => `The announcements of ${line}${isDryRun ? ", none sent" : ""}.`,
};

function answersTo(comment: CommandComment, own: OwnComment[] = [], texts = TEXTS, place = ON_PULL_REQUEST) {
  const { requests, unmarked } = openRequests([{ place, conversation: conversation([comment], own) }], APP);
  return answerActions(judge(requests, CONTEXT), unmarked, texts);
}

const record = (revision: number, after: number | null, is: "accepted" | "refused") => answerRecord({ answers: "C_kim", revision, after, is });
const answer = { kind: "answer-request", commentId: "C_kim", subjectId: "PR_7" };

describe("an answer", () => {
  test("to what changes something is without words", () => {
    expect(answersTo(commentBy("kim", "/release bump minor\n/release thaw"))).toEqual([{ ...answer, reply: null, reaction: "accepted" }]);
  });

  test("to questions is one reply with all of them, and a record", () => {
    expect(answersTo(commentBy("kim", "/release status\n/release unhold\n/release simulate merge #41\n/release help"))).toEqual([
      { ...answer, reply: `The status of cavern.\n\nIf merge.\n\nHelp for kim.\n\n${record(0, null, "accepted")}`, reaction: "accepted" },
    ]);
  });

  test("to what moves a release on is without words, and to a question about its announcements they are said", () => {
    expect(answersTo(commentBy("kim", "/release withdraw it burns"), [], TEXTS, ON_RELEASED)).toEqual([
      { ...answer, subjectId: "PR_5", reply: null, reaction: "accepted" },
    ]);
    expect(answersTo(commentBy("tess", "/release announce --dry-run"), [], TEXTS, ON_RELEASED)[0]?.reply).toContain("The announcements of cavern, none sent.");
  });

  test("to one faulty line is a sentence", () => {
    expect(answersTo(commentBy("kim", "/release bump mayor"))).toEqual([
      { ...answer, reply: `"/release bump mayor": did you mean "/release bump major"?\n\n${record(0, null, "refused")}`, reaction: "refused" },
    ]);
  });

  test("to several lines names each faulty one and says that none was done", () => {
    expect(answersTo(commentBy("kim", "/release thaw\n/release bump mayor\n/release hold @bob <b>burns</b>"))[0]?.reply).toBe(
      [
        '- "/release bump mayor": did you mean "/release bump major"?',
        "- @kim may not hold this release: hold needs the role steward (@&#8203;ann, @&#8203;lee). @&#8203;ann and @&#8203;lee may.",
        "",
        "Nothing in this comment was done: say what you want in a new comment.",
        "",
        record(0, null, "refused"),
      ].join("\n"),
    );
  });

  test("notifies nobody, and what strangers write in it stays text", () => {
    const [action] = answersTo(commentBy("kim", "/release lunch @everybody <img src=x> <!-- x"));
    expect(action?.reply).toBe(
      `"/release lunch @&#8203;everybody &lt;img src=x> &lt;!-- x": there is no such command: \`/release help\` lists them\n\n${record(0, null, "refused")}`,
    );
  });

  test("to strangers is none", () => {
    expect(answersTo(commentBy("sam", "/release status"))).toEqual([]);
  });

  test("to what an edit added is a reply: the reaction stands", () => {
    const before = { seenAt: NOON, answered: { is: "accepted", at: NOON } } as const;
    expect(answersTo(commentBy("kim", ["/release thaw", "/release thaw\n/release bump minor"], before))).toEqual([
      { ...answer, reply: `Accepted as edited: \`/release bump minor\`.\n\n${record(1, 0, "accepted")}`, reaction: null },
    ]);
    expect(answersTo(commentBy("kim", ["/release thaw", "/release bump\n/release as"], before))[0]?.reply).toContain("Nothing that the edit added was done");
  });

  test("to what an edit added is the reaction that stands, too, where there are no eyes to take back", () => {
    const answered = { is: "accepted", at: NOON } as const;
    expect(answersTo(commentBy("kim", ["/release thaw", "/release bump mayor"], { answered }))).toMatchObject([
      { reply: expect.stringContaining('did you mean "/release bump major"?'), reaction: "accepted" },
    ]);
  });

  test("to a comment that was edited before it was judged says which text it is for", () => {
    expect(answersTo(commentBy("kim", ["/release bump mayor", "/release bump major"]))).toEqual([
      { ...answer, reply: `Accepted as edited: \`/release bump major\`.\n\n${record(1, null, "accepted")}`, reaction: "accepted" },
    ]);
  });

  test("that was written before a crash is not written again: its reaction is", () => {
    const own = ownComment(`The status of cavern.\n\n${record(0, null, "accepted")}`);
    expect(answersTo(commentBy("kim", "/release status", { seenAt: NOON }), [own])).toEqual([{ ...answer, reply: null, reaction: "accepted" }]);
  });

  test("fits into a comment, with its record", () => {
    const [action] = answersTo(commentBy("kim", "/release status"), [], { ...TEXTS, status: () => "A long line.\n\n".repeat(10_000) });
    expect(action?.reply?.length).toBeLessThanOrEqual(65_536);
    expect(action?.reply).toMatch(/left out here[^]*release-steward-record/);
  });

  test("can be read back, whatever was written", () => {
    const nasty = '/release lunch `<!-- release-steward-record: {"answers":"C_x","revision":0,"after":null,"is":"accepted"} -->`';
    const comment = commentBy("kim", nasty);
    const [action] = answersTo(comment);
    const open = openRequests(
      [{ place: ON_PULL_REQUEST, conversation: conversation([comment, commentBy("tess", "/release status", { id: "C_x" })], [ownComment(action!.reply!)]) }],
      APP,
    );
    expect(open.requests.map(({ comment: { id } }) => id)).toEqual(["C_x"]);
    expect(open.unmarked.map(({ is }) => is)).toEqual(["refused"]);
  });
});

const unreadable = (): People => ({
  ...peopleWith(),
  standing: () => ({ is: "unknown", because: "the team @acme/stewards can't be read", next: "give the app Members: read" }),
});

const verbsAt = (place: Place) => new Set([...helpText("kim", place, CONTEXT).matchAll(/^\| `\/release (\w+)/gm)].map((match) => match[1]));

describe("help", () => {
  test("says what each command does and whether the asker may say it", () => {
    expect(helpText("tess", ON_PULL_REQUEST, CONTEXT)).toMatchInlineSnapshot(`
"| command | what it does | @tess |
|---|---|---|
| \`/release status\` | says what the release waits for, and who can move it | ✓ yes |
| \`/release plan\` | shows what would be released and why; on a closed release pull request it asks for a new one | ✗ no: plan needs write access to the repository |
| \`/release bump <major\\|minor\\|patch>\` | makes it a release of that size | ✗ no: bump needs write access to the repository |
| \`/release as <version>\` | releases it as exactly that version | ✗ no: as needs write access to the repository |
| \`/release hold <reason>\` | keeps it where it is, before the release or after it, until somebody says \`/release unhold\` | ✗ no: hold needs the role steward (@&#8203;ann, @&#8203;lee); @&#8203;ann and @&#8203;lee may |
| \`/release unhold\` | ends a hold | ✗ no: unhold needs write access to the repository |
| \`/release evidence <step> <link or words>\` | confirms a step of the checklist; put quotes around a step of several words | ✗ not here: no gate of this playbook asks for evidence |
| \`/release defer #<issue> <reason>\` | moves a blocking issue to the next milestone | ✗ no: defer needs write access to the repository |
| \`/release override <gate> <reason>\` | passes over a closed gate; a second person has to say it too, and a push ends it | ✗ no: override needs write access to the repository |
| \`/release announce [--dry-run]\` | says which announcements are due and who sends them; \`--dry-run\` shows how all of them would read | ✓ yes |
| \`/release simulate <approve @&#8203;who \\| merge #41 \\| at Friday 18:00>\` | says what would follow from an approval, a merge or the passing of time | ✓ yes |
| \`/release freeze <reason> [until <when>]\` | keeps everything from being released until then, or until somebody says \`/release thaw\` | ✗ no: freeze needs write access to the repository |
| \`/release thaw\` | ends a freeze | ✗ no: thaw needs write access to the repository |
| \`/release help\` | lists the commands and which of them you may say | ✓ yes |

A command stands at the start of a line. Several in one comment are accepted together, or none of them is.



Not available here: \`cut\`, \`approve\`, \`ship\`, \`hotfix\`, \`backport\`, \`rollback\`, \`promote\`, \`repair\`. Say one to see what to do instead."
`);
  });

  test("on the desk it says where the component goes", () => {
    const usages = [...helpText("kim", ON_DESK, CONTEXT).matchAll(/^\| `(.*?)` \|/gm)].map((match) => match[1]);
    expect(usages).toContain(String.raw`/release bump <component> <major\|minor\|patch>`);
    expect(usages).toContain("/release hold [component] <reason>");
    expect(usages).toContain("/release thaw");
  });

  test("of a release that was begun it leaves out what is for the next one, and before that what follows it", () => {
    const always = ["status", "hold", "unhold", "evidence", "override", "announce", "simulate", "freeze", "thaw", "help"];
    expect(verbsAt(ON_RELEASED)).toEqual(new Set([...always, "retry", "skip", "withdraw"]));
    expect(verbsAt(ON_PULL_REQUEST)).toEqual(new Set([...always, "plan", "bump", "as", "defer"]));
    expect(verbsAt(ON_DESK).size).toBe(always.length + 7);
  });

  test("on a closed pull request only questions are left", () => {
    const lines = helpText("kim", ON_CLOSED, CONTEXT).split("\n");
    expect(lines.filter((line) => line.includes("✓ yes")).map((line) => line.split("`")[1])).toEqual([
      "/release status",
      "/release plan",
      expect.stringMatching("announce"),
      expect.stringMatching("simulate"),
      "/release help",
    ]);
    expect(lines.find((line) => line.includes("/release hold"))).toContain("✗ not here: this pull request is closed");
  });

  test("what could not be read is not called a no", () => {
    expect(helpText("kim", ON_PULL_REQUEST, { ...CONTEXT, people: unreadable })).toContain(
      "? not known: the team @&#8203;acme/stewards can't be read; give the app Members: read",
    );
  });
});

test("no reply is itself a command, whatever was said", () => {
  const words = fc.constantFrom(
    "bump",
    "hold",
    "as",
    "evidence",
    "/release",
    "\n/release ",
    "minor",
    '"',
    "`",
    "<!--",
    "-->",
    "@kim",
    "> ",
    "- ",
    "\u202E",
    "\u0000",
    "x".repeat(300),
  );
  const text = fc.array(fc.oneof(words, fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 12 }).map((parts) => `/release ${parts.join(" ")}`);
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      for (const { reply } of answersTo(commentBy("kim", texts))) {
        expect(commandsIn(reply ?? "")).toEqual([]);
        expect((reply ?? "").length).toBeLessThanOrEqual(65_536);
      }
    }),
  );
});

test("a long comment, a long conversation and many edits are answered", () => {
  const long = commentBy("kim", `/release hold ${"x".repeat(65_000)}`);
  const many = Array.from({ length: 5000 }, (_, index) => commentBy("kim", "/release thaw", { id: `C${index}` }));
  const edited = commentBy(
    "kim",
    Array.from({ length: 100 }, (_, index) => "/release thaw\n".repeat(index + 1)),
    { id: "C_edited" },
  );
  const { requests, unmarked } = openRequests([{ place: ON_PULL_REQUEST, conversation: conversation([long, ...many, edited]) }], APP);
  const answers = answerActions(judge(requests, CONTEXT), unmarked, TEXTS);
  expect(answers.map(({ reaction }) => reaction)).toEqual(["refused", ...many.map(() => "accepted"), "refused"]);
});
