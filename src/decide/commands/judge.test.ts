import { describe, expect, test } from "@jest/globals";
import { APP, commentBy, conversation, ON_CLOSED, ON_DESK, ON_PULL_REQUEST, ON_RELEASED, ownComment, UNDER_WAY } from "../../../test/fixtures/said.ts";
import { artifactWith } from "../../../test/fixtures/artifact.ts";
import { MINUTE_MS, NOON, peopleWith } from "../../../test/fixtures/subject.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Gate, Playbook } from "../../model/playbook.ts";
import type { CommandComment, OwnComment, Permission } from "../../model/snapshot.ts";
import type { People } from "../people/types.ts";
import { openRequests } from "./history.ts";
import { judge, type JudgeContext, wantsOf } from "./judge.ts";
import { answerRecord } from "./record.ts";
import type { Place } from "./types.ts";

const smoke: Gate = { kind: "evidence", options: { items: ["login"], each: "release" }, whenPaths: [], soakMs: null, windows: [], by: "sre" };
const PLAYBOOK: Playbook = {
  ...DEFAULTS,
  roles: { steward: ["@acme/stewards"], sre: ["@acme/sre"] },
  gates: { smoke },
  release: { ...DEFAULTS.release, desk: null, commands: { hold: "steward" } },
};

const PEOPLE = peopleWith({ steward: ["ann", "lee"], sre: ["kim"], write: ["kim", "ann", "jo"] });
const PERMISSIONS: readonly (readonly [string, Permission])[] = [
  ["kim", "write"],
  ["ann", "write"],
  ["jo", "write"],
  ["tess", "triage"],
  ["sam", "read"],
  ["lee", "read"],
  ["nobody", "none"],
];

function contextWith(change: Partial<JudgeContext> = {}): JudgeContext {
  return {
    playbook: PLAYBOOK,
    lines: ["cavern", "sshd"],
    underWay: [UNDER_WAY],
    permissions: new Map(PERMISSIONS),
    people: () => PEOPLE,
    takenAt: NOON + 10 * MINUTE_MS,
    ...change,
  };
}

/** The verdict of the one open request, with its refusals. */
function verdictOn(
  comment: CommandComment,
  { place = ON_PULL_REQUEST, own = [], ...change }: { place?: Place; own?: OwnComment[] } & Partial<JudgeContext> = {},
) {
  const { requests } = openRequests([{ place, conversation: conversation([comment], own) }], APP);
  const [judged] = judge(requests, contextWith(change));
  if (judged === undefined) return "nothing to judge";
  return judged.verdict === "refused" ? judged.refusals : judged.verdict;
}

const commands = (count: number) => commentBy("kim", Array.from({ length: count }, () => "/release status").join("\n"));

