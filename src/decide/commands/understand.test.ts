import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ON_CLOSED, ON_DESK, ON_PULL_REQUEST, ON_RELEASED, UNDER_WAY } from "../../../test/fixtures/said.ts";
import { artifactWith } from "../../../test/fixtures/artifact.ts";
import { HOUR_MS, NOON } from "../../../test/fixtures/subject.ts";
import { DEFAULTS } from "../../model/defaults.ts";
import type { Environment, Gate, Playbook } from "../../model/playbook.ts";
import { COMMANDS, VERBS } from "./index.ts";
import { commandsIn } from "./scanner.ts";
import type { Place } from "./types.ts";
import { understand } from "./understand.ts";

const gate = (items: readonly string[], by: string | null): Gate => ({
  kind: "evidence",
  options: { items, each: "release" },
  whenPaths: [],
  soakMs: null,
  windows: [],
  by,
});
const ci: Gate = { kind: "check", options: { names: ["*"], app: null }, whenPaths: [], soakMs: null, windows: [], by: null };
const PLAYBOOK: Playbook = {
  ...DEFAULTS,
  release: { ...DEFAULTS.release, desk: null },
  roles: { sre: ["@acme/sre"], steward: ["@kim"] },
  gates: { ci, values: gate(["Values match the rollout"], "owners"), smoke: gate(["login", "storage access", "storage quota"], "sre") },
};
const LINES = ["cavern", "sshd", "posix-mapper"];

function heard(text: string, place: Place = ON_PULL_REQUEST, lines: readonly string[] = LINES, playbook = PLAYBOOK) {
  const [spoken] = commandsIn(text);
  const understood = understand(spoken!, { place, lines, playbook, underWay: [UNDER_WAY], saidAt: NOON });
  return understood.ok ? understood.command : understood.refusal;
}

describe("on a pull request", () => {
  test.each<[string, object]>([
    ["/release status", { verb: "status", line: "cavern" }],
    ["/release STATUS", { verb: "status", line: "cavern" }],
    ["/release status cavern", { verb: "status", line: "cavern" }],
    ["/release plan", { verb: "plan", line: "cavern" }],
    ["/release bump minor", { verb: "bump", line: "cavern", level: "minor" }],
    ["/release bump Major", { verb: "bump", line: "cavern", level: "major" }],
    ["/release bump 'patch'", { verb: "bump", line: "cavern", level: "patch" }],
    ["/release bump cavern minor", { verb: "bump", line: "cavern", level: "minor" }],
    ["/release as 1.4.0", { verb: "as", line: "cavern", version: "1.4.0" }],
    ["/release hold it's \"broken", { verb: "hold", line: "cavern", reason: "it's \"broken" }],
    ["/release hold sshd is broken, too", { verb: "hold", line: "cavern", reason: "sshd is broken, too" }],
    ["/release unhold", { verb: "unhold", line: "cavern" }],
    ["/release evidence values https://wiki/x", { verb: "evidence", line: "cavern", step: "values", link: "https://wiki/x" }],
    ["/release evidence login I've seen it work", { verb: "evidence", line: "cavern", step: "login", link: "I've seen it work" }],
    ["/release evidence storage access https://x", { verb: "evidence", line: "cavern", step: "storage access", link: "https://x" }],
    ['/release evidence "Storage Quota" it isn\'t full', { verb: "evidence", line: "cavern", step: "Storage Quota", link: "it isn't full" }],
    ["/release evidence “storage quota” ok", { verb: "evidence", line: "cavern", step: "storage quota", link: "ok" }],
    ["/release evidence smoke: login ok", { verb: "evidence", line: "cavern", step: "smoke: login", link: "ok" }],
    ["/release defer #398 not ours", { verb: "defer", line: "cavern", issue: 398, reason: "not ours" }],
    ["/release defer 398 not ours", { verb: "defer", line: "cavern", issue: 398, reason: "not ours" }],
    ["/release override ci the runner is down", { verb: "override", line: "cavern", gate: "ci", reason: "the runner is down" }],
    ["/release override CI down", { verb: "override", line: "cavern", gate: "ci", reason: "down" }],
    ["/release freeze audit", { verb: "freeze", reason: "audit", until: null }],
    ["/release freeze audit until 18:00", { verb: "freeze", reason: "audit", until: NOON + 6 * HOUR_MS }],
    ["/release freeze wait until done until in 3 h", { verb: "freeze", reason: "wait until done", until: NOON + 3 * HOUR_MS }],
    ["/release thaw", { verb: "thaw" }],
    ["/release help", { verb: "help" }],
    ["/release simulate approve @kim", { verb: "simulate", line: "cavern", whatIf: { is: "approve", who: "@kim" } }],
    ["/release simulate approve @acme/sre", { verb: "simulate", line: "cavern", whatIf: { is: "approve", who: "@acme/sre" } }],
    ["/release simulate approve sre", { verb: "simulate", line: "cavern", whatIf: { is: "approve", who: "sre" } }],
    ["/release simulate approve owners", { verb: "simulate", line: "cavern", whatIf: { is: "approve", who: "owners" } }],
    ["/release simulate merge #41", { verb: "simulate", line: "cavern", whatIf: { is: "merge", pullRequest: 41 } }],
    ["/release simulate at 18:00", { verb: "simulate", line: "cavern", whatIf: { is: "at", at: NOON + 6 * HOUR_MS } }],
  ])("%s", (text, command) => {
    expect(heard(text)).toEqual(command);
  });
});

