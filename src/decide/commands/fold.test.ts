import { describe, expect, test } from "@jest/globals";
import { APP, commentBy, conversation, ON_CLOSED, ON_DESK, ON_PULL_REQUEST, ON_RELEASED, ownComment } from "../../../test/fixtures/said.ts";
import { artifactWith } from "../../../test/fixtures/artifact.ts";
import { HOUR_MS, MINUTE_MS, NOON, peopleWith } from "../../../test/fixtures/subject.ts";
import { NOTHING_SAID } from "../../model/agreement.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Gate, Playbook } from "../../model/playbook.ts";
import type { CommandComment, OwnComment } from "../../model/snapshot.ts";
import { foldFacts, type SpokenOf } from "./fold.ts";
import { openRequests } from "./history.ts";
import { judge } from "./judge.ts";
import { answerRecord } from "./record.ts";
import type { Place, PlacedConversation } from "./types.ts";

const smoke: Gate = { kind: "evidence", options: { items: ["login"], each: "release" }, whenPaths: [], soakMs: null, windows: [], by: null };
const PLAYBOOK: Playbook = { ...DEFAULTS, release: { ...DEFAULTS.release, desk: null }, gates: { smoke } };
const CONTEXT = { playbook: PLAYBOOK, lines: ["cavern", "sshd"] };
const ACCEPTED = { is: "accepted", at: NOON + HOUR_MS } as const;

type Comment = readonly [author: string, place: Place, texts: string | readonly string[]];

/** Comments that were accepted as they were written: who, where, what, one a minute. */
function said(...comments: readonly Comment[]): PlacedConversation[] {
  return comments.map(([author, place, texts], index) => ({
    place,
    conversation: conversation([commentBy(author, texts, { id: `C${index}`, createdAt: NOON + index * MINUTE_MS, answered: ACCEPTED })]),
  }));
}

/** Everything that #5 releases is released. */
const isOver = (number: number): boolean => number === 5;

function folded(conversations: readonly PlacedConversation[], releasedAt: number | null = null) {
  return foldFacts({ conversations, appLogin: APP, judged: [], context: CONTEXT, isOver, releasedAt: () => releasedAt });
}

const by = (author: string, minute = 0, comment = minute) => ({
  by: author,
  at: NOON + minute * MINUTE_MS,
  url: `https://github.com/acme/app/pull/7#C${comment}`,
});
const HOLD = "/release hold it burns";

test("where nothing was accepted, nothing was said", () => {
  const refused = commentBy("kim", HOLD, { answered: { is: "refused", at: NOON } });
  const open = commentBy("kim", HOLD);
  expect(folded([{ place: ON_PULL_REQUEST, conversation: conversation([refused, open]) }]).of("cavern")).toEqual(NOTHING_SAID);
});

