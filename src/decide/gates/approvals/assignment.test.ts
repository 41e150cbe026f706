import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { assign, type Slot } from "./assignment.ts";

const slot = (id: string, ...logins: string[]): Slot => ({ id, fits: (login) => logins.includes(login) });
const assigned = (slots: Slot[], people: string[]): string[] => [...assign(slots, people)].map(([id, login]) => `${id}: ${login}`).toSorted();

test.each<[string, Slot[], string[], string[]]>([
  ["nobody", [slot("led", "kim")], [], []],
  ["one person for one slot", [slot("led", "kim")], ["kim"], ["led: kim"]],
  ["one person for two slots fills the earlier", [slot("led", "kim"), slot("operated", "kim")], ["kim"], ["led: kim"]],
  ["the earlier review is preferred", [slot("led", "kim", "lee")], ["lee", "kim"], ["led: lee"]],
  ["somebody moves on so that both are filled", [slot("led", "kim", "lee"), slot("operated", "kim")], ["kim", "lee"], ["led: lee", "operated: kim"]],
  ["a chain of moves", [slot("a", "kim", "lee"), slot("b", "kim", "sam"), slot("c", "kim")], ["kim", "lee", "sam"], ["a: lee", "b: sam", "c: kim"]],
  ["a slot that nobody fits costs no other", [slot("a"), slot("b", "kim")], ["kim"], ["b: kim"]],
])("%s", (_, slots, people, expected) => {
  expect(assigned(slots, people)).toEqual(expected);
});

/** The most slots that can be filled, by trying everything. */
function most([first, ...others]: readonly Slot[], people: readonly string[]): number {
  if (first === undefined) return 0;
  const filled = people
    .filter((login) => first.fits(login))
    .map(
      (login) =>
        1 +
        most(
          others,
          people.filter((one) => one !== login),
        ),
    );
  return Math.max(most(others, people), ...filled);
}

test("nobody fills two slots, nobody fills one that they do not fit, and no more could be filled", () => {
  const people = ["ann", "bo", "cy", "di", "ed"];
  const slots = fc.array(fc.subarray(people), { maxLength: 5 }).map((all) => all.map((logins, index) => slot(`slot ${index}`, ...logins)));
  fc.assert(
    fc.property(slots, fc.shuffledSubarray(people), (wanted, present) => {
      const found = assign(wanted, present);
      expect(new Set(found.values()).size).toBe(found.size);
      for (const [id, login] of found) expect(present.includes(login) && wanted.some((one) => one.id === id && one.fits(login))).toBe(true);
      expect(found.size).toBe(most(wanted, present));
    }),
  );
});

test("no slot is given up for a later one", () => {
  const people = ["ann", "bo", "cy"];
  const slots = fc.array(fc.subarray(people), { maxLength: 5 }).map((all) => all.map((logins, index) => slot(`slot ${index}`, ...logins)));
  fc.assert(
    fc.property(slots, (wanted) => {
      for (let length = 1; length < wanted.length; length += 1) {
        const before = assign(wanted.slice(0, length), people);
        const after = assign(wanted.slice(0, length + 1), people);
        expect([...before.keys()].filter((id) => !after.has(id))).toEqual([]);
      }
    }),
  );
});
