// What the app has opened beside what the same commits, read locally with git, call for: one plan, two ways to read.
import type { KeepReleasePullRequest, Plan } from "../src/model/plan.ts";
import { NOTHING_WANTED } from "../src/model/snapshot.ts";
import { openRepository } from "../src/observe/git/index.ts";
import { readPlaybook } from "../src/playbook/read.ts";
import { propose } from "../src/reconcile.ts";
import { isSameBody } from "../src/decide/prose/release-pull-request.ts";
import { PLAYBOOK_PATH } from "../src/world.ts";
import { onDisk } from "./git/types.ts";
import type { Issue, Repository } from "./world/types.ts";

/** The plan for the default branch as a clone shows it, under the address that the repository has on the stand-in. */
export async function localPlan({ git, owner, name, defaultBranch }: Repository, address: string): Promise<Plan> {
  const observer = await openRepository(onDisk(git).directory, { ref: `refs/heads/${defaultBranch}`, onProgress: () => undefined });
  try {
    const fullName = `${owner.login}/${name}`;
    const first = { ...(await observer.first()), repository: { name: fullName, url: `${address}/${fullName}` } };
    const snapshot = await observer.answer(first, { ...NOTHING_WANTED, files: [PLAYBOOK_PATH] });
    const state = snapshot.files.get(PLAYBOOK_PATH);
    const playbook = state?.is === "text" ? readPlaybook(state.text, PLAYBOOK_PATH) : null;
    if (playbook === null || !playbook.ok) throw new Error(`${PLAYBOOK_PATH}: expected a playbook without problems at ${first.head.sha}`);
    return await propose(observer, playbook.value.playbook, snapshot);
  } finally {
    observer.close();
  }
}

/** The open pull requests of the app. */
export function openReleasePullRequests({ issues }: Repository): Issue[] {
  return [...issues.values()].filter(({ pull, author, state }) => pull !== null && author.type === "Bot" && state === "open");
}

/** Release pull requests that a plan calls for. */
export function proposedIn({ actions }: Plan): KeepReleasePullRequest[] {
  return actions.filter((action) => action.kind === "keep-release-pull-request");
}

/** Every difference in one sentence; empty when the app opened exactly what the plan calls for. */
export async function differences(repository: Repository, plan: Plan): Promise<string[]> {
  const opened = new Map(openReleasePullRequests(repository).map((one) => [one.pull?.head ?? "", one]));
  const proposed = new Map(proposedIn(plan).map((one) => [one.branch, one]));
  const found: string[] = [];
  for (const [branch, { title }] of opened) if (!proposed.has(branch)) found.push(`${branch}: "${title}" is open and not planned`);
  for (const [branch, action] of proposed) {
    const issue = opened.get(branch);
    if (issue === undefined) found.push(`${branch}: "${action.title}" is planned and not open`);
    else found.push(...(await differencesOf(repository, issue, action)).map((words) => `${branch}: ${words}`));
  }
  return found;
}

async function differencesOf(repository: Repository, issue: Issue, action: KeepReleasePullRequest): Promise<string[]> {
  const { title, body, labels, pull } = issue;
  const { git, checkRuns } = repository;
  const found: string[] = [];
  const expectSame = (what: string, here: string, there: string): void => {
    if (here !== there) found.push(`the ${what} is ${JSON.stringify(there)}, planned is ${JSON.stringify(here)}`);
  };
  expectSame("title", action.title, title);
  expectSame("base", action.base, pull?.base ?? "");
  expectSame("list of labels", action.labels.toSorted().join(", "), namesOf(labels));
  if (!isSameBody(action.body, body ?? "")) found.push(`the body differs:\n${firstDifference(action.body, body ?? "")}`);
  const headSha = pull?.headSha ?? "";
  const check = [...checkRuns.values()].findLast((one) => one.headSha === headSha);
  expectSame("check's title", action.check.title, check?.output.title ?? "");
  const commit = await git.commit(headSha);
  if (!(commit?.message ?? "").startsWith(action.commitMessage)) expectSame("commit message", action.commitMessage, commit?.message ?? "");
  return [...found, ...(await fileDifferences(repository, commit?.parents[0] ?? "", headSha, action))];
}

/** Byte for byte, and nothing beside what is planned. */
async function fileDifferences({ git }: Repository, from: string, to: string, { files }: KeepReleasePullRequest): Promise<string[]> {
  const planned = new Map(files.filter(({ before, after }) => before !== after).map(({ path, after }) => [path, after]));
  const changed = new Set((await git.diff(from, to)).map(({ path }) => path));
  const found = [...changed].filter((path) => !planned.has(path)).map((path) => `${path} changes and is not planned to`);
  for (const [path, after] of planned) {
    const entry = await git.entry(to, path);
    const text = entry === null ? null : ((await git.blob(entry.sha))?.toString() ?? null);
    if (!changed.has(path)) found.push(`${path} does not change`);
    else if (text !== after) found.push(`${path} differs:\n${firstDifference(after, text ?? "")}`);
  }
  return found;
}

export function namesOf(labels: Issue["labels"]): string {
  return labels
    .map(({ name }) => name)
    .toSorted()
    .join(", ");
}

function firstDifference(here: string, there: string): string {
  const [planned, found] = [here.split("\n"), there.split("\n")];
  const at = planned.findIndex((line, index) => line !== found[index]);
  const index = at === -1 ? planned.length : at;
  return `  line ${String(index + 1)}\n  - planned: ${planned[index] ?? "(ends)"}\n  + found:   ${found[index] ?? "(ends)"}`;
}
