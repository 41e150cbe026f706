// Open issues that hold the release: those with a label, in a milestone, or both. What could not be read, and a label or
// milestone that nobody can use any more, is unknown: an empty list must mean that somebody could have put an issue on it.
import type { Words } from "../../model/plan.ts";
import type { Hosted, OpenIssue } from "../../model/snapshot.ts";
import type { EpochMs } from "../../model/time.ts";
import { sayDays } from "../calendar/moments.ts";
import { closed, defineGate, type Finding, type NamedGate, NOTHING_MORE, open, type OptionsOf, unknown } from "./define.ts";
import { scopeOf } from "./issue-scope.ts";
import { capped, code, counted, keyOfGate, listed, shortened } from "./phrases.ts";
import { milestonesMeant } from "./release-milestones.ts";
import type { Subject } from "./subject.ts";
import { couldNotRead, knownToGitHubAlone } from "./unread.ts";

type Options = OptionsOf<"no_open_issues">;

/** Every open issue, whatever its labels. */
const ANY = "*";

export const noOpenIssues = defineGate({
  kind: "no_open_issues",
  summary: "No open issue carries one of the labels and is in the milestone, apart from those of other components or branches and those that were deferred.",
  wants(options, { hosted }) {
    if (hosted === null) return NOTHING_MORE;
    return {
      files: [],
      labelled: listsOf(options).filter((label) => !hosted.labelled.has(label)),
      milestones: options.milestone !== null && hosted.milestones === null,
    };
  },
  evaluate(options, subject, gate) {
    const { hosted } = subject;
    if (hosted === null) return knownToGitHubAlone("issues");
    const labelled = withLabels(options, hosted, gate);
    if (!labelled.ok) return labelled.finding;
    const inMilestone = inMilestoneOf(options, labelled.value, subject, gate);
    if (!inMilestone.ok) return inMilestone.finding;
    return verdictOn(inMilestone.value, options, subject, inMilestone.where);
  },
  owner: () => null,
});

/** Names under which issues are asked for. A milestone lists its own issues. */
function listsOf({ labels, milestone }: Options): readonly string[] {
  if (labels.length > 0) return [...new Set(labels.map((label) => label.toLowerCase()))];
  return milestone === null ? [ANY] : [];
}

type Refused = { readonly ok: false; readonly finding: Finding };

/** Null: any issue of the milestone. */
function withLabels(options: Options, { labelled }: Hosted, { gate }: NamedGate): { readonly ok: true; readonly value: readonly OpenIssue[] | null } | Refused {
  const lists = listsOf(options);
  const found = new Map<number, OpenIssue>();
  const gone: string[] = [];
  for (const name of lists) {
    const read = labelled.get(name);
    if (read === undefined) throw new Error(`Bug: the issues with ${name} were never asked for`);
    if (!read.ok) return { ok: false, finding: couldNotRead(name === ANY ? "open issues" : `the issues with ${code(name)}`, read) };
    if (!read.value.exists && name !== ANY) gone.push(options.labels.find((label) => label.toLowerCase() === name) ?? name);
    for (const issue of read.value.issues) found.set(issue.number, issue);
  }
  if (gone.length > 0) {
    const because =
      gone.length === 1
        ? `the label ${code(gone[0] ?? "")} does not exist here any more: nothing can carry it`
        : `the labels ${listed(gone.map((label) => code(label)))} do not exist here any more: nothing can carry them`;
    return { ok: false, finding: unknown(because, `create ${gone.length === 1 ? "it" : "them"}, or correct ${code(keyOfGate(gate))}`) };
  }
  return { ok: true, value: lists.length === 0 ? null : [...found.values()] };
}

type InMilestone = { readonly ok: true; readonly value: readonly OpenIssue[]; readonly where: Words | null } | Refused;

function inMilestoneOf({ milestone }: Options, issues: readonly OpenIssue[] | null, subject: Subject, { gate }: NamedGate): InMilestone {
  if (milestone === null) return { ok: true, value: issues ?? [], where: null };
  const read = subject.hosted?.milestones ?? null;
  if (read === null) throw new Error("Bug: the milestones were never asked for");
  if (!read.ok) return { ok: false, finding: couldNotRead("milestones", read) };
  const meant = milestonesMeant(milestone, read.value, subject);
  if (meant.length > 0) {
    const numbers = new Set(meant.flatMap((one) => one.issues.map(({ number }) => number)));
    const titles = new Set(meant.map(({ title }) => title));
    const value = issues === null ? meant.flatMap((one) => one.issues) : issues.filter((one) => numbers.has(one.number) || titles.has(one.milestone ?? ""));
    return { ok: true, value, where: listed(meant.map(({ title }) => code(title))) };
  }
  const versions = subject.releases.map(({ version }) => version);
  const because = milestone === "current" ? `no open milestone names ${listed(versions, 3, "or")}` : `there is no open milestone ${code(milestone)}`;
  const first = milestone === "current" ? `open one whose title names ${code(versions[0] ?? "")}` : "open it";
  const others =
    read.value.length === 0
      ? "none is open"
      : `open are ${listed(
          read.value.map(({ title }) => code(title)),
          8,
        )}`;
  return { ok: false, finding: unknown(because, `${first}, or correct ${code(keyOfGate(gate))}: ${others}`) };
}

