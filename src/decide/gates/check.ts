// Checks and commit statuses on the very commit that would be released. A name that nothing there answers to is unknown,
// never green: a check that was renamed or never ran must not look like one that passed.
import type { Words } from "../../model/plan.ts";
import type { CommitCheck, Hosted, Sha } from "../../model/snapshot.ts";
import { closed, defineGate, type Finding, type NamedGate, NOTHING_MORE, open, type OptionsOf, unknown, waiting } from "./define.ts";
import { fits } from "./name-pattern.ts";
import { capped, code, counted, keyOfGate, listed, shortSha } from "./phrases.ts";
import { similarName } from "./similar-name.ts";
import type { Subject } from "./subject.ts";
import { couldNotRead, knownToGitHubAlone } from "./unread.ts";

type Options = OptionsOf<"check">;

/** Stands for the checks that branch protection requires. */
const REQUIRED = "required";
/** Name of this app's own check, which can't wait for itself. */
const OWN_CHECK = "Release Steward";

export const check = defineGate({
  kind: "check",
  summary: "Each named check or commit status has reported on the commit that is released, and the newest run of each has passed.",
  wants({ names }, { hosted, checkedCommits }) {
    if (hosted === null || checkedCommits.length === 0) return NOTHING_MORE;
    return {
      files: [],
      commitChecks: checkedCommits.filter((sha) => !hosted.commitChecks.has(sha)),
      requiredChecks: names.includes(REQUIRED) && hosted.requiredChecks === null,
    };
  },
  evaluate(options, subject, gate) {
    const { hosted, checkedCommits } = subject;
    if (hosted === null) return knownToGitHubAlone("checks");
    if (checkedCommits.length === 0) return waiting("there is no release pull request to check yet", null);
    const reports = reportsOn(checkedCommits, hosted);
    if (!reports.ok) return reports.finding;
    const demands = demandsOf(options, subject, hosted, gate);
    if (!demands.ok) return demands.finding;
    return verdictOn(
      demands.value.map((demand) => answer(demand, reports.value)),
      reports.value,
      gate,
    );
  },
  owner: () => null,
});

type Known<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly finding: Finding };

/** What others than this app say of one commit. */
type Report = { readonly sha: Sha; readonly checks: readonly CommitCheck[] };

function reportsOn(commits: readonly Sha[], { commitChecks, app }: Hosted): Known<readonly Report[]> {
  const own = app.login.replace(/\[bot\]$/, "");
  const reports: Report[] = [];
  for (const sha of commits) {
    const read = commitChecks.get(sha);
    if (read === undefined) throw new Error(`Bug: the checks of ${sha} were never asked for`);
    if (!read.ok) return { ok: false, finding: couldNotRead(`the checks of ${shortSha(sha)}`, read) };
    reports.push({ sha, checks: read.value.filter((one) => one.app?.slug !== own) });
  }
  return { ok: true, value: reports };
}

/** One thing that has to have passed. */
type Demand = {
  readonly name: string;
  readonly fits: (name: string) => boolean;
  readonly isMadeBy: (check: CommitCheck) => boolean;
  /** Who has to have made it; null for anybody. */ readonly maker: Words | null;
};

function demandsOf({ names, app }: Options, { base }: Subject, hosted: Hosted, gate: NamedGate): Known<readonly Demand[]> {
  const named = names.filter((name) => name !== REQUIRED).map((name) => demand(name, (other) => fits(name, other), app));
  if (named.length === names.length) return { ok: true, value: named };
  const read = hosted.requiredChecks;
  if (read === null) throw new Error("Bug: the required checks were never asked for");
  if (!read.ok) return { ok: false, finding: couldNotRead(`the checks that ${code(base)} requires`, read) };
  const required = read.value.filter(({ name }) => name !== OWN_CHECK);
  if (required.length === 0) {
    const because = `${code(base)} requires no check${read.value.length === 0 ? "" : " but this app's own"}`;
    return {
      ok: false,
      finding: unknown(because, `require checks in a ruleset or in the protection of ${code(base)}, or name them in ${code(keyOfGate(gate.gate))}`),
    };
  }
  return {
    ok: true,
    value: [
      ...named,
      ...required.map(({ name, appId }) =>
        withApp(
          demand(name, (other) => other === name, app),
          appId,
        ),
      ),
    ],
  };
}

function demand(name: string, isFitting: Demand["fits"], app: string | null): Demand {
  return { name, fits: isFitting, isMadeBy: (one) => app === null || one.app?.slug === app, maker: app === null ? null : code(app) };
}

function withApp({ isMadeBy, maker, ...rest }: Demand, appId: number | null): Demand {
  if (appId === null) return { ...rest, isMadeBy, maker };
  return { ...rest, isMadeBy: (one) => isMadeBy(one) && one.app?.id === appId, maker: maker ?? `the app ${String(appId)} that is required` };
}

/** What answers to a demand: the newest run of each name on the first commit that has any. */
type Answer = {
  readonly demand: Demand;
  readonly sha: Sha | null;
  readonly runs: readonly CommitCheck[];
  /** Of the same name, by somebody who does not count. */ readonly others: readonly CommitCheck[];
};

function answer(demand: Demand, reports: readonly Report[]): Answer {
  const fitting = reports.map(({ sha, checks }) => ({ sha, checks: checks.filter(({ name }) => demand.fits(name)) }));
  const others = fitting.flatMap(({ checks }) => checks.filter((one) => !demand.isMadeBy(one)));
  for (const { sha, checks } of fitting) {
    const runs = newest(checks.filter((one) => demand.isMadeBy(one)));
    if (runs.length > 0) return { demand, sha, runs, others };
  }
  return { demand, sha: null, runs: [], others };
}

