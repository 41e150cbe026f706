import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { gateNamed, hostedWith, HOUR_MS, NOON, pullRequestWith, reviewBy, shaOf, subjectWith } from "../../../test/fixtures/subject.ts";
import { NOTHING_SAID } from "../../model/agreement.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Gate, Playbook } from "../../model/playbook.ts";
import type { Commit, Hosted, OwnPullRequest, Permission, Review, Team } from "../../model/snapshot.ts";
import { peopleOf } from "../people/people.ts";
import { approval } from "./approval.ts";
import type { ApprovalGate } from "./approvals/together.ts";
import type { Finding } from "./define.ts";
import type { Subject } from "./subject.ts";

type Given = {
  roles?: Playbook["roles"];
  /** Role and count by gate, in order; the first is judged unless `judged` says another. */
  gates?: Record<string, string | [string, number]>;
  judged?: string;
  whenPaths?: Record<string, string[]>;
  reviews?: Review[];
  requesters?: string[];
  teams?: Record<string, Team | string[]>;
  permissions?: Record<string, Permission>;
  pullRequest?: Partial<OwnPullRequest>;
  commits?: Commit[];
  paths?: string[];
  codeOwners?: string;
  change?: Partial<Subject>;
};

/** What a commit of the pull request stood for: `a` is the head, `c` held the same, `d` held less. */
const RECORDED: Readonly<Record<string, { content: string; baseSha: string }>> = {
  [shaOf("a")]: { content: "content-1", baseSha: shaOf("3") },
  [shaOf("c")]: { content: "content-1", baseSha: shaOf("2") },
  [shaOf("d")]: { content: "content-0", baseSha: shaOf("1") },
};

const commit = (number: number, ...paths: string[]): Commit => ({
  sha: shaOf(String(number)),
  parents: [shaOf(String(number - 1))],
  committedAt: NOON - 10 * HOUR_MS,
  authorName: "Ann",
  authorLogin: "ann",
  message: "feat: more",
  paths,
  pullRequest: null,
});

function subjectOf({ roles = { steward: ["@ann", "@lee"] }, reviews = [], requesters = [], paths = ["values.yaml"], ...given }: Given): {
  subject: Subject;
  gate: ApprovalGate;
} {
  const asked = given.gates ?? { stewarded: "steward" };
  const named = Object.entries(asked).map(([gate, wanted]): [string, Gate] => {
    const [role, count] = Array.isArray(wanted) ? wanted : [wanted, 1];
    const { gate: _, ...question } = gateNamed({ gate, kind: "approval", options: { role, count }, whenPaths: given.whenPaths?.[gate] ?? [] });
    return [gate, question];
  });
  const playbook: Playbook = { ...DEFAULTS, roles, gates: Object.fromEntries(named) };
  const hosted: Hosted = hostedWith({
    teams: new Map(Object.entries(given.teams ?? {}).map(([team, one]) => [team, Array.isArray(one) ? { is: "known", members: one } : one])),
    permissions: new Map(Object.entries(given.permissions ?? {})),
  });
  const component = { name: "app", path: ".", dependents: "leave", isPresent: true } as const;
  const { codeOwners } = given;
  const files: Subject["file"] = (path) => (path === "CODEOWNERS" && codeOwners !== undefined ? { is: "text", text: codeOwners } : { is: "missing" });
  const subject = subjectWith({
    playbook,
    policy: { name: "minor", rules: { automatic: false, gates: Object.keys(asked), labels: [] } },
    paths,
    commits: given.commits ?? [commit(3, "values.yaml"), commit(2, "README.md"), commit(1, "old.yaml")],
    pullRequest: pullRequestWith({ reviews, ...given.pullRequest }),
    content: { now: "content-1", at: (sha) => RECORDED[sha] ?? null },
    facts: { ...NOTHING_SAID, requesters: requesters.map((by) => ({ by, at: NOON, url: "", command: "bump minor" })) },
    people: peopleOf({ playbook, hosted, components: [component], paths, files }),
    hosted,
    file: files,
    ...given.change,
  });
  const judged = given.judged ?? Object.keys(asked)[0] ?? "";
  return { subject, gate: { ...playbook.gates[judged], gate: judged } as ApprovalGate };
}