describe("on the desk a command names its component", () => {
  test.each<[string, object | string]>([
    ["/release bump cavern minor", { verb: "bump", line: "cavern", level: "minor" }],
    ["/release as SSHD 1.4.0", { verb: "as", line: "sshd", version: "1.4.0" }],
    ["/release hold cavern it's broken", { verb: "hold", line: "cavern", reason: "it's broken" }],
    ["/release hold everything is broken", { verb: "hold", line: null, reason: "everything is broken" }],
    ["/release unhold", { verb: "unhold", line: null }],
    ["/release unhold sshd", { verb: "unhold", line: "sshd" }],
    ["/release status", { verb: "status", line: null }],
    ["/release status cavern", { verb: "status", line: "cavern" }],
    ["/release evidence cavern values ok", { verb: "evidence", line: "cavern", step: "values", link: "ok" }],
    ["/release override cavern ci down", { verb: "override", line: "cavern", gate: "ci", reason: "down" }],
    ["/release defer #3 later", { verb: "defer", line: null, issue: 3, reason: "later" }],
    ["/release defer cavern #3 later", { verb: "defer", line: "cavern", issue: 3, reason: "later" }],
    ["/release simulate cavern merge #3", { verb: "simulate", line: "cavern", whatIf: { is: "merge", pullRequest: 3 } }],
    ["/release bump minor", '"/release bump minor": say which component: cavern, sshd or posix-mapper, as in `/release bump cavern minor`'],
    ["/release bump cavren minor", '"/release bump cavren minor": did you mean "/release bump cavern minor"?'],
    ["/release bump cavern mayor", '"/release bump cavern mayor": did you mean "/release bump cavern major"?'],
    ["/release unhold cavren", '"/release unhold cavren": did you mean "/release unhold cavern"?'],
    ["/release status now", '"/release status now": did you mean "/release status"?'],
  ])("%s", (text, expected) => {
    expect(heard(text, ON_DESK)).toEqual(expected);
  });

  test.each<[string, object]>([
    ["/release bump minor", { verb: "bump", line: "cavern", level: "minor" }],
    ["/release bump cavern minor", { verb: "bump", line: "cavern", level: "minor" }],
    ["/release hold cavern is broken", { verb: "hold", line: null, reason: "cavern is broken" }],
    ["/release status cavern", { verb: "status", line: null }],
  ])("unless there is only one: %s", (text, command) => {
    expect(heard(text, ON_DESK, ["cavern"])).toEqual(command);
  });
});

const ARTIFACTS = [artifactWith({ name: "images" }), artifactWith({ name: "promote", makesTag: true }), artifactWith({ name: "build-rc", on: "candidate" })];
const STAGING: Environment = {
  name: "staging",
  after: null,
  of: "release",
  deploy: { by: "people", role: "sre" },
  pin: null,
  gates: [],
  deployed: "staging/deployed",
  verify: ["staging/smoke"],
  soakMs: null,
  windows: [],
  pullRequest: { labels: [], draft: false },
  rollback: null,
};
const ROLLOUT: Playbook = {
  ...PLAYBOOK,
  artifacts: ARTIFACTS,
  environments: [STAGING],
  downstream: [{ repository: "acme/charts", files: [], title: "" }],
  communications: [
    { name: "announce/release: status page, chat", on: "release", policies: [], to: ["status page", "chat"], how: { by: "draft" }, by: "sre", template: null },
    { name: "announce/staging: chat", on: "staging", policies: [], to: ["chat"], how: { by: "draft" }, by: null, template: null },
    { name: "announce/staging: mail", on: "staging", policies: [], to: ["mail"], how: { by: "draft" }, by: null, template: null },
  ],
  gates: {
    ...PLAYBOOK.gates,
    "staging/smoke": gate(["login", "search"], "sre"),
    "staging/deployed": gate(["deployed to staging"], "sre"),
    "production/smoke": gate(["login", "search"], null),
    "production/backup": gate(["dump taken"], "steward"),
    "announce/release: status page, chat": gate(["status page", "chat"], "sre"),
  },
};

