// An environment as a step: what has to be true before, who or what puts the version there, how long it has to run there,
// and what has to be true after. Once a version is there, what was asked before is not asked again.
import type { GateReport, Words } from "../../model/plan.ts";
import type { Environment } from "../../model/playbook.ts";
import type { EpochMs } from "../../model/time.ts";
import { judgeGate } from "../agreement/judge-line.ts";
import { sayInstant, sayMoment } from "../calendar/moments.ts";
import { isOpenAt, nextOpening } from "../calendar/windows.ts";
import { earliest } from "../earliest.ts";
import { askedGates } from "../gates/asked.ts";
import { type NamedGate, waiting } from "../gates/define.ts";
import { listed } from "../gates/phrases.ts";
import type { Subject } from "../gates/subject.ts";
import { confirmedDigests } from "./confirmed-digests.ts";
import { type Finding, finding } from "./step-finding.ts";
import type { StepRecord } from "./step-record.ts";

/** What puts the version there, besides people: a workflow, or a pull request that moves a pin. */
export type Deploying = {
  readonly finding: Finding;
  /** When it was done; null while it is not. */
  readonly deployedAt: EpochMs | null;
};

export type EnvironmentSeen = {
  readonly environment: Environment;
  readonly record: StepRecord;
  /** The release as its gates see it. */
  readonly subject: Subject;
  /** Why nothing new may be begun; null when it may. */
  readonly stopped: Words | null;
  /** Asked only while the gates before it are open; null where people put it there. @param areGatesOpen a pull request is a draft until then */
  readonly deploying: ((areGatesOpen: boolean, record: StepRecord) => Deploying) | null;
};

export function judgeEnvironment(seen: EnvironmentSeen): Finding {
  const { environment, record, subject, stopped, deploying } = seen;
  const { takenAt } = subject;
  if (record.deployedAt !== null) return verified(record.deployedAt, seen);
  const before = gatesNamed(environment.gates, subject).map((gate) => judgeGate(gate, { ...subject, openSince: record.openSince }));
  const reports = [...before.map(({ report }) => report), ...windowReport(environment, takenAt)];
  const openSince = Object.fromEntries(before.flatMap(({ report, since }) => (since === null ? [] : [[report.gate, since]])));
  const known: StepRecord = { ...record, startedAt: record.startedAt ?? takenAt, openSince, artifacts: confirmedDigests(environment.name, reports) };
  const areOpen = reports.every(({ state }) => state === "open") && stopped === null;
  const done = deploying?.(areOpen, known) ?? null;
  if (done !== null && done.deployedAt !== null)
    return verified(done.deployedAt, { ...seen, record: deployed(done.finding.record ?? known, done.deployedAt, reports) });
  // What was begun is followed on, whatever closed meanwhile.
  if (done !== null && known.intent !== null)
    return { ...done.finding, opensAt: earliest([done.finding.opensAt, opening(reports, takenAt)]), gates: reports, record: done.finding.record ?? known };
  if (!areOpen) return { ...waitsFor(reports, stopped, environment, known, takenAt), actions: done?.finding.actions ?? [], url: done?.finding.url ?? null };
  if (done !== null) return { ...done.finding, gates: reports, record: done.finding.record ?? known };
  return byPeople(seen, reports, known);
}

function byPeople(seen: EnvironmentSeen, before: readonly GateReport[], record: StepRecord): Finding {
  const { environment, subject } = seen;
  const [gate] = gatesNamed(environment.deployed === null ? [] : [environment.deployed], subject);
  if (gate === undefined) throw new Error(`Bug: nothing puts a version into ${environment.name}`);
  const { report } = judgeGate(gate, subject);
  const at = report.items.reduce<EpochMs | null>((latest, { done }) => (done === null ? latest : Math.max(latest ?? 0, done.at)), null);
  if (report.state === "open") return verified(at ?? subject.takenAt, { ...seen, record: deployed(record, at ?? subject.takenAt, [...before, report]) });
  return finding("needs-people", `${report.owner ?? "somebody"} puts it there`, { next: report.next, gates: [...before, report], record });
}

/** What was asked before stays on record, and who confirmed it. */
function deployed(record: StepRecord, deployedAt: EpochMs, gates: readonly GateReport[]): StepRecord {
  return { ...record, deployedAt, gates };
}