describe("what is said", () => {
  test("a hold stands until somebody says unhold", () => {
    expect(folded(said(["kim", ON_PULL_REQUEST, HOLD])).of("cavern").hold).toEqual({ ...by("kim"), reason: "it burns", isAtDesk: false });
    expect(folded(said(["kim", ON_PULL_REQUEST, HOLD], ["ann", ON_PULL_REQUEST, "/release unhold"])).of("cavern").hold).toBeNull();
  });

  test("the last word on the version counts, and all who spoke of it asked for the release", () => {
    const facts = folded(said(["kim", ON_PULL_REQUEST, "/release bump minor"], ["ann", ON_PULL_REQUEST, "/release as 2.0.0"])).of("cavern");
    expect(facts.version).toEqual({ ...by("ann", 1), is: "as", version: "2.0.0" });
    expect(facts.requesters).toEqual([
      { ...by("kim"), command: "/release bump minor" },
      { ...by("ann", 1), command: "/release as 2.0.0" },
    ]);
  });

  test("evidence, overrides and deferrals are kept in order", () => {
    const facts = folded(
      said(["kim", ON_PULL_REQUEST, "/release evidence login https://x\n/release override smoke flaky"], ["ann", ON_PULL_REQUEST, "/release defer #3 later"]),
    ).of("cavern");
    expect(facts.evidence).toEqual([{ ...by("kim"), step: "login", link: "https://x" }]);
    expect(facts.overrides).toEqual([{ ...by("kim"), gate: "smoke", reason: "flaky" }]);
    expect(facts.deferred).toEqual([{ ...by("ann", 1), issue: 3, reason: "later" }]);
    expect(facts.requesters).toEqual([]);
  });

  test("a freeze is for everything, wherever it is said, and `until` counts from when it was said", () => {
    const everywhere = folded(said(["kim", ON_PULL_REQUEST, "/release freeze audit until in 3 h"]));
    const freeze = { ...by("kim"), reason: "audit", until: NOON + 3 * HOUR_MS };
    expect([everywhere.of("cavern").freeze, everywhere.of("sshd").freeze]).toEqual([freeze, freeze]);
    expect(folded(said(["kim", ON_PULL_REQUEST, "/release freeze audit"], ["ann", ON_DESK, "/release thaw"])).of("sshd").freeze).toBeNull();
  });

  test("commands of one comment count in their order", () => {
    expect(folded(said(["kim", ON_PULL_REQUEST, `${HOLD}\n/release unhold`])).of("cavern").hold).toBeNull();
    expect(folded(said(["kim", ON_PULL_REQUEST, `/release unhold\n${HOLD}`])).of("cavern").hold).not.toBeNull();
  });

  test("what counts is when it was said, not in which conversation it is found first", () => {
    expect(folded(said(["kim", ON_PULL_REQUEST, HOLD], ["ann", ON_DESK, "/release unhold"]).toReversed()).of("cavern").hold).toBeNull();
  });

  test("a hold of the desk is ended on the desk: a pull request is not followed after its merge", () => {
    const held = said(["kim", ON_DESK, HOLD], ["ann", ON_PULL_REQUEST, "/release unhold"]);
    expect(folded(held).of("cavern").hold).toEqual({ ...by("kim"), reason: "it burns", isAtDesk: true });
    expect(folded(said(["kim", ON_DESK, HOLD], ["lee", ON_PULL_REQUEST, HOLD], ["ann", ON_PULL_REQUEST, "/release unhold"])).of("cavern").hold?.by).toBe("kim");
    expect(folded(said(["kim", ON_PULL_REQUEST, HOLD], ["lee", ON_DESK, HOLD], ["ann", ON_DESK, "/release unhold"])).of("cavern").hold).toBeNull();
  });

  test("what is accepted in this run counts at once", () => {
    const conversations = [{ place: ON_PULL_REQUEST, conversation: conversation([commentBy("kim", HOLD, { id: "C0" })]) }];
    const { requests } = openRequests(conversations, APP);
    const judged = judge(requests, { ...CONTEXT, underWay: [], permissions: new Map([["kim", "write"]]), people: () => peopleWith(), takenAt: NOON + HOUR_MS });
    const now = foldFacts({ conversations, appLogin: APP, judged, context: CONTEXT, isOver, releasedAt: () => null });
    expect(now.of("cavern").hold).toEqual({ ...by("kim"), reason: "it burns", isAtDesk: false });
  });
});

describe("which line it is about", () => {
  test.each<[string, Place, string, readonly boolean[]]>([
    ["a pull request's own", ON_PULL_REQUEST, HOLD, [true, false]],
    ["on the desk, the one that is named", ON_DESK, "/release hold sshd it burns", [false, true]],
    ["on the desk without a name, every one", ON_DESK, HOLD, [true, true]],
    ["on a closed pull request, none", ON_CLOSED, HOLD, [false, false]],
  ])("%s", (_, place, text, held) => {
    const facts = folded(said(["kim", place, text]));
    expect(["cavern", "sshd"].map((line) => facts.of(line).hold !== null)).toEqual(held);
  });

  test("a line is let go of alone", () => {
    const facts = folded(said(["kim", ON_DESK, HOLD], ["ann", ON_DESK, "/release unhold sshd"]));
    expect(["cavern", "sshd"].map((line) => facts.of(line).hold !== null)).toEqual([true, false]);
  });
});