function judge(given: Given): Finding {
  const { subject, gate } = subjectOf(given);
  return approval.evaluate(gate.options, subject, gate);
}

const verdict = (given: Given): string[] => {
  const { state, because, next } = judge(given);
  return next === null ? [`${state}: ${because}`] : [`${state}: ${because}`, next];
};

const by = reviewBy;
const at = (letter: string): Partial<Review> => ({ sha: shaOf(letter) });
const PUSHED: Partial<OwnPullRequest> = {
  commits: [
    { sha: shaOf("a"), parents: [shaOf("d")], isOwn: false, people: ["Bo", "web-flow"] },
    { sha: shaOf("d"), parents: [shaOf("1")], isOwn: true, people: ["release-steward[bot]"] },
  ],
};

describe("who has approved what", () => {
  test.each<[string, Given, string[]]>([
    ["nobody has", {}, ["closed: nobody of steward has approved yet", "approve the pull request (@ann, @lee of steward)"]],
    ["somebody of the role approved the head", { reviews: [by("lee")] }, ["open: @lee approved `aaaaaaa`"]],
    ["logins compare in any case", { reviews: [by("LEE")] }, ["open: @LEE approved `aaaaaaa`"]],
    ["an earlier commit that held the same", { reviews: [by("lee", at("c"))] }, ["open: @lee approved `ccccccc`, same content"]],
    [
      "an earlier commit that held something else: the newest commit since is named",
      { reviews: [by("lee", at("d"))] },
      ["closed: @lee's approval of `ddddddd` fell with `3333333` (`values.yaml` changed)", "approve the pull request (@ann, @lee of steward)"],
    ],
    [
      "more than one path changed, and a merge touches none",
      { reviews: [by("lee", at("d"))], commits: [commit(4), commit(3, "a.yaml", "b.yaml", "c.yaml"), commit(1, "old.yaml")] },
      ["closed: @lee's approval of `ddddddd` fell with `3333333` (`a.yaml` and 2 more paths changed)", "approve the pull request (@ann, @lee of steward)"],
    ],
    [
      "nothing came to the base, and somebody pushed to the branch",
      { reviews: [by("lee", at("d"))], commits: [commit(1, "old.yaml")], pullRequest: PUSHED },
      [
        "closed: @lee's approval of `ddddddd` fell with `aaaaaaa` (@Bo and @web-flow pushed to `release/app`)",
        "approve the pull request (@ann, @lee of steward)",
      ],
    ],
    [
      "the base is in no list, and somebody pushed to the branch",
      { reviews: [by("lee", at("d"))], commits: [commit(3, "values.yaml")], pullRequest: PUSHED },
      [
        "closed: @lee's approval of `ddddddd` fell with `aaaaaaa` (@Bo and @web-flow pushed to `release/app`)",
        "approve the pull request (@ann, @lee of steward)",
      ],
    ],
    [
      "no commit explains it",
      { reviews: [by("lee", at("d"))], commits: [commit(1, "old.yaml")] },
      ["closed: @lee's approval of `ddddddd` fell since what is released is no longer the same", "approve the pull request (@ann, @lee of steward)"],
    ],
    [
      "another's approval of the new content stands beside it",
      { reviews: [by("lee", at("d")), by("ann")] },
      ["open: @ann approved `aaaaaaa`; @lee's approval of `ddddddd` fell with `3333333` (`values.yaml` changed)"],
    ],
    ["the same person approved again", { reviews: [by("lee", at("d")), by("lee")] }, ["open: @lee approved `aaaaaaa`"]],
    [
      "a commit that was not recorded",
      { reviews: [by("lee", at("e"))] },
      [
        "closed: @lee's approval of `eeeeeee` is not counted: this app has no record of what that commit stood for at that time",
        "approve the pull request (@ann, @lee of steward)",
      ],
    ],
    [
      "a commit that GitHub forgot",
      { reviews: [by("lee", { sha: null })] },
      ["closed: @lee's approval is not counted: GitHub no longer knows which commit that was", "approve the pull request (@ann, @lee of steward)"],
    ],
    ["a later comment takes nothing back", { reviews: [by("lee"), by("lee", { state: "commented" })] }, ["open: @lee approved `aaaaaaa`"]],
    [
      "a comment alone is no approval",
      { reviews: [by("lee", { state: "commented" })] },
      ["closed: nobody of steward has approved yet", "approve the pull request (@ann, @lee of steward)"],
    ],
    [
      "a dismissed approval",
      { reviews: [by("lee", { state: "dismissed" })] },
      ["closed: nobody of steward has approved yet", "approve the pull request (@ann, @lee of steward)"],
    ],
    [
      "an approval before a dismissed one",
      { reviews: [by("lee"), by("lee", { state: "dismissed" })] },
      ["closed: nobody of steward has approved yet", "approve the pull request (@ann, @lee of steward)"],
    ],
    [
      "two are needed and one has",
      { gates: { stewarded: ["steward", 2] }, reviews: [by("lee")] },
      ["closed: 1 of 2: @lee approved `aaaaaaa`", "approve the pull request (@ann of steward)"],
    ],
    [
      "two are needed and have",
      { gates: { stewarded: ["steward", 2] }, reviews: [by("lee"), by("ann", at("c"))] },
      ["open: @lee approved `aaaaaaa`; @ann approved `ccccccc`, same content"],
    ],
    [
      "the same person twice is one",
      { gates: { stewarded: ["steward", 2] }, reviews: [by("lee"), by("LEE", at("c"))] },
      ["closed: 1 of 2: @LEE approved `ccccccc`, same content", "approve the pull request (@ann of steward)"],
    ],
    [
      "many may approve",
      { roles: { steward: ["@a", "@b", "@c", "@d", "@e", "@f", "@g"] } },
      ["closed: nobody of steward has approved yet", "approve the pull request (@a, @b, @c, @d, @e and 2 more of steward)"],
    ],
    [
      "a permission",
      { roles: { steward: ["maintain"] } },
      ["closed: nobody of steward has approved yet", "approve the pull request (anybody with maintain access of steward)"],
    ],
    [
      "somebody with that permission",
      { roles: { steward: ["maintain"] }, permissions: { kim: "admin" }, reviews: [by("kim")] },
      ["open: @kim approved `aaaaaaa`"],
    ],
    ["there is no pull request", { change: { pullRequest: null } }, ["waiting: there is no pull request to approve yet"]],
    [
      "a local repository",
      { change: { hosted: null } },
      [
        "unknown: GitHub alone knows of reviews, and this was read from a local repository",
        "look at it there, or with `release-steward explain --github owner/name`",
      ],
    ],
  ])("%s", (_, given, expected) => {
    expect(verdict(given)).toEqual(expected);
  });
});

