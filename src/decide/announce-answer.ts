// The answer to `/release announce`: which announcements of a release are due and who sends them, or how all of them would
// read, before the release as well as after. Nothing is sent by it.
import { releasePage, releaseTitle } from "./release-title.ts";
import type { Plan } from "../model/plan.ts";
import type { PolicyName, Role } from "../model/playbook.ts";
import type { Hosted } from "../model/snapshot.ts";
import type { Place } from "./commands/types.ts";
import type { Everything } from "./plan-components.ts";
import { rolloutHeadline } from "./prose/rollout-words.ts";
import { stepTable } from "./prose/rollout-table.ts";
import { asMarkdown, paragraphs } from "./prose/words.ts";
import { announced } from "./rollout/announcement-step.ts";
import { type Announced, previewAnnouncements, templateOf } from "./rollout/announcements/index.ts";
import { followedReleases } from "./rollout/followed.ts";
import { rolloutOf } from "./rollout/releasing.ts";

type Asked = {
  readonly place: Place;
  readonly line: string;
  readonly isDryRun: boolean;
  readonly plan: Plan;
  readonly everything: Everything;
  readonly hosted: Hosted;
  /** Who a role is. */
  readonly describe: (by: Role | null) => string;
};

/** Tables of several releases in one answer. */
const TABLES_MAX = 50_000;

export function announceAnswer(asked: Asked): string {
  return asked.isDryRun ? dryRun(asked) : whatIsDue(asked);
}

function whatIsDue(asked: Asked): string {
  const reports = underWay(asked);
  if (reports.length === 0) return "Nothing is announced before a release is out. `/release announce --dry-run` shows what would be.";
  const room = TABLES_MAX / reports.length;
  return paragraphs(
    reports.flatMap((report) => {
      const steps = report.steps.filter(({ kind }) => kind === "announcement");
      const heading = `**${asMarkdown(rolloutHeadline(report))}**`;
      return [heading, steps.length === 0 ? "It announces nothing." : stepTable({ ...report, steps }, room)];
    }),
  );
}

function dryRun(asked: Asked): string {
  const { everything, describe } = asked;
  const { playbook, snapshot } = everything;
  const told = releasesOf(asked).map(({ release, policy }) =>
    previewAnnouncements(release, { playbook, policy, describe, templateOf: (communication) => templateOf(communication, snapshot) }),
  );
  return told.length === 0 ? "Nothing is proposed and no release is under way: there is nothing to announce." : paragraphs(told);
}

/** Of the newest release of the line, on whose pull request it may stand. */
function underWay({ place, line, plan }: Asked): Plan["rollouts"] {
  if (place.pullRequest !== null) return plan.rollouts.filter(({ pullRequest }) => pullRequest === place.pullRequest);
  const ofLine = plan.rollouts.filter((report) => report.line === line).toSorted((one, other) => other.startedAt - one.startedAt);
  return ofLine.filter(({ pullRequest, tag }) => (pullRequest === null ? tag === ofLine[0]?.tag : pullRequest === ofLine[0]?.pullRequest));
}

type Previewed = { readonly release: Announced; readonly policy: PolicyName | null };

function releasesOf(asked: Asked): readonly Previewed[] {
  const { everything, hosted } = asked;
  const tags = new Set(underWay(asked).map(({ tag }) => tag));
  if (tags.size === 0) return proposed(asked);
  return followedReleases(everything, hosted)
    .filter(({ record }) => tags.has(record.tag))
    .map((followed) => ({
      release: announced({ rollout: rolloutOf(followed, everything, hosted, { isAgreed: () => true }), everything }),
      policy: followed.record.policy,
    }));
}

function proposed({ line, plan, everything }: Asked): readonly Previewed[] {
  const { snapshot } = everything;
  const report = plan.lines.find((one) => one.line === line);
  return (report?.releases ?? []).flatMap(({ component, version, tag }): readonly Previewed[] => {
    const found = plan.components.find(({ name }) => name === component);
    if (report === undefined || found === undefined) return [];
    const values = {
      component,
      path: found.path,
      version,
      tag,
      previousVersion: found.previous?.version ?? "",
      previousTag: found.previous?.tag ?? "",
      candidateTag: found.candidates[0]?.name ?? null,
      sha: plan.head,
      startedAt: plan.takenAt,
    };
    const title = releaseTitle({ component, version }, everything);
    return [{ release: { values, title, url: releasePage(tag, snapshot) ?? "", bump: found.bump, notes: found.notes }, policy: report.policy.name }];
  });
}