describe("what was said on the desk before the last release", () => {
  const conversations = said([
    "kim",
    ON_DESK,
    "/release bump cavern minor\n/release evidence cavern login ok\n/release override cavern smoke x\n/release hold cavern x",
  ]);

  test("counts for that one only, but for what restrains", () => {
    const { version, evidence, overrides, requesters, hold } = folded(conversations, NOON + MINUTE_MS).of("cavern");
    expect([version, evidence, overrides, requesters, hold?.reason]).toEqual([null, [], [], [], "x"]);
  });

  test("and counts when it was said after it", () => {
    const { version, evidence, overrides, requesters } = folded(conversations, NOON - MINUTE_MS).of("cavern");
    expect([version?.is, evidence.length, overrides.length, requesters.length]).toEqual(["bump", 1, 1, 1]);
  });

  test("on a pull request everything is for its own release", () => {
    expect(folded(said(["kim", ON_PULL_REQUEST, "/release bump minor"]), NOON + HOUR_MS).of("cavern").version).not.toBeNull();
  });
});

describe("a release that was begun", () => {
  const playbook: Playbook = { ...PLAYBOOK, artifacts: [artifactWith({ name: "images" })], gates: { smoke, "staging/smoke": smoke } };
  const release: SpokenOf = { line: "cavern", pullRequest: 5, since: NOON, until: null };
  const fold = (...comments: readonly Comment[]) =>
    foldFacts({ conversations: said(...comments), appLogin: APP, judged: [], context: { ...CONTEXT, playbook }, isOver, releasedAt: () => null });

  test("hears what is said on its pull request, before the merge and after", () => {
    const facts = fold(
      ["kim", ON_RELEASED, "/release evidence staging/smoke seen\n/release override staging/smoke flaky"],
      ["ann", ON_RELEASED, "/release retry images\n/release retry"],
      ["kim", ON_RELEASED, "/release skip images broken"],
      ["ann", ON_RELEASED, "/release skip images so it is"],
      ["lee", ON_RELEASED, "/release withdraw it burns\n/release hold wait"],
    ).ofRelease(release);
    expect(facts.evidence).toEqual([{ ...by("kim"), step: "staging/smoke", link: "seen" }]);
    expect(facts.overrides).toEqual([{ ...by("kim"), gate: "staging/smoke", reason: "flaky" }]);
    expect(facts.retries).toEqual([
      { ...by("ann", 1), step: "images" },
      { ...by("ann", 1), step: null },
    ]);
    expect(facts.skips).toEqual([
      { ...by("kim", 2), step: "images", reason: "broken" },
      { ...by("ann", 3), step: "images", reason: "so it is" },
    ]);
    expect(facts.withdrawn).toEqual({ ...by("lee", 4), reason: "it burns" });
    expect(facts.hold).toEqual({ ...by("lee", 4), reason: "wait", isAtDesk: false });
  });

  test("keeps it from the release that follows: neither a hold nor evidence, a version or a word that lapsed is about that one", () => {
    const { of, lapsed } = fold(
      ["kim", ON_RELEASED, "/release bump major\n/release evidence smoke ok\n/release override smoke x\n/release hold wait"],
      ["kim", ON_RELEASED, ["/release withdraw it burns", "never mind"]],
      ["kim", ON_DESK, "/release retry cavern images\n/release skip cavern images x\n/release withdraw cavern it burns"],
      ["kim", ON_DESK, ["/release retry cavern", "never mind"]],
    );
    expect(of("cavern")).toEqual(NOTHING_SAID);
    expect(lapsed("cavern")).toEqual([]);
  });

  test("and hears nothing that is said of the next one, or of another line", () => {
    const facts = fold(
      ["kim", ON_PULL_REQUEST, "/release evidence staging/smoke ok\n/release hold wait"],
      ["kim", ON_DESK, "/release bump cavern major\n/release withdraw sshd it burns\n/release hold sshd x"],
    );
    expect(facts.ofRelease(release)).toEqual(NOTHING_SAID);
    expect(facts.of("cavern").hold?.reason).toBe("wait");
  });

  test.each<[string, Partial<SpokenOf>, boolean]>([
    ["since it was begun", { since: NOON }, true],
    ["before that", { since: NOON + 5 * MINUTE_MS }, false],
    ["until a newer one of its line was begun", { until: NOON + 5 * MINUTE_MS }, true],
    ["after that", { until: NOON }, false],
  ])("hears what is said on the desk %s", (_, window, isHeard) => {
    const facts = fold(
      ["kim", ON_PULL_REQUEST, "/release status"],
      ["kim", ON_DESK, "/release evidence cavern staging/smoke ok\n/release retry cavern\n/release skip cavern images x\n/release withdraw cavern it burns"],
    ).ofRelease({ ...release, ...window });
    const heard = [facts.evidence.length, facts.retries.length, facts.skips.length, facts.withdrawn === null ? 0 : 1];
    expect(heard).toEqual(isHeard ? [1, 1, 1, 1] : [0, 0, 0, 0]);
  });

  test("is held by a hold of the desk, whenever it was said, and let go of there", () => {
    const late = { ...release, since: NOON + HOUR_MS };
    expect(fold(["kim", ON_DESK, "/release hold cavern it burns"]).ofRelease(late).hold).toEqual({ ...by("kim"), reason: "it burns", isAtDesk: true });
    expect(fold(["kim", ON_DESK, HOLD], ["ann", ON_RELEASED, "/release unhold"]).ofRelease(late).hold).not.toBeNull();
    expect(fold(["kim", ON_DESK, HOLD], ["ann", ON_DESK, "/release unhold"]).ofRelease(late).hold).toBeNull();
  });

  test("is frozen with everything else, and a freeze that is said there is about everything", () => {
    const facts = fold(["kim", ON_RELEASED, "/release freeze audit"]);
    expect([facts.ofRelease(release).freeze?.reason, facts.of("sshd").freeze?.reason]).toEqual(["audit", "audit"]);
  });

  test("a word that was edited away has no effect on it any more, and it says so", () => {
    const facts = fold(["kim", ON_RELEASED, ["/release withdraw it burns", "never mind"]]);
    expect(facts.ofRelease(release).withdrawn).toBeNull();
    expect(facts.lapsedOfRelease(release)).toEqual(["`/release withdraw it burns` of @kim was edited away: it has no effect any more"]);
  });

  test("as long as its tag is missing, what is said there is about both: its gates are asked once more", () => {
    const conversations = said(["kim", ON_RELEASED, "/release evidence smoke ok"]);
    const facts = foldFacts({ conversations, appLogin: APP, judged: [], context: { ...CONTEXT, playbook }, isOver: () => false, releasedAt: () => null });
    expect([facts.of("cavern").evidence.length, facts.ofRelease(release).evidence.length]).toEqual([1, 1]);
  });
});