/** It runs there: what has to be true of that, and for how long. */
function verified(deployedAt: EpochMs, { environment, record, subject }: EnvironmentSeen): Finding {
  const { takenAt } = subject;
  const gates = gatesNamed(environment.verify, subject).map((gate) => verifiedBy(gate, deployedAt, subject));
  const soakedAt = deployedAt + (environment.soakMs ?? 0);
  const shut = gates.filter(({ state }) => state !== "open");
  if (shut.length > 0) {
    const found = waitsFor(gates, null, environment, record, takenAt);
    return { ...found, because: `runs there since ${sayInstant(deployedAt)}; ${found.because}` };
  }
  if (takenAt < soakedAt)
    return finding("waiting", `runs there since ${sayInstant(deployedAt)}; it may go further ${sayMoment(soakedAt, takenAt)}`, {
      opensAt: soakedAt,
      gates,
      record,
    });
  return finding("done", `runs there since ${sayInstant(deployedAt)}`, { gates: [...record.gates, ...gates], record: { ...record, endedAt: takenAt } });
}

/**
 * A watch of 30 minutes begins when the version runs there, and is over before anybody can confirm that it was quiet: what
 * was said earlier does not count.
 */
function verifiedBy(gate: NamedGate, deployedAt: EpochMs, subject: Subject): GateReport {
  const { facts, takenAt } = subject;
  const countsAt = deployedAt + (gate.soakMs ?? 0);
  const isSince = ({ at }: { readonly at: EpochMs }): boolean => at >= countsAt;
  const since: Subject = { ...subject, facts: { ...facts, ticks: facts.ticks.filter(isSince), evidence: facts.evidence.filter(isSince) } };
  const { report } = judgeGate({ ...gate, soakMs: null }, since);
  if (takenAt >= countsAt || report.overridden !== null) return report;
  return { ...report, ...waiting(`runs until ${sayMoment(countsAt, takenAt)} before anybody can tell`, countsAt), items: [] };
}

function gatesNamed(names: readonly string[], subject: Subject): readonly NamedGate[] {
  return askedGates(subject.playbook, { gates: names }, subject.paths);
}

function windowReport({ windows, name }: Environment, takenAt: EpochMs): GateReport[] {
  if (windows.length === 0) return [];
  const isOpen = isOpenAt(windows, takenAt);
  const opensAt = isOpen ? null : nextOpening(windows, takenAt);
  const because = isOpen ? "open now" : opensAt === null ? "never opens" : `opens ${sayMoment(opensAt, takenAt, windows[0]?.zone ?? "UTC")}`;
  const state = isOpen ? "open" : opensAt === null ? "closed" : "waiting";
  return [{ gate: `${name}/window`, kind: "window", owner: null, state, because, next: null, opensAt, details: [], items: [], problems: [], overridden: null }];
}

/** When time opens the first of them. */
function opening(gates: readonly GateReport[], takenAt: EpochMs): EpochMs | null {
  return earliest(gates.map(({ opensAt }) => opensAt).filter((at) => at !== null && at > takenAt));
}

/** People come before time: what they can do now is said first. */
function waitsFor(gates: readonly GateReport[], stopped: Words | null, { name }: Environment, record: StepRecord, takenAt: EpochMs): Finding {
  const shut = gates.filter(({ state }) => state !== "open");
  const opensAt = opening(shut, takenAt);
  const closed = shut.filter(({ state }) => state === "closed");
  const [first] = closed;
  if (stopped !== null) return finding("waiting", stopped, { gates, opensAt, record });
  if (first !== undefined)
    return finding("needs-people", `waits for ${listed(closed.map(({ gate }) => withinEnvironment(gate, name)))}`, {
      next: first.next,
      gates,
      opensAt,
      record,
    });
  const unread = shut.find(({ state }) => state === "unknown");
  if (unread !== undefined)
    return finding("unknown", `${withinEnvironment(unread.gate, name)}: ${unread.because}`, { next: unread.next, gates, opensAt, record });
  return finding("waiting", shut.map(({ gate, because }) => `${withinEnvironment(gate, name)} ${because}`).join("; "), { gates, opensAt, record });
}

/** `smoke` for `staging/smoke`, where it is clear which environment is meant. */
function withinEnvironment(gate: string, environment: string): Words {
  return gate.startsWith(`${environment}/`) ? gate.slice(environment.length + 1) : gate;
}
