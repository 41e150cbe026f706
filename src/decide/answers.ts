// What the app answers to the commands that wait for an answer, and the one thing that has to be done with an answer
// because nothing repeats it: a blocker that moves to the next milestone.
import type { AnswerRequest, DeferIssue, LineReport, Plan } from "../model/plan.ts";
import type { Hosted, Snapshot } from "../model/snapshot.ts";
import type { EpochMs } from "../model/time.ts";
import { announceAnswer } from "./announce-answer.ts";
import { assume } from "./assume.ts";
import { nextMilestone } from "./agreement/next-milestone.ts";
import { answerActions, type AnswerTexts } from "./commands/answers.ts";
import { helpText } from "./commands/help.ts";
import type { Judged } from "./commands/judge.ts";
import type { Place } from "./commands/types.ts";
import type { Wished } from "./lines/actions.ts";
import { simulation } from "./prose/simulation.ts";
import { planReply } from "./prose/plan-reply.ts";
import { statusAnswer } from "./prose/board.ts";
import { everythingOf } from "./plan-components.ts";
import type { Repository } from "./repository.ts";
import type { Said } from "./said.ts";

/** A plan before anybody is answered: what `/release simulate` makes of an assumed repository. */
export type Proposed = { readonly plan: Plan; readonly wished: Wished };

type Answered = { readonly actions: readonly (AnswerRequest | DeferIssue)[]; readonly wakeAt: EpochMs | null };

/** `assumed`: the plan that follows from an assumed repository. */
type Question = { readonly proposed: Proposed; readonly repository: Repository; readonly hosted: Hosted; readonly assumed: (snapshot: Snapshot) => Plan };

export function answersTo(said: Said, question: Question): Answered {
  const { judged, unmarked, context } = said;
  const { proposed, repository, hosted, assumed } = question;
  const { snapshot } = repository;
  const { plan, wished } = proposed;
  const linesFor = (line: string | null): readonly LineReport[] => plan.lines.filter((report) => line === null || report.line === line);
  // On an open pull request nobody asks about an earlier release.
  const rolloutsFor = (place: Place, line: string | null): Plan["rollouts"] =>
    plan.rollouts.filter((report) => (place.pullRequest === null ? line === null || report.line === line : report.pullRequest === place.pullRequest));
  const texts: AnswerTexts = {
    status: (place, line) => statusAnswer(place.isReleased ? [] : linesFor(line ?? place.line), rolloutsFor(place, line)),
    // On a closed pull request the answer is the new one that opens.
    plan: (place, line) => (place.isClosed ? "" : planReply(plan, line ?? place.line)),
    help: (asker, place) => (context === null ? "" : helpText(asker, place, context)),
    announce: (place, line, isDryRun) =>
      announceAnswer({
        place,
        line,
        isDryRun,
        plan,
        hosted,
        everything: everythingOf(repository, said),
        describe: (by) => context?.people(line).describe(by) ?? "",
      }),
    simulate: (whatIf, place, line) => {
      const found = assume(whatIf, snapshot, hosted, wished.judged);
      return simulation({ whatIf, found, before: plan, after: found.ok ? assumed(found.snapshot) : null, line: line ?? place.line });
    },
  };
  const waits = judged.flatMap((one) => (one.verdict === "wait" && one.until !== null ? [one.until] : []));
  return {
    actions: [...judged.flatMap((one) => deferrals(one, proposed, hosted)), ...answerActions(judged, unmarked, texts)],
    wakeAt: waits.length === 0 ? null : Math.min(...waits),
  };
}

/** Where no later milestone is open there is nothing to move it to: that it was deferred is on record all the same. */
function deferrals(judged: Judged, { plan }: Proposed, { milestones, labelled }: Hosted): DeferIssue[] {
  if (judged.verdict !== "accepted" || milestones === null || !milestones.ok) return [];
  const open = milestones.value;
  const issues = [...open.flatMap((one) => one.issues), ...[...labelled.values()].flatMap((read) => (read.ok ? read.value.issues : []))];
  return judged.commands.flatMap((command): DeferIssue[] => {
    if (command.verb !== "defer") return [];
    const version = plan.lines.find(({ line }) => line === (command.line ?? judged.request.place.line))?.releases[0]?.version ?? "";
    const own = issues.find(({ number }) => number === command.issue)?.milestone ?? null;
    const milestone = nextMilestone(open, own, version);
    return milestone === null ? [] : [{ kind: "defer-issue", issue: command.issue, milestone }];
  });
}