describe("what was accepted and edited away", () => {
  test.each<[string, string, string[]]>([
    ["a bump", "/release bump minor", ["`/release bump minor` of @kim was edited away: it has no effect any more"]],
    ["evidence", "/release evidence login ok", ["`/release evidence login ok` of @kim was edited away: it has no effect any more"]],
    ["an override", "/release override smoke x", ["`/release override smoke x` of @kim was edited away: it has no effect any more"]],
    ["a deferral", "/release defer #3 later", ["`/release defer #3 later` of @kim was edited away: it has no effect any more"]],
  ])("loses its effect: %s", (_, text, lapsed) => {
    const facts = folded(said(["kim", ON_PULL_REQUEST, [text, "never mind"]]));
    expect(facts.of("cavern")).toEqual(NOTHING_SAID);
    expect(facts.lapsed("cavern")).toEqual(lapsed);
    expect(facts.lapsed("sshd")).toEqual([]);
  });

  test("restrains all the same: a hold, and a freeze", () => {
    const facts = folded(said(["kim", ON_PULL_REQUEST, [`${HOLD}\n/release freeze audit`, "never mind"]]));
    expect([facts.of("cavern").hold?.reason, facts.of("cavern").freeze?.reason]).toEqual(["it burns", "audit"]);
    expect(facts.lapsed("cavern")).toEqual([
      "`/release hold it burns` of @kim was edited away and still holds: `/release unhold` ends it",
      "`/release freeze audit` of @kim was edited away and still holds: `/release thaw` ends it",
    ]);
  });

  test("a hold is back when its end is edited away", () => {
    const facts = folded(said(["kim", ON_PULL_REQUEST, HOLD], ["ann", ON_PULL_REQUEST, ["/release unhold", "oops"]]));
    expect(facts.of("cavern").hold?.reason).toBe("it burns");
    expect(facts.lapsed("cavern")).toEqual(["`/release unhold` of @ann was edited away: it has no effect any more"]);
  });

  test("has no effect either when it is put back: it is another command then", () => {
    expect(folded(said(["kim", ON_PULL_REQUEST, ["/release bump minor", "hm", "/release bump minor"]])).of("cavern").version).toBeNull();
  });

  test("a question that is edited away is nobody's loss", () => {
    expect(folded(said(["kim", ON_PULL_REQUEST, ["/release status", "thanks"]])).lapsed("cavern")).toEqual([]);
  });

  test("what never was accepted is not missed", () => {
    const comment = commentBy("kim", [HOLD, "never mind\n/release thaw"], { answered: ACCEPTED });
    const own = ownComment(`Accepted\n${answerRecord({ answers: "C_kim", revision: 1, after: null, is: "accepted" })}`);
    const facts = folded([{ place: ON_PULL_REQUEST, conversation: conversation([comment], [own]) }]);
    expect([facts.of("cavern").hold, facts.lapsed("cavern")]).toEqual([null, []]);
  });
});

