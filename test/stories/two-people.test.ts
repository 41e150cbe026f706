// Nothing is released on one person's word: what each kind of person can do to let a release through, cell by cell, as the
// status comment says it.
import { expect, test } from "@jest/globals";
import type { Actor, Issue } from "../../sandbox/world/types.ts";
import { openTeam, type Team } from "../fixtures/story.ts";

const PLAYBOOK = `schema: 1
roles: {lead: ["@anna", "@bert", "@pia"]}
components: {app: {path: .}}
versioning:
  files: [{file: package.json, json: version}]
gates:
  agreed: {approval: lead}
  backup: {evidence: Database is backed up, by: lead}
  ci: {check: build}
`;

/** Who may approve are leads; rita, anna, bert and pia may write. */
const PERSONS = {
  "who asked for the release": "rita",
  "who may approve": "anna",
  "who asked for it and may approve": "bert",
  "another app": "helpful[bot]",
  "who pushed to the branch": "pia",
  "an outsider": "olaf",
} as const;
type Person = keyof typeof PERSONS;

/** A release that rita and bert shaped, with a commit of pia on its branch. */
async function proposed(): Promise<{ readonly team: Team; readonly pull: Issue; readonly actor: (login: string) => Actor }> {
  const team = await openTeam({ playbook: PLAYBOOK, files: { "package.json": '{"name": "app", "version": "1.0.0"}\n' } });
  for (const login of ["rita", "anna", "bert", "pia", "olaf"]) team.standIn.addUser(login);
  for (const login of ["rita", "anna", "bert", "pia"]) team.repository.collaborators.set(login, "write");
  const app = team.standIn.addApp({
    slug: "helpful",
    publicKey: "",
    permissions: { metadata: "read", contents: "write", pull_requests: "write", issues: "write" },
    events: [],
    webhook: null,
  });
  const bot: Actor = { is: "installation", user: app.bot, installation: team.standIn.install(app, "acme") };
  team.repository.collaborators.set(app.bot.login, "write");
  await team.tag("v1.0.0");
  await team.push("fix: disk");
  await team.settle();
  const pull = team.releasePullRequest();
  await team.say(pull, "/release bump minor", "rita");
  await team.settle();
  await team.say(pull, "/release bump minor", "bert");
  await team.settle();
  await team.pushTo(pull.pull!.head, "docs: nicer words", { "NOTES.md": "x\n" }, "pia");
  await team.settle();
  return { team, pull, actor: (login) => (login === app.bot.login ? bot : team.person(login)) };
}

type Doing = (team: Team, pull: Issue, actor: Actor) => Promise<unknown>;

const ACTS = {
  approves: (team, pull, actor) => team.standIn.operations.review(actor, team.repository, pull, { state: "APPROVED", body: "" }),
  "ticks the box": (team, pull, actor) => {
    const comment = team.statusComment(pull)!;
    return team.standIn.operations.editComment(actor, team.repository, comment, comment.body.replace("- [ ] backup", "- [x] backup"));
  },
  "gives evidence": (team, pull, actor) => team.standIn.operations.comment(actor, team.repository, pull, "/release evidence backup https://backups.test/1"),
  "overrides alone": (team, pull, actor) => team.standIn.operations.comment(actor, team.repository, pull, "/release override ci the runner is down"),
  "overrides after kim did": async (team, pull, actor) => {
    await team.say(pull, "/release override ci I ran it here", "kim");
    await team.settle();
    await team.standIn.operations.comment(actor, team.repository, pull, "/release override ci the runner is down");
  },
} satisfies Record<string, Doing>;
type Act = keyof typeof ACTS;

/** The gate that it could open. */
const GATES: Readonly<Record<Act, string>> = {
  approves: "agreed",
  "ticks the box": "backup",
  "gives evidence": "backup",
  "overrides alone": "ci",
  "overrides after kim did": "ci",
};

/** The word of the gate's row, and what the status comment says of it; what the app replies, null for nothing. */
type Cell = { readonly gate: "open" | "closed" | "unknown" | "overridden"; readonly says: string; readonly replies: string | null };

const opens = (says: string): Cell => ({ gate: "open", says, replies: null });
const leaves = (gate: "closed" | "unknown", says: string, replies: string | null = null): Cell => ({ gate, says, replies });
const overrides = (says: string): Cell => ({ gate: "overridden", says, replies: null });

const NOT_RUN = "`build` has not reported on";
const NOT_A_LEAD = "this step needs the role lead (@anna, @bert, @pia). @anna, @bert and @pia may.";
const kimAlone = "@kim wants to override it: I ran it here. A second person says `/release override ci <reason>`";