describe("who may", () => {
  test.each<[string, string, string | readonly string[]]>([
    ["kim", "/release bump minor", "accepted"],
    ["kim", "/release status\n/release bump minor\n/release unhold", "accepted"],
    ["ann", "/release hold it burns", "accepted"],
    ["tess", "/release status", "accepted"],
    ["tess", "/release help", "accepted"],
    ["tess", "/release simulate merge #41", "accepted"],
    ["tess", "/release announce", ['"/release announce": the playbook has no `communications`']],
    ["tess", "/release plan", ["@tess may not ask for a plan: plan needs write access to the repository."]],
    ["tess", "/release bump minor", ["@tess may not change the version of this release: bump needs write access to the repository."]],
    ["jo", "/release hold it burns", ["@jo may not hold this release: hold needs the role steward (@ann, @lee). @ann and @lee may."]],
    ["jo", "/release hold", ["@jo may not hold this release: hold needs the role steward (@ann, @lee). @ann and @lee may."]],
    ["jo", "/release bump mayor", ['"/release bump mayor": did you mean "/release bump major"?']],
    ["jo", "/release lunch", ['"/release lunch": there is no such command: `/release help` lists them']],
    ["kim", "/release evidence login ok", "accepted"],
    ["jo", "/release evidence login ok", ["@jo may not confirm this step: this step needs the role sre (@kim). @kim may."]],
    ["sam", "/release bump minor", "silent"],
    ["sam", "/release help", "silent"],
    ["sam", "/release lunch", "silent"],
    ["sam", "/release hold it burns", "silent"],
    ["sam", Array.from({ length: 21 }, () => "/release help").join("\n"), "silent"],
    ["nobody", "/release status", "silent"],
    ["lee", "/release hold it burns", "accepted"],
    ["lee", "/release status", "silent"],
    ["lee", "/release hold it burns\n/release bump minor", ["@lee may not change the version of this release: bump needs write access to the repository."]],
  ])("%s: %j", (author, text, verdict) => {
    expect(verdictOn(commentBy(author, text))).toEqual(verdict);
  });

  test.each<[string, string, string | readonly string[]]>([
    ["kim", "/release retry", "accepted"],
    ["kim", "/release skip build it is broken\n/release withdraw it burns", "accepted"],
    ["tess", "/release retry", ["@tess may not run a step of this release again: retry needs write access to the repository."]],
    ["tess", "/release skip build x", ["@tess may not skip a step of this release: skip needs write access to the repository."]],
    ["jo", "/release withdraw x", ["@jo may not withdraw this release: withdraw needs the role steward (@ann, @lee). @ann and @lee may."]],
    ["sam", "/release retry", "silent"],
  ])("of a release that was begun, %s: %j", (author, text, verdict) => {
    const release = { ...PLAYBOOK.release, commands: { withdraw: "steward" } };
    const commands = text.includes("it burns") ? {} : release.commands;
    const playbook: Playbook = { ...PLAYBOOK, artifacts: [artifactWith()], release: { ...release, commands } };
    expect(verdictOn(commentBy(author, text), { place: ON_RELEASED, playbook })).toEqual(verdict);
  });

  test("who skips a step or withdraws a release does so with a comment, and never by an edit", () => {
    const playbook: Playbook = { ...PLAYBOOK, artifacts: [artifactWith()] };
    const edited = commentBy("kim", ["hm", "/release skip build x\n/release withdraw y\n/release retry"]);
    expect(verdictOn(edited, { place: ON_RELEASED, playbook })).toEqual([
      '"/release skip build x": this came by an edit: say it in a new comment',
      '"/release withdraw y": this came by an edit: say it in a new comment',
    ]);
  });

  test("one faulty line refuses all of a comment, and each is named", () => {
    expect(verdictOn(commentBy("kim", "/release unhold\n/release bump mayor\n/release freze audit"))).toEqual([
      '"/release bump mayor": did you mean "/release bump major"?',
      '"/release freze audit": did you mean "/release freeze audit"?',
    ]);
  });

  test("more than twenty commands are too many", () => {
    expect(verdictOn(commands(20))).toBe("accepted");
    expect(verdictOn(commands(500))).toEqual(["500 commands in one comment are too many: 20 at most"]);
  });

  test("on the desk the role is looked up for the component that is named", () => {
    const asked: (string | null)[] = [];
    const people = (line: string | null): People => {
      asked.push(line);
      return PEOPLE;
    };
    expect(verdictOn(commentBy("ann", "/release hold sshd it burns"), { place: ON_DESK, people })).toBe("accepted");
    expect(new Set(asked)).toEqual(new Set(["sshd"]));
  });

  test("on a closed pull request only a new plan is asked for", () => {
    expect(verdictOn(commentBy("kim", "/release plan"), { place: ON_CLOSED })).toBe("accepted");
    expect(verdictOn(commentBy("kim", "/release bump minor"), { place: ON_CLOSED })).toEqual([
      '"/release bump minor": this pull request is closed; `/release plan` asks for a new one',
    ]);
  });
});

