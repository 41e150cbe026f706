// A release that promotes a candidate and has none on its commit: people are told where candidates are, and what to push.
import type { Words } from "../../model/plan.ts";
import type { Sha } from "../../model/snapshot.ts";
import { code, listed, shortSha } from "../gates/phrases.ts";
import type { Everything } from "../plan-components.ts";
import { nextCandidate } from "../versions/index.ts";
import type { Rollout } from "./releasing.ts";
import { type Finding, finding } from "./step-finding.ts";
import type { StepRecord } from "./step-record.ts";

/** More are not named: the newest is what somebody meant. */
const NAMED_MAX = 2;

export function missingCandidate({ values }: Pick<Rollout, "values">, record: StepRecord, { tags, playbook, snapshot }: Everything): Finding {
  const { component, version, sha } = values;
  const candidates = tags.candidates.get(component)?.get(version) ?? [];
  const elsewhere = candidates.map(({ tag }) => `${code(tag.name)} is on ${shortSha(tag.sha)}`);
  const next = nextCandidate(playbook.release, {
    component,
    version,
    candidates,
    released: tags.releases.get(component) ?? [],
    tagNames: new Set(snapshot.tags.map(({ name }) => name)),
  });
  const where = elsewhere.length === 0 ? "" : `: ${listed(elsewhere, NAMED_MAX)}`;
  return finding("needs-people", `there is no candidate of ${component} ${version} on ${shortSha(sha)}${where}`, {
    next: next.ok && next.value !== null ? pushing(sha, next.value.tag) : ANY_CANDIDATE,
    record,
  });
}

const ANY_CANDIDATE = "tag that commit as a candidate and push the tag";

/** A name that a shell would read otherwise is left to people. */
function pushing(sha: Sha, tag: string): Words {
  return /^[\w./@+-]+$/.test(tag) ? `push one: ${code(`git push origin ${sha}:refs/tags/${tag}`, COMMAND_MAX)}` : ANY_CANDIDATE;
}

/** A tag has at most 256 characters, and a commit's name 64. */
const COMMAND_MAX = 400;