/** Blockers that stand in the reason itself; all of them are in the details. */
const NAMED_MAX = 2;

function verdictOn(issues: readonly OpenIssue[], options: Options, subject: Subject, where: Words | null): Finding {
  const { takenAt, facts } = subject;
  const elsewhere = scopeOf(options.scope, subject);
  const blockers: OpenIssue[] = [];
  const spared: Words[] = [];
  for (const issue of issues.toSorted((one, other) => one.createdAt - other.createdAt || one.number - other.number)) {
    const deferred = facts.deferred.findLast((one) => one.issue === issue.number);
    const scope = elsewhere(issue.labels.map(({ name }) => name));
    if (deferred !== undefined) spared.push(`${named(issue)} was deferred by @${deferred.by}: ${shortened(deferred.reason, 200)}`);
    else if (scope !== null) spared.push(`${named(issue)} carries ${code(scope)} and does not hold this release`);
    else blockers.push(issue);
  }
  const wanted = new Set(options.labels.map((label) => label.toLowerCase()));
  const details = capped([...ages(blockers, takenAt), ...blockers.map((issue) => described(issue, wanted, takenAt)), ...spared]);
  const [first] = blockers;
  const what =
    options.labels.length === 0
      ? ""
      : ` carries ${listed(
          options.labels.map((label) => code(label)),
          5,
          "or",
        )}`;
  const place = where === null ? "" : `${what === "" ? " is" : ""} in milestone ${where}`;
  if (first === undefined) return open(what + place === "" ? "no issue is open" : `no open issue${what}${place}`, { details });
  const foremost = blockers.slice(0, NAMED_MAX).map((issue) => `${named(issue)}, ${sayDays(takenAt - issue.createdAt)}, ${assigned(issue)}`);
  const more = blockers.length > NAMED_MAX ? `; and ${String(blockers.length - NAMED_MAX)} more` : "";
  return closed(foremost.join("; ") + more, remedyFor(blockers.length, first, options), { details });
}

function remedyFor(count: number, { number }: OpenIssue, { labels, milestone }: Options): Words {
  const ways = [count === 1 ? "close it" : "close each"];
  if (labels.length > 0) ways.push(count === 1 ? "take the label off" : "take its label off");
  else if (milestone !== null) ways.push("move it to another milestone");
  return `${ways.join(", ")}, or say \`/release defer #${String(number)} <reason>\``;
}

function named({ number, title }: OpenIssue): Words {
  return `#${String(number)} "${shortened(title)}"`;
}

function assigned({ assignees }: OpenIssue): Words {
  return assignees.length === 0
    ? "nobody's"
    : listed(
        assignees.map((login) => `@${login}`),
        3,
      );
}

/** `#398 "mount fails on 1.29", open 6 days, release-blocker since 2 days, @kim`. */
function described(issue: OpenIssue, wanted: ReadonlySet<string>, takenAt: EpochMs): Words {
  const labels = issue.labels
    .filter(({ name }) => wanted.has(name.toLowerCase()))
    .map(({ name, since }) => (since === null ? shortened(name) : `${shortened(name)} since ${sayDays(takenAt - since)}`));
  return [named(issue), `open ${sayDays(takenAt - issue.createdAt)}`, ...labels, assigned(issue)].join(", ");
}

const DAY_MS = 86_400_000;

/** How long they have been waiting, before each is named: what is left for weeks needs a word now. */
function ages(blockers: readonly OpenIssue[], takenAt: EpochMs): readonly Words[] {
  if (blockers.length < 2) return [];
  const olderThan = (days: number): number => blockers.filter(({ createdAt }) => takenAt - createdAt > days * DAY_MS).length;
  const month = olderThan(30);
  const week = olderThan(7) - month;
  const groups = [
    [month, "longer than 30 days"],
    [week, "longer than 7 days"],
    [blockers.length - month - week, "7 days or less"],
  ] as const;
  return [`${counted(blockers.length, "issue")}: ${groups.flatMap(([count, words]) => (count === 0 ? [] : [`${String(count)} open ${words}`])).join(", ")}`];
}