const unreadTeam = { files: [], teams: ["acme/stewards"], logins: [] };
const unread = () => ({ ...PEOPLE, wants: () => unreadTeam });

const unreadable = (): People => ({
  ...PEOPLE,
  standing: () => ({ is: "unknown", because: "the team @acme/stewards can't be read", next: "give the app Members: read" }),
});

const nobody = (): People => ({
  ...PEOPLE,
  standing: () => ({ is: "out" }),
  members: () => ({ logins: [], levels: [], faults: [{ because: "there is no team @acme/stewards", next: "correct `roles.steward`", isEmpty: true }] }),
  describe: () => "steward (@acme/stewards)",
});

describe("what is not known", () => {
  test("a permission is asked for before anything is judged", () => {
    const comment = commentBy("kim", "/release bump minor");
    const { requests } = openRequests([{ place: ON_PULL_REQUEST, conversation: conversation([comment]) }], APP);
    const context = contextWith({ permissions: new Map() });
    expect(wantsOf(requests, context)).toEqual({ files: [], teams: [], logins: ["kim"] });
    expect(judge(requests, context)).toMatchObject([{ verdict: "wait", until: null }]);
    expect(wantsOf(requests, contextWith())).toEqual({ files: [], teams: [], logins: [] });
  });

  test("so is a team that a role needs, and only for commands that need it", () => {
    expect(verdictOn(commentBy("jo", "/release hold x"), { people: unread })).toBe("wait");
    expect(verdictOn(commentBy("jo", "/release help"), { people: unread })).toBe("wait");
    expect(verdictOn(commentBy("kim", "/release evidence login ok"), { people: unread })).toBe("wait");
    expect(verdictOn(commentBy("jo", "/release unhold"), { people: unread })).toBe("accepted");
  });

  test("a team that can't be read refuses, with the remedy", () => {
    expect(verdictOn(commentBy("jo", "/release hold x"), { people: unreadable })).toEqual([
      "whether @jo may hold this release can't be told: the team @acme/stewards can't be read; give the app Members: read",
    ]);
    expect(verdictOn(commentBy("sam", "/release hold x"), { people: unreadable })).toBe("silent");
  });

  test("a role with nobody in it says so", () => {
    expect(verdictOn(commentBy("jo", "/release hold x"), { people: nobody })).toEqual([
      "@jo may not hold this release: hold needs the role steward (@acme/stewards); there is no team @acme/stewards: correct `roles.steward`.",
    ]);
  });
});

const ACCEPTED = { is: "accepted", at: NOON + 3 * MINUTE_MS } as const;
const REFUSED = { is: "refused", at: NOON + 3 * MINUTE_MS } as const;
const record = (revision: number, after: number | null, is: "accepted" | "refused") =>
  ownComment(`words\n\n${answerRecord({ answers: "C_kim", revision, after, is })}`);

