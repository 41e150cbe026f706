// A workflow of `artifacts` as a step: its run, and after that the proof of what it was to leave behind. A run that
// succeeded without its proof is not done.
import { code, listed } from "../gates/phrases.ts";
import { isNothing } from "../wants.ts";
import { artifactsOf } from "./artifacts.ts";
import { missingCandidate } from "./missing-candidate.ts";
import type { Finding } from "./step-finding.ts";
import { runAt } from "./step-record.ts";
import type { Step } from "./steps.ts";
import type { Stepped, StepSeen } from "./step-seen.ts";
import { judgeWorkflow, workflowWants, type WorkflowStepAsked } from "./workflow-step.ts";

/** A proof may come minutes after the run that made it. */
const PROVED_WITHIN_MS = 15 * 60_000;
const LOOKS_AGAIN_MS = 2 * 60_000;

type ArtifactStep = Extract<Step, { readonly kind: "workflow" }>;

export function artifactStep(step: ArtifactStep, seen: StepSeen): Stepped {
  const { rollout, everything } = seen;
  const asked = askedOf(step, seen);
  if (asked === null) return { found: missingCandidate(rollout, seen.record, everything) };
  const wants = workflowWants(asked, seen.standing, seen);
  if (!isNothing(wants)) return { wants };
  const found = judgeWorkflow(asked, { ...seen, values: rollout.values, stopped: rollout.stopped, takenAt: everything.snapshot.takenAt });
  return found.state === "done" && step.artifact.on === "release" ? withProof(step, found, seen) : { found };
}

/** Null when it is about a candidate and there is none. */
function askedOf({ step, artifact }: ArtifactStep, { rollout }: StepSeen): WorkflowStepAsked | null {
  const { values, followed, published } = rollout;
  const { workflow, start, timeoutMs, on } = artifact;
  const tag = on === "candidate" ? values.candidateTag : values.tag;
  if (tag === null) return null;
  const { startedAt, publishedAt } = followed.record;
  const sinceAt = start.trigger !== "release" ? startedAt : published === null ? null : (publishedAt ?? startedAt);
  return { step, workflow, start, timeoutMs, more: {}, on: { tag, sha: values.sha }, sinceAt };
}

function withProof(step: ArtifactStep, found: Finding, { rollout, hosted, everything, retriedAt }: StepSeen): Stepped {
  const { artifact } = step;
  const run = runAt(found.url);
  if (found.record === null || run === null) return { found };
  const read = needsReport(artifact) ? hosted.reports.get(run) : { ok: true as const, value: null };
  if (read === undefined) return { wants: { files: [], reports: [run] } };
  const { reports, missing, moving, wants } = artifactsOf(rollout.values, [artifact], {
    reportOf: () => read,
    attestationsOf: (digest) => hosted.attestations.get(digest),
    assets: rollout.published?.assets ?? hosted.tagged.get(rollout.values.tag)?.releases.find(({ isOwn }) => isOwn)?.assets ?? [],
  });
  if (!isNothing(wants)) return { wants };
  const proved: Finding = { ...found, record: { ...found.record, artifacts: reports, moving } };
  const [first] = missing;
  if (first === undefined) return { found: proved };
  const { takenAt } = everything.snapshot;
  const untilAt = (found.record.endedAt ?? takenAt) + PROVED_WITHIN_MS;
  const because = `${code(artifact.workflow)} succeeded; ${listed(
    missing.map((one) => one.because),
    3,
  )}`;
  if (takenAt < untilAt) return { found: { ...proved, state: "running", because, opensAt: Math.min(untilAt, takenAt + LOOKS_AGAIN_MS) } };
  if (missing.some(({ isUnread }) => isUnread)) return { found: { ...proved, state: "unknown", because, next: first.next } };
  if (retriedAt !== null && found.record.endedAt !== null && retriedAt > found.record.endedAt && rollout.stopped === null)
    return {
      found: {
        ...proved,
        state: "ready",
        because: `${code(artifact.workflow)} is run again`,
        actions: [{ kind: "rerun-workflow", step: step.step, run, jobs: "all" }],
      },
    };
  return { found: { ...proved, state: "failed", because, next: `${first.next}; then say \`/release retry ${step.step}\`` } };
}

/** A report is looked for only where something is to be proved or listed. */
function needsReport({ attestation, signature, report, images, charts }: ArtifactStep["artifact"]): boolean {
  return attestation !== null || signature !== null || report.length > 0 || images.length > 0 || charts.length > 0;
}