const LEAST_GREEN_LAST: readonly CommitCheck["state"][] = ["passed", "running", "failed"];

/**
 * One run of each name, app and suite: a green run in one workflow does not hide a red one of that name in another. Of
 * runs that began at the same moment the least green one counts.
 */
function newest(checks: readonly CommitCheck[]): readonly CommitCheck[] {
  const found = new Map<string, CommitCheck>();
  for (const one of checks) {
    const key = JSON.stringify([one.name, one.app?.slug ?? null, one.suite]);
    const other = found.get(key);
    if (other === undefined || isNewer(one, other)) found.set(key, one);
  }
  return [...found.values()];
}

function isNewer(one: CommitCheck, other: CommitCheck): boolean {
  const [begun, otherBegun] = [begunAt(one), begunAt(other)];
  return begun === otherBegun ? LEAST_GREEN_LAST.indexOf(one.state) > LEAST_GREEN_LAST.indexOf(other.state) : begun > otherBegun;
}

/** One that has not begun is newer than any that has. */
function begunAt({ startedAt, state }: CommitCheck): number {
  return startedAt ?? (state === "running" ? Infinity : -Infinity);
}

function verdictOn(answers: readonly Answer[], reports: readonly Report[], gate: NamedGate): Finding {
  const runs = distinct(answers);
  const absent = answers.filter(({ sha }) => sha === null);
  const extras = { details: capped([...runs.map(detail), ...absent.map(({ demand }) => `${code(demand.name)} has not reported`), ...foreign(answers)]) };
  const failed = runs.filter(({ run }) => run.state === "failed");
  const running = runs.filter(({ run }) => run.state === "running");
  if (failed.length > 0) return closed(`${names(failed)} failed on ${commitsOf(failed)}`, repair(failed), extras);
  const [missing] = absent;
  if (missing !== undefined) return unknown(whyAbsent(absent, reports), remedyFor(missing, reports, gate), extras);
  if (running.length > 0) return waiting(`${names(running)} ${running.length === 1 ? "is" : "are"} still running on ${commitsOf(running)}`, null, extras);
  return open(`${counted(runs.length, "check")} green on ${commitsOf(runs)}`, extras);
}

type Run = { readonly run: CommitCheck; readonly sha: Sha };

/** A check that answers to several names is one check. */
function distinct(answers: readonly Answer[]): readonly Run[] {
  const found = new Map<CommitCheck, Run>();
  for (const { sha, runs } of answers) if (sha !== null) for (const run of runs) found.set(run, { run, sha });
  return [...found.values()];
}

function names(runs: readonly Run[]): Words {
  return listed(
    runs.map(({ run }) => code(run.name)),
    3,
  );
}

function commitsOf(runs: readonly Run[]): Words {
  return listed([...new Set(runs.map(({ sha }) => shortSha(sha)))]);
}

function repair(failed: readonly Run[]): Words {
  const addresses = failed.flatMap(({ run }) => (run.url === null ? [] : [run.url]));
  const what = failed.length === 1 ? "fix or re-run it" : "fix or re-run them";
  return addresses.length === 0 ? what : `${what}: ${addresses.slice(0, 3).join(" ")}`;
}

function whyAbsent(absent: readonly Answer[], reports: readonly Report[]): Words {
  const commits = listed(
    reports.map(({ sha }) => shortSha(sha)),
    5,
    "or",
  );
  const [first] = absent;
  if (absent.length === 1 && first !== undefined && first.others.length > 0) {
    return `${code(first.demand.name)} was reported by ${makers(first.others)}, not by ${first.demand.maker ?? "anybody"}`;
  }
  return `${listed(
    absent.map(({ demand }) => code(demand.name)),
    3,
  )} ${absent.length === 1 ? "has" : "have"} not reported on ${commits}`;
}

function makers(checks: readonly CommitCheck[]): Words {
  const slugs = [...new Set(checks.map(({ app }) => app?.slug ?? null))];
  return listed(slugs.map((slug) => (slug === null ? "a commit status" : `another app (${code(slug)})`)));
}

/** What can be said of the first: the rest is corrected one after the other. */
function remedyFor({ demand, others }: Answer, reports: readonly Report[], { gate }: NamedGate): Words {
  const key = code(keyOfGate(gate));
  if (demand.name === OWN_CHECK) return `take it out of ${key}: it is this app's own check and would wait for itself`;
  if (others.length > 0) return `wait for it, or correct \`app\` in ${key}`;
  const there = [...new Set(reports.flatMap(({ checks }) => checks.map(({ name }) => name)))].toSorted();
  if (there.length === 0) return `wait for it, or correct its name in ${key}: no check has reported there yet`;
  const similar = similarName(demand.name, there);
  const meant = similar === null ? "" : ` (is it ${code(similar)} now?)`;
  return `wait for it, or correct its name in ${key}${meant}: the checks there are ${listed(
    there.map((name) => code(name)),
    8,
  )}`;
}

const STATES: Readonly<Record<CommitCheck["state"], Words>> = { passed: "passed", failed: "failed", running: "is running" };
/** Words of GitHub that say no more than the state does. */
const PLAIN = new Set(["success", "failure", "in_progress", "pending"]);

function detail({ run, sha }: Run): Words {
  const says = PLAIN.has(run.says) ? "" : ` (${run.says})`;
  return `${code(run.name)} ${STATES[run.state]}${says} on ${shortSha(sha)}${run.url === null ? "" : `: ${run.url}`}`;
}

function foreign(answers: readonly Answer[]): readonly Words[] {
  const lines = answers.flatMap(({ demand, others }) =>
    others.map((one) => `${code(one.name)} was reported by ${makers([one])}, not by ${demand.maker ?? "anybody"}: it does not count`),
  );
  return [...new Set(lines)];
}