describe("a request for changes", () => {
  test.each<[string, Given, string[]]>([
    [
      "closes, whoever else approved",
      { reviews: [by("ann"), by("lee", { state: "changes-requested" })] },
      ["closed: @lee asked for changes on `aaaaaaa`", "ask @lee to look again, or dismiss that review"],
    ],
    [
      "closes on any content",
      { reviews: [by("ann"), by("lee", { state: "changes-requested", sha: shaOf("e") })] },
      ["closed: @lee asked for changes on `eeeeeee`", "ask @lee to look again, or dismiss that review"],
    ],
    [
      "closes although that person asked for the release",
      { requesters: ["lee"], reviews: [by("ann"), by("lee", { state: "changes-requested" })] },
      ["closed: @lee asked for changes on `aaaaaaa`", "ask @lee to look again, or dismiss that review"],
    ],
    ["gives way to the same person's approval", { reviews: [by("lee", { state: "changes-requested" }), by("lee")] }, ["open: @lee approved `aaaaaaa`"]],
    [
      "gives way to a dismissal",
      { reviews: [by("ann"), by("lee", { state: "changes-requested" }), by("lee", { state: "dismissed" })] },
      ["open: @ann approved `aaaaaaa`"],
    ],
    [
      "does not give way to a comment",
      { reviews: [by("lee", { state: "changes-requested" }), by("lee", { state: "commented" })] },
      ["closed: @lee asked for changes on `aaaaaaa`", "ask @lee to look again, or dismiss that review"],
    ],
    ["of somebody outside of the role closes nothing", { reviews: [by("ann"), by("jo", { state: "changes-requested" })] }, ["open: @ann approved `aaaaaaa`"]],
    ["of an app closes nothing", { reviews: [by("ann"), by("ci[bot]", { state: "changes-requested" })] }, ["open: @ann approved `aaaaaaa`"]],
    [
      "of somebody who may be in the role keeps it closed",
      { roles: { steward: ["@ann", "@acme/sre"] }, teams: { "acme/sre": { is: "missing" } }, reviews: [by("ann"), by("lee", { state: "changes-requested" })] },
      [
        "unknown: @lee asked for changes on `aaaaaaa`, and whether that counts is not known: the team @acme/sre does not exist, or the app may not see it",
        "correct `roles.steward` in the playbook",
      ],
    ],
  ])("%s", (_, given, expected) => {
    expect(verdict(given)).toEqual(expected);
  });
});