/** A person without a cell is an error of types. */
const CELLS: Readonly<Record<Act, Readonly<Record<Person, Cell>>>> = {
  approves: {
    "who asked for the release": leaves("closed", "is not counted: @rita asked for this version, so somebody else has to approve"),
    "who may approve": opens("@anna approved"),
    "who asked for it and may approve": leaves("closed", "is not counted: @bert asked for this version, so somebody else has to approve"),
    "another app": leaves("closed", "@helpful[bot]'s approval of `HEAD` is not counted: it needs a person, and that is an app"),
    "who pushed to the branch": leaves("closed", "is not counted: @pia pushed to `release/app`, so somebody else has to approve"),
    "an outsider": leaves("closed", "@olaf approved `HEAD`, which does not count here: it needs lead"),
  },
  "ticks the box": {
    "who asked for the release": leaves("closed", "@rita's tick of `backup` does not count: it needs lead"),
    "who may approve": opens("- [x] backup: Database is backed up (@anna, lead,"),
    "who asked for it and may approve": opens("- [x] backup: Database is backed up (@bert, lead,"),
    "another app": leaves("closed", "@helpful[bot]'s tick of `backup` does not count: it needs a person"),
    "who pushed to the branch": opens("- [x] backup: Database is backed up (@pia, lead,"),
    "an outsider": leaves("closed", "- [ ] backup: Database is backed up"),
  },
  "gives evidence": {
    "who asked for the release": leaves("closed", "nobody has confirmed", `@rita may not confirm this step: ${NOT_A_LEAD}`),
    "who may approve": opens("@anna confirmed: https://backups.test/1"),
    "who asked for it and may approve": opens("@bert confirmed: https://backups.test/1"),
    "another app": leaves("closed", "nobody has confirmed"),
    "who pushed to the branch": opens("@pia confirmed: https://backups.test/1"),
    "an outsider": leaves("closed", "nobody has confirmed"),
  },
  "overrides alone": {
    "who asked for the release": leaves("unknown", "@rita wants to override it: the runner is down. A second person says"),
    "who may approve": leaves("unknown", "@anna wants to override it: the runner is down. A second person says"),
    "who asked for it and may approve": leaves("unknown", "@bert wants to override it: the runner is down. A second person says"),
    "another app": leaves("unknown", NOT_RUN),
    "who pushed to the branch": leaves("unknown", "@pia's override does not count: @pia pushed to `release/app`"),
    "an outsider": leaves("unknown", NOT_RUN),
  },
  "overrides after kim did": {
    "who asked for the release": overrides("overridden by @kim and @rita: I ran it here"),
    "who may approve": overrides("overridden by @kim and @anna: I ran it here"),
    "who asked for it and may approve": overrides("overridden by @kim and @bert: I ran it here"),
    "another app": leaves("unknown", kimAlone),
    "who pushed to the branch": leaves("unknown", kimAlone),
    "an outsider": leaves("unknown", kimAlone),
  },
};

const ROWS = (Object.keys(CELLS) as Act[]).flatMap((act) => (Object.keys(PERSONS) as Person[]).map((person) => ({ person, act, cell: CELLS[act][person] })));

/** As people read it. */
const plain = (markdown: string): string => markdown.replaceAll("&#8203;", "").replaceAll("&nbsp;", " ");

test.each(ROWS)("$person $act: $cell.gate [L-45]", async ({ person, act, cell }) => {
  const { team, pull, actor } = await proposed();
  const refusal = await Promise.resolve(ACTS[act](team, pull, actor(PERSONS[person]))).then(() => null, String);
  // GitHub itself lets nobody without access edit the comment.
  const isRefused = person === "an outsider" && act === "ticks the box";
  expect(refusal).toBe(isRefused ? "Error: Must have triage access to repository." : null);
  await team.settle();
  const status = plain(team.status(pull));
  const [, word] = new RegExp(`^\\| . (\\w+) \\| ${GATES[act]} \\|`, "m").exec(status) ?? [];
  const replies = team.commentsOf(pull).flatMap((one) => (one === team.statusComment(pull) ? [] : plain(one.body).split("\n").slice(0, 1)));
  expect([word, status, replies]).toEqual([
    cell.gate,
    expect.stringContaining(cell.says.replace("HEAD", pull.pull!.headSha.slice(0, 7))),
    cell.replies === null ? [] : [cell.replies],
  ]);
});
