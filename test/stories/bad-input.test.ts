// What people get wrong, and what strangers try: each is explained with its remedy, and nothing is released because of it.
import { describe, expect, test } from "@jest/globals";
import { installCi, reportCheck } from "../../sandbox/scenarios/people.ts";
import type { Comment, Issue } from "../../sandbox/world/types.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const HEAD = `schema: 1
components: {app: {path: .}}
versioning:
  files: [{file: package.json, json: version}]
changelog: {file: CHANGELOG.md}
`;
const FILES = { "package.json": '{"name": "app", "version": "1.0.0"}\n' };
const BACKUP = "gates: {backup: {evidence: Backed up}}\n";
/** Longest comment that GitHub takes. */
const COMMENT_MAX = 65_536;
/** Longest playbook, in bytes. */
const PLAYBOOK_MAX = 65_536;

type Story = { readonly files?: Readonly<Record<string, string>>; readonly title?: string; readonly prepare?: (team: Team) => Promise<void> | void };

/** A team whose release is proposed, and waits for the gates. */
async function proposed(gates: string, { files = {}, title = "feat: mount", prepare }: Story = {}): Promise<Team> {
  const team = await openTeam({ playbook: HEAD + gates, files: { ...FILES, ...files } });
  installCi(team.standIn, "acme");
  await prepare?.(team);
  await team.tag("v1.0.0");
  await team.contribute(title);
  await team.settle();
  return team;
}

async function approve(team: Team, pull: Issue, login: string): Promise<void> {
  await team.standIn.operations.review(team.person(login), team.repository, pull, { state: "APPROVED", body: "" });
  await team.settle();
}

function statusComment(team: Team): Comment {
  const { number } = team.releasePullRequest();
  const found = [...team.repository.comments.values()].find(
    ({ author, issue, body }) => author === team.app.bot && issue.number === number && body.startsWith("### "),
  );
  if (found === undefined) throw new Error("no status comment");
  return found;
}

/** The words of the status comment as a reader sees them: names that are kept from notifying anybody read as usual. */
function explanation(team: Team): string {
  return statusComment(team).body.replaceAll("&#8203;", "").replaceAll("&nbsp;", " ");
}

/** `✗ closed | backup | nobody has confirmed | tick it …`. */
function rowOf(team: Team, gate: string): string {
  return (
    explanation(team)
      .split("\n")
      .find((line) => line.split(" | ")[1] === gate) ?? `no row for ${gate}`
  );
}

/** Last words of the app. */
function lastReply(team: Team): string {
  return [...team.repository.comments.values()].findLast(({ author, body }) => author === team.app.bot && !body.startsWith("### "))?.body ?? "";
}

const reactionsOf = ({ reactions }: Comment): readonly string[] => reactions.map(({ content }) => content);

/** Somebody merges all the same: no tag and no release follows. */
async function releasesNothing(team: Team): Promise<void> {
  await team.merge(team.releasePullRequest());
  await team.settle();
  expect({ tags: Object.keys(team.tags()), releases: team.releases() }).toEqual({ tags: ["v1.0.0"], releases: [] });
}

describe("people and names that are not there", () => {
  const APPROVAL = 'roles: {steward: "@acme/stewards"}\ngates: {agreed: {approval: steward}}\n';

  test("a team that does not exist gives nobody a say, and the playbook's key is named", async () => {
    const team = await proposed(APPROVAL.replace("@acme/stewards", "@acme/stewarts"));
    await approve(team, team.releasePullRequest(), "kim");
    expect(rowOf(team, "agreed")).toMatch(
      /^\| \? unknown .*the team @acme\/stewarts does not exist, or the app may not see it \| correct `roles\.steward` in the playbook/,
    );
    await releasesNothing(team);
  });

  test("a team that the app may not read is unknown, not empty and not full, until the permission is given", async () => {
    const team = await proposed(APPROVAL, {
      prepare: ({ standIn, installation }) => {
        standIn.addTeam("acme", "stewards", ["kim"]);
        const { members: _members, ...others } = installation.permissions;
        installation.permissions = others;
      },
    });
    await approve(team, team.releasePullRequest(), "kim");
    expect(rowOf(team, "agreed")).toMatch(
      /^\| \? unknown .*the app may not read @acme\/stewards: it needs members: read \| give the app that permission and accept it/,
    );
    await releasesNothing(team);

    team.installation.permissions = { ...team.installation.permissions, members: "read" };
    team.wake();
    await team.settle();
    expect(Object.keys(team.tags())).toEqual(["v1.0.0", "v1.1.0"]);
  });

  test("a role with nobody in it opens no gate and lets nobody say a command: somebody has to be added", async () => {
    const team = await proposed(`${APPROVAL.replace("}}\n", "}, backup: {evidence: Backed up, by: steward}}\n")}release: {commands: {hold: steward}}\n`, {
      prepare: ({ standIn }) => void standIn.addTeam("acme", "stewards", []),
    });
    const pull = team.releasePullRequest();
    await team.say(pull, "/release hold wait", "kim");
    await approve(team, pull, "kim");
    expect(rowOf(team, "agreed")).toMatch(/^\| ✗ closed .*nobody is in @acme\/stewards.* \| add somebody to @acme\/stewards/);
    expect(rowOf(team, "backup")).toMatch(/^\| ✗ closed .*nobody is in @acme\/stewards \| add somebody to @acme\/stewards/);
    expect(lastReply(team).replaceAll("&#8203;", "")).toContain(
      "@kim may not hold this release: hold needs the role steward (@acme/stewards); nobody is in @acme/stewards: add somebody to @acme/stewards.",
    );
    await releasesNothing(team);
  });

  test("one person in both roles counts for one of them", async () => {
    const team = await proposed("roles: {lead: ['@jo'], sre: ['@jo']}\ngates: {lead: {approval: lead}, sre: {approval: sre}}\n", {
      prepare: ({ repository }) => void repository.collaborators.set("jo", "write"),
    });
    await approve(team, team.releasePullRequest(), "jo");
    expect(rowOf(team, "lead")).toContain("✓ open");
    expect(rowOf(team, "sre")).toMatch(
      /^\| ✗ closed .*@jo approved, and already counts for lead: another person of sre is needed \| add another person to sre/,
    );
    await releasesNothing(team);
  });

  test("a check that was renamed is unknown, and the name it probably has now is given", async () => {
    const team = await proposed("gates: {ci: {check: build}}\n");
    await reportCheck(team.standIn, team.repository, team.releasePullRequest().pull?.headSha ?? "", "build (24)", "success");
    await team.settle();
    expect(rowOf(team, "ci")).toMatch(
      /^\| \? unknown .*`build` has not reported on .* \| wait for it, or correct its name in `gates\.ci` \(is it `build \(24\)` now\?\)/,
    );
    await releasesNothing(team);
  });

  test("a label that was deleted can be on no issue, which proves nothing", async () => {
    const team = await proposed("gates: {blockers: {no_open_issues: {labels: [release-blocker]}}}\n", {
      prepare: async ({ standIn, person, repository }) => {
        const label = await standIn.operations.createLabel(person("kim"), repository, { name: "release-blocker", color: "ff0000", description: null });
        await standIn.operations.deleteLabel(person("kim"), repository, label);
      },
    });
    expect(rowOf(team, "blockers")).toMatch(
      /^\| \? unknown .*the label `release-blocker` does not exist here any more: nothing can carry it \| create it, or correct `gates\.blockers`/,
    );
    await releasesNothing(team);
  });

  test("a label of fifty emoji is a label: GitHub counts characters", async () => {
    const flames = "🔥".repeat(50);
    const team = await proposed(`gates: {blockers: {no_open_issues: {labels: ["${flames}"]}}}\n`, {
      prepare: async ({ standIn, person, repository }) => {
        await standIn.operations.createLabel(person("kim"), repository, { name: flames, color: "ff0000", description: null });
        await standIn.operations.openIssue(person("kim"), repository, { title: "it burns", body: null, labels: [flames], milestone: null });
      },
    });
    expect(rowOf(team, "blockers")).toMatch(
      /^\| ✗ closed .*#1 "it burns", under a day, nobody's \| close it, take the label off, or say `\/release defer #1 <reason>`/,
    );
    // Nothing that was cut ends with half an emoji.
    expect(explanation(team)).not.toContain("\uFFFD");
    await releasesNothing(team);
  });

  test("one emoji more is no label: the pull request with the playbook says so", async () => {
    const team = await openTeam({ playbook: `${HEAD}gates: {blockers: {no_open_issues: {labels: ["${"🔥".repeat(51)}"]}}}\n`, files: FILES });
    await team.settle();
    const [check] = team.checksOn(team.head());
    expect(check?.output.title).toMatch(
      /^the playbook can't be followed, nothing is released: gates\.blockers\.no_open_issues\.labels\[0\]: expected a label of at most 50 characters/,
    );
    expect(team.releasePullRequests()).toEqual([]);
  });

  test("a CODEOWNERS of rubbish makes nobody an owner, and each line that GitHub leaves out is told", async () => {
    const rubbish = ["* @", "[a", "!x @kim", "*** @@@ nobody@", "\\", `${"(a+)+$".repeat(2000)} @kim`, "{a,b @kim", "* not-an-owner", "/../../etc/passwd @kim"];
    const team = await proposed("gates: {agreed: {approval: owners}}\n", { files: { CODEOWNERS: rubbish.join("\n") } });
    await approve(team, team.releasePullRequest(), "kim");
    expect(rowOf(team, "agreed")).toMatch(/^\| \? unknown .*line 1 of `CODEOWNERS` is left out by GitHub: "@" is no owner.* \| correct line 1 of `CODEOWNERS`/);
    expect(explanation(team)).toContain("line 2 of `CODEOWNERS` is left out by GitHub: a pattern can't hold `[` or `]`");
    await releasesNothing(team);
  });

  test("a CODEOWNERS that is no text is told apart from none", async () => {
    const team = await proposed("gates: {agreed: {approval: owners}}\n", { files: { CODEOWNERS: "* @kim\u0000\n" } });
    await approve(team, team.releasePullRequest(), "kim");
    expect(rowOf(team, "agreed")).toMatch(/^\| \? unknown .*`CODEOWNERS` is a binary and no text \| put a text file at `CODEOWNERS`/);
    await releasesNothing(team);
  });
});