describe("who can't be counted", () => {
  test.each<[string, Given, string[]]>([
    [
      "whoever asked for the version",
      { requesters: ["Lee"], reviews: [by("lee")] },
      [
        "closed: @lee's approval of `aaaaaaa` is not counted: @lee asked for this version, so somebody else has to approve",
        "approve the pull request (@ann of steward)",
      ],
    ],
    [
      "whoever pushed to the branch",
      { roles: { steward: ["@bo", "@ann"] }, pullRequest: { ...PUSHED, reviews: [by("bo")] } },
      [
        "closed: @bo's approval of `aaaaaaa` is not counted: @bo pushed to `release/app`, so somebody else has to approve",
        "approve the pull request (@ann of steward)",
      ],
    ],
    [
      "somebody outside of the role",
      { reviews: [by("jo")] },
      ["closed: @jo approved `aaaaaaa`, which does not count here: it needs steward (@ann, @lee)", "approve the pull request (@ann, @lee of steward)"],
    ],
    [
      "somebody of a team that can't be read",
      { roles: { steward: ["@acme/sre"] }, teams: { "acme/sre": { is: "unreadable", because: "members: read" } }, reviews: [by("lee")] },
      [
        "unknown: @lee approved `aaaaaaa`, and whether that counts is not known: the app may not read @acme/sre: it needs members: read",
        "give the app that permission and accept it",
      ],
    ],
    [
      "enough others are known to be in the role",
      { roles: { steward: ["@acme/sre", "@ann"] }, teams: { "acme/sre": { is: "missing" } }, reviews: [by("lee"), by("ann")] },
      ["open: @ann approved `aaaaaaa`"],
    ],
  ])("%s", (_, given, expected) => {
    expect(verdict(given)).toEqual(expected);
  });
});

describe("a role that can't approve says what to change", () => {
  test.each<[string, Given, string[]]>([
    ["an empty team", { roles: { steward: ["@acme/sre"] }, teams: { "acme/sre": [] } }, ["closed: nobody is in @acme/sre", "add somebody to @acme/sre"]],
    [
      "a missing team",
      { roles: { steward: ["@acme/sre"] }, teams: { "acme/sre": { is: "missing" } } },
      ["unknown: the team @acme/sre does not exist, or the app may not see it", "correct `roles.steward` in the playbook"],
    ],
    [
      "a team that can't be read, beside somebody known",
      { roles: { steward: ["@ann", "@acme/sre"] }, teams: { "acme/sre": { is: "missing" } } },
      ["closed: nobody of steward has approved yet", "approve the pull request (@ann of steward)"],
    ],
    [
      "everybody is involved",
      { roles: { steward: ["@bo", "@lee"] }, requesters: ["lee"], pullRequest: PUSHED },
      ["closed: everybody in steward (@bo, @lee) asked for this version or pushed to its branch", "add another person to steward (@bo, @lee)"],
    ],
    [
      "fewer people than are needed",
      { gates: { stewarded: ["steward", 3] }, reviews: [by("lee")] },
      [
        "closed: 1 of 3: @lee approved `aaaaaaa`; 2 people of steward (@ann, @lee) can approve, and 3 are needed",
        "add somebody to steward (@ann, @lee), or lower `count` of `gates.stewarded`",
      ],
    ],
    ["no role of that name", { roles: {} }, ["unknown: the playbook has no role `steward`", "add `roles.steward` to the playbook"]],
  ])("%s", (_, given, expected) => {
    expect(verdict(given)).toEqual(expected);
  });
});