const afterwards = (text: string, place: Place = ON_RELEASED) => heard(text, place, LINES, ROLLOUT);

describe("of a release that was begun", () => {
  test.each<[string, object]>([
    ["/release retry", { verb: "retry", line: "cavern", step: null }],
    ["/release retry images", { verb: "retry", line: "cavern", step: "images" }],
    ["/release retry Images", { verb: "retry", line: "cavern", step: "images" }],
    ["/release retry candidate/build-rc", { verb: "retry", line: "cavern", step: "candidate/build-rc" }],
    ["/release retry build-rc", { verb: "retry", line: "cavern", step: "candidate/build-rc" }],
    ["/release retry staging", { verb: "retry", line: "cavern", step: "staging" }],
    ["/release retry acme/charts", { verb: "retry", line: "cavern", step: "acme/charts" }],
    ["/release retry charts", { verb: "retry", line: "cavern", step: "acme/charts" }],
    ["/release skip charts we do it by hand", { verb: "skip", line: "cavern", step: "acme/charts", reason: "we do it by hand" }],
    [
      "/release skip announce/release: status page, chat nobody reads it",
      { verb: "skip", line: "cavern", step: "announce/release: status page, chat", reason: "nobody reads it" },
    ],
    ['/release skip "announce/staging: mail" it is down', { verb: "skip", line: "cavern", step: "announce/staging: mail", reason: "it is down" }],
    [
      "/release skip announce/release nobody reads it",
      { verb: "skip", line: "cavern", step: "announce/release: status page, chat", reason: "nobody reads it" },
    ],
    ["/release withdraw it loses data", { verb: "withdraw", line: "cavern", reason: "it loses data" }],
    ["/release announce", { verb: "announce", line: "cavern", isDryRun: false }],
    ["/release announce --dry-run", { verb: "announce", line: "cavern", isDryRun: true }],
    ["/release announce —dry-run", { verb: "announce", line: "cavern", isDryRun: true }],
    ["/release hold it burns", { verb: "hold", line: "cavern", reason: "it burns" }],
    ["/release status", { verb: "status", line: "cavern" }],
    ["/release evidence staging/login ok", { verb: "evidence", line: "cavern", step: "staging/login", link: "ok" }],
    ["/release evidence staging/smoke: search ok", { verb: "evidence", line: "cavern", step: "staging/smoke: search", link: "ok" }],
    ["/release evidence deployed https://x", { verb: "evidence", line: "cavern", step: "deployed", link: "https://x" }],
    ["/release evidence status page https://x", { verb: "evidence", line: "cavern", step: "status page", link: "https://x" }],
    ["/release override staging/smoke no time", { verb: "override", line: "cavern", gate: "staging/smoke", reason: "no time" }],
    ["/release override Backup there is one", { verb: "override", line: "cavern", gate: "production/backup", reason: "there is one" }],
  ])("%s", (text, command) => {
    expect(afterwards(text)).toEqual(command);
  });

  test.each([
    ["/release bump minor", '"/release bump minor": cavern 0.9.0 is released, and this is for the next release: say it on the pull request of that one'],
    ["/release as 2.0.0", '"/release as 2.0.0": cavern 0.9.0 is released, and this is for the next release: say it on the pull request of that one'],
    ["/release plan", '"/release plan": cavern 0.9.0 is released, and this is for the next release: say it on the pull request of that one'],
    [
      "/release defer #3 later",
      '"/release defer #3 later": cavern 0.9.0 is released, and this is for the next release: say it on the pull request of that one',
    ],
    ["/release retry imags", '"/release retry imags": did you mean "/release retry images"?'],
    ["/release retry images please", '"/release retry images please": did you mean "/release retry images"?'],
    ["/release retry tag", '"/release retry tag": `tag` is done by this app itself: it is tried until it is there'],
    ["/release skip Publication now", '"/release skip Publication now": `publication` is done by this app itself: it is tried until it is there'],
    [
      "/release retry everything",
      '"/release retry everything": there is no such step: there is `candidate/build-rc`, `promote`, `images`, `acme/charts`, `announce/release: status page, chat`, `staging`, `announce/staging: chat` and `announce/staging: mail`',
    ],
    [
      "/release skip announce/staging no",
      '"/release skip announce/staging no": this may be `announce/staging: chat` or `announce/staging: mail`: say more of it',
    ],
    ["/release skip", '"/release skip": say which step and why: `/release skip <step> <reason>`'],
    ["/release skip images", '"/release skip images": say why: `/release skip images <reason>`'],
    ['/release skip "announce/staging: mail"', '"/release skip "announce/staging: mail"": say why: `/release skip "announce/staging: mail" <reason>`'],
    ['/release skip "images', '"/release skip "images": the quote " is opened and never closed'],
    ["/release withdraw", '"/release withdraw": say why: `/release withdraw <reason>`'],
    ["/release announce dry", '"/release announce dry": did you mean "/release announce --dry-run"?'],
    ["/release announce now", '"/release announce now": did you mean "/release announce"?'],
    [
      "/release evidence login ok",
      '"/release evidence login ok": this may be smoke: "login", staging/smoke: "login" or production/smoke: "login": say more of it',
    ],
    [
      "/release evidence values ok",
      '"/release evidence values ok": `values` was asked before the release; now there is staging/smoke: "login", staging/smoke: "search", staging/deployed: "deployed to staging", production/smoke: "login", production/smoke: "search", production/backup: "dump taken" and 2 more',
    ],
    [
      "/release override ci down",
      '"/release override ci down": `ci` was asked before the release; now there is `staging/smoke`, `staging/deployed`, `production/smoke`, `production/backup` and `announce/release: status page, chat`',
    ],
    [
      "/release override production/window now",
      '"/release override production/window now": a window is not overridden: it opens by itself; `/release skip` passes over the whole step',
    ],
  ])("%s", (text, refusal) => {
    expect(afterwards(text)).toBe(refusal);
  });

  test("where a gate is asked in several environments, the environment has to be said", () => {
    const gates = { "staging/smoke": ci, "production/smoke": ci };
    expect(heard("/release override smoke flaky", ON_RELEASED, LINES, { ...ROLLOUT, gates })).toBe(
      '"/release override smoke flaky": this may be `staging/smoke` or `production/smoke`: say which',
    );
  });

  test("with a desk, what is for the next release may be said there, too", () => {
    expect(heard("/release bump minor", ON_RELEASED, LINES, { ...ROLLOUT, release: DEFAULTS.release })).toBe(
      '"/release bump minor": cavern 0.9.0 is released, and this is for the next release: say it on the pull request of that one, or on the release desk',
    );
  });

  test.each(["retry", "skip images x", "withdraw it burns"])("before that there is nothing to %s", (words) => {
    expect(afterwards(`/release ${words}`, ON_PULL_REQUEST)).toBe(
      `"/release ${words}": nothing is released yet: this is for a release after its merge, on its pull request`,
    );
  });

  test("how its announcements would read can be asked before it", () => {
    expect(afterwards("/release announce --dry-run", ON_PULL_REQUEST)).toEqual({ verb: "announce", line: "cavern", isDryRun: true });
  });

  test.each([
    ["/release retry", '"/release retry": nothing follows a release in this playbook'],
    ["/release skip images x", '"/release skip images x": nothing follows a release in this playbook'],
    ["/release announce", '"/release announce": the playbook has no `communications`'],
  ])("where nothing follows a release: %s", (text, refusal) => {
    expect(heard(text, ON_RELEASED)).toBe(refusal);
  });

  test.each([
    ["/release retry cavern images", { verb: "retry", line: "cavern", step: "images" }],
    ["/release retry cavern", { verb: "retry", line: "cavern", step: null }],
    ["/release withdraw cavern it burns", { verb: "withdraw", line: "cavern", reason: "it burns" }],
    ["/release announce sshd", { verb: "announce", line: "sshd", isDryRun: false }],
    ["/release skip sshd images x", '"/release skip sshd images x": no release of sshd is under way'],
    ["/release withdraw sshd it burns", '"/release withdraw sshd it burns": no release of sshd is under way'],
    ["/release retry images", '"/release retry images": say which component: cavern, sshd or posix-mapper, as in `/release retry cavern images`'],
    ["/release bump cavern minor", { verb: "bump", line: "cavern", level: "minor" }],
  ])("on the desk: %s", (text, expected) => {
    expect(afterwards(text, ON_DESK)).toEqual(expected);
  });
});

