// Who is told in which release they are, and when it is over.
import { expect, test } from "@jest/globals";
import type { Contained } from "../../../model/snapshot.ts";
import { mentionCare } from "./mention.ts";

const RELEASE = { component: "app", tag: "v1.2.0", pullRequest: 50, title: "v1.2.0", url: "https://github.com/acme/app/releases/tag/v1.2.0" };
const TOLD = `Released in [v1.2.0](${RELEASE.url}).\n\n<!-- release-steward-record: {"released":"v1.2.0","component":"app"} -->`;

const one = (number: number, change: Partial<Contained> = {}): Contained => ({
  id: `N_${number}`,
  number,
  isPullRequest: true,
  closes: [],
  own: [],
  ...change,
});
const known = (...all: readonly (Contained | number)[]) =>
  new Map(all.map((each) => (typeof each === "number" ? ([each, null] as const) : ([each.number, each] as const))));

function care(
  contained: ReadonlyMap<number, Contained | null>,
  numbers: readonly number[] = [1, 2],
  mention: "pull-requests" | "pull-requests-and-issues" | "nobody" = "pull-requests",
) {
  const { wants, actions, says, isDone } = mentionCare(RELEASE, numbers, { mention }, { contained });
  return {
    asks: wants.contained ?? [],
    tells: actions.flatMap((action) => (action.kind === "tell-contained" ? action.subjects.map(({ number }) => number) : [])),
    says,
    isDone,
    actions,
  };
}

test("each pull request is told once, with a link and a mark by which it is known", () => {
  expect(care(known(one(1), one(2))).actions).toEqual([
    {
      kind: "tell-contained",
      tag: "v1.2.0",
      body: TOLD,
      subjects: [
        { id: "N_1", number: 1 },
        { id: "N_2", number: 2 },
      ],
    },
  ]);
});

test.each<[string, ReturnType<typeof known>, Partial<ReturnType<typeof care>>]>([
  ["nothing is known: the last one is looked at first", known(), { asks: [2], tells: [], isDone: false }],
  ["the last one was told: so was everything", known(one(2, { own: [TOLD] })), { asks: [], tells: [], isDone: true }],
  ["the last one was not told: the others are looked at", known(one(2)), { asks: [1], tells: [], isDone: false }],
  ["one was told already", known(one(1, { own: ["hello", TOLD] }), one(2)), { tells: [2], says: "1 conversation told of the release", isDone: false }],
  ["another release's word does not count", known(one(1, { own: [TOLD.replaceAll("v1.2.0", "v1.1.0")] }), one(2)), { tells: [1, 2] }],
  ["another component's word does not count", known(one(1, { own: [TOLD.replace('"app"', '"reg"')] }), one(2)), { tells: [1, 2] }],
  ["words that quote the mark do not count", known(one(1, { own: [`${TOLD}\nthanks`] }), one(2)), { tells: [1, 2] }],
  ["one is gone or locked: the others are told", known(1, one(2)), { tells: [2], isDone: false }],
  ["the last one is gone or locked", known(one(1, { own: [TOLD] }), 2), { tells: [], isDone: true }],
])("%s", (_title, contained, expected) => {
  expect(care(contained)).toMatchObject(expected);
});

test("issues are told with the pull request that closed them, each once", () => {
  const closing = [one(1, { closes: [7, 8] }), one(2, { closes: [8] })];
  expect(care(known(...closing), [1, 2], "pull-requests-and-issues")).toMatchObject({ asks: [7, 8], tells: [] });
  const issues = [one(7, { isPullRequest: false }), one(8, { isPullRequest: false })];
  expect(care(known(...closing, ...issues), [1, 2], "pull-requests-and-issues").tells).toEqual([7, 8, 1, 2]);
  expect(care(known(...closing, ...issues), [1, 2], "pull-requests").tells).toEqual([1, 2]);
});

test("twenty in one look, in the order of the release", () => {
  const numbers = Array.from({ length: 45 }, (_, index) => 100 + index);
  const told = (count: number) => known(...numbers.map((number, index) => one(number, { own: index < count ? [TOLD] : [] })));
  expect(care(told(0), numbers)).toMatchObject({ tells: numbers.slice(0, 20), says: "20 conversations told of the release, 25 to follow", isDone: false });
  expect(care(told(40), numbers).tells).toEqual(numbers.slice(40));
  expect(care(told(45), numbers).isDone).toBe(true);
});

test("nobody is told where the playbook says so, and the release's own pull request never", () => {
  expect(care(known(), [1, 2], "nobody")).toMatchObject({ asks: [], tells: [], isDone: true });
  expect(care(known(), [50])).toMatchObject({ asks: [], tells: [], isDone: true });
});