describe("several gates want distinct people", () => {
  const TWO: Given = { gates: { led: "lead", operated: "sre" }, roles: { lead: ["@kim", "@lee"], sre: ["@kim", "@sam"] } };
  const both = (given: Given): string[] => ["led", "operated"].flatMap((judged) => verdict({ ...TWO, ...given, judged }));

  test.each<[string, Given, string[]]>([
    [
      "one who is in both counts for the first",
      { reviews: [by("kim")] },
      [
        "open: @kim approved `aaaaaaa`",
        "closed: @kim approved, and already counts for led: another person of sre is needed",
        "approve the pull request (@sam of sre)",
      ],
    ],
    ["and moves on when somebody else fills it", { reviews: [by("kim"), by("lee")] }, ["open: @lee approved `aaaaaaa`", "open: @kim approved `aaaaaaa`"]],
    ["in whichever order they came", { reviews: [by("lee"), by("kim")] }, ["open: @lee approved `aaaaaaa`", "open: @kim approved `aaaaaaa`"]],
    [
      "the other role's people are not taken for strangers",
      { reviews: [by("sam")] },
      ["closed: nobody of lead has approved yet", "approve the pull request (@kim, @lee of lead)", "open: @sam approved `aaaaaaa`"],
    ],
    [
      "one person alone in both, before anybody approved",
      { roles: { lead: ["@kim"], sre: ["@kim"] } },
      [
        "closed: nobody of lead has approved yet",
        "approve the pull request (@kim of lead)",
        "closed: @kim is needed for led, and each gate needs a person of its own",
        "add another person to sre (@kim)",
      ],
    ],
    [
      "one person alone in both, who approved",
      { roles: { lead: ["@kim"], sre: ["@kim"] }, reviews: [by("kim")] },
      [
        "open: @kim approved `aaaaaaa`",
        "closed: @kim approved, and already counts for led: another person of sre is needed",
        "add another person to sre (@kim)",
      ],
    ],
    [
      "the only one of the second role is taken by the first",
      { roles: { lead: ["@kim", "@lee"], sre: ["@kim"] }, reviews: [by("kim")] },
      [
        "open: @kim approved `aaaaaaa`",
        "closed: @kim approved, and already counts for led: another person of sre is needed",
        "another person of lead (@kim, @lee) approves, so that @kim can count here",
      ],
    ],
  ])("%s", (_, given, expected) => {
    expect(both(given)).toEqual(expected);
  });

  test("a gate that is about other paths takes nobody away", () => {
    const given: Given = { ...TWO, whenPaths: { led: ["db/**"] }, reviews: [by("kim")], judged: "operated" };
    expect(verdict(given)).toEqual(["open: @kim approved `aaaaaaa`"]);
    expect(verdict({ ...given, paths: ["db/1.sql"] })).toEqual([
      "closed: @kim approved, and already counts for led: another person of sre is needed",
      "approve the pull request (@sam of sre)",
    ]);
  });

  test("where nobody is missing, it only says for which gate somebody counts", () => {
    const given: Given = { ...TWO, reviews: [by("kim"), by("sam")], judged: "operated" };
    expect([judge(given).because, ...judge(given).details]).toEqual([
      "@sam approved `aaaaaaa`",
      "@kim approved `aaaaaaa`, which counts for led",
      "@sam approved `aaaaaaa`",
    ]);
  });
});

