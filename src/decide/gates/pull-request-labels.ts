// Every pull request in the release says what it is by one of the team's labels, and says nothing else beside it.
import { pullRequestsIn } from "./carried-labels.ts";
import { closed, defineGate, type Finding, NOTHING_MORE, open, type OptionsOf } from "./define.ts";
import { directPushes } from "./direct-pushes.ts";
import { type LabelFault, labelFaults } from "./label-faults.ts";
import { capped, code, counted, listed, shortened, shortSha } from "./phrases.ts";
import { knownToGitHubAlone } from "./unread.ts";
import type { PullRequest } from "../../model/snapshot.ts";

export const pullRequestLabels = defineGate({
  kind: "pull_request_labels",
  summary: "Every pull request in the release carries one of the labels, and none that contradicts it.",
  wants: () => NOTHING_MORE,
  evaluate({ oneOf }, subject) {
    const { hosted, changes, playbook } = subject;
    if (hosted === null) return knownToGitHubAlone("labels");
    const pullRequests = pullRequestsIn(changes).filter(({ author }) => author !== hosted.app.login);
    const faulty = pullRequests.flatMap((pullRequest) => {
      const faults = labelFaults(pullRequest, oneOf, playbook.versioning);
      return faults.length === 0 ? [] : [{ pullRequest, faults }];
    });
    const pushed = directPushes(subject).map((sha) => `${shortSha(sha)} was pushed without a pull request`);
    const details = capped([...faulty.flatMap(described), ...pushed]);
    if (pullRequests.length === 0) return open("no pull request is in this release", { details });
    if (faulty.length > 0) return verdictOn(faulty, oneOf, details);
    return open(`${counted(pullRequests.length, "pull request")} labelled as wanted`, { details });
  },
  owner: () => null,
});

type Faulty = { readonly pullRequest: PullRequest; readonly faults: readonly LabelFault[] };

function verdictOn(faulty: readonly Faulty[], oneOf: OptionsOf<"pull_request_labels">["oneOf"], details: Finding["details"]): Finding {
  const missing = faulty.filter(({ faults }) => faults.some(({ is }) => is === "missing"));
  const others = faulty.flatMap(({ pullRequest, faults }) => faults.flatMap((fault) => (fault.is === "missing" ? [] : [{ pullRequest, fault }])));
  const because = [];
  const next = [];
  if (missing.length > 0) {
    const numbers = listed(missing.map(({ pullRequest }) => hash(pullRequest)));
    const names = oneOf.map((name) => code(name));
    because.push(`${numbers} ${missing.length === 1 ? "carries" : "carry"} none of ${listed(names, 8)}`);
    next.push(`label ${numbers} with one of ${listed(names, 8, "or")}`);
  }
  const [first] = others;
  if (first !== undefined) {
    const more = others.length === 1 ? "" : `, and ${String(others.length - 1)} more`;
    because.push(`${hash(first.pullRequest)} ${first.fault.because}${more}`);
    next.push(`${first.fault.next} on ${listed([...new Set(others.map(({ pullRequest }) => hash(pullRequest)))])}`);
  }
  return closed(because.join("; "), next.join("; "), { details });
}

function described({ pullRequest, faults }: Faulty): string[] {
  return faults.map(({ because }) => `${hash(pullRequest)} "${shortened(pullRequest.title)}" ${because}`);
}

function hash({ number }: PullRequest): string {
  return `#${String(number)}`;
}