describe("edits", () => {
  test.each<[string, Parameters<typeof commentBy>[1], Partial<CommandComment>, OwnComment[], string | readonly string[]]>([
    ["what was answered is not judged again", "/release unhold", { answered: ACCEPTED }, [], "nothing to judge"],
    ["nor when other words change", ["/release unhold", "/release unhold\nthanks"], { answered: ACCEPTED }, [], "nothing to judge"],
    [
      "what an edit adds is",
      ["/release unhold", "/release unhold\n/release bump mayor"],
      { answered: ACCEPTED },
      [],
      ['"/release bump mayor": did you mean "/release bump major"?'],
    ],
    ["the same line once more is added, too", ["/release unhold", "/release unhold\n/release unhold"], { answered: ACCEPTED }, [], "accepted"],
    [
      "a refused line that is put right is added",
      ["/release bump mayor", "/release bump major"],
      { answered: REFUSED },
      [record(0, null, "refused")],
      "accepted",
    ],
    [
      "and once answered, it is done",
      ["/release bump mayor", "/release bump major"],
      { answered: REFUSED },
      [record(0, null, "refused"), record(1, 0, "accepted")],
      "nothing to judge",
    ],
    [
      "evidence never comes by an edit",
      ["hi\n/release help", "/release evidence login ok"],
      { answered: ACCEPTED },
      [],
      ['"/release evidence login ok": this came by an edit: say it in a new comment'],
    ],
    [
      "nor does an override",
      ["/release help", "/release override smoke x"],
      { answered: ACCEPTED },
      [],
      ['"/release override smoke x": this came by an edit: say it in a new comment'],
    ],
    [
      "somebody else's edit is refused with words",
      ["/release help", ["jo", "/release help\n/release unhold"]],
      { answered: ACCEPTED },
      [],
      ['"/release unhold": this was put into the comment of @kim by @jo; whoever wants it says it in a new comment'],
    ],
    [
      "also of somebody who is gone",
      ["/release help", [null, "/release unhold"]],
      { answered: ACCEPTED },
      [],
      ['"/release unhold": this was put into the comment of @kim by somebody whose account is gone; whoever wants it says it in a new comment'],
    ],
    [
      "a line of somebody else's that the author leaves standing stays somebody else's",
      ["/release help", ["jo", "/release help\n/release unhold"], "/release help\n/release unhold\nthanks"],
      { answered: ACCEPTED },
      [],
      ['"/release unhold": this was put into the comment of @kim by @jo; whoever wants it says it in a new comment'],
    ],
    [
      "a line taken away and put back is a new one",
      ["/release evidence login ok", "hm", "/release evidence login ok"],
      { answered: ACCEPTED },
      [],
      ['"/release evidence login ok": this came by an edit: say it in a new comment'],
    ],
    ["taken away before it was judged: nothing", ["/release unhold", "never mind"], {}, [], "nothing to judge"],
    ["put right before it was judged", ["/release bump mayor", "/release bump major"], {}, [], "accepted"],
    [
      "before it was judged an edit can't vouch either",
      ["hi", "/release override smoke x"],
      {},
      [],
      ['"/release override smoke x": this came by an edit: say it in a new comment'],
    ],
    [
      "nor speak for somebody else",
      ["/release unhold", ["jo", "/release unhold\n/release thaw"]],
      {},
      [],
      ['"/release thaw": this was put into the comment of @kim by @jo; whoever wants it says it in a new comment'],
    ],
    ["other words changed before it was judged: as it was written", ["/release evidence login ok", "/release evidence login ok\nsee"], {}, [], "accepted"],
    [
      "an edit between reading and answering is judged, too: the reaction stands for what was written",
      ["/release unhold", "/release unhold\n/release bump mayor"],
      { answered: { is: "accepted", at: NOON + 2 * MINUTE_MS } },
      [],
      ['"/release bump mayor": did you mean "/release bump major"?'],
    ],
    [
      "an edit that was judged with the comment is not judged twice",
      ["hi", "/release bump major"],
      { answered: ACCEPTED },
      [record(1, null, "accepted")],
      "nothing to judge",
    ],
  ])("%s", (_, texts, change, own, verdict) => {
    expect(verdictOn(commentBy("kim", texts, change), { own })).toEqual(verdict);
  });

  test("only what is new of a stranger's comment gets silence", () => {
    expect(verdictOn(commentBy("sam", ["/release unhold", "/release thaw"]))).toBe("silent");
    expect(verdictOn(commentBy("sam", ["hi", ["jo", "/release thaw"]]))).toEqual([
      '"/release thaw": this was put into the comment of @sam by @jo; whoever wants it says it in a new comment',
    ]);
  });
});

