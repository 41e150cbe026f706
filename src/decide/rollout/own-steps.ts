// The two steps that are the app's own: the tag, and the publication. Who does them is `publish-release`; here is how far
// they are.
import { code } from "../gates/phrases.ts";
import { releasePage } from "../release-title.ts";
import { type Finding, finding, isPassed } from "./step-finding.ts";
import type { Step } from "./steps.ts";
import type { StepSeen } from "./step-seen.ts";

export function tagStep({ rollout: { followed, values, trouble }, everything }: StepSeen): Finding {
  const { tag, sha } = values;
  if (trouble !== null) return finding("halted", trouble.because, { next: trouble.next });
  if (followed.tagSha === sha) return finding("done", `${code(tag)} is on ${sha.slice(0, 7)}`);
  const maker = everything.playbook.artifacts.find(({ makesTag }) => makesTag);
  if (maker === undefined) return finding("ready", `${code(tag)} is made on ${sha.slice(0, 7)}`);
  return finding("halted", `${code(maker.workflow)} has ended and made no tag ${code(tag)}`, {
    next: `look at its run; tag ${code(sha.slice(0, 7))} as ${code(tag)} if it should have`,
  });
}

export function publicationStep(step: Step, { rollout: { published, values, stopped }, findings, everything }: StepSeen): Finding {
  if (published !== null) return finding("done", `${code(values.tag)} is published`, { url: releasePage(values.tag, everything.snapshot) });
  const isDue = step.after.every((name) => isPassed(findings.get(name)?.state ?? "waiting"));
  if (stopped !== null) return finding("waiting", stopped);
  return isDue ? finding("ready", `${code(values.tag)} is published next`) : finding("waiting", "its artifacts come first");
}