describe("what is wrong is said with the nearest form that is right", () => {
  test.each([
    ["/release", '"/release": say what: `/release help` lists the commands'],
    ["/release bmup minor", '"/release bmup minor": did you mean "/release bump minor"?'],
    ["/release launch it", '"/release launch it": there is no such command: `/release help` lists them'],
    ["/release ship it", '"/release ship it": merge the pull request to release'],
    ["/release bump mayor", '"/release bump mayor": did you mean "/release bump major"?'],
    ["/release bump major please", '"/release bump major please": did you mean "/release bump major"?'],
    ["/release bump", '"/release bump": say how large: `/release bump major`, `minor` or `patch`'],
    ["/release bump 1.2.0", '"/release bump 1.2.0": expected `major`, `minor` or `patch`'],
    ["/release bump sshd minor", '"/release bump sshd minor": this pull request releases cavern; say it on the one of sshd, or on the release desk'],
    ['/release bump "minor', '"/release bump "minor": the quote " is opened and never closed'],
    ["/release as v1.2.0", '"/release as v1.2.0": did you mean "/release as 1.2.0"?'],
    ["/release as 1.2.0-rc1", '"/release as 1.2.0-rc1": did you mean "/release as 1.2.0"?'],
    ["/release as soon as possible", '"/release as soon as possible": expected a version such as 1.4.0'],
    ["/release as", '"/release as": say which version: `/release as <version>`'],
    ["/release hold", '"/release hold": say why: `/release hold <reason>`'],
    [
      "/release evidence",
      '"/release evidence": say which step: values: "Values match the rollout", smoke: "login", smoke: "storage access" and smoke: "storage quota"',
    ],
    ["/release evidence valeus https://x", '"/release evidence valeus https://x": did you mean "/release evidence values https://x"?'],
    ["/release evidence storage ok", '"/release evidence storage ok": this may be smoke: "storage access" or smoke: "storage quota": say more of it'],
    ["/release evidence login", '"/release evidence login": add a link or words that show it: `/release evidence login <link>`'],
    ["/release defer", '"/release defer": say which issue and why: `/release defer #12 <reason>`'],
    ["/release defer #12", '"/release defer #12": say why: `/release defer #12 <reason>`'],
    ["/release defer issue #12 later", '"/release defer issue #12 later": did you mean "/release defer #12 later"?'],
    ["/release defer that one", '"/release defer that one": expected the number of an issue: `/release defer #12 <reason>`'],
    ["/release override smke flaky", '"/release override smke flaky": did you mean "/release override smoke flaky"?'],
    ["/release override __proto__ x", '"/release override __proto__ x": there is no such gate: there is `ci`, `values` and `smoke`'],
    ["/release override hold x", '"/release override hold x": a hold is not overridden: end it with `/release unhold`'],
    ["/release override ci", '"/release override ci": say why: `/release override ci <reason>`'],
    ["/release freeze", '"/release freeze": say why: `/release freeze <reason>`, or `/release freeze <reason> until Friday 18:00`'],
    ["/release freeze until Friday", '"/release freeze until Friday": say why: `/release freeze <reason>`, or `/release freeze <reason> until Friday 18:00`'],
    [
      "/release freeze audit until we know",
      '"/release freeze audit until we know": what follows `until` is no moment to come: say `until Friday 18:00`, `until 2026-12-24 18:00 Europe/Berlin` or `until in 3 h`, or leave it out',
    ],
    ["/release thaw now", '"/release thaw now": did you mean "/release thaw"?'],
    [
      "/release simulate",
      '"/release simulate": say what: `/release simulate approve @login`, `/release simulate merge #41` or `/release simulate at Friday 18:00`',
    ],
    ["/release simulate aprove @kim", '"/release simulate aprove @kim": did you mean "/release simulate approve @kim"?'],
    ["/release simulate approve stewrad", '"/release simulate approve stewrad": did you mean "/release simulate approve steward"?'],
    ["/release simulate approve lee", '"/release simulate approve lee": did you mean "/release simulate approve @lee"?'],
    ["/release simulate merge pull 41", '"/release simulate merge pull 41": did you mean "/release simulate merge #41"?'],
    [
      "/release simulate at lunch",
      '"/release simulate at lunch": expected a moment to come: `/release simulate at Friday 18:00`, `2026-12-24 18:00 Europe/Berlin` or `in 3 h`',
    ],
    ["/release approve", '"/release approve": approve with a review on the pull request'],
    ["/release cut", '"/release cut": candidates are not cut by this build; merge the pull request to release'],
    ["/release rollback 1.2.0", '"/release rollback 1.2.0": this build does not do that yet'],
  ])("%s", (text, refusal) => {
    expect(heard(text)).toBe(refusal);
  });

  test("a reason has a length that people read", () => {
    expect(heard(`/release hold ${"x".repeat(501)}`)).toBe(
      `"/release hold ${"x".repeat(65)}…": 501 characters are too many: say it in at most 500, and the rest in a comment`,
    );
  });

  test("on a closed pull request people can only ask", () => {
    expect(heard("/release bump minor", ON_CLOSED)).toBe('"/release bump minor": this pull request is closed; `/release plan` asks for a new one');
    expect(heard("/release plan", ON_CLOSED)).toEqual({ verb: "plan", line: "cavern" });
  });

  test("a calendar has no levels", () => {
    const calver: Playbook = { ...PLAYBOOK, versioning: { ...PLAYBOOK.versioning, scheme: "calver" } };
    expect(heard("/release bump minor", ON_PULL_REQUEST, LINES, calver)).toBe(
      '"/release bump minor": versions here follow the calendar: say `/release as <version>`',
    );
    expect(heard("/release as 2026.3", ON_PULL_REQUEST, LINES, calver)).toEqual({ verb: "as", line: "cavern", version: "2026.3" });
  });

  test("where no gate asks for it, evidence is not taken", () => {
    expect(heard("/release evidence values ok", ON_PULL_REQUEST, LINES, DEFAULTS)).toBe(
      '"/release evidence values ok": no gate of this playbook asks for evidence',
    );
  });
});

