// An environment of the playbook as a step: what it is asked by, and what puts the version there.
import type { Deployment, Environment } from "../../model/playbook.ts";
import { gatesWanted } from "../lines/wanted-by-gates.ts";
import { isNothing, together, type Wants } from "../wants.ts";
import { missingCandidate } from "./missing-candidate.ts";
import { promotion } from "./promotion.ts";
import { type Deploying, judgeEnvironment } from "./environment-step.ts";
import { contentWants, subjectOfRollout } from "./releasing.ts";
import { finding } from "./step-finding.ts";
import type { StandingStep, StepRecord } from "./step-record.ts";
import type { Step } from "./steps.ts";
import type { Stepped, StepSeen } from "./step-seen.ts";
import { judgeWorkflow, workflowWants, type WorkflowStepAsked } from "./workflow-step.ts";

type EnvironmentStep = Extract<Step, { readonly kind: "environment" }>;

export function environmentStep(step: EnvironmentStep, seen: StepSeen): Stepped {
  const { rollout, everything, hosted } = seen;
  const { environment } = step;
  if (environment.of === "candidate" && rollout.values.candidateTag === null) return { found: missingCandidate(rollout, seen.record, everything) };
  const content = contentWants(rollout, everything);
  if (!isNothing(content)) return { wants: content };
  const pinned = environment.pin === null || seen.record.deployedAt !== null ? null : promotion(step, seen);
  if (pinned !== null && "wants" in pinned) return pinned;
  const plain = subjectOfRollout(rollout, everything, hosted);
  const subject = pinned === null ? plain : pinned.seenBy(plain);
  const names = [...environment.gates, ...(environment.deployed === null ? [] : [environment.deployed]), ...environment.verify];
  const wants = together([gatesWanted(names, subject, { mergedAt: rollout.values.sha }, everything.snapshot), deploymentWants(step, seen)]);
  if (!isNothing(wants)) return { wants };
  const byWorkflow = deployingBy(environment, step, seen);
  return {
    found: judgeEnvironment({
      environment,
      record: seen.record,
      subject,
      stopped: rollout.stopped,
      deploying: pinned === null ? byWorkflow : (areOpen, record) => thenBy(pinned.deploying(areOpen, record), byWorkflow, areOpen, record),
    }),
  };
}

/** Where a pin is moved and a workflow deploys, the workflow comes when the pin is where it should be. */
function thenBy(first: Deploying, second: ReturnType<typeof deployingBy>, areOpen: boolean, record: StepRecord): Deploying {
  return first.deployedAt === null || second === null ? first : second(areOpen, record);
}

function askedOf({ step, environment }: EnvironmentStep, deploy: Extract<Deployment, { readonly by: "workflow" }>, { rollout }: StepSeen): WorkflowStepAsked {
  const { values, followed } = rollout;
  const tag = environment.of === "candidate" ? (values.candidateTag ?? values.tag) : values.tag;
  const { workflow, ref, inputs, timeoutMs } = deploy;
  return {
    step,
    workflow,
    start: { trigger: "workflow_dispatch", ref: ref ?? tag, inputs },
    timeoutMs,
    more: { environment: environment.name },
    on: { tag, sha: values.sha },
    sinceAt: followed.record.startedAt,
  };
}

function deploymentWants(step: EnvironmentStep, seen: StepSeen): Wants {
  const { deploy } = step.environment;
  return deploy?.by !== "workflow" || seen.record.deployedAt !== null ? { files: [] } : workflowWants(askedOf(step, deploy, seen), seen.standing, seen);
}

function deployingBy({ deploy }: Environment, step: EnvironmentStep, seen: StepSeen): ((areOpen: boolean, record: StepRecord) => Deploying) | null {
  if (deploy?.by !== "workflow") return null;
  const { rollout, everything } = seen;
  return (areOpen, record) => {
    if (!areOpen && record.intent === null) return { finding: finding("waiting", "its gates come first"), deployedAt: null };
    const standing: StandingStep | null = seen.standing === null ? null : { ...seen.standing, record };
    const found = judgeWorkflow(askedOf(step, deploy, seen), {
      ...seen,
      standing,
      values: rollout.values,
      stopped: rollout.stopped ?? (areOpen ? null : "its gates are closed again"),
      takenAt: everything.snapshot.takenAt,
    });
    return { finding: found, deployedAt: found.state === "done" ? (found.record?.endedAt ?? everything.snapshot.takenAt) : null };
  };
}