describe("a reply that GitHub may not list yet", () => {
  const takenAt = NOON + 5 * MINUTE_MS;
  const at = (secondsBefore: number) => takenAt - secondsBefore * 1000;

  test.each<[string, CommandComment, OwnComment[], object]>([
    ["fresh eyes and no answer: it waits", commentBy("kim", "/release status", { seenAt: at(20) }), [], { verdict: "wait", until: at(20) + MINUTE_MS }],
    [
      "fresh eyes and no answer to a hold: nothing is said, so it counts at once",
      commentBy("kim", "/release unhold", { seenAt: at(20) }),
      [],
      { verdict: "accepted" },
    ],
    ["old eyes and no answer: it was interrupted, and begins again", commentBy("kim", "/release status", { seenAt: at(60) }), [], { verdict: "accepted" }],
    [
      "an edit right after an answer: it waits",
      commentBy("kim", ["/release status", "/release unhold"], { seenAt: at(20), answered: { is: "accepted", at: at(20) } }),
      [],
      { verdict: "wait", until: at(20) + MINUTE_MS },
    ],
    [
      "an edit, an old answer and fresh eyes: the answer to the edit may be there already",
      commentBy("kim", ["/release status", "/release unhold"], { seenAt: at(20), answered: { is: "accepted", at: at(200) } }),
      [],
      { verdict: "wait", until: at(20) + MINUTE_MS },
    ],
    [
      "an edit, an old answer and old eyes: it is judged",
      commentBy("kim", ["/release status", "/release unhold"], { seenAt: at(60), answered: { is: "accepted", at: at(200) } }),
      [],
      { verdict: "accepted" },
    ],
    [
      "eyes of a run that was cut short and an answer right now: it waits",
      commentBy("kim", ["/release status", "/release unhold"], { seenAt: at(90), answered: { is: "accepted", at: at(20) } }),
      [],
      { verdict: "wait", until: at(20) + MINUTE_MS },
    ],
    [
      "no eyes and an old answer: they were taken back and no more was done",
      commentBy("kim", ["/release status", "/release unhold"], { answered: { is: "accepted", at: at(200) } }),
      [],
      { verdict: "accepted" },
    ],
  ])("%s", (_, comment, own, judged) => {
    const { requests } = openRequests([{ place: ON_PULL_REQUEST, conversation: conversation([comment], own) }], APP);
    expect(judge(requests, contextWith({ takenAt }))).toMatchObject([judged]);
  });
});

const openWith = (own: OwnComment[]) => {
  const open = openRequests([{ place: ON_PULL_REQUEST, conversation: conversation([commentBy("kim", "/release status")], own) }], APP);
  return { requests: open.requests.length, unmarked: open.unmarked.map(({ is }) => is) };
};

describe("a record in a reply", () => {
  const text = `words\n\n${answerRecord({ answers: "C_kim", revision: 0, after: null, is: "accepted" })}`;

  test.each<[string, OwnComment[], object]>([
    ["says that a comment was answered", [ownComment(text)], { requests: 0, unmarked: ["accepted"] }],
    ["is not believed when somebody else wrote it", [ownComment(text, "jo")], { requests: 1, unmarked: [] }],
    ["is not believed in the middle of a text", [ownComment(`${text}\nwords`)], { requests: 1, unmarked: [] }],
    [
      "is not believed when an edit put it there",
      [{ ...ownComment("words"), revisions: [...ownComment("words").revisions, ...ownComment(text, "jo").revisions] }],
      { requests: 1, unmarked: [] },
    ],
    ["is not believed when it is of another shape", [ownComment('<!-- release-steward-record: {"gates":[]} -->')], { requests: 1, unmarked: [] }],
    ["is not believed when it is cut off", [ownComment(`${text.slice(0, -" -->".length)} or so`)], { requests: 1, unmarked: [] }],
    ["is not believed when something else closes it", [ownComment(`${text.slice(0, -" -->".length)}....`)], { requests: 1, unmarked: [] }],
    ["is not believed when it is no JSON", [ownComment("<!-- release-steward-record: {{ -->")], { requests: 1, unmarked: [] }],
  ])("%s", (_, own, open) => {
    expect(openWith(own)).toEqual(open);
  });
});
