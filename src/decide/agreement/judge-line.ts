// Whether a line may be released, and why not: each gate that its policy asks, and what people said by commands. Computed
// once; the pull request, the check, the comment, the desk and the command line all show this.
import type { GateReport, LineReport } from "../../model/plan.ts";
import type { EpochMs } from "../../model/time.ts";
import { sayMoment } from "../calendar/moments.ts";
import { closesAt, isOpenAt, nextOpening } from "../calendar/windows.ts";
import { earliest } from "../earliest.ts";
import { askedGates } from "../gates/asked.ts";
import { closed, type Finding, type NamedGate, open, unknown, waiting } from "../gates/define.ts";
import { askedGate, type Subject } from "../gates/index.ts";
import { code } from "../gates/phrases.ts";
import { risksOf } from "../gates/risks.ts";
import { humanTexts, leftToWrite } from "../prose/human-sections.ts";
import { overrideOf } from "./overrides.ts";

export type Judged = {
  readonly report: LineReport;
  /** For the next look: since when gates that have to stay open for a while are open. */
  readonly openSince: Readonly<Record<string, EpochMs>>;
  /** When time alone may change a verdict; null when only an event can. */
  readonly wakeAt: EpochMs | null;
};

export function judgeLine(subject: Subject): Judged {
  const gates = gatesOf(subject);
  const found = gates.map((gate) => judgeGate(gate, subject));
  const { pullRequest, releases, line, takenAt, policy, playbook } = subject;
  const reports = [...saidByPeople(subject), ...found.map(({ report }) => report), ...unwritten(subject)];
  return {
    report: {
      line,
      title: titleOf(subject),
      releases,
      pullRequest: pullRequest === null ? null : { number: pullRequest.number, headSha: pullRequest.headSha, isMerged: pullRequest.state === "merged" },
      evaluatedAt: takenAt,
      policy: { name: policy.name, isAutomatic: policy.rules.automatic },
      gates: reports,
      risks: risksOf(subject),
      notices: subject.facts.lapsed,
      notActedOn: playbook.notActedOn,
    },
    openSince: Object.fromEntries(found.flatMap(({ report, since }) => (since === null ? [] : [[report.gate, since]]))),
    wakeAt: earliestAfter(takenAt, [...reports.map(({ opensAt }) => opensAt), ...found.map(({ recheckAt }) => recheckAt), subject.facts.freeze?.until ?? null]),
  };
}

/** Gates of the playbook that this release is asked. */
export function gatesOf({ playbook, policy, paths }: Subject): readonly NamedGate[] {
  return askedGates(playbook, policy.rules, paths);
}

/** Nothing is released while this is false. Unknown is not open. */
export function isAgreed({ gates }: LineReport): boolean {
  return gates.every(({ state }) => state === "open");
}

function titleOf({ line, releases }: Subject): string {
  return releases.length === 0 ? line : releases.map(({ component, version }) => `${component} ${version}`).join(", ");
}

export type JudgedGate = { readonly report: GateReport; readonly since: EpochMs | null; readonly recheckAt: EpochMs | null };

export function judgeGate(gate: NamedGate, subject: Subject): JudgedGate {
  const asked = askedGate(gate);
  const plain = asked.evaluate(subject);
  const since = gate.soakMs !== null && plain.state === "open" ? (subject.openSince[gate.gate] ?? subject.takenAt) : null;
  const timed = inWindow(gate, subject, soaked(gate, since, subject, plain));
  const owner = gate.by === null ? asked.owner(subject) : subject.people.describe(gate.by);
  return {
    report: { gate: gate.gate, kind: gate.kind, owner, ...overrideOf(gate.gate, timed, subject) },
    since,
    recheckAt: timed.state === "open" ? earliest([closesAt(gate.windows, subject.takenAt), freezesAt(gate, subject.takenAt)]) : null,
  };
}