describe("owners", () => {
  const OWNERS: Given = {
    gates: { owned: "owners" },
    codeOwners: "/charts/ @kim @lee\n/charts/values.yaml @kim\n/docs/ @ann\n",
    paths: ["charts/a.yaml", "charts/values.yaml"],
  };

  test.each<[string, Given, string[]]>([
    [
      "nobody has approved",
      {},
      [
        "closed: `charts/a.yaml` waits for @kim or @lee; `charts/values.yaml` waits for @kim",
        "approve the pull request (@kim, @lee for `charts/a.yaml`; @kim for `charts/values.yaml`)",
      ],
    ],
    ["somebody who owns all of it", { reviews: [by("kim")] }, ["open: @kim approved `aaaaaaa`"]],
    [
      "somebody who owns a part",
      { reviews: [by("lee")] },
      ["closed: @lee approved `aaaaaaa`; `charts/values.yaml` waits for @kim", "approve the pull request (@kim for `charts/values.yaml`)"],
    ],
    [
      "each part has its own",
      { paths: ["charts/a.yaml", "docs/a.md"], reviews: [by("lee"), by("ann")] },
      ["open: @lee approved `aaaaaaa`; @ann approved `aaaaaaa`"],
    ],
    [
      "one who is needed elsewhere does not count here",
      { gates: { owned: "owners", led: "lead" }, roles: { lead: ["@lee"] }, reviews: [by("kim"), by("lee")] },
      ["open: @kim approved `aaaaaaa`"],
    ],
    [
      "nothing has an owner",
      { paths: ["src/a.ts"] },
      ["closed: nothing that this release touches in app has an owner", "add the path to `CODEOWNERS`, or `owners` to app in the playbook"],
    ],
    [
      "a team of owners that is empty",
      { codeOwners: "/charts/ @kim\n/charts/values.yaml @acme/sre\n", teams: { "acme/sre": [] }, reviews: [by("kim")] },
      ["closed: @kim approved `aaaaaaa`; `charts/values.yaml` waits for @acme/sre; nobody is in @acme/sre", "add somebody to @acme/sre"],
    ],
    [
      "a line that GitHub leaves out may be why nothing has an owner",
      { codeOwners: "[Docs] @kim\n" },
      ["unknown: line 1 of `CODEOWNERS` is left out by GitHub: a pattern can't hold `[` or `]`", "correct line 1 of `CODEOWNERS`"],
    ],
    [
      "an owner who is an address keeps it closed",
      { codeOwners: "/charts/ @kim\n/charts/values.yaml sam@acme.org\n", reviews: [by("kim")] },
      [
        "unknown: @kim approved `aaaaaaa`; `charts/values.yaml` waits for an owner; charts/values.yaml belongs to sam@acme.org, and the app can't tell whose address that is",
        "write a `@login` in its place in `CODEOWNERS`",
      ],
    ],
  ])("%s", (_, given, expected) => {
    expect(verdict({ ...OWNERS, ...given })).toEqual(expected);
  });

  test("whoever fills one part counts here first, while the other part waits", () => {
    const given: Given = { ...OWNERS, gates: { owned: "owners", led: "lead" }, roles: { lead: ["@lee", "@sam"] }, reviews: [by("lee")] };
    expect(verdict({ ...given, judged: "led" })).toEqual([
      "closed: @lee approved, and already counts for owned: another person of lead is needed",
      "approve the pull request (@sam of lead)",
    ]);
  });

  test("whoever fills both parts leaves the other free for another gate", () => {
    const given: Given = { ...OWNERS, gates: { owned: "owners", led: "lead" }, roles: { lead: ["@lee"] }, reviews: [by("kim"), by("lee")] };
    expect(verdict({ ...given, judged: "led" })).toEqual(["open: @lee approved `aaaaaaa`"]);
  });
});