describe("comments", () => {
  /** A reader sees no command in any of these. */
  const HIDDEN = [
    "> /release evidence backup quoted",
    ">> ".repeat(300),
    "`\n/release evidence backup code\n`",
    '<a title="\n/release evidence backup attribute\n">',
    "<!--\n/release evidence backup remark\n-->",
    "<div>\n/release evidence backup html\n</div>",
    "    /release evidence backup indented",
    "see /release evidence backup in the middle",
    `${"[".repeat(500)}${"*_`".repeat(500)}`,
    "1. - ".repeat(200),
    "<a ".repeat(300),
    "&#47;release evidence backup entity",
    "```\n/release evidence backup fenced\n```",
  ].join("\n\n");

  test("65,000 characters of hostile Markdown hide no command, and get no answer", async () => {
    const team = await proposed(BACKUP);
    const text = `${HIDDEN}\n\n`.repeat(20).slice(0, 65_000);
    const comment = await team.say(team.releasePullRequest(), text, "kim");
    expect(text.length).toBeGreaterThan(60_000);
    await team.settle();
    expect(reactionsOf(comment)).toEqual([]);
    expect(rowOf(team, "backup")).toMatch(
      /^\| ✗ closed \| backup \| nobody has confirmed \| tick it in the checklist, or say `\/release evidence backup <link>`/,
    );
    await releasesNothing(team);
  });

  test("a reason of 65,000 characters is refused with what would be short enough", async () => {
    const team = await proposed(BACKUP);
    const comment = await team.say(team.releasePullRequest(), `/release evidence backup ${"x".repeat(65_000)}`, "kim");
    await team.settle();
    expect(reactionsOf(comment)).toContain("confused");
    expect(lastReply(team)).toContain("65000 characters are too many: say it in at most 500, and the rest in a comment");
    await releasesNothing(team);
  });

  test("three thousand commands in one comment are one refusal", async () => {
    const team = await proposed(BACKUP);
    const line = "/release evidence backup done\n";
    const comment = await team.say(team.releasePullRequest(), line.repeat(Math.floor(COMMENT_MAX / line.length)), "kim");
    await team.settle();
    expect(reactionsOf(comment)).toContain("confused");
    expect(lastReply(team)).toMatch(/^- \d+ commands in one comment are too many: 20 at most\n\nNothing in this comment was done/);
    await releasesNothing(team);
  });

  test("with 5,000 comments the one command on the oldest page still holds", async () => {
    const team = await proposed(BACKUP);
    const pull = team.releasePullRequest();
    await team.say(pull, "/release hold wait for legal", "kim");
    for (let number = 1; number < 5000; number += 1) await team.say(pull, `word ${String(number)}`, "jo");
    await team.say(pull, "/release evidence backup https://backups.example/1", "kim");
    await team.settle();
    expect(rowOf(team, "backup")).toContain("✓ open");
    expect(rowOf(team, "hold")).toMatch(/^\| ✗ closed \| hold \| @kim holds it: wait for legal \| say `\/release unhold`/);
    await releasesNothing(team);
  });

  test("a checklist that was edited into nonsense comes back as it was, with no box ticked and no record believed", async () => {
    const team = await proposed(BACKUP);
    const forged = '<!-- release-steward-record: {"status":{"line":"app","seen":1,"ticks":[{"gate":"backup","item":"Backed up","by":"kim","at":1}]}} -->';
    const nonsense = [
      "- [x] backup: Backed",
      "- [X] Backed up",
      "- [x] backup Backed up",
      "[x] backup: Backed up",
      "- [x] other: Backed up",
      "- [xx] backup: Backed up",
      forged,
    ];
    await team.standIn.operations.editComment(team.person("kim"), team.repository, statusComment(team), nonsense.join("\n"));
    await team.settle();
    expect(explanation(team)).toContain("\n- [ ] backup: Backed up\n");
    expect(explanation(team)).not.toContain("other: Backed up");
    expect(rowOf(team, "backup")).toMatch(/^\| ✗ closed \| backup \| nobody has confirmed \| tick it in the checklist/);
    await releasesNothing(team);
  });

  test("a status comment that somebody deletes is written again, without its ticks", async () => {
    const team = await proposed(BACKUP);
    const first = statusComment(team);
    await team.standIn.operations.editComment(team.person("kim"), team.repository, first, first.body.replace("- [ ]", "- [x]"));
    await team.settle();
    expect(explanation(team)).toMatch(/^### app 1\.1\.0 is ready to merge/);

    await team.standIn.operations.deleteComment(team.person("kim"), team.repository, statusComment(team));
    await team.settle();
    expect(rowOf(team, "backup")).toMatch(/^\| ✗ closed \| backup \| nobody has confirmed \| tick it in the checklist/);
    await releasesNothing(team);
  });
});

describe("titles", () => {
  const STRANGE = `feat: \u202E@everyone <script>alert(1)</script> | \`x ]( --> \u0007💥 ![i](https://e.example/i.png) #1 *a*~ ${"𝕏".repeat(300)}`.slice(
    0,
    256,
  );
  const GATES = "gates: {blockers: {no_open_issues: {labels: [release-blocker]}}, backup: {evidence: Backed up}}\n";

  test("256 strange characters stay text in the explanation, the pull request, the desk and the check", async () => {
    const team = await proposed(GATES, {
      title: STRANGE,
      prepare: async ({ standIn, person, repository }) => {
        await standIn.operations.createLabel(person("kim"), repository, { name: "release-blocker", color: "ff0000", description: null });
        await standIn.operations.openIssue(person("kim"), repository, { title: STRANGE, body: null, labels: ["release-blocker"], milestone: null });
      },
    });
    expect(rowOf(team, "blockers")).toMatch(/^\| ✗ closed \| blockers \| #1 "feat: .* \| close it, take the label off, or say `\/release defer #1 <reason>`/);

    const pull = team.releasePullRequest();
    const desk = [...team.repository.issues.values()].find(({ title }) => title === "Release desk");
    const check = team.checksOn(pull.pull?.headSha ?? "").map(({ output }) => `${output.title ?? ""}\n${output.summary ?? ""}\n${output.text ?? ""}`);
    for (const text of [statusComment(team).body, pull.body, desk?.body, ...check]) {
      const prose = (text ?? "").replaceAll(/(`+)[^`].*?\1/g, "");
      expect(prose).not.toMatch(/@everyone|<script|!\[i\]/);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
    await releasesNothing(team);
  });
});

describe("files", () => {
  /** Each letter nine times the one before: four hundred million values from nine lines. */
  const BOMB = [
    "a: &a [x, x, x, x, x, x, x, x, x]",
    ...Array.from("bcdefghi", (key, index) => `${key}: &${key} [${`*${"abcdefgh".charAt(index)}, `.repeat(9)}]`),
  ].join("\n");
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ["a bomb of aliases", BOMB, /expected "off" at `spec\.sync`, found nothing \| set `spec\.sync` to "off" there/],
    [
      "a way that leads into the bomb",
      `${BOMB}\nspec: *i\n`,
      /`spec` is the alias `\*i`: what stands behind it belongs to `&i` \| name the path of the anchor itself/,
    ],
    ["a mapping that holds itself", "spec: &s\n  sync: *s\n", /expected "off" at `spec\.sync`, found a mapping \| set `spec\.sync` to "off" there/],
    [
      "a value that another mapping brings in",
      "x: &x {sync: off}\nspec:\n  <<: *x\n",
      /`<<` may bring in `spec\.sync` here, which is not followed \| write the value out/,
    ],
    ["twenty thousand brackets", "[".repeat(20_000), /the YAML is nested too deeply to be read \| correct it there/],
    [
      "five thousand documents",
      "a: 1\n---\n".repeat(5000),
      /expected "off" at `spec\.sync`, found nothing, and in \d+ other places \| set `spec\.sync` to "off" there/,
    ],
    ["no YAML", "spec: {sync: \n\t- : ]", /not valid YAML: .* \| correct it there/],
    ["no text", "spec: {sync: off}\u0000", /is a binary.* \| put a YAML file there, or correct `file` in `gates\.sync`|is not a text \| put a YAML file there/],
  ];

  test.each(rows)("%s in a file that has to say something says nothing", async (_name, text, says) => {
    const team = await proposed('gates: {sync: {require_yaml: {file: argo.yaml, path: spec.sync, value: "off"}}}\n', { files: { "argo.yaml": text } });
    expect(rowOf(team, "sync")).toMatch(says);
    expect(rowOf(team, "sync")).toMatch(/^\| (?:✗ closed|\? unknown) /);
    await releasesNothing(team);
  });
});

describe("playbooks", () => {
  test("one at its limit of 64 KB, full of gates: every step has its box, what there is no room for is told, and nothing opens", async () => {
    let gates = "gates:\n";
    let count = 0;
    for (;;) {
      const next = `  gate-${String(count)}: {evidence: "Step ${String(count)}: ${"somebody looked at it, ".repeat(4)}and it is well"}\n`;
      if (HEAD.length + gates.length + next.length > PLAYBOOK_MAX) break;
      gates += next;
      count += 1;
    }
    const team = await proposed(gates);
    expect(explanation(team)).toContain(
      `### app 1.1.0 waits for ${String(count)} of ${String(count)}: gate-0, gate-1, gate-2, gate-3 and ${String(count - 4)} more`,
    );
    expect(explanation(team).match(/^- \[ \] gate-\d+: /gm)).toHaveLength(count);
    const left = /_(\d+) gates are left out here for GitHub's limit on length: `release-steward explain` shows every one\._/;
    expect(explanation(team)).toMatch(left);
    const [check] = team.checksOn(team.releasePullRequest().pull?.headSha ?? "");
    expect(check?.output.text).toMatch(left);
    expect(rowOf(team, "gate-0")).toMatch(/^\| ✗ closed \| gate-0 \| nobody has con.* \| tick it in/);
    await releasesNothing(team);
  });

  test("one that is larger is not followed, and says what the limit is", async () => {
    const team = await openTeam({ playbook: `${HEAD}gates: {backup: {evidence: "${"x".repeat(PLAYBOOK_MAX)}"}}\n`, files: FILES });
    await team.contribute("feat: mount");
    await team.settle();
    const [check] = team.checksOn(team.head());
    expect(check?.output.title).toMatch(/the playbook can't be followed, nothing is released: .*65,?536|64 KB/);
    expect(team.releasePullRequests()).toEqual([]);
  });
});