/** True is not enough: it has to have stayed so. */
function soaked({ soakMs }: NamedGate, since: EpochMs | null, { takenAt }: Subject, found: Finding): Finding {
  if (soakMs === null || since === null) return found;
  const countsAt = since + soakMs;
  if (takenAt >= countsAt) return found;
  return waiting(`${found.because}; counts when it is still so ${sayMoment(countsAt, takenAt)}`, countsAt, found);
}

function inWindow({ windows }: NamedGate, { takenAt }: Subject, found: Finding): Finding {
  if (found.state !== "open" || isOpenAt(windows, takenAt)) return found;
  const opensAt = nextOpening(windows, takenAt);
  const zone = windows[0]?.zone ?? "UTC";
  return opensAt === null
    ? closed(`${found.because}; its window never opens`, "correct `window` in the playbook", found)
    : waiting(`${found.because}; opens ${sayMoment(opensAt, takenAt, zone)}`, opensAt, found);
}

function freezesAt(gate: NamedGate, takenAt: EpochMs): EpochMs | null {
  return gate.kind === "freeze"
    ? earliestAfter(
        takenAt,
        gate.options.periods.map(({ from }) => from),
      )
    : null;
}

const DESK_REMEDY = "give the app issues: write and accept it for this repository, or do without a desk: `release.desk: false`";

/** Holds and freezes that people declared in comments are gates like any other, and so is a tag that somebody touched. */
function saidByPeople({ facts, takenAt, tagFaults }: Subject): GateReport[] {
  const { hold, freeze, unread } = facts;
  const reports: GateReport[] = [];
  // A hold or a freeze may stand on a desk that can't be read: unknown is not open.
  if (unread !== null) reports.push(built("desk", unknown(`what was said on the release desk can't be read: ${unread}`, DESK_REMEDY)));
  if (hold !== null)
    reports.push(
      built("hold", closed(`@${hold.by} holds it: ${hold.reason}`, `say \`/release unhold\`${hold.isAtDesk ? " on the desk" : ""}`, { details: [hold.url] })),
    );
  if (freeze !== null) {
    const because = `@${freeze.by} froze releases: ${freeze.reason}`;
    const frozen =
      freeze.until === null
        ? closed(because, "say `/release thaw`", { details: [freeze.url] })
        : waiting(`${because}; thaws ${sayMoment(freeze.until, takenAt)}, or with \`/release thaw\``, freeze.until, { details: [freeze.url] });
    if (freeze.until === null || takenAt < freeze.until) reports.push(built("frozen", frozen));
  }
  for (const { gate, because, next } of tagFaults) reports.push(built(gate, closed(because, next)));
  return reports;
}

/** Sections that the playbook wants people to write. They stand in the pull request's description. */
function unwritten({ pullRequest, playbook }: Subject): GateReport[] {
  const { require, sections } = playbook.release.notes;
  if (require.length === 0) return [];
  if (pullRequest === null) return [built("notes", waiting("there is no pull request to write them in yet", null))];
  const human = humanTexts(pullRequest.written, sections);
  const leftIn = (title: string): string | null => leftToWrite(human.get(title) ?? "", playbook.changelog.reject);
  const missing = require.filter((title) => leftIn(title) === "");
  const unfinished = require.flatMap((title) => [leftIn(title)].flatMap((line) => (line === null || line === "" ? [] : `${title} still says ${code(line)}`)));
  return [
    built(
      "notes",
      missing.length + unfinished.length === 0
        ? open(`${require.join(", ")} ${require.length === 1 ? "is" : "are"} written`)
        : closed(
            [...(missing.length === 0 ? [] : [`${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not written yet`]), ...unfinished].join("; "),
            "write below the heading in the description of the pull request",
          ),
    ),
  ];
}

/** A gate that no playbook names: what it is called is what it is. */
export function built(gate: string, found: Finding): GateReport {
  return { gate, kind: gate, owner: null, ...found, overridden: null };
}

function earliestAfter(now: EpochMs, times: readonly (EpochMs | null)[]): EpochMs | null {
  return earliest(times.filter((time) => time !== null && time > now));
}
