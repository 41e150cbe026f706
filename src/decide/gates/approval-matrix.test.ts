// Two people: what each kind of person can do to let a release through, cell by cell. Approving is judged here; the cells
// for ticks and commands join as entries of `ACTS` and `CELLS`.
import { expect, test } from "@jest/globals";
import { gateNamed, hostedWith, NOON, pullRequestWith, reviewBy, shaOf, subjectWith } from "../../../test/fixtures/subject.ts";
import { NOTHING_SAID } from "../../model/agreement.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { GateState, Words } from "../../model/plan.ts";
import { peopleOf } from "../people/people.ts";
import { approval } from "./approval.ts";
import type { Subject } from "./subject.ts";

/** All but the outsider and the one who merely asked are listed in the role, the bot too. */
const PERSONS = {
  "who asked for the release": "rita",
  "who may approve": "anna",
  "who asked for the release and may approve": "bert",
  "a bot": "desk[bot]",
  "who pushed to the branch": "pia",
  "an outsider": "olaf",
} as const;
type Person = keyof typeof PERSONS;

const ROLES = { lead: ["@anna", "@bert", "@pia", "@desk[bot]"] };

const COMMITS = [
  { sha: shaOf("a"), parents: [shaOf("c")], isOwn: true, people: ["release-steward[bot]"] },
  { sha: shaOf("c"), parents: [shaOf("b")], isOwn: false, people: ["pia", "web-flow"] },
];

function releaseOf(change: Partial<Subject>): Subject {
  const playbook = { ...DEFAULTS, roles: ROLES };
  const hosted = hostedWith();
  return subjectWith({
    playbook,
    hosted,
    people: peopleOf({ playbook, hosted, components: [], paths: [], files: () => ({ is: "missing" }) }),
    facts: { ...NOTHING_SAID, requesters: ["rita", "bert"].map((by) => ({ by, at: NOON, url: "", command: "bump minor" })) },
    ...change,
  });
}

/** What comes of it: the gate's state, and what its ledger says of that person. */
type Cell = { readonly state: GateState; readonly ledger: Words };
type Act = "approves";

const ACTS: Readonly<Record<Act, (login: string) => Cell>> = {
  approves(login) {
    const gate = gateNamed({ gate: "led", kind: "approval", options: { role: "lead", count: 1 } });
    const subject = releaseOf({ pullRequest: pullRequestWith({ reviews: [reviewBy(login)], commits: COMMITS }) });
    const { state, details } = approval.evaluate({ role: "lead", count: 1 }, subject, gate);
    return { state, ledger: details[0] ?? "" };
  },
};

/** A person without a cell is an error of types. */
const CELLS: Readonly<Record<Act, Readonly<Record<Person, Cell>>>> = {
  approves: {
    "who asked for the release": {
      state: "closed",
      ledger: "@rita's approval of `aaaaaaa` is not counted: @rita asked for this version, so somebody else has to approve",
    },
    "who may approve": { state: "open", ledger: "@anna approved `aaaaaaa`" },
    "who asked for the release and may approve": {
      state: "closed",
      ledger: "@bert's approval of `aaaaaaa` is not counted: @bert asked for this version, so somebody else has to approve",
    },
    "a bot": { state: "closed", ledger: "@desk[bot]'s approval of `aaaaaaa` is not counted: it needs a person, and that is an app" },
    "who pushed to the branch": {
      state: "closed",
      ledger: "@pia's approval of `aaaaaaa` is not counted: @pia pushed to `release/app`, so somebody else has to approve",
    },
    "an outsider": { state: "closed", ledger: "@olaf approved `aaaaaaa`, which does not count here: it needs lead (@anna, @bert, @pia, @desk[bot])" },
  },
};

const ROWS = (Object.keys(CELLS) as Act[]).flatMap((act) => (Object.keys(PERSONS) as Person[]).map((person) => ({ person, act, cell: CELLS[act][person] })));

test.each(ROWS)("$person $act: $cell.state", ({ person, act, cell }) => {
  expect(ACTS[act](PERSONS[person])).toEqual(cell);
});
