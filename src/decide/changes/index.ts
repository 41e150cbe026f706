// What the commits of a range say, component by component. Messages are read once, whatever the number of components
// and ranges; what a range says is worked out once for all components that share it.
import type { Change } from "../../model/change.ts";
import type { Playbook } from "../../model/playbook.ts";
import type { Problem } from "../../model/problem.ts";
import type { Commit, PullRequest, Sha } from "../../model/snapshot.ts";
import type { UnreleasedItem } from "../changelog/index.ts";
import { addressee, attribution } from "./attribute.ts";
import type { ChangedComponent } from "./attribute.ts";
import { besideChangelog, changeOfItem } from "./by-changelog.ts";
import { entriesByCommit } from "./by-commit.ts";
import { entriesByPullRequest } from "./by-pull-request.ts";
import { rulesOf } from "./entry.ts";
import type { Entry, Rules } from "./entry.ts";
import { bringingPullRequests, isMerge } from "./pull-requests.ts";
import type { Brought, ReadCommit } from "./pull-requests.ts";
import { MESSAGE_MAX, readCommit } from "./read-commit.ts";
import type { Message } from "./read-commit.ts";
import type { KnownTypes } from "./read-header.ts";
import { cancellations } from "./reverts.ts";
import { MEANINGS } from "./types.ts";

export { bareChange } from "./bare-change.ts";

export type ChangeQuestion = {
  /** Newest first in topological order, merges included. The same array for two components is worked out once. */
  readonly commits: readonly Commit[];
  readonly component: ChangedComponent;
  /** What stands under Unreleased in the component's changelog; read when the changelog decides. */
  readonly unreleased: readonly UnreleasedItem[];
};

export type ComponentChanges = {
  /** Newest first; items of the changelog before commits. Every commit that belongs to the component is in here, itself or through its pull request; merges never are. */
  readonly changes: readonly Change[];
  /** The newest `Release-As` that counts, as written. */
  readonly releaseAs: { readonly text: string; readonly sha: Sha } | null;
  /** Commits whose change carries no readable type and nothing else that tells its effect, newest first. */
  readonly unparsed: readonly Sha[];
  /** Those of the changes, newest first. */
  readonly pullRequests: readonly PullRequest[];
  readonly problems: readonly Problem[];
};

export type ChangeRules = Pick<Playbook, "versioning" | "changelog">;

/** A reader that remembers the messages and ranges it has read, for one playbook and one snapshot. */
export function changeReader(playbook: ChangeRules): (question: ChangeQuestion) => ComponentChanges {
  const rules = rulesOf(playbook);
  const known: KnownTypes = { has: (type) => MEANINGS.has(type) || Object.hasOwn(rules.sections, type) || Object.hasOwn(rules.types, type) };
  const messages = new Map<Sha, Message>();
  const understood = new Map<readonly Commit[], Understood>();
  const read = (commit: Commit): ReadCommit => {
    const message = messages.get(commit.sha) ?? readCommit(commit.message, known);
    messages.set(commit.sha, message);
    return { commit, message };
  };
  return (question) => {
    const range = understood.get(question.commits) ?? understand(question.commits.map(read), playbook.versioning.source, known, rules);
    understood.set(question.commits, range);
    return changesOf(range, question, playbook.versioning.source);
  };
}

type Understood = {
  readonly entries: readonly Entry[];
  /** Live commits with a `Release-As`, newest first, each with the commits whose component it speaks for. */
  readonly requests: readonly { readonly text: string; readonly sha: Sha; readonly members: readonly ReadCommit[] }[];
  /** Problems of single commits. */
  readonly problems: readonly { readonly one: ReadCommit; readonly problem: Problem }[];
};

function understand(range: readonly ReadCommit[], source: Playbook["versioning"]["source"], known: KnownTypes, rules: Rules): Understood {
  const brought = bringingPullRequests(range);
  const { cancelled, problems } = cancellations(range, brought);
  const context = { range, pullRequestOf: brought.pullRequestOf, cancelled, known, rules };
  const requests = range.flatMap((one) => {
    const { message, commit } = one;
    if (message.releaseAs === null || cancelled.has(commit.sha)) return [];
    return [{ text: message.releaseAs, sha: commit.sha, members: isMerge(one) ? allBrought(one, brought) : [one] }];
  });
  const cut = range.filter(({ message }) => message.isCut).map((one) => ({ one, problem: cutShort(one) }));
  return {
    entries: source === "pull-requests" ? entriesByPullRequest(context) : entriesByCommit(context),
    requests,
    problems: [...cut, ...problems],
  };
}

function changesOf(
  { entries, requests, problems }: Understood,
  { commits, component, unreleased }: ChangeQuestion,
  source: Playbook["versioning"]["source"],
): ComponentChanges {
  const belongs = attribution(component);
  const own = entries.filter(({ members }) => members.some(belongs)).map(({ change }) => change);
  const head = commits[0]?.sha;
  const isByChangelog = source === "changelog";
  const items = isByChangelog && head !== undefined ? unreleased.map((item) => changeOfItem(item, head)) : [];
  const changes = isByChangelog ? [...items, ...own.map((change) => besideChangelog(change, items.length > 0))] : own;
  const request = requests.find(({ text, members }) => addressee(text, component.name) !== "another" && members.some(belongs));
  return {
    changes,
    releaseAs: request === undefined ? null : { text: request.text, sha: request.sha },
    unparsed: [...new Set(own.filter(({ type, effect }) => type === null && effect === "unknown").map(({ sha }) => sha))],
    pullRequests: [...new Set(own.map(({ pullRequest }) => pullRequest).filter((one) => one !== null))],
    problems: problems.filter(({ one }) => isMerge(one) || belongs(one)).map(({ problem }) => problem),
  };
}

/** Everything that a merge brought, merges opened and left out. */
function allBrought(merge: ReadCommit, { broughtBy }: Brought): readonly ReadCommit[] {
  const found: ReadCommit[] = [];
  const open = [merge];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (isMerge(one)) open.push(...(broughtBy.get(one.commit.sha) ?? []));
    else found.push(one);
  }
  return found;
}

function cutShort({ commit }: ReadCommit): Problem {
  return {
    severity: "warning",
    message: `the message of commit ${commit.sha.slice(0, 7)} has ${commit.message.length} characters: the first ${MESSAGE_MAX} were read`,
    path: null,
    line: null,
    column: null,
    hint: null,
  };
}
