// An announcement as a step: a draft that a person sends and says so, or a workflow that sends it. Each at most once.
import { judgeGate } from "../agreement/judge-line.ts";
import { gatesWanted } from "../lines/wanted-by-gates.ts";
import { withoutOwnedRegion } from "../prose/release-body.ts";
import { isNothing } from "../wants.ts";
import { readWorkflows } from "../workflows/workflows.ts";
import { type Announced, announcementDraft, announcementInputs, draftsComment, sentCommand, templateOf } from "./announcements/index.ts";
import { releasePage, releaseTitle } from "../release-title.ts";
import { contentWants, subjectOfRollout } from "./releasing.ts";
import { finding } from "./step-finding.ts";
import type { Step } from "./steps.ts";
import type { Stepped, StepSeen } from "./step-seen.ts";
import { judgeWorkflow, workflowWants, type WorkflowStepAsked } from "./workflow-step.ts";

type AnnouncementStep = Extract<Step, { readonly kind: "announcement" }>;

export function announcementStep(step: AnnouncementStep, seen: StepSeen): Stepped {
  return step.communication.how.by === "draft" ? drafted(step, seen) : sentByWorkflow(step, step.communication.how.workflow, seen);
}

export function announced({ rollout, everything }: Pick<StepSeen, "rollout" | "everything">): Announced {
  const { values, followed, published } = rollout;
  return {
    values,
    title: releaseTitle(rollout.values, everything),
    url: releasePage(values.tag, everything.snapshot) ?? "",
    bump: followed.record.bump,
    notes: withoutOwnedRegion(published?.body ?? ""),
  };
}

/** The text stands on the release pull request; that it was sent is a person's word. */
function drafted({ step, communication }: AnnouncementStep, seen: StepSeen): Stepped {
  const { rollout, everything, hosted, record } = seen;
  const { playbook, snapshot } = everything;
  const content = contentWants(rollout, everything);
  if (!isNothing(content)) return { wants: content };
  const subject = subjectOfRollout(rollout, everything, hosted);
  const wants = gatesWanted([step], subject, { mergedAt: rollout.values.sha }, snapshot);
  if (!isNothing(wants)) return { wants };
  const gate = playbook.gates[step];
  if (gate === undefined) throw new Error(`Bug: nobody can say that ${step} was sent`);
  const { report } = judgeGate({ ...gate, gate: step }, subject);
  const owner = report.owner ?? "somebody";
  const known = { ...record, startedAt: record.startedAt ?? snapshot.takenAt };
  if (report.state === "open") return { found: finding("done", report.because, { gates: [report], record: { ...known, endedAt: snapshot.takenAt } }) };
  const release = announced(seen);
  const draft = {
    to: communication.to,
    owner,
    handles: communication.by === null ? [] : (playbook.roles[communication.by] ?? []).filter((handle) => handle.startsWith("@")),
    commands: communication.to.map((to) => sentCommand(communication, to, playbook)),
    text: announcementDraft(communication, release, templateOf(communication, snapshot)),
  };
  return {
    found: finding("needs-people", `${owner} sends it: ${report.because}`, {
      next: report.next,
      gates: [report],
      record: known,
      say: draftsComment([draft], release, communication.on).body,
    }),
  };
}

function sentByWorkflow({ step, communication }: AnnouncementStep, file: string, seen: StepSeen): Stepped {
  const { rollout, everything } = seen;
  const { values, followed, stopped } = rollout;
  const { snapshot } = everything;
  const workflow = readWorkflows(snapshot).workflows.find((one) => one.file === file);
  if (workflow === undefined) return { found: finding("halted", `\`${file}\` is not there`, { next: `add it, or say \`/release skip ${step} <reason>\`` }) };
  const release = announced(seen);
  const given = announcementInputs(communication, release, announcementDraft(communication, release, templateOf(communication, snapshot)), workflow);
  if (!given.ok) return { found: finding("halted", given.because, { next: given.next }) };
  // A text may hold braces: it is filled in, never read as a template.
  const names = Object.keys(given.inputs);
  const asked: WorkflowStepAsked = {
    step,
    workflow: file,
    start: { trigger: "workflow_dispatch", ref: null, inputs: Object.fromEntries(names.map((name, index) => [name, `{given_${String(index)}}`])) },
    timeoutMs: SENDS_WITHIN_MS,
    more: Object.fromEntries(names.map((name, index) => [`given_${String(index)}`, given.inputs[name] ?? ""])),
    on: { tag: values.tag, sha: values.sha },
    sinceAt: followed.record.startedAt,
  };
  const wants = workflowWants(asked, seen.standing, seen);
  return isNothing(wants) ? { found: judgeWorkflow(asked, { ...seen, values, stopped, takenAt: snapshot.takenAt }) } : { wants };
}

const SENDS_WITHIN_MS = 60 * 60_000;
