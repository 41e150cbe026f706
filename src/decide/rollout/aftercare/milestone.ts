// The milestone of a published release, found as the gates find it: closed, after what is open in it has moved on to the
// next one. Each look does one thing and the next look sees it, so that being cut short does no harm.
import type { Action, CloseMilestone, Words } from "../../../model/plan.ts";
import type { Playbook } from "../../../model/playbook.ts";
import type { Hosted, Milestone } from "../../../model/snapshot.ts";
import { nextMilestone } from "../../agreement/next-milestone.ts";
import type { Component } from "../../components.ts";
import { code, counted, listed } from "../../gates/phrases.ts";
import { hasToken, milestonesMeant, namesAnother } from "../../gates/release-milestones.ts";
import { isPrerelease } from "../../versions/index.ts";
import type { Followed } from "../followed.ts";
import { asks, type Care, does, isOver, isUnknown } from "./care.ts";
import { lineOf, titleAfter, versionAfter } from "./next-title.ts";

type Release = { readonly component: Component; readonly record: Pick<Followed["record"], "version" | "tag"> };
type Repository = { readonly playbook: Pick<Playbook, "release" | "versioning">; readonly components: readonly Component[] };

type Rules = NonNullable<Playbook["release"]["milestone"]>;

/** Issues that one look moves: each is a request. */
const MOVES_MAX = 20;

export function milestoneCare(release: Release, repository: Repository, { milestones }: Pick<Hosted, "milestones">): Care {
  const { milestone: rules } = repository.playbook.release;
  const { version } = release.record;
  if (rules === null || isPrerelease(version)) return isOver();
  if (milestones === null) return asks({ milestones: true });
  if (!milestones.ok) return isUnknown("the milestones", milestones);
  const open = milestones.value.filter(({ title }) => !namesAnother(title, aboutIn(release, repository, version)));
  const meant = milestonesMeant("current", open, aboutIn(release, repository, version)).filter(({ title }) => !isOfWholeLine(title, version));
  const [milestone, ...others] = meant;
  if (milestone === undefined) return isOver(`no open milestone is for ${version}`);
  if (others.length > 0) return isOver(`${listed(meant.map(({ title }) => code(title)))} are open for ${version}: close the right one by hand`);
  return careFor(
    milestone,
    rules,
    release,
    repository,
    open.filter((one) => one !== milestone),
  );
}

type Target = Pick<Milestone, "number" | "title">;

function careFor(milestone: Milestone, { close, openNext }: Rules, release: Release, repository: Repository, others: readonly Milestone[]): Care {
  const { version } = release.record;
  const next = openNext === null ? null : versionAfter(version, openNext, repository.playbook.versioning.scheme);
  if (next === null) return close ? closes(milestone, nextMilestone([milestone, ...others], milestone.title, version)) : isOver();
  const title = titleAfter(milestone.title, version, next);
  const there = others.find((one) => one.title === title) ?? milestonesMeant("current", others, aboutIn(release, repository, next))[0];
  if (there === undefined) return does([{ kind: "open-milestone", title }], `the milestone ${code(title)} is opened`);
  return close ? closes(milestone, there) : isOver(`the milestone ${code(there.title)} is open`);
}

function closes({ number, title, issues }: Milestone, target: Target | null): Care {
  const left = issues.map((issue) => issue.number);
  const isOne = left.length === 1;
  const moving = `${counted(left.length, "open issue")} of ${code(title)} ${isOne ? "moves" : "move"}`;
  if (left.length === 0) return does([closing({ number, title }, null)], `the milestone ${code(title)} is closed`);
  if (target === null)
    return does(
      [closing({ number, title }, null)],
      `the milestone ${code(title)} is closed; ${numbered(left)} ${isOne ? "stays" : "stay"} in it, since no later milestone is open`,
    );
  const says = `${moving} to ${code(target.title)}: ${numbered(left)}; then it is closed`;
  if (left.length <= MOVES_MAX) return does([closing({ number, title }, { to: target.number, issues: left })], says);
  return does(
    left.slice(0, MOVES_MAX).map((issue): Action => ({ kind: "defer-issue", issue, milestone: { number: target.number, title: target.title } })),
    says,
  );
}

function closing(milestone: CloseMilestone["milestone"], move: CloseMilestone["move"]): CloseMilestone {
  return { kind: "close-milestone", milestone, move };
}

function numbered(issues: readonly number[]): Words {
  return listed(
    issues.map((issue) => `#${String(issue)}`),
    10,
  );
}

/** `1.3.x` goes on after 1.3.0. */
function isOfWholeLine(title: string, version: string): boolean {
  return !hasToken(title, version) && title.toLowerCase().includes(`${lineOf(version)}.x`);
}

function aboutIn({ component, record }: Release, { components }: Repository, version: string): Parameters<typeof milestonesMeant>[2] {
  return { releases: [{ component: component.name, version, tag: record.tag }], components: [component], allComponents: components };
}