const record = (is: "accepted" | "refused") => ownComment(`words\n${answerRecord({ answers: "C_kim", revision: 1, after: 0, is })}`);

describe("what an edit added", () => {
  const edited: CommandComment = commentBy("kim", ["/release help", "/release help\n/release bump minor"], { answered: ACCEPTED });
  const at = (own: OwnComment[]) => folded([{ place: ON_PULL_REQUEST, conversation: conversation([edited], own) }]).of("cavern").version;

  test("counts from the moment of the edit when a reply accepted it, and only then", () => {
    expect(at([])).toBeNull();
    expect(at([record("refused")])).toBeNull();
    expect(at([record("accepted")])).toMatchObject({ by: "kim", at: NOON + MINUTE_MS, is: "bump", level: "minor" });
  });

  test("not even when the app's reaction is younger than the edit", () => {
    expect(ACCEPTED.at).toBeGreaterThan(edited.revisions[1]!.at);
    expect(at([])).toBeNull();
  });
});

test("what was answered twice over, because GitHub listed the first reply late, counts once", () => {
  const comment = commentBy("kim", "/release evidence login ok\n/release status", { answered: ACCEPTED });
  const reply = ownComment(`The status.\n\n${answerRecord({ answers: "C_kim", revision: 0, after: null, is: "accepted" })}`);
  const facts = folded([{ place: ON_PULL_REQUEST, conversation: conversation([comment], [reply, reply]) }]);
  expect(facts.of("cavern").evidence).toHaveLength(1);
});

test("what no longer fits the playbook has no effect, and says so", () => {
  const conversations = said(["kim", ON_PULL_REQUEST, "/release override smoke flaky"]);
  const facts = foldFacts({ conversations, appLogin: APP, judged: [], context: { ...CONTEXT, playbook: DEFAULTS }, isOver, releasedAt: () => null });
  expect(facts.of("cavern").overrides).toEqual([]);
  expect(facts.lapsed("cavern")).toEqual([
    '`/release override smoke flaky` of @kim has no effect any more: "/release override smoke flaky": this playbook has no gates',
  ]);
});

test("a plan that is asked for on a closed pull request asks for a new one, and makes a requester", () => {
  const facts = folded(said(["kim", ON_CLOSED, "/release plan"], ["ann", ON_PULL_REQUEST, "/release plan"]));
  expect([facts.planAsked("PR_6"), facts.planAsked("I_1")]).toEqual([by("kim"), null]);
  expect(facts.of("cavern").requesters).toEqual([{ ...by("kim"), command: "/release plan" }]);
});