test("the ledger says of every review whether it counts, and why not", () => {
  const reviews = [
    by("lee", at("d")),
    by("lee"),
    by("ann", at("d")),
    by("jo"),
    by("max", { state: "changes-requested" }),
    by("ci[bot]"),
    by("sam", { state: "commented" }),
    by("sam", { state: "commented" }),
    by("kim", { state: "dismissed" }),
    { ...by("gone"), author: null },
  ];
  expect(judge({ reviews, roles: { steward: ["@ann", "@lee", "@acme/sre"] }, teams: { "acme/sre": [] } }).details).toEqual([
    "@lee approved `aaaaaaa`",
    "@ann's approval of `ddddddd` fell with `3333333` (`values.yaml` changed)",
    "@jo approved `aaaaaaa`, which does not count here: it needs steward (@ann, @lee, @acme/sre)",
    "@max asked for changes on `aaaaaaa`, which does not close this gate: it needs steward (@ann, @lee, @acme/sre)",
    "@ci[bot]'s approval of `aaaaaaa` is not counted: it needs a person, and that is an app",
    "@kim's review of `aaaaaaa` was dismissed",
    "@lee's approval of `ddddddd` gave way to a later review",
    "a review of `aaaaaaa` is not counted: the account of its author is gone",
    "@sam commented (2 reviews), which neither approves nor takes back",
    "nobody is in @acme/sre: add somebody to @acme/sre",
  ]);
});

function wants(given: Given): unknown {
  const { subject, gate } = subjectOf(given);
  return approval.wants(gate.options, subject, gate);
}

describe("what has to be read", () => {
  test("teams and permissions of all gates that are asked together, and the records of approved commits", () => {
    const reviews = [
      by("lee"),
      by("ann", at("c")),
      by("jo", { state: "commented", sha: shaOf("e") }),
      by("ci[bot]", at("e")),
      by("bo", { state: "changes-requested", sha: shaOf("d") }),
    ];
    expect(wants({ gates: { led: "lead", operated: "sre" }, roles: { lead: ["@acme/leads"], sre: ["write"] }, reviews })).toEqual({
      files: [],
      teams: ["acme/leads"],
      logins: ["lee", "ann", "bo"],
      records: [shaOf("c")],
    });
  });

  test("nothing more once that is known", () => {
    const known = hostedWith({ records: new Map([[shaOf("c"), []]]) });
    expect(wants({ reviews: [by("lee", at("c"))], change: { hosted: known } })).toEqual({ files: [], teams: [], logins: [], records: [] });
  });

  test("nothing while there is no pull request", () => {
    expect(wants({ roles: { steward: ["@acme/sre"] }, change: { pullRequest: null } })).toEqual({ files: [] });
  });
});

test("two gates are open only when two people agreed, of whom none is involved", () => {
  const people = ["kim", "lee", "sam", "bo", "ci[bot]"];
  const review = fc.record({
    author: fc.constantFrom<string | null>(...people, "Kim", null),
    state: fc.constantFrom<Review["state"]>("approved", "approved", "changes-requested", "commented", "dismissed"),
    sha: fc.constantFrom(shaOf("a"), shaOf("c"), shaOf("d"), null),
  });
  const members = fc.subarray(people.map((login) => `@${login}`));
  fc.assert(
    fc.property(fc.array(review, { maxLength: 12 }), members, members, fc.subarray(people, { maxLength: 2 }), (given, lead, sre, requesters) => {
      const reviews = given.map((one) => by("somebody", one));
      const all: Given = { gates: { led: "lead", operated: "sre" }, roles: { lead, sre }, reviews, requesters, pullRequest: { ...PUSHED, reviews } };
      if (!["led", "operated"].every((judged) => judge({ ...all, judged }).state === "open")) return;
      const free = people.filter((login) => login !== "bo" && login !== "ci[bot]" && !requesters.includes(login));
      const last = (login: string): Review | undefined => reviews.findLast(({ author, state }) => author?.toLowerCase() === login && state !== "commented");
      const agreed = free.filter((login) => last(login)?.state === "approved" && [shaOf("a"), shaOf("c")].includes(last(login)?.sha ?? ""));
      const pairs = agreed.flatMap((one) => agreed.filter((other) => other !== one && lead.includes(`@${one}`) && sre.includes(`@${other}`)));
      expect(pairs).not.toEqual([]);
    }),
  );
});

test("it is answered for by the role", () => {
  const { subject, gate } = subjectOf({});
  expect(approval.owner(gate.options, subject, gate)).toBe("steward (@ann, @lee)");
});