const roleOf = (text: string) => {
  const understood = understand(commandsIn(text)[0]!, { place: ON_PULL_REQUEST, lines: LINES, playbook: PLAYBOOK, underWay: [], saidAt: NOON });
  return understood.ok ? understood.alsoNeeds : null;
};

test("evidence needs the role that answers for its gate", () => {
  expect(["/release evidence values ok", "/release evidence login ok", "/release hold x"].map(roleOf)).toEqual(["owners", "sre", null]);
});

test("every verb is listed once, under its own name", () => {
  expect(VERBS).toEqual(Object.keys(COMMANDS));
});

test("whatever is said is understood or refused on one line of bounded length", () => {
  const word = fc.constantFrom(
    ...VERBS,
    "cavern",
    "minor",
    "until",
    "values",
    "login",
    "#12",
    "@kim",
    '"',
    "'",
    "“",
    "1.2.0",
    "in",
    "3",
    "h",
    "merge",
    "approve",
    "at",
    "__proto__",
    "constructor",
  );
  const text = fc.array(fc.oneof(word, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 8 }).map((words) => `/release ${words.join(" ")}`);
  fc.assert(
    fc.property(text, fc.constantFrom(ON_PULL_REQUEST, ON_DESK, ON_CLOSED, ON_RELEASED), (said, place) => {
      const refusals = commandsIn(said).flatMap((spoken) => {
        const understood = understand(spoken, { place, lines: LINES, playbook: PLAYBOOK, underWay: [UNDER_WAY], saidAt: NOON });
        return understood.ok ? [] : [understood.refusal];
      });
      expect(refusals.filter((refusal) => /[\r\n]/.test(refusal) || refusal.length > 600)).toEqual([]);
    }),
  );
});

test("a freeze is said and ended on the desk, where there is one: a pull request is followed no longer after its merge", () => {
  const withDesk = { ...PLAYBOOK, release: DEFAULTS.release };
  expect(heard("/release freeze audit", ON_PULL_REQUEST, LINES, withDesk)).toBe(
    '"/release freeze audit": a freeze is about every release: say it on the release desk',
  );
  expect(heard("/release thaw", ON_PULL_REQUEST, LINES, withDesk)).toBe('"/release thaw": a freeze is about every release: end it on the release desk');
  expect(heard("/release freeze audit", ON_DESK, LINES, withDesk)).toEqual({ verb: "freeze", reason: "audit", until: null });
});
