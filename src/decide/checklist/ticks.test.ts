import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Revision } from "../../model/snapshot.ts";
import { boxesIn, boxLine, keyOf } from "./boxes.ts";
import { statusCommentOf, type StatusRecord, statusRecordAsComment } from "./record.ts";
import type { Step } from "./steps.ts";
import { emptyRecord, recordNow } from "./ticks.ts";

const APP = "release-steward[bot]";
const STEPS: readonly Step[] = [
  { gate: "values", item: "Overlays match <the> rollout @acme/all" },
  { gate: "smoke", item: "login" },
  { gate: "smoke", item: "login of admins" },
];
const [VALUES, LOGIN, ADMINS] = STEPS as [Step, Step, Step];

/** As the app writes it: boxes of the record's own ticks are ticked. */
function written(record: StatusRecord, annotation = "(@lee, 12:04)"): string {
  const lines = STEPS.map((step) => {
    const isTicked = record.ticks.some((tick) => keyOf(tick) === keyOf(step));
    return boxLine(step, isTicked, isTicked ? annotation : "");
  });
  return `### waits\n\n${lines.join("\n")}\n\n${statusRecordAsComment(record)}\n`;
}

const byApp = (at: number, record: StatusRecord = emptyRecord("app")): Revision => ({ at, editor: APP, text: written(record) });
const by = (editor: string | null, at: number, text: string): Revision => ({ at, editor, text });
const ticked = (text: string, step: Step): string => text.replace(boxLine(step, false, ""), boxLine(step, true, ""));
const unticked = (text: string, step: Step): string => text.replace(boxLine(step, true, ""), boxLine(step, false, ""));
const comment = (revisions: readonly Revision[]) => ({ id: "IC_1", url: "https://github.com/acme/app/pull/7#issuecomment-1", createdAt: 1, revisions });

function now(...revisions: readonly Revision[]): StatusRecord {
  const found = statusCommentOf([comment(revisions)], APP);
  if (found === null) throw new Error("no status comment");
  return recordNow(found, APP, STEPS);
}

const TEXT = written(emptyRecord("app"));

describe("whose tick it is", () => {
  test("a box that somebody ticked is theirs, at the time of their edit", () => {
    expect(now(byApp(1), by("lee", 5, ticked(TEXT, LOGIN)))).toEqual({ line: "app", seen: 5, ticks: [{ gate: "smoke", item: "login", by: "lee", at: 5 }] });
  });

  test("two people, two boxes: what the first ticked does not become the second's", () => {
    const one = ticked(TEXT, LOGIN);
    expect(now(byApp(1), by("lee", 5, one), by("jo", 6, ticked(one, VALUES))).ticks.map(({ item, by }) => [item, by])).toEqual([
      ["login", "lee"],
      [VALUES.item, "jo"],
    ]);
  });

  test("the app's own edits tick nothing, though they show ticked boxes", () => {
    const shown = { at: 3, editor: APP, text: ticked(TEXT, LOGIN) };
    expect(now(byApp(1), shown).ticks).toEqual([]);
  });

  test("an edit whose author is gone ticks nothing", () => {
    expect(now(byApp(1), by(null, 5, ticked(TEXT, LOGIN))).ticks).toEqual([]);
  });

  test("a first revision by a person shows no change, so it ticks nothing", () => {
    const late = by("jo", 1, ticked(TEXT, LOGIN));
    expect(now(late, byApp(2)).ticks).toEqual([]);
  });
});

