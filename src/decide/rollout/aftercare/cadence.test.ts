// A word for the desk when a release is overdue, and silence about what is not known.
import { expect, test } from "@jest/globals";
import { hostedWith, NOON, shaOf } from "../../../../test/fixtures/subject.ts";
import type { Release } from "../../../model/playbook.ts";
import { cadenceWords } from "./cadence.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** By version: how many days ago its commit was made; null where the snapshot does not know. */
function words(ages: Readonly<Record<string, number | null>>, cadence: Release["cadence"], name: string | null = null) {
  const releases = Object.keys(ages).map((version) => ({ version, tag: { name: `v${version}`, sha: shaOf("a") } }));
  const known = Object.entries(ages).flatMap(([version, days]) =>
    days === null ? [] : [[`v${version}`, { sha: shaOf("a"), committedAt: NOON - days * DAY_MS, checks: [], releases: [] }] as const],
  );
  return cadenceWords(name, releases, { cadence }, hostedWith({ tagged: new Map(known) }), NOON);
}

const MINOR = { minor: 6 * WEEK_MS };

test.each<[string, Readonly<Record<string, number | null>>, Release["cadence"], readonly string[]]>([
  ["it is time", { "1.3.0": 50, "1.2.0": null }, MINOR, ["the last minor release is 7 weeks old; the playbook wants one every 6 weeks"]],
  ["it is just time", { "1.3.0": 44, "1.2.0": null }, MINOR, ["the last minor release is 44 days old; the playbook wants one every 6 weeks"]],
  ["days are days", { "1.3.0": 40, "1.2.0": null }, { minor: 30 * DAY_MS }, ["the last minor release is 40 days old; the playbook wants one every 30 days"]],
  ["it is not time yet", { "1.3.0": 42, "1.2.0": null }, MINOR, []],
  [
    "a patch is no minor release, and as old itself",
    { "1.3.1": 50, "1.3.0": null, "1.2.0": null },
    MINOR,
    ["the last minor release is more than 7 weeks old; the playbook wants one every 6 weeks"],
  ],
  ["a young patch tells nothing of the minor release before it", { "1.3.1": 2, "1.3.0": null, "1.2.0": null }, MINOR, []],
  ["both are known", { "1.3.1": 2, "1.3.0": 60, "1.2.0": null }, MINOR, ["the last minor release is 8 weeks old; the playbook wants one every 6 weeks"]],
  ["a major release is a minor one, too", { "2.0.0": 10, "1.9.0": 90 }, MINOR, []],
  [
    "a candidate is no release",
    { "1.4.0-rc.1": 1, "1.3.0": 50, "1.2.0": null },
    MINOR,
    ["the last minor release is 7 weeks old; the playbook wants one every 6 weeks"],
  ],
  ["the first release of all", { "0.1.0": 50 }, MINOR, ["the last minor release is 7 weeks old; the playbook wants one every 6 weeks"]],
  ["no date is known", { "1.3.0": null }, MINOR, []],
  ["there is no release", {}, MINOR, []],
  ["nothing is wanted", { "1.3.0": 500 }, {}, []],
])("%s", (_title, ages, cadence, expected) => {
  expect(words(ages, cadence)).toEqual(expected);
});

test("names the component, and each size that is overdue", () => {
  expect(words({ "1.0.1": 400, "1.0.0": null }, { patch: WEEK_MS, major: 52 * WEEK_MS }, "cavern")).toEqual([
    "the last patch release of cavern is 57 weeks old; the playbook wants one every 1 week",
    "the last major release of cavern is more than 57 weeks old; the playbook wants one every 52 weeks",
  ]);
});