describe("what takes a tick away", () => {
  const lee = now(byApp(1), by("lee", 5, ticked(TEXT, LOGIN)));
  const shown = byApp(6, lee);

  test("the app remembers it in what it writes", () => {
    expect(now(shown)).toEqual(lee);
  });

  test.each([
    ["unticking it", unticked(shown.text, LOGIN)],
    ["deleting its line", shown.text.replace(/^- \[x\] smoke: login \(.*\n/m, "")],
    ["nonsense instead of the checklist", "lol"],
    ["an empty text", ""],
    ["a second box for it that is not ticked", `${shown.text}\n- [ ] smoke: login`],
    ["changing what it says", shown.text.replace("smoke: login (", "smoke: logins (")],
  ])("%s", (_, text) => {
    expect(now(shown, by("jo", 9, text)).ticks).toEqual([]);
  });

  test("another person ticks it again: it is theirs", () => {
    const off = unticked(shown.text, LOGIN);
    expect(now(shown, by("jo", 9, off), by("kim", 10, ticked(off, LOGIN))).ticks).toMatchObject([{ item: "login", by: "kim", at: 10 }]);
  });

  test("edits elsewhere in the text leave it", () => {
    expect(now(shown, by("jo", 9, `${shown.text.replace("### waits", "### hello")}\nmore`)).ticks).toEqual(lee.ticks);
  });
});

describe("edits that cross each other", () => {
  test("a tick made while the app wrote over it is not lost", () => {
    expect(now(byApp(1), by("lee", 5, ticked(TEXT, LOGIN)), byApp(5)).ticks).toMatchObject([{ item: "login", by: "lee" }]);
  });

  test("a second tick within the second in which the app looked counts, too", () => {
    const first = ticked(TEXT, LOGIN);
    const remembered = now(byApp(1), by("lee", 5, first));
    const both = now(byApp(1), by("lee", 5, first), by("jo", 5, ticked(first, ADMINS)), byApp(5, remembered));
    expect(both.ticks.map(({ item, by }) => [item, by])).toEqual([
      ["login", "lee"],
      ["login of admins", "jo"],
    ]);
  });

  test("looking again changes nothing", () => {
    const revisions = [byApp(1), by("lee", 5, ticked(TEXT, LOGIN)), by("jo", 5, TEXT), by("kim", 5, ticked(TEXT, LOGIN))];
    const once = now(...revisions);
    expect(now(...revisions, byApp(6, once))).toEqual(once);
  });
});

describe("whether it is the app's status comment", () => {
  const record = statusRecordAsComment({ line: "app", seen: 0, ticks: [{ gate: "smoke", item: "login", by: "lee", at: 5 }] });
  test.each([
    ["a person wrote the record into it", [by(APP, 1, "hello"), by("jo", 2, record)]],
    ["the app only quoted one in a sentence", [by(APP, 1, `no such command: ${record}`)]],
    ["the app only quoted one, and went on", [by(APP, 1, `${record}\n\nsays @jo`)]],
    ["its record is not readable", [by(APP, 1, '<!-- release-steward-record: {"status":{"line":1}} -->')]],
    ["its record is another one's", [by(APP, 1, '<!-- release-steward-record: {"answer":{}} -->')]],
  ])("not when %s", (_, revisions) => {
    expect(statusCommentOf([comment(revisions)], APP)).toBeNull();
  });

  test("a person's forged record changes nothing: the app's own is believed", () => {
    expect(now(byApp(1), by("jo", 2, `${TEXT.slice(0, TEXT.indexOf("<!--"))}${record}`)).ticks).toEqual([]);
  });

  test("nothing in an item ends the record early", () => {
    const odd = { line: "app", seen: 3, ticks: [{ gate: "smoke", item: "a --> b <!--", by: "lee", at: 3 }] };
    expect(statusCommentOf([comment([by(APP, 1, `x\n\n${statusRecordAsComment(odd)}\n`)])], APP)?.record).toEqual(odd);
  });
});

describe("boxes are found however people wrote them", () => {
  test.each([
    ["- [x] smoke: login", true],
    ["- [X] smoke: login", true],
    ["* [x]  smoke:  login ", true],
    ["  + [x] smoke: login (@lee, 12:04 UTC)", true],
    ["- [x] smoke: login\r", true],
    ["- [ ] smoke: login (@lee)", false],
    ["- [x] smoke: login\n- [ ] smoke: login", false],
    ["- [] smoke: login", undefined],
    ["[x] smoke: login", undefined],
    ["> - [x] smoke: login", undefined],
    ["- [x] smoke: logins", undefined],
    ["- [x] Smoke: login", undefined],
    ["text - [x] smoke: login", undefined],
  ])("%j", (text, expected) => {
    expect(boxesIn(text, STEPS).get(keyOf(LOGIN))).toBe(expected);
  });

  test("of two texts that begin alike the longer is meant", () => {
    expect([...boxesIn("- [x] smoke: login of admins", STEPS)]).toEqual([["smoke: login of admins", true]]);
  });
});

describe("whatever people write", () => {
  const pieces = fc.constantFrom(
    "- [x] ",
    "- [ ] ",
    "smoke: login",
    "values:",
    "\n",
    "\r\n",
    "<!-- release-steward-record: ",
    " -->",
    "`",
    "  ",
    ...STEPS.map((step) => boxLine(step, true, "")),
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join("")),
    fc.constantFrom(TEXT, ticked(TEXT, LOGIN), ticked(TEXT, VALUES)),
  );
  const edits = fc.array(fc.record({ at: fc.integer({ min: 1, max: 9 }), editor: fc.constantFrom("lee", "jo", null), text: texts }), { maxLength: 6 });

  test("no tick is ever the app's or of an unknown step, and what the app writes next has every box again", () => {
    fc.assert(
      fc.property(edits, (people) => {
        const sorted = people.toSorted((one, other) => one.at - other.at);
        const record = now(byApp(0), ...sorted);
        for (const tick of record.ticks) {
          expect(["lee", "jo"]).toContain(tick.by);
          expect(STEPS.map(keyOf)).toContain(keyOf(tick));
          expect(sorted.some(({ editor, at }) => editor === tick.by && at === tick.at)).toBe(true);
        }
        const next = byApp(10, record);
        expect([...boxesIn(next.text, STEPS).keys()].toSorted()).toEqual(STEPS.map(keyOf).toSorted());
        expect(now(byApp(0), ...sorted, next)).toEqual(record);
      }),
    );
  });

  test.each(["- [x] ", "- [x] smoke: ", " ", "-\t", "- [x] smoke: login of ", "[", "\r"])("65,536 characters of %j are no work", (piece) => {
    const hostile = piece.repeat(65_536 / piece.length);
    expect(now(byApp(1), by("jo", 2, hostile), by("jo", 3, `${hostile}\n- [x] smoke: login`)).seen).toBe(3);
  });
});
